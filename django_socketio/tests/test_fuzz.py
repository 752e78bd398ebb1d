"""A short run of the fuzz: python -m django_socketio.tests.fuzz takes as long as one likes."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.server


def test_whatever_is_sent_ends_as_it_should_and_leaves_nothing_behind():
    fuzz = [sys.executable, "-W", "error", "-m", "django_socketio.tests.fuzz"]
    # The rarer a ping, the less it meddles on a busy machine.
    environment = {
        **os.environ,
        "TEST_SETTINGS": '{"ping_interval": 2, "ping_timeout": 2}',
    }
    run = subprocess.run(
        [*fuzz, "--count", "300"], capture_output=True, text=True, env=environment
    )
    assert (run.returncode, run.stderr) == (0, "")
