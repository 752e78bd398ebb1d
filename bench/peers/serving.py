"""Servers on one core, the crowd on another."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.peers import Peer

CORES = sorted(os.sched_getaffinity(0))
SERVERS_CORE, CROWDS_CORE = CORES[0], CORES[-1]
STARTING = 30  # seconds
LATE = 100  # milliseconds
NEARLY_ALL = 0.999
BUSY = 0.9  # of a core


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who is there, and what they do. With a limit, it ends once too much is later than so many milliseconds."""

    people: int
    senders: int
    hz: float = 30
    seconds: float = 2
    channels: int = 1
    limit: int = 0

    @property
    def words(self) -> list[str]:
        numbers = (self.people, self.senders, self.hz, self.seconds, self.channels)
        return [str(number) for number in (*numbers, self.limit)]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the crowd saw. Deliveries and CPU seconds are those of its middle part, all else of the whole."""

    ready: int
    joined_ms: float
    expected: int
    delivered: int
    late: int
    p50_ms: float
    p99_ms: float
    seconds: float
    deliveries: int
    server_cpu: float
    own_cpu: float
    kb: int
    compiled: bool

    @property
    def good(self) -> bool:
        """Say whether everybody heard nearly everything soon."""
        arrived = self.expected and self.delivered >= NEARLY_ALL * self.expected
        return bool(arrived) and not self.late and self.p99_ms < LATE

    @property
    def own_share(self) -> float:
        """Return how much of a core the crowd itself took."""
        return self.own_cpu / self.seconds if self.seconds else 0.0

    @property
    def server_share(self) -> float:
        """Return how much of a core the server took."""
        return self.server_cpu / self.seconds if self.seconds else 0.0

    @property
    def limited(self) -> bool:
        """Say whether the crowd, and not the server, may have been what was measured."""
        return not self.compiled or self.own_share > BUSY

    @property
    def per_cpu(self) -> float:
        """Return deliveries per CPU second of the server."""
        return self.deliveries / self.server_cpu if self.server_cpu else 0.0


class Stage:
    """A server that can be put before crowds; it starts anew when one was too much for it."""

    def __init__(self, peer: Peer, load: list[str]):
        self.peer = peer
        self._load = load
        self._server: subprocess.Popen | None = None
        self._port = 0

    def meet(self, crowd: Crowd) -> Seen:
        """Let a crowd in; return what it saw."""
        if self._server is None:
            self._start()
        where = [self.peer.protocol, str(self._port), str(self._server.pid)]
        with pinned(CROWDS_CORE):
            load = [*self._load, *where, *crowd.words]
            done = subprocess.run(load, check=True, capture_output=True, text=True)
        seen = Seen(**json.loads(done.stdout))
        if seen.delivered < seen.expected or seen.ready < crowd.people:
            self.close()
        return seen

    def _start(self) -> None:
        self._port = free_port()
        port = str(self._port)
        words = [word.replace("PORT", port) for word in self.peer.command]
        with pinned(SERVERS_CORE):
            self._server = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        wait_for(self._server, self._port)

    def close(self) -> None:
        """End the server, if it runs."""
        if self._server:
            self._server.kill()
            self._server.wait()
        self._server = None


@contextlib.contextmanager
def pinned(core: int) -> Iterator[None]:
    """Keep to a core, and what is started meanwhile for good."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def wait_for(server: subprocess.Popen, port: int) -> None:
    """Return once the server takes connections."""
    end = time.monotonic() + STARTING
    while server.poll() is None and time.monotonic() < end:
        with contextlib.suppress(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port)).close()
            return
        time.sleep(0.02)
    raise RuntimeError(f"{server.args} does not serve")


def built(folder: Path) -> list[str]:
    """Return the command of the crowd: compiled where there is a compiler, else in Python."""
    here = Path(__file__).parent
    program = folder / "load"
    build = ["cc", "-O2", "-o", str(program), str(here / "load.c")]
    with contextlib.suppress(FileNotFoundError):
        if subprocess.run(build, capture_output=True).returncode == 0:
            return [str(program)]
    return [sys.executable, "-m", "bench.peers.load"]
