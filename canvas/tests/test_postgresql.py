"""The log on the database that large sites use."""

import os
import re
import subprocess
import sys

import pytest

MODULES = [
    "test_store.py",
    "test_models.py",
    "test_events.py",
    "test_live.py",
    "test_meanwhile.py",
]


@pytest.mark.server
def test_everything_said_of_the_log_is_true_on_postgresql_too(postgres):
    modules = [f"canvas/tests/{module}" for module in MODULES]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", *modules],
        env={**os.environ, "DATABASE_URL": postgres},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout
    assert all(re.search(f"{module}::.* PASSED", ran.stdout) for module in modules)
