"""What load.c does, where there is no compiler: slower, so that its figures are marked as limited by it."""

import json
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from bench.crowd import event, frame

WARM_UP, DRAIN, JOINING = 0.5, 1, 30  # seconds
READ = 1 << 18
PATHS = {"socketio": "/socket.io/?EIO=4&transport=websocket", "json": "/"}
UPGRADE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Version: 13\r\n\r\n"
)
INK = {"stroke": "k3j9x2m1p0qa.1f", "start": 24, "points": [512, 318, 14, -6, 17, -9]}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for."""

    protocol: str
    port: int
    server: int
    people: int
    senders: int
    hz: float
    seconds: float
    channels: int
    limit: float

    @property
    def clock(self) -> int:
        """Return the clock of the server's CPU time, as clock_getcpuclockid() does."""
        return (~self.server << 3) | 2

    @property
    def kilobytes(self) -> int:
        pages = Path(f"/proc/{self.server}/statm").read_text().split()[1]
        return int(pages) * 4

    def hearers(self, channel: int) -> int:
        """Return how many hear what one of a channel says."""
        return len(range(channel, self.people, self.channels)) - 1


class Person:
    """One connection, and what has come through it."""

    def __init__(self, asked: Asked, channel: int):
        self.channel, self.ready = channel, False
        self._asked = asked
        self._rest = b""
        self._upgraded = False
        self.socket = socket.create_connection(("127.0.0.1", asked.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        path = PATHS[asked.protocol]
        self.socket.sendall(UPGRADE.format(path=path, port=asked.port).encode())

    def say(self, message: dict) -> None:
        plain = self._asked.protocol == "json"
        text = json.dumps(message, separators=(",", ":"))
        self.socket.sendall(frame(text) if plain else event("message", message))

    def hear(self) -> list[bytes]:
        """Return the messages that have come, having answered all else."""
        got = self.socket.recv(READ)
        if not got:
            raise ConnectionResetError("the server went")
        self._rest += got
        if not self._upgraded:
            self._upgrade()
        return [text for text in self._frames() if self._is_message(text)]

    def _upgrade(self) -> None:
        _, end, rest = self._rest.partition(b"\r\n\r\n")
        if end:
            self._upgraded, self._rest = True, rest
            if self._asked.protocol == "json":
                self.socket.sendall(frame(json.dumps({"join": f"c-{self.channel}"})))

    def _frames(self) -> list[bytes]:
        """Return the contents of the frames that are here whole."""
        data, at, texts = self._rest, 0, []
        while self._upgraded and len(data) - at >= 2:
            size, head = data[at + 1], 2
            if size >= 126:
                head = 4 if size == 126 else 10
                size = int.from_bytes(data[at + 2 : at + head])
            if len(data) - at < head + size:
                break
            texts.append(data[at + head : at + head + size])
            at += head + size
        self._rest = data[at:]
        return texts

    def _is_message(self, text: bytes) -> bool:
        if self._asked.protocol == "socketio" and not text.startswith(b"42"):
            self._answer(text)
            return False
        was_ready, self.ready = self.ready, True
        return was_ready

    def _answer(self, text: bytes) -> None:
        if text == b"2":
            self.socket.sendall(frame("3"))
        elif text.startswith(b"0"):
            self.socket.sendall(frame("40"))
        elif text.startswith(b"40"):
            self.socket.sendall(frame(f'420["subscribe","c-{self.channel}"]'))
        elif text.startswith(b"43"):
            self.ready = True


@dataclass(slots=True)
class Count:
    """What was counted up to now."""

    expected: int = 0
    delivered: int = 0
    waits: list[float] = field(default_factory=list)


class Load:
    """Everybody together."""

    def __init__(self, asked: Asked):
        self._asked = asked
        self._count = Count()
        self._selector = selectors.DefaultSelector()
        self._window = float("inf")
        self._people: list[Person] = []

    def run(self) -> dict:
        """Join, draw, wait for the last; return what load.c prints."""
        asked, before, began = self._asked, self._asked.kilobytes, time.monotonic()
        self._join()
        joined = time.monotonic() - began
        window = self._draw()
        self._drain()
        waits = [1000 * wait for wait in self._count.waits] or [0]
        cuts = quantiles([*waits, *waits], n=100)  # which wants two at least
        return {
            "ready": sum(person.ready for person in self._people),
            "joined_ms": round(1000 * joined, 1),
            "expected": self._count.expected,
            "delivered": self._count.delivered,
            "late": int(bool(asked.limit) and cuts[98] > asked.limit),
            "p50_ms": round(cuts[49], 1),
            "p99_ms": round(cuts[98], 1),
            "kb": asked.kilobytes - before,
            "compiled": False,
            **window,
        }

    def _join(self) -> None:
        for number in range(self._asked.people):
            person = Person(self._asked, number % self._asked.channels)
            self._people.append(person)
            self._selector.register(person.socket, selectors.EVENT_READ, person)
        end = time.monotonic() + JOINING
        while time.monotonic() < end and not all(one.ready for one in self._people):
            self._hear(end)

    def _draw(self) -> dict:
        """Draw for a while; return what the part after the warm-up cost."""
        began = time.monotonic()
        self._speak(began, began + WARM_UP)
        self._window, before = time.monotonic(), self._costs()
        self._speak(self._window, self._window + self._asked.seconds)
        costs = zip(before, self._costs(), strict=True)
        names = ("seconds", "deliveries", "server_cpu", "own_cpu")
        return dict(zip(names, (late - early for early, late in costs), strict=True))

    def _costs(self) -> tuple[float, ...]:
        server = time.clock_gettime(self._asked.clock)
        now, own = time.monotonic(), time.process_time()
        return now, self._count.delivered, server, own

    def _speak(self, began: float, end: float) -> None:
        pace = self._asked.hz * self._asked.senders
        number = 0
        while (now := time.monotonic()) < end:
            due = began + number / pace if pace else end
            if due > now:
                self._hear(min(due, end))
                continue
            person = self._people[number % self._asked.senders]
            self._count.expected += self._asked.hearers(person.channel)
            person.say({"at": 10**15 + time.monotonic_ns() // 1000, **INK})
            number += 1
            self._hear(0)

    def _drain(self) -> None:
        end = time.monotonic() + DRAIN
        while self._count.delivered < self._count.expected and time.monotonic() < end:
            self._hear(end)

    def _hear(self, until: float) -> None:
        for key, _ in self._selector.select(max(0, until - time.monotonic())):
            texts = key.data.hear()
            self._count.delivered += len(texts)
            if texts:
                self._time(texts[-1])

    def _time(self, text: bytes) -> None:
        sent = (int(text.partition(b'"at":')[2][:17].strip(b", ")) - 10**15) / 1e6
        if sent >= self._window:
            self._count.waits.append(time.monotonic() - sent)


if __name__ == "__main__":
    numbers = [json.loads(word) for word in sys.argv[2:]]
    print(json.dumps(Load(Asked(sys.argv[1], *numbers)).run()))
