"""Somebody who draws without a browser: the protocol over a bare WebSocket, for kills and for load."""

import base64
import http.cookiejar
import random
import time
import urllib.parse
import urllib.request
from contextlib import suppress
from itertools import islice
from threading import Event, Thread
from urllib.error import HTTPError

import msgspec
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect

AWAY = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError)
PACE = 0.02  # seconds between strokes: fifty a second is more than any hand
RETRY = 0.3  # seconds before what was not saved is sent again
SILENCE = 11.0  # seconds: the server pings every five and waits for another five
WINDOW = 50  # ops on their way at once, as in a browser
CHUNK = 1000  # ops in a chunk of the log over HTTP
CONNECT, EVENT, ACK = "40", "42", "43"
PING, PONG = "2", "3"
JOIN, SINCE, OPS = "1", "2", ""  # what is said, by the acknowledgement asked for
NOT_SAVED = "not-saved"


class Guest:
    """A browser's cookies and nothing else of it."""

    def __init__(self, url: str):
        self.url = url
        self._jar = http.cookiejar.CookieJar()
        handler = urllib.request.HTTPCookieProcessor(self._jar)
        self._opener = urllib.request.build_opener(handler)
        self.get("/")

    @property
    def cookie(self) -> str:
        return "; ".join(f"{one.name}={one.value}" for one in self._jar)

    def get(self, path: str) -> bytes:
        """Return a page."""
        with self._opener.open(self.url + path, timeout=30) as page:
            return page.read()

    def starts_a_drawing(self) -> str:
        """Start a drawing; return its key."""
        token = next(one.value for one in self._jar if one.name == "csrftoken")
        form = urllib.parse.urlencode({"csrfmiddlewaretoken": token}).encode()
        with self._opener.open(f"{self.url}/new/", form, timeout=30) as page:
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
        self._guest = Guest(url)
        self.author = self._guest.author
        self.drawn: list[str] = []
        self.pending: dict[str, dict] = {}
        self.log: list[tuple[int, bytes]] = []
        self.refusals: list[tuple[str, str]] = []  # what was turned down, and why
        self.visits = 0
        self.stop_drawing, self.leave = Event(), Event()
        self._address = (
            url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        )
        self._headers = {"Cookie": self._guest.cookie, "Origin": url}
        self._key = key
        self._pace = pace
        self._random = random.Random(seed)
        self._socket: ClientConnection | None = None
        self._is_in = self._is_asking = False
        self._sent: set[str] = set()
        self._retry_at = self._next_stroke = self._heard = 0.0
        self._newest = 0  # the highest seq heard of
        self._again: set[str] = set()  # what is to be said again

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
        self._is_in = self._is_asking = False
        self._retry_at, self._newest = 0.0, 0
        self._again.clear()
        headers = self._headers
        with connect(
            self._address, additional_headers=headers, open_timeout=5, max_size=None
        ) as socket:
            self._socket, self._heard = socket, time.monotonic()
            socket.send(CONNECT)
            while not self.leave.is_set():
                self._draw_if_it_is_time()
                self._try_again_if_it_is_time()
                self._listen()

    def _listen(self) -> None:
        """Hear one packet, or nothing for a moment; a line that stays silent is dead."""
        with suppress(TimeoutError):
            packet = self._socket.recv(timeout=min(self._pace, PACE) / 2)
            self._heard = time.monotonic()
            self._hear(packet)
        if time.monotonic() > self._heard + SILENCE:
            raise TimeoutError

    # Drawing

    def _draw_if_it_is_time(self) -> None:
        idle = self.stop_drawing.is_set() or not self._is_in
        if idle or time.monotonic() < self._next_stroke:
            return
        self._next_stroke = max(self._next_stroke, time.monotonic() - 1) + self._pace
        self.draw(self.next_op(f"{self.author}.{len(self.drawn):x}"))

    def draw(self, op: dict) -> None:
        """Draw an op: it is kept, and sent when those before it have been."""
        self.drawn.append(op["id"])
        self.pending[op["id"]] = op
        self._pump()

    def next_op(self, name: str) -> dict:
        """Return what to draw next."""
        points = [self._random.randrange(16_000), self._random.randrange(16_000)]
        points += [self._random.randrange(-300, 300) for _ in range(20)]
        return {
            "t": "stroke",
            "id": name,
            "brush": "pen",
            "colour": "#1a2b3c",
            "alpha": 255,
            "width": 64,
            "layer": 0,
            "pressure": False,
            "points": points,
        }

    def _pump(self) -> None:
        """Send what has not been sent yet, in its order, a few at a time."""
        if not self._is_in or self._retry_at:
            return
        for op in list(islice(self.pending.values(), WINDOW)):
            if op["id"] not in self._sent:
                self._sent.add(op["id"])
                self._say({"type": "op", "op": op})

    def confirm(self, op_id: str) -> None:
        """Know an op to be in the log."""
        self.pending.pop(op_id, None)
        self._sent.discard(op_id)

    def _try_again_if_it_is_time(self) -> None:
        if not self._retry_at or time.monotonic() < self._retry_at:
            return
        again, self._again, self._retry_at = self._again, set(), 0.0
        if JOIN in again:
            self._join()
        if SINCE in again:
            self._is_asking = False
            self._ask_since()
        self._send_everything()

    def _later(self, what: str) -> None:
        self._again.add(what)
        self._retry_at = self._retry_at or time.monotonic() + RETRY

    def _send_everything(self) -> None:
        self._sent.clear()
        self._pump()

    # The protocol

    def _emit(self, event: str, value: object, ack: str = "") -> None:
        packet = msgspec.json.encode([event, value]).decode()
        self._socket.send(f"{EVENT}{ack}{packet}")

    def _say(self, message: dict, ack: str = "") -> None:
        self._emit("message", message, ack)

    def _join(self) -> None:
        self._emit("subscribe", f"drawing-{self._key}", JOIN)

    def _ask_since(self) -> None:
        if not self._is_asking:
            self._is_asking = True
            self._say({"type": "since", "seq": self.head}, SINCE)

    def _hear(self, packet: str) -> None:
        """Answer one packet."""
        if packet == PING:
            self._socket.send(PONG)
        elif packet.startswith(CONNECT):
            self.visits += 1
            self._join()
        elif packet.startswith(ACK):
            self._hear_answer(packet[len(ACK)], packet[len(ACK) + 1 :])
        elif packet.startswith(EVENT):
            name, value = msgspec.json.decode(packet[len(EVENT) :])[:2]
            self._receive(value if name == "message" else {"type": name, "code": value})

    def _hear_answer(self, to: str, encoded: str) -> None:
        [answer] = msgspec.json.decode(encoded)
        if "refused" in answer:
            self.refusals.append(("", answer["refused"]))
            self._later(to)

    def _receive(self, message: dict) -> None:
        match message:
            case {"type": "welcome"}:
                self._ask_since()
            case {"type": "ops", "ops": ops}:
                self._apply(ops)
            case {"type": "behind", "head": head}:
                self._read_chunks(head)
            case {"type": "caught-up", "head": head}:
                self._caught_up(head)
            case {"type": "rejected", "id": name, "code": code}:
                self._rejected(name, code)
            case {"type": "refused", "code": code}:
                self.refusals.append(("", code))
                self._later(OPS)

    def _caught_up(self, head: int) -> None:
        self._is_asking = False
        if self.head < max(head, self._newest):
            self._ask_since()
        elif not self._is_in:
            self._is_in = True
            self._next_stroke = time.monotonic()  # nobody makes up for an absence
            self._send_everything()

    def _rejected(self, name: str, code: str) -> None:
        self.refusals.append((name, code))
        if code == NOT_SAVED:
            self._later(OPS)
        else:
            self.confirm(name)

    def _read_chunks(self, head: int) -> None:
        """Read the full chunks of the log over HTTP, then ask for the rest."""
        while self.head // CHUNK < head // CHUNK:
            page = f"/d/{self._key}/log/{self.head // CHUNK}"
            try:
                self._apply(msgspec.json.decode(self._guest.get(page)))
            except HTTPError:
                return self._later(SINCE)
        self._is_asking = False
        return self._ask_since()

    def _apply(self, ops: list) -> None:
        for seq, _, op in ops:
            if seq > self.head + 1:
                self._newest = ops[-1][0]
                self._ask_since()
                break
            if seq == self.head + 1:
                self.log.append((seq, msgspec.json.encode(op)))
            self.confirm(op["id"])
        self._pump()
