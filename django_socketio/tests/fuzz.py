"""Frames and packets, whole and damaged, cut anywhere: python -m django_socketio.tests.fuzz [--count N] [--seed S].

What is well formed has to come back exactly. What is not ends with the close code that `websockets`, the library,
would give, frame by frame, and leaves nothing behind in the server, which runs in this process. The seed tells how to
see a run again.
"""

# ruff: noqa: E402 - patching comes before all other imports
from gevent import monkey

monkey.patch_all()

import argparse
import gc
import json
import logging
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from socket import SHUT_WR

import gevent
from gevent import pywsgi
from greenlet import greenlet
from websockets.frames import Opcode
from websockets.protocol import Protocol, Side

from django_socketio.tests.project import conform
from django_socketio.tests.site import ENGINE, Polling, Raw, Tab, frame, until
from django_socketio.transport.crew import MOST_IDLE
from django_socketio.transport.engine_socket import EngineSocket
from django_socketio.transport.takeover import Handler
from django_socketio.transport.websocket import WebSocket

SIZES = (0, 1, 2, 7, 60, 124, 125, 126, 127, 200, 4_000, 65_535, 65_536, 70_000)
COMMON = 9  # sizes that most messages have
CUTS = (0, 0, 0, 1, 2, 4)
LETTERS = '{}[]":,0123456789-/eE\\ \x1e\x00π'
NORMAL, PROTOCOL, NOT_UTF8, POLICY, TOO_BIG = 1000, 1002, 1007, 1008, 1009
END = '42["message","the end"]'
ENDED = '42["message-back","the end"]'

Frame = tuple[int, bytes]


# Streams of frames


def stream(random: Random) -> bytes:
    """Return some messages in frames, control frames between them, and a close."""
    frames = [piece for _ in range(random.randint(1, 5)) for piece in message(random)]
    return b"".join([*frames, frame(NORMAL.to_bytes(2), Opcode.CLOSE)])


def message(random: Random) -> list[bytes]:
    """Return one message, often in fragments, now and then with a ping before each."""
    opcode = random.choice((1, 2))
    payload = content(random, opcode)
    cuts = sorted(random.randint(0, len(payload)) for _ in range(random.choice(CUTS)))
    ends = zip([0, *cuts], [*cuts, len(payload)], strict=True)
    pieces = [payload[start:end] for start, end in ends]
    frames = []
    for number, piece in enumerate(pieces):
        if random.random() < 0.2:
            frames.append(frame(random.randbytes(5), random.choice((9, 10))))
        last = number == len(pieces) - 1
        kind = Opcode.CONT if number else opcode
        frames.append(frame(piece, kind, fin=last, mask=random.randbytes(4)))
    return frames


def content(random: Random, opcode: int) -> bytes:
    """Return what a message of that opcode may say."""
    size = random.choice(SIZES if random.random() < 0.3 else SIZES[:COMMON])
    if opcode == Opcode.TEXT:
        return "".join(random.choices("aπ€𝄞", k=size // 4)).encode()
    return random.randbytes(size)


def damaged(random: Random, data: bytes) -> bytes:
    """Return data with bytes changed, left out or put in, mostly in the heads of frames."""
    broken = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.choice((0, 1, 2, random.randrange(len(broken))))
        end = at + random.choice((0, 1, 1, 1, 3))
        broken[at:end] = random.randbytes(random.choice((0, 1, 1, 2)))
    return bytes(broken[: random.choice((None, None, random.randrange(1, len(data))))])


def pieces(random: Random, data: bytes) -> list[bytes]:
    """Cut data anywhere."""
    cuts = sorted(random.randint(0, len(data)) for _ in range(random.randint(0, 8)))
    return [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]


# What ought to come of them


@dataclass
class Expected:
    """What a server that echoes has to answer."""

    frames: list[Frame] = field(default_factory=list)
    codes: set[int] = field(default_factory=set)  # of its close, any of these
    _opcode: int = 0
    _fragments: list[bytes] = field(default_factory=list)

    @classmethod
    def of(cls, data: bytes) -> "Expected":
        """Ask the library, one whole frame after the other."""
        expected = cls()
        protocol = Protocol(Side.SERVER, max_size=None)
        while data and not expected.codes:
            size = length(data)
            if size is None or size > len(data):
                # Nothing follows, or it is too long, or the beginning is wrong already.
                expected.codes = {NORMAL, PROTOCOL, TOO_BIG}
                return expected
            expected._see(protocol, data[:size])
            data = data[size:]
        expected.codes = expected.codes or {NORMAL}
        return expected

    def _see(self, protocol: Protocol, one: bytes) -> None:
        if self._opcode and one[0] & 0x0F == Opcode.CLOSE:
            protocol = Protocol(Side.SERVER)  # which thinks that a close has to wait
        protocol.receive_data(one)
        for event in protocol.events_received():
            self._take(event)
        if protocol.close_sent:
            self.codes.add(protocol.close_sent.code)

    def _take(self, event: object) -> None:
        opcode, payload = int(event.opcode), bytes(event.data)
        if opcode == 9:
            self.frames.append((Opcode.PONG, payload))
        if opcode not in (0, 1, 2):
            return
        self._opcode = opcode or self._opcode
        self._fragments.append(payload)
        if event.fin:
            self._send_back(self._opcode, b"".join(self._fragments))
            self._opcode, self._fragments = 0, []

    def _send_back(self, opcode: int, whole: bytes) -> None:
        if opcode == Opcode.TEXT and not is_utf8(whole):
            self.codes.add(NOT_UTF8)
        else:
            self.frames.append((opcode, whole))


def length(data: bytes) -> int | None:
    """Return how long the frame at the beginning says it is, if that can be told."""
    if len(data) < 2:
        return None
    size, head = data[1] & 0x7F, 2
    if size > 125:
        head = 4 if size == 126 else 10
        size = int.from_bytes(data[2:head])
    if len(data) < head:
        return None
    return head + (4 if data[1] & 0x80 else 0) + size


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


# Against the server


def talk(random: Random, port: int, data: bytes) -> tuple[list[Frame], int]:
    """Send data in pieces, then nothing more; return the frames that came, and the code of the close."""
    tab = Tab(port, "/echo")
    with suppress(OSError):  # it has been sent away, and is told why
        for piece in pieces(random, data):
            tab.send(piece)
            gevent.sleep(0)
    with suppress(OSError):
        tab.socket.shutdown(SHUT_WR)
    tab.buffer = tab.read_to_end()
    tab.socket.close()
    return answers(tab)


def answers(tab: Tab) -> tuple[list[Frame], int]:
    """Return the frames before the close, and its code; nothing may follow it."""
    frames = []
    while tab.buffer:
        opcode, payload = tab.read_frame()
        if opcode == Opcode.CLOSE:
            check(not tab.buffer, f"after the close: {tab.buffer[:50]!r}")
            return frames, int.from_bytes(payload[:2]) or NORMAL
        frames.append((opcode, payload))
    return frames, 0


def whole_frames(random: Random, port: int) -> str:
    """Send what is well formed; all of it has to come back."""
    return compared(random, port, stream(random))


def damaged_frames(random: Random, port: int) -> str:
    """Send what is not; what is whole before has to come back, and the right close."""
    return compared(random, port, damaged(random, stream(random)))


def compared(random: Random, port: int, data: bytes) -> str:
    expected = Expected.of(data)
    frames, code = talk(random, port, data)
    check(frames == expected.frames, f"{len(frames)} of {len(expected.frames)} frames")
    check(code in expected.codes, f"closed with {code}, not {expected.codes}")
    return f"closed {code}"


def whole_packets(random: Random, port: int) -> str:
    """Send events, some with bytes beside them; each has to come back."""
    tab = connected(port)
    for _ in range(random.randint(1, 4)):
        value = thing(random, 3)
        size = random.choice(SIZES[:COMMON])
        text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
        holder = '{"_placeholder":true,"num":0}'
        beside = random.randbytes(size)
        tab.send(frame(f'451-["message",{holder},{text}]') + frame(beside, 2))
        told = tab.text()
        check(told == f'451-["message-back",{holder},{text}]', told)
        check(tab.read_frame() == (2, beside), "other bytes")
    tab.close()
    return "events"


def damaged_packets(random: Random, port: int) -> str:
    """Send what is nearly an event; it is refused, or the connection goes on."""
    tab = connected(port)
    text = json.dumps(["message", thing(random, 3)])
    kinds = ("42", "427", "451-", "452-", "40/custom,", "41/custom,", "43", "3", "6")
    with_luck = mangled(random, random.choice(kinds) + text)
    tab.send(frame(with_luck) + frame(END))
    frames, code = heard(tab)
    tab.close()
    if (1, ENDED.encode()) in frames:
        return "went on"
    check(code in (NORMAL, POLICY), f"{with_luck!r} closed with {code}")
    return f"closed {code}"


def heard(tab: Tab) -> tuple[list[Frame], int]:
    """Return what comes until the last event is answered or the connection closes, and the code of the close."""
    frames: list[Frame] = []
    while (1, ENDED.encode()) not in frames:
        opcode, payload = tab.read_frame()
        if opcode == Opcode.CLOSE:
            return frames, int.from_bytes(payload[:2])
        frames.append((opcode, payload))
    return frames, 0


def damaged_payloads(random: Random, port: int) -> str:
    """Post what is nearly a payload; it is taken, or the session is over."""
    polling = Polling(port)
    texts = [json.dumps(["message", thing(random, 2)]) for _ in range(3)]
    body = mangled(random, "\x1e".join(["40", *("42" + text for text in texts)]))
    status, _ = polling.post(body)
    check(status in (200, 400), f"{body!r} answered {status}")
    if status == 400:
        check(polling.poll()[0] == 400, "the session is still there")
    else:
        Raw(port).request("POST", polling.target, "1")
    return f"posted {status}"


def connected(port: int) -> Tab:
    tab = Tab(port, ENGINE + "websocket").open()
    tab.text()  # what the server says of who has come
    return tab


def thing(random: Random, depth: int) -> object:
    """Return anything JSON has."""
    kind = random.randrange(7 if depth else 4)
    if kind > 4:
        return [thing(random, depth - 1) for _ in range(random.randrange(4))]
    if kind == 4:
        return {f"k{n}": thing(random, depth - 1) for n in range(random.randrange(4))}
    return random.choice((None, True, random.randint(-(2**40), 2**40), "aπ€𝄞\n"))


def mangled(random: Random, text: str) -> str:
    """Return text with some characters changed, left out or put in."""
    letters = list(text)
    for _ in range(random.choice((1, 1, 2, 6))):
        at = random.randrange(random.choice((3, len(letters) + 1, len(letters) + 1)))
        end = at + random.choice((0, 1, 1, 4))
        letters[at:end] = random.choices(LETTERS, k=random.choice((0, 1, 1, 3)))
    return "".join(letters)


def check(holds: bool, what: str) -> None:
    if not holds:
        raise AssertionError(what)


KINDS: tuple[Callable[[Random, int], str], ...] = (
    whole_frames,
    damaged_frames,
    whole_packets,
    damaged_packets,
    damaged_payloads,
)


# The run


class Errors(logging.Handler):
    """Everything that went wrong unseen."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []
        logging.getLogger().addHandler(self)
        gevent.get_hub().handle_error = self.handle_error

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record.getMessage())

    def handle_error(self, where: object, kind: type, error: object, _: object) -> None:
        if not issubclass(kind, gevent.GreenletExit):
            self.seen.append(f"{kind.__name__}: {error}")


def left(kind: type) -> int:
    """Return how many of a kind there are still."""
    return sum(isinstance(one, kind) for one in gc.get_objects())


def is_quiet() -> bool:
    """Say whether nothing is left of any connection."""
    gc.collect()
    gone = not any(server.sockets for server in (conform.ENGINE, conform.EVENTS.eio))
    return gone and not conform.EVENTS._binary_packet and not left(WebSocket)


def run(count: int, seed: int) -> Counter[str]:
    """Send so many cases; return how they ended. Raises AssertionError for the first that did not end well."""
    errors, server = Errors(), serving()
    before = left(greenlet)
    endings = Counter(case(number, seed, server.server_port) for number in range(count))
    until(is_quiet)
    check(not errors.seen, f"errors: {errors.seen[:3]}")
    check(not left(EngineSocket), "connections are left")
    check(left(greenlet) <= before + MOST_IDLE + 2, "greenlets are left")
    server.stop()
    return endings


def serving() -> pywsgi.WSGIServer:
    """Return the server the other tests of the transport have in a process of its own."""
    server = pywsgi.WSGIServer(
        ("127.0.0.1", 0), conform.application, handler_class=Handler, log=None
    )
    server.start()
    return server


def case(number: int, seed: int, port: int) -> str:
    """Send one case; return its kind and how it ended."""
    kind = KINDS[number % len(KINDS)]
    try:
        return f"{kind.__name__}: {kind(Random(f'{seed}.{number}'), port)}"
    except (AssertionError, OSError) as error:
        error.add_note(f"case {number} of seed {seed}, {kind.__name__}")
        raise


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m django_socketio.tests.fuzz")
    parser.add_argument("--count", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    began = time.monotonic()
    for ending, count in sorted(run(options.count, options.seed).items()):
        print(f"{count:>8}  {ending}")  # noqa: T201
    took = f"{options.count} in {time.monotonic() - began:.1f} s"
    print(f"{took}, seed {options.seed}")  # noqa: T201


if __name__ == "__main__":
    main()
