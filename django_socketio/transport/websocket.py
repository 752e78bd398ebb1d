"""RFC 6455 on a gevent socket: whole messages in, whole frames out, and never more than is allowed."""

import os
import socket
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Any

import gevent
from gevent import get_hub
from websockets.datastructures import Headers
from websockets.frames import CloseCode, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import Protocol, Side, State
from websockets.server import ServerProtocol

from django_socketio.transport.crew import Crew
from django_socketio.transport.frames import plain
from django_socketio.transport.limits import Bucket
from django_socketio.transport.reader import Reader
from django_socketio.transport.trimming import KEPT, Piece, TooBig, Trimmer
from django_socketio.transport.wire import Wire

RECEIVE = 65536
FAIR_SHARE = 64  # messages of one socket before the others get their turn
LINGER = 1.0  # seconds for the other side to answer a close
FINAL_FRAGMENT = b"\x80\x80\0\0\0\0"  # masked and empty
BAD_DATA, POLICY, TOO_BIG = (
    CloseCode.INVALID_DATA,
    CloseCode.POLICY_VIOLATION,
    CloseCode.MESSAGE_TOO_BIG,
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one WebSocket may send, and how much may wait for it."""

    message: int = 1_000_000
    backlog: int = 4_000_000
    fragments: int = 1024  # of one message
    frames_per_second: float = 1_000
    frames_at_once: float = 5_000
    passed_over: int = (
        0  # bytes of a message too long, of which only the beginning is kept
    )


@dataclass(frozen=True, slots=True)
class Cut:
    """The beginning of a message that was too long to be kept."""

    beginning: bytes
    is_text: bool


Received = str | bytes | Cut


def handshake(environ: dict[str, Any]) -> Response:
    """Return the answer to a request to speak WebSocket: 101, or why not."""
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION", "13") != "13":
        spoken = Headers({"Sec-WebSocket-Version": "13", "Content-Length": "0"})
        return Response(426, "Upgrade Required", spoken)
    if environ.get("SERVER_PROTOCOL") == "HTTP/1.0":
        return Response(400, "Bad Request", Headers({"Content-Length": "0"}))
    headers = Headers()
    for name, value in environ.items():
        if name.startswith("HTTP_"):
            headers[name[5:].replace("_", "-")] = value
    return ServerProtocol().accept(Request(environ["PATH_INFO"], headers))


class WebSocket:
    """One open WebSocket; one greenlet reads its messages, anybody may send or close."""

    def __init__(self, sock: Any, bounds: Bounds, early: bytes = b""):
        self.wire = Wire(sock, bounds.backlog, self.abort)
        self.why = ""
        self._sock = sock
        self._bounds = bounds
        self._fd = sock.fileno()
        self._protocol = Protocol(Side.SERVER, max_size=None)
        self._trimmer = Trimmer(bounds.message, bounds.passed_over)
        self._bucket = Bucket(bounds.frames_per_second, bounds.frames_at_once)
        self._buffer = early
        self._frames = 0
        self._fragments: list[bytes] = []
        self._opcode: Opcode | None = None
        self._linger: Any = None

    @property
    def is_open(self) -> bool:
        """Say whether messages may still be sent."""
        return self._protocol.state is State.OPEN

    def messages(self) -> Generator[Received]:
        """Yield what arrives, one whole message at a time, until the socket closes."""
        yield from self._messages_in(b"")
        while self.is_open and (data := self._receive()):
            yield from self._messages_in(data)

    def listen(self, take: Callable[[Received], None], crew: Crew) -> None:
        """Have every message taken by a crew, until the socket closes."""
        for message in self._messages_in(b""):
            take(message)
        if self.is_open:
            Reader(self._fd, lambda: self._take_arrived(take), crew).run()

    def _take_arrived(self, take: Callable[[Received], None]) -> bool:
        """Have taken what has arrived; say whether more may come."""
        try:
            data = os.read(self._fd, RECEIVE)
        except BlockingIOError:
            return True
        except OSError:
            return False
        for message in self._messages_in(data):
            take(message)
        return bool(data) and self.is_open

    def _receive(self) -> bytes:
        try:
            return bytes(self._sock.recv(RECEIVE))
        except OSError:
            return b""

    def _messages_in(self, data: bytes) -> Iterator[Received]:
        """Yield the messages that data completes; what nobody asks for stays for the next time."""
        data = self._buffer + data if self._buffer else data
        at = 0
        try:
            while at < len(data) and self.is_open and self._may_go_on():
                begins = not self._trimmer.is_within
                short = plain(data, at) if begins and not self._opcode else None
                if short:
                    payload, at = short
                    yield from self._decoded(payload)
                    continue
                piece = self._piece(data, at)
                if piece is None:
                    break
                at = piece.end
                yield from self._unusual(piece.data, begins)
        finally:
            self._buffer = data[at:]

    def _piece(self, data: bytes, at: int) -> Piece | None:
        """Return what the protocol has to see next, or None to wait for more, or because nothing more is read."""
        try:
            return self._trimmer.piece(data, at)
        except TooBig:
            self.close(TOO_BIG, "too big")
            return None

    def _may_go_on(self) -> bool:
        """Count a frame; let the others have their turn, and close on a flood."""
        self._frames += 1
        if self._frames % FAIR_SHARE == 0:
            gevent.sleep(0)
        if not self._bucket.take(time.monotonic()):
            self.close(POLICY, "too fast")
        return self.is_open

    def _decoded(self, payload: bytes) -> tuple[str, ...]:
        try:
            return (payload.decode(),)
        except UnicodeDecodeError:
            self.close(BAD_DATA, "invalid UTF-8")
            return ()

    def _unusual(self, data: bytes, begins: bool) -> Iterator[Received]:
        """Yield the messages completed by bytes the protocol has to look at."""
        if begins and self._opcode and data[0] & 0x0F == Opcode.CLOSE:
            # A close may come between fragments; the protocol wants the message whole first.
            self._opcode = None
            self._protocol.receive_data(FINAL_FRAGMENT)
            self._protocol.events_received()
        self._protocol.receive_data(data)
        for event in self._protocol.events_received():
            yield from self._assembled(event)
        self._flush()

    def _assembled(self, event: Any) -> Iterator[Received]:
        if event.opcode in (Opcode.TEXT, Opcode.BINARY):
            self._opcode, self._fragments = event.opcode, []
        elif event.opcode is not Opcode.CONT or not self._opcode:
            return
        self._fragments.append(bytes(event.data))
        if len(self._fragments) > self._bounds.fragments:
            self.close(POLICY, "too many fragments")
        elif event.fin:
            yield from self._whole(b"".join(self._fragments))

    def _whole(self, payload: bytes) -> tuple[Received, ...]:
        """Return the message whose last fragment has come."""
        is_text, self._opcode = self._opcode is Opcode.TEXT, None
        if self._trimmer.has_cut:
            return (Cut(payload[:KEPT], is_text),)
        return self._decoded(payload) if is_text else (payload,)

    def close(self, code: int = CloseCode.NORMAL_CLOSURE, reason: str = "") -> None:
        """Say goodbye; what was sent before goes first, and the other side has a moment to answer."""
        if not self.is_open:
            return
        self.why = self.why or reason
        self._protocol.fail(code, reason)
        self._flush()

    def _flush(self) -> None:
        """Send what the protocol has to say: pongs and closes."""
        for data in self._protocol.data_to_send():
            if data:
                self.wire.write(data)
        if not self.is_open and self._linger is None:
            self.wire.finish()
            self._linger = get_hub().loop.timer(LINGER, ref=False)
            self._linger.start(self.abort, "no answer to close")

    def abort(self, reason: str) -> None:
        """Cut the connection; the reader sees its end."""
        self.why = self.why or reason
        self._protocol.state = State.CLOSED
        self.wire.abort()

    def release(self) -> None:
        """Read to the end, so that nothing after a close is taken for HTTP, and let go. For the reader alone."""
        self.close()
        while self._receive():
            pass
        if self._linger is not None:
            self._linger.close()
        self._protocol.state = State.CLOSED
        self.wire.close()


def send_at_once(sock: Any) -> None:
    """Send small messages at once: Nagle's algorithm would hold them for 40 ms."""
    if sock.family in (socket.AF_INET, socket.AF_INET6):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
