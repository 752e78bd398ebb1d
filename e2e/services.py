"""A PostgreSQL and a Redis for one run, from this machine's programs, touching nothing else on it."""

import contextlib
import getpass
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

PATIENCE = 60  # seconds a service may take to start on a busy machine
LOWEST, MANY = 20_000, 1_000  # ports; browsers refuse some below
GIVEN = 32_768  # from here on ports are given where nobody says otherwise
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Missing(Exception):
    """A program this machine has not got."""


class Service:
    """A program that serves on a port of its own, and may be killed and started again."""

    def __init__(self, url: str, command: list, port: int, **how):
        self.url = url
        self._command, self._port, self._how = command, port, how
        self._process: subprocess.Popen | None = None

    def start(self) -> "Service":
        """Start, and wait until somebody answers on the port."""
        self._process = subprocess.Popen(self._command, **QUIET, **self._how)
        wait_for(self._port, self._process)
        return self

    def kill(self) -> None:
        """Kill at once, as a crash would."""
        family = self._send_all(signal.SIGKILL)
        self._process.wait(PATIENCE)
        while any(map(lives, family)):
            time.sleep(0.005)

    def _send_all(self, what: signal.Signals) -> list[psutil.Process]:
        """Send a signal to every process of the service: PostgreSQL is many, and a power cut spares none."""
        first = psutil.Process(self._process.pid)
        first.suspend()  # so that it begets nobody meanwhile
        family = [first, *first.children(recursive=True)]
        for one in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.send_signal(what)
        return family[1:]

    def stop(self) -> None:
        """Ask it to stop, without waiting for whoever is connected."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(PATIENCE)

    def restart(self) -> None:
        self.stop()
        self.start()

    def freeze(self) -> None:
        """Leave everybody who is connected without an answer."""
        self._send_all(signal.SIGSTOP)

    def thaw(self) -> None:
        self._send_all(signal.SIGCONT)


def lives(process: psutil.Process) -> bool:
    """Say whether a process is more than an entry in a table that somebody has yet to read."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def make_postgres(place: Path, **settings: str) -> Service:
    """Make a PostgreSQL with its data under `place`, and settings of its own."""
    is_root = os.getuid() == 0
    user = "postgres" if is_root else getpass.getuser()  # it will not run as root
    owner = {"user": user} if is_root else {}
    initdb, port = program("initdb").resolve(), free_port()
    shutil.chown(place, user)
    make = [
        initdb,
        "-D",
        place / "data",
        "-U",
        "drawnby",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "-N",
    ]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=place, **owner)
    serve = [initdb.with_name("postgres"), "-D", place / "data", "-k", place]
    serve += ["-p", str(port)]
    for name, value in {"listen_addresses": "127.0.0.1", **settings}.items():
        serve += ["-c", f"{name}={value}"]
    url = f"postgres://drawnby@127.0.0.1:{port}/postgres"
    return Service(url, serve, port, cwd=place, **owner)


def make_redis(place: Path) -> Service:
    """Make a Redis that keeps nothing."""
    port = free_port()
    serve = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
    serve += ["--save", "", "--appendonly", "no"]
    return Service(f"redis://127.0.0.1:{port}/0", serve, port, cwd=place)


@contextlib.contextmanager
def postgres(**settings: str) -> Iterator[Service]:
    """Run a PostgreSQL until the block ends, with its data in a folder of its own.

    In a test's folder it might not find it again: every pytest that starts shuts those to all but its own user.
    """
    with (
        tempfile.TemporaryDirectory(prefix="drawnby-postgres-") as folder,
        running(make_postgres(Path(folder), **settings)) as service,
    ):
        yield service


@contextlib.contextmanager
def redis(place: Path) -> Iterator[Service]:
    """Run a Redis until the block ends, that keeps nothing."""
    with running(make_redis(place)) as service:
        yield service


@contextlib.contextmanager
def running(service: Service) -> Iterator[Service]:
    """Run a service until the block ends."""
    try:
        yield service.start()
    finally:
        service.stop()


def program(name: str) -> Path:
    """Return where a program is, or raise Missing; Debian keeps PostgreSQL's off the PATH."""
    debian = map(str, Path("/usr/lib/postgresql").glob("*/bin"))
    found = shutil.which(name, path=os.pathsep.join([os.environ["PATH"], *debian]))
    if found is None:
        raise Missing(f"{name} is not on this machine")
    return Path(found)


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
    """Return a port nobody listens on, and that the kernel gives nobody who connects somewhere meanwhile."""
    ports = range(LOWEST, lowest_given())
    # Not by the seed of a test: the others that run beside it have the same.
    chance = random.SystemRandom()
    return next(filter(is_free, iter(lambda: chance.choice(ports), None)))


def lowest_given() -> int:
    """Return the lowest port the kernel gives of itself."""
    limits = Path("/proc/sys/net/ipv4/ip_local_port_range")
    given = int(limits.read_text().split()[0]) if limits.exists() else GIVEN
    return given if given > LOWEST + MANY else 65_536


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return True
    return False
