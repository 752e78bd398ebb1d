"""A real DrawnBy server for the tests: its own process, database and port."""

import atexit
import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path

import psutil

from e2e.services import free_port

ROOT = Path(__file__).resolve().parent.parent
SHARED = "FIRST_DATA"  # names the folder to whoever is started in the same run
MADE = "made"
PATIENCE = 180  # seconds a start may take on a busy machine: what waits for one is a hundred tests


@cache
def first_data() -> Path:
    """Return a data folder as a first start leaves it: the static files, and a database without a row."""
    folder = shared_folder()
    with alone_in(folder):
        if not (folder / MADE).exists():
            make(folder)
    return folder


def shared_folder() -> Path:
    """Return the folder of a run; who asks first makes it for all whom they start."""
    if SHARED not in os.environ:
        os.environ[SHARED] = tempfile.mkdtemp(prefix="drawnby-first-")
        atexit.register(shutil.rmtree, os.environ[SHARED])
    return Path(os.environ[SHARED])


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Let one process at a time go on."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make(folder: Path) -> None:
    """Leave in a folder what a first start leaves."""
    for command in ("collectstatic", "migrate"):
        subprocess.run(
            [sys.executable, "manage.py", command, "--noinput", "--verbosity=0"],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(folder)},
            check=True,
        )
    (folder / MADE).touch()


class Server:
    """One server, that may be killed and started again on the same port and data."""

    def __init__(self, data_dir: Path, module: str = "manage", **environment: str):
        self.data_dir = data_dir
        self.database = data_dir / "drawnby.sqlite3"
        self.port = free_port()
        self.address = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.address}"
        self.log = data_dir / "server.log"
        self._module = module
        self._environment = {**os.environ, "DATA_DIR": str(data_dir), **environment}
        self._process: subprocess.Popen | Forked | None = None
        self._forker: subprocess.Popen | None = None

    @property
    def pid(self) -> int:
        return self._process.pid

    def start(self) -> "Server":
        """Start everything and wait until pages are served."""
        self._lay_out()
        self._process = self.run("serve", self.address)
        return self._wait()

    def prepare(self) -> "Server":
        """Make the database and the static files, for `start_bare`."""
        self._lay_out()
        if self.run("migrate", "--verbosity=0").wait(PATIENCE):
            raise RuntimeError(self.log.read_text())
        return self

    def _lay_out(self) -> None:
        """Begin with the data a first start leaves."""
        first = first_data()
        static = self.data_dir / "static"
        if not static.exists():
            shutil.copytree(first / static.name, static, copy_function=os.link)
        if not self.database.exists():
            shutil.copy(first / self.database.name, self.database)

    def start_bare(self) -> "Server":
        """Start pages and sockets alone, and quickly, on data that are there."""
        self._process = self._fork("runserver_socketio", self.address)
        return self._wait()

    def _wait(self) -> "Server":
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")
            time.sleep(0.02)
        return self

    def trust(self, username: str) -> None:
        """Let somebody who has signed up look after the site."""
        change = (
            "UPDATE accounts_user SET is_superuser = 1, is_staff = 1 WHERE username = ?"
        )
        with closing(sqlite3.connect(self.database, timeout=PATIENCE)) as rows:
            rows.execute(change, [username])
            rows.commit()

    def run(self, *command: str) -> subprocess.Popen:
        """Start a management command beside the server, on the same data."""
        return self._popen([self._module, *command], stdin=subprocess.DEVNULL)

    def _popen(self, module: list[str], **streams) -> subprocess.Popen:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *module],
                cwd=ROOT,
                env=self._environment,
                **{"stdout": log, "stderr": log, **streams},
            )

    def _fork(self, *command: str) -> "Forked":
        """Start a management command by a process that has imported everything."""
        if self._forker is None:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self._forker = self._popen(["e2e.forker", self._module], text=True, **pipes)
        self._forker.stdin.write(" ".join(command) + "\n")
        self._forker.stdin.flush()
        return Forked(int(self._forker.stdout.readline()))

    def kill(self) -> None:
        """Kill at once, as a crash or a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the server to stop, and wait until it has."""
        self._end(signal.SIGTERM)
        if self._forker is not None:
            self._forker.communicate()
            self._forker = None

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None

    def memory(self) -> int:
        """Return how many bytes the server holds."""
        return psutil.Process(self.pid).memory_info().rss

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/", timeout=5):  # noqa: S310
                return True
        except urllib.error.HTTPError:
            return True  # it serves, even if its database is away
        except OSError:
            return False


class Forked:
    """A process the forker started, as far as a Popen is asked here."""

    def __init__(self, pid: int):
        self.pid = pid

    def poll(self) -> int | None:
        """Return None while it lives."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def send_signal(self, how: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, how)

    def wait(self, patience: float) -> None:
        deadline = time.monotonic() + patience
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise RuntimeError(f"process {self.pid} does not end")
            time.sleep(0.005)
