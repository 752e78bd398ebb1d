"""The log on the database that large sites use."""

import os
import subprocess
import sys

import pytest


@pytest.mark.server
@pytest.mark.parametrize(
    "tests", ["test_store.py", "test_models.py", "test_events.py", "test_live.py"]
)
def test_everything_said_of_the_log_is_true_on_postgresql_too(postgres, tests):
    command = [sys.executable, "-m", "pytest", "-q", f"canvas/tests/{tests}"]
    environment = {**os.environ, "DATABASE_URL": postgres}
    ran = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
    assert " passed" in ran.stdout
