"""The JavaScript half, in Node, against a real server."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.server
TESTS = Path(__file__).parent / "js" / "realtime.test.js"


def test_the_javascript_half_works(a_site):
    site = a_site(
        SOCKETIO_MIDDLEWARE=["django_socketio.tests.project.middleware.Bouncer"]
    )
    done = subprocess.run(
        [shutil.which("node"), "--test", TESTS],
        env={**os.environ, "SITE_PORT": str(site.port)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
