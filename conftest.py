"""What any test may ask for: a PostgreSQL and a Redis of its own, from this machine's programs."""

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

PATIENCE = 30  # seconds a service may take to start on a busy machine
POSTGRES_PLACES = "/usr/lib/postgresql/*/bin"  # where Debian keeps what is not on PATH


@pytest.fixture(autouse=True)
def uncollected(settings):
    """Find static files where they lie: nothing has been collected for a test."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Static files under their own names: tests need not collect them first."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(scope="session")
def postgres(tmp_path_factory):
    """The DATABASE_URL of a PostgreSQL that only these tests use."""
    initdb = needed("initdb")
    user = (
        "postgres" if os.getuid() == 0 else getpass.getuser()
    )  # it will not run as root
    place = tmp_path_factory.mktemp("postgres")
    for folder in [place, *place.parents[:2]]:
        folder.chmod(0o755)
    shutil.chown(place, user)
    data, port = place / "data", free_port()
    owner = {"user": user} if os.getuid() == 0 else {}
    make = [initdb, "-D", data, "-U", "drawnby", "-A", "trust", "-E", "UTF8"]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=place, **owner)
    serve = [Path(initdb).parent / "postgres", "-D", data, "-p", str(port), "-k", place]
    with running(
        [*serve, "-c", "listen_addresses=127.0.0.1"], port, cwd=place, **owner
    ):
        yield f"postgres://drawnby@127.0.0.1:{port}/postgres"


@pytest.fixture(scope="session")
def redis(tmp_path_factory):
    """The URL of a Redis that only these tests use."""
    port, place = free_port(), tmp_path_factory.mktemp("redis")
    serve = [needed("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
    with running([*serve, "--save", "", "--appendonly", "no"], port, cwd=place):
        yield f"redis://127.0.0.1:{port}/0"


def needed(program: str) -> str:
    """Return where a program is; without it the test is skipped by name, or fails in CI."""
    places = [os.environ["PATH"], *map(str, Path("/").glob(POSTGRES_PLACES[1:]))]
    found = shutil.which(program, path=os.pathsep.join(places))
    if found is None and os.environ.get("CI"):
        pytest.fail(f"CI needs {program}: .ci/machine installs it")
    if found is None:
        pytest.skip(f"{program} is not on this machine")
    return found


@contextlib.contextmanager
def running(command, port: int, **how):
    """Run a service until the tests are over."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet, **how) as process:
        try:
            wait_for(port, process)
            yield
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen):
    """Wait until something answers on the port."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port)),
        ):
            return
        time.sleep(0.05)
    pytest.fail(f"{process.args[0]} did not start")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
