"""Somebody who draws without a browser: the protocol over a bare WebSocket, for kills and for load."""

import base64
import http.cookiejar
import random
import time
import urllib.parse
import urllib.request
from contextlib import suppress
from threading import Event, Thread

import msgspec
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect

AWAY = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError)
PACE = 0.02  # seconds between strokes: fifty a second is more than any hand
CONNECT, EVENT, ACK = "40", "42", "43"
PING, PONG = "2", "3"


class Guest:
    """A browser's cookies and nothing else of it."""

    def __init__(self, url: str):
        self.url = url
        self._jar = http.cookiejar.CookieJar()
        handler = urllib.request.HTTPCookieProcessor(self._jar)
        self._opener = urllib.request.build_opener(handler)
        self._opener.open(url).close()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{one.name}={one.value}" for one in self._jar)

    def starts_a_drawing(self) -> str:
        """Start a drawing; return its key."""
        token = next(one.value for one in self._jar if one.name == "csrftoken")
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token}).encode()
        with self._opener.open(f"{self.url}/new/", form) as page:
            return page.url.rstrip("/").rpartition("/")[2]

    @property
    def author(self) -> str:
        """Return the key this guest draws under: the guest cookie is signed, not secret."""
        signed = next(one.value for one in self._jar if one.name == "guest")
        encoded = signed.partition(":")[0]
        return msgspec.json.decode(base64.urlsafe_b64decode(encoded + "=="))[0]


class Drawer(Thread):
    """Draws stroke after stroke, keeps each until it is confirmed, and never gives up."""

    def __init__(self, url: str, key: str, seed: int, pace: float = PACE):
        super().__init__(daemon=True)
        guest = Guest(url)
        self.author = guest.author
        self.drawn: list[str] = []
        self.pending: dict[str, dict] = {}
        self.log: list[tuple[int, bytes]] = []
        self.stop_drawing, self.leave = Event(), Event()
        self._address = (
            url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        )
        self._headers = {"Cookie": guest.cookie, "Origin": url}
        self._channel = f"drawing-{key}"
        self._pace = pace
        self._random = random.Random(seed)
        self._socket: ClientConnection | None = None
        self._is_in = False
        self._next_stroke = 0.0

    @property
    def head(self) -> int:
        return len(self.log)

    def run(self) -> None:
        while not self.leave.is_set():
            with suppress(*AWAY):
                self._visit()
            time.sleep(self._random.uniform(0, 0.1))

    def _visit(self) -> None:
        """Join, and draw until the connection goes."""
        self._is_in = False
        headers = self._headers
        with connect(
            self._address, additional_headers=headers, open_timeout=5
        ) as socket:
            self._socket = socket
            socket.send(CONNECT)
            while not self.leave.is_set():
                self._draw_if_it_is_time()
                with suppress(TimeoutError):
                    self._hear(socket.recv(timeout=min(self._pace, PACE) / 2))

    def _draw_if_it_is_time(self) -> None:
        idle = self.stop_drawing.is_set() or not self._is_in
        if idle or time.monotonic() < self._next_stroke:
            return
        self._next_stroke = max(self._next_stroke, time.monotonic() - 1) + self._pace
        op = self._stroke()
        self.drawn.append(op["id"])
        self.pending[op["id"]] = op
        self.propose(op)

    def propose(self, op: dict) -> None:
        """Send an op, for the first time or again."""
        self._emit("message", {"type": "op", "op": op})

    def confirm(self, op_id: str) -> None:
        """Know an op to be in the log."""
        self.pending.pop(op_id, None)

    def _stroke(self) -> dict:
        points = [self._random.randrange(16_000), self._random.randrange(16_000)]
        points += [self._random.randrange(-300, 300) for _ in range(20)]
        return {
            "t": "stroke",
            "id": f"{self.author}.{len(self.drawn):x}",
            "brush": "pen",
            "colour": "#1a2b3c",
            "alpha": 255,
            "width": 64,
            "layer": 0,
            "pressure": False,
            "points": points,
        }

    def _emit(self, event: str, value: object, ack: str = "") -> None:
        packet = msgspec.json.encode([event, value]).decode()
        self._socket.send(f"{EVENT}{ack}{packet}")

    def _hear(self, packet: str) -> None:
        """Answer one packet."""
        if packet == PING:
            self._socket.send(PONG)
        elif packet.startswith(CONNECT):
            self._emit("subscribe", self._channel)
        elif packet.startswith(EVENT):
            self._receive(msgspec.json.decode(packet[len(EVENT) :])[1])

    def _receive(self, message: dict) -> None:
        match message:
            case {"type": "welcome"}:
                self._ask_since()
            case {"type": "ops", "ops": ops}:
                self._apply(ops)
            case {"type": "caught-up"}:
                self._is_in = True
                for op in list(self.pending.values()):
                    self.propose(op)
            case {"type": "rejected", "code": "not-saved", "id": name}:
                self.propose(self.pending[name])

    def _ask_since(self) -> None:
        self._emit("message", {"type": "since", "seq": self.head})

    def _apply(self, ops: list) -> None:
        for seq, _, op in ops:
            if seq > self.head + 1:
                self._ask_since()
                return
            if seq == self.head + 1:
                self.log.append((seq, msgspec.json.encode(op)))
            self.confirm(op["id"])
