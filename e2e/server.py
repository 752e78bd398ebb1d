"""A real DrawnBy server for the tests: its own process, database and port."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from e2e.services import free_port

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds a start may take on a busy machine


class Server:
    """One server, that may be killed and started again on the same port and data."""

    def __init__(self, data_dir: Path, module: str = "manage", **environment: str):
        self.data_dir = data_dir
        self.database = data_dir / "drawnby.sqlite3"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir / "server.log"
        self._module = module
        self._environment = {**os.environ, "DATA_DIR": str(data_dir), **environment}
        self._process: subprocess.Popen | None = None

    def start(self) -> "Server":
        """Start everything and wait until pages are served."""
        return self._start("serve")

    def start_bare(self) -> "Server":
        """Start pages and sockets alone, on data that `start` has prepared."""
        return self._start("runserver_socketio")

    def _start(self, command: str) -> "Server":
        self._process = self.run(command, f"127.0.0.1:{self.port}")
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The server did not start:\n{self.log.read_text()}")
            time.sleep(0.05)
        return self

    def run(self, *command: str) -> subprocess.Popen:
        """Start a management command beside the server, on the same data."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", self._module, *command],
                cwd=ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """Kill at once, as a crash or a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the server to stop, and wait until it has."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/", timeout=5):  # noqa: S310
                return True
        except (urllib.error.URLError, OSError):
            return False
