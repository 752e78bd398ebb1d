"""A Redis of the tests' own."""

import shutil
import socket
import subprocess

import pytest

from django_socketio.tests.site import until

REDIS = shutil.which("redis-server")


class Redis:
    """A Redis process on a socket in a folder; it can be stopped and started again."""

    def __init__(self, folder):
        self._path = folder / "redis"
        self.url = f"unix://{self._path}"
        self.start()

    def start(self):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        options = ["--port", "0", "--unixsocket", str(self._path), "--save", ""]
        self.process = subprocess.Popen(
            [REDIS, *options], cwd=self._path.parent, **quiet
        )
        until(self._answers)

    def _answers(self):
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(str(self._path))
            except OSError:
                return False
            return True

    def stop(self):
        self.process.kill()
        self.process.wait()


def running(folders):
    """Yield a running Redis."""
    if REDIS is None:
        pytest.skip("redis-server is not installed")
    redis = Redis(folders.mktemp("r"))
    yield redis
    redis.stop()


@pytest.fixture
def redis(tmp_path_factory):
    """A Redis for one test to stop and start."""
    yield from running(tmp_path_factory)


@pytest.fixture(scope="module")
def lasting_redis(tmp_path_factory):
    """A Redis that outlives a test."""
    yield from running(tmp_path_factory)
