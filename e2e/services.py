"""A PostgreSQL and a Redis for one run, from this machine's programs, touching nothing else on it."""

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 30  # seconds a service may take to start on a busy machine


class Missing(Exception):
    """A program this machine has not got."""


@contextlib.contextmanager
def postgres(place: Path) -> Iterator[str]:
    """Run a PostgreSQL with its data under `place`; give its DATABASE_URL."""
    is_root = os.getuid() == 0
    user = "postgres" if is_root else getpass.getuser()  # it will not run as root
    owner = {"user": user} if is_root else {}
    initdb, port = program("initdb"), free_port()
    for folder in place.parents if is_root else []:
        folder.chmod(folder.stat().st_mode | 0o011)  # for the other user to pass through
    shutil.chown(place, user)
    make = [initdb, "-D", place / "data", "-U", "drawnby", "-A", "trust", "-E", "UTF8"]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=place, **owner)
    serve = [initdb.with_name("postgres"), "-D", place / "data", "-k", place]
    serve += ["-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    with running(serve, port, cwd=place, **owner):
        yield f"postgres://drawnby@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def redis(place: Path) -> Iterator[str]:
    """Run a Redis that keeps nothing; give its URL."""
    port = free_port()
    serve = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
    with running([*serve, "--save", "", "--appendonly", "no"], port, cwd=place):
        yield f"redis://127.0.0.1:{port}/0"


def program(name: str) -> Path:
    """Return where a program is, or raise Missing; Debian keeps PostgreSQL's off the PATH."""
    debian = map(str, Path("/usr/lib/postgresql").glob("*/bin"))
    found = shutil.which(name, path=os.pathsep.join([os.environ["PATH"], *debian]))
    if found is None:
        raise Missing(f"{name} is not on this machine")
    return Path(found).resolve()


@contextlib.contextmanager
def running(command: list, port: int, **how) -> Iterator[None]:
    """Run a service until the block ends."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet, **how) as process:
        try:
            wait_for(port, process)
            yield
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Wait until something answers on the port."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", port)),
        ):
            return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args[0]} did not start")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
