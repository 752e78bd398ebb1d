"""A crowd that draws, so that one can measure how it is to draw among many.

One thread and bare sockets: what it sends is made beforehand, what it gets is thrown away unread, but for the
pings. So it takes little from the machine, which it shares with what is measured. `python -m bench.crowd` is told
whom to be in one line of JSON, says `in` when everybody is there, draws until its input ends, and says what it did.
"""

import json
import math
import selectors
import socket
import struct
import sys
import time
from collections.abc import Iterator
from random import Random
from urllib.parse import urlsplit

FRAMES_HZ = 60
PEOPLE_A_FRAME = (
    12  # as pages do: so many listeners more, a frame more between two messages
)
MOST_FRAMES = 8
POINTS_HZ = 120  # of a pen
TICK = 1 / 120  # seconds: how exactly anybody keeps time
READ = 1 << 20  # bytes

CONNECT, EVENT = "40", "42"
TEXT, MASKED = 0x81, 0x80
SHORT, MEDIUM = 126, 1 << 16
# A server's frames are not masked, and in JSON there is no byte 1: this is nothing but a ping.
PING = b"\x81\x012"


def frame(text: str) -> bytes:
    """Return a WebSocket frame. Its mask is zero, so that what is masked is what is sent."""
    data = text.encode()
    if len(data) < SHORT:
        head = bytes([TEXT, MASKED | len(data)])
    elif len(data) < MEDIUM:
        head = struct.pack(">BBH", TEXT, MASKED | SHORT, len(data))
    else:
        raise ValueError("longer than any message may be")
    return head + bytes(4) + data


def event(*words: object) -> bytes:
    """Return the frame of a Socket.IO event."""
    return frame(EVENT + json.dumps(words, separators=(",", ":")))


PONG = frame("3")


def frequency(listeners: int) -> float:
    """Return how many messages a second a page sends of its ink."""
    frames = min(MOST_FRAMES, math.ceil(listeners / PEOPLE_A_FRAME))
    return FRAMES_HZ / frames


def strokes(author: str, seconds: int, hertz: float) -> Iterator[bytes]:
    """Yield the messages of somebody who draws a stroke a second: its ink, then its op."""
    random = Random(author)
    style = {
        "brush": "pen",
        "colour": f"#{random.randrange(2**24):06x}",
        "alpha": 255,
        "width": random.randrange(48, 320),
        "layer": 0,
        "pressure": False,
    }
    at_once = round(POINTS_HZ / hertz)
    inks = int(hertz) - 1
    for number in range(seconds):
        places = path(random, inks * at_once)
        yield from stroke(f"{author}.{number:x}", style, places, at_once)


def stroke(
    name: str, style: dict, places: list[tuple[int, int]], at_once: int
) -> Iterator[bytes]:
    """Yield a stroke's ink, so many points in a message, then its op."""
    for start in range(0, len(places), at_once):
        points = flat(places[start : start + at_once])
        ink = {"type": "ink", "id": name, "stroke": style, "start": start}
        yield event("message", {**ink, "points": points})
    op = {"t": "stroke", "id": name, **style, "points": flat(places)}
    yield event("message", {"type": "op", "op": op})


def path(random: Random, count: int) -> list[tuple[int, int]]:
    """Return so many places where a hand goes in about a second, in 1/16 px."""
    x, y = random.uniform(3_000, 27_000), random.uniform(3_000, 14_000)
    heading, bend, places = random.uniform(0, math.tau), 0.0, []
    for _ in range(count):
        places.append((round(x), round(y)))
        bend = 0.9 * bend + random.gauss(0, 0.03)
        heading += bend
        x, y = x + 90 * math.cos(heading), y + 90 * math.sin(heading)
    return places


def flat(places: list[tuple[int, int]]) -> list[int]:
    """Return places as they travel: the first, then differences."""
    numbers, (last_x, last_y) = [], (0, 0)
    for x, y in places:
        numbers += [x - last_x, y - last_y]
        last_x, last_y = x, y
    return numbers


class Crowd:
    """Some people on one drawing, one after the other sending what comes next."""

    def __init__(self, url: str, channel: str, guests: list[dict], seconds: int):
        self.sent = self.dropped = self.lost = self.received = 0
        self._hertz = frequency(len(guests))
        self._frames = [
            list(strokes(one["author"], seconds, self._hertz)) for one in guests
        ]
        self._sockets: list[socket.socket] = []
        self._ends: dict[socket.socket, bytes] = {}
        self._selector = selectors.DefaultSelector()
        for one in guests:
            self._enter(join(url, channel, one["cookie"]))
            self._listen(0)
        self._selector.register(sys.stdin, selectors.EVENT_READ)

    def _enter(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        self._sockets.append(sock)
        self._ends[sock] = b""
        self._selector.register(sock, selectors.EVENT_READ)

    def draw(self) -> None:
        """Draw until there is nothing more to draw or the input ends."""
        began, number = time.perf_counter(), 0
        pace = self._hertz * len(self._sockets)
        while self._listen(0.0):
            due = int((time.perf_counter() - began) * pace)
            for one in range(number, due):
                self._send(one)
            number = max(number, due)
            # Woken by whatever comes, it would take half a core to throw it away.
            time.sleep(TICK)

    def _send(self, number: int) -> None:
        """Send what comes at this place in everybody's turns."""
        turn, who = divmod(number, len(self._sockets))
        if turn >= len(self._frames[who]) or self._sockets[who] not in self._ends:
            return
        try:
            written = self._sockets[who].send(self._frames[who][turn])
        except BlockingIOError:
            self.dropped += 1
            return
        except ConnectionError:
            self._lose(self._sockets[who])
            return
        if written < len(self._frames[who][turn]):
            raise RuntimeError("The server does not read.")
        self.sent += 1

    def _listen(self, timeout: float) -> bool:
        """Throw away what has come; say whether to go on."""
        for key, _ in self._selector.select(timeout):
            if key.fileobj is sys.stdin:
                return False
            try:
                self._hear(key.fileobj)
            except ConnectionError:
                self._lose(key.fileobj)
        return True

    def _hear(self, sock: socket.socket) -> None:
        data = sock.recv(READ)
        if not data:
            raise ConnectionError("The server has sent somebody away.")
        self.received += len(data)
        if PING in data or PING in self._ends[sock] + data[:2]:
            sock.send(PONG)
        self._ends[sock] = data[-2:]

    def _lose(self, sock: socket.socket) -> None:
        """Go on without somebody: a server that cannot keep up sends people away."""
        self.lost += 1
        del self._ends[sock]
        self._selector.unregister(sock)
        sock.close()


def join(url: str, channel: str, cookie: str) -> socket.socket:
    """Return the socket of somebody who has joined the channel."""
    address = urlsplit(url)
    sock = socket.create_connection((address.hostname, address.port), timeout=60)
    lines = [
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
        f"Host: {address.netloc}",
        f"Origin: {url}",
        f"Cookie: {cookie}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    ]
    sock.sendall("\r\n".join([*lines, "", ""]).encode())
    await_word(sock, b"\r\n\r\n")
    sock.sendall(frame(CONNECT) + event("subscribe", channel))
    await_word(sock, b'"welcome"')
    return sock


def await_word(sock: socket.socket, word: bytes) -> None:
    """Read until the word has come."""
    heard = b""
    while word not in heard:
        data = sock.recv(READ)
        if not data:
            raise RuntimeError(f"Not let in: {heard[-200:]!r}")
        heard += data


def main() -> None:
    """Be who the first line of input says, and report at the end."""
    crowd = Crowd(**json.loads(sys.stdin.readline()))
    print("in", flush=True)
    began, cpu = time.perf_counter(), time.process_time()
    crowd.draw()
    seconds = time.perf_counter() - began
    print(
        json.dumps(
            {
                "cpu": (time.process_time() - cpu) / seconds,
                "sent": crowd.sent / seconds,
                "dropped": crowd.dropped,
                "lost": crowd.lost,
                "megabytes": crowd.received / seconds / 2**20,
            }
        )
    )


if __name__ == "__main__":
    main()
