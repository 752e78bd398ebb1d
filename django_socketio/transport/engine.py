"""Engine.IO 4, hardened: python-engineio's server with a transport of its own.

Only this module and server.py beside it lean on what python-engineio and python-socketio do not document;
tests/test_internals.py fails when that changes.
"""

import base64
import binascii
import secrets
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import engineio
import gevent
from engineio import exceptions, packet
from engineio.socket import Socket
from gevent.lock import RLock
from websockets.frames import Opcode

from django_socketio.transport.alarm import Alarm
from django_socketio.transport.frames import frame
from django_socketio.transport.messages import Message, Part
from django_socketio.transport.takeover import decline, nothing_more, take_over
from django_socketio.transport.websocket import Bounds, WebSocket, handshake

SEPARATOR = "\x1e"
MOST_PACKETS = 1000  # in one long-polling request
SHORT_QUEUE = (
    64 * 1024
)  # bytes; with more waiting for a poll, volatile messages are left out
UPGRADE_TIMEOUT = 10.0
BODY_TIMEOUT = 10.0
LAST_POLL = (
    5.0  # seconds in which a poll that crossed with the browser's own close is answered
)
NOTHING = packet.Packet(packet.NOOP)
POLICY, RESTART = 1008, 1012

Environ = dict[str, Any]
Start = Callable[..., Any]


class BadPacket(exceptions.EngineIOError):  # type: ignore[misc]
    """What came is no packet; the connection closes."""


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What an Engine can be told."""

    ping_interval: float = 5.0
    ping_timeout: float = 5.0
    connect_timeout: float = 10.0
    count: Callable[..., None] = lambda name, amount=1: None
    max_event: int = 1_000_000  # characters of JSON, or bytes beside it
    max_depth: int = 100
    bounds: Bounds = field(default_factory=Bounds)
    identity: Callable[[Environ], str] = lambda environ: ""
    allows_origin: Callable[[str, Environ], bool] | None = None


class Engine(engineio.Server):  # type: ignore[misc]
    """An Engine.IO server whose sockets are EngineSockets."""

    def __init__(self, options: EngineOptions | None = None, **kwargs: Any):
        self.options = options or EngineOptions()
        super().__init__(
            async_mode="gevent",
            ping_interval=self.options.ping_interval,
            ping_timeout=self.options.ping_timeout,
            max_http_buffer_size=self.options.bounds.message,
            cors_allowed_origins=self.options.allows_origin or [],
            monitor_clients=False,  # every socket has a timer of its own
            **kwargs,
        )

    def generate_id(self) -> str:
        """Return 192 random bits."""
        return secrets.token_urlsafe(24)

    def handle_request(
        self, environ: Environ, start_response: Start
    ) -> Iterable[bytes]:
        """Answer one HTTP request, if it is one of the protocol's."""
        query = urllib.parse.parse_qs(environ.get("QUERY_STRING", ""))
        if not is_sensible(environ, query):
            return answer(self._bad_request("bad request"), start_response)
        known = self.sockets.get(query.get("sid", [""])[0])
        if known is None:
            return super().handle_request(environ, start_response)  # type: ignore[no-any-return]
        if known.identity != self.options.identity(environ):
            return answer(self._bad_request("not yours"), start_response)
        if wants_websocket(environ) and (known.upgraded or known.upgrading):
            return known.speak(environ, start_response, refuse_second)
        if known.owes_last_answer(environ):
            return answer(self._ok([NOTHING]), start_response)
        return super().handle_request(environ, start_response)  # type: ignore[no-any-return]

    def _handle_connect(
        self,
        environ: Environ,
        start_response: Start,
        transport: str,
        _jsonp: None = None,
    ) -> Any:
        socket = EngineSocket(self, self.generate_id(), self.options.identity(environ))
        if transport == "websocket":
            return socket.speak(environ, start_response, socket.begin)
        socket.open(environ)
        return self._ok(socket.poll())

    def _ok(
        self, packets: Any = None, headers: Any = None, jsonp_index: None = None
    ) -> Any:
        response = super()._ok(packets, headers, jsonp_index)
        if packets is None:
            response["response"] = b"ok"
        response["headers"] += [
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
        return response

    def _log_error_once(self, message: str, message_key: str) -> None:
        self.logger.info(message)  # what a stranger sends is no error of ours

    def announcement(self, socket: "EngineSocket") -> packet.Packet:
        """Return the packet that opens a connection; engineio's own rounds fractions of seconds to none."""
        opening = {
            "sid": socket.sid,
            "upgrades": [] if socket.upgraded else ["websocket"],
            "pingInterval": int(self.ping_interval * 1000),
            "pingTimeout": int(self.ping_timeout * 1000),
            "maxPayload": self.max_http_buffer_size,
        }
        return packet.Packet(packet.OPEN, opening)

    def disconnect(self, sid: str | None = None) -> None:
        """Close one socket, or all."""
        for socket in list(self.sockets.values()):
            if sid in (None, socket.sid):
                socket.close(reason=self.reason.SERVER_DISCONNECT)


def is_sensible(environ: Environ, query: dict[str, list[str]]) -> bool:
    """Say no to what engineio is lax about: a missing transport, JSONP, other methods."""
    method = environ["REQUEST_METHOD"]
    if "transport" not in query or "j" in query:
        return False
    return method == "GET" or (
        method in ("POST", "OPTIONS") and "HTTP_UPGRADE" not in environ
    )


def answer(response: dict[str, Any], start_response: Start) -> list[bytes]:
    """Send a response made by engineio."""
    start_response(response["status"], response["headers"])
    return [response["response"]]


def wants_websocket(environ: Environ) -> bool:
    """Say whether a request asks to be upgraded."""
    return "websocket" in environ.get("HTTP_UPGRADE", "").lower()


def refuse_second(environ: Environ, websocket: WebSocket) -> None:
    """Close a WebSocket for a session that has one already."""
    websocket.close(POLICY, "already upgraded")


class EngineSocket(Socket):  # type: ignore[misc]
    """One browser's connection, by WebSocket or by long polling."""

    def __init__(self, server: Engine, sid: str, identity: str):
        super().__init__(server, sid)
        self.identity = identity
        self.closing = False
        self.reason = ""
        self.websocket: WebSocket | None = None
        self._turn = RLock()  # what one browser sends is handled one after the other
        self._heart = Alarm()
        self._deadline = Alarm()
        self._awaits_pong = False
        self._queued = 0
        self._polls = 0
        self._owes_last_answer = False

    # Beginning

    def open(self, environ: Environ) -> None:
        """Announce the connection and start its heart."""
        self.connected = True
        self.server.sockets[self.sid] = self
        self.send(self.server.announcement(self))
        self.server.handlers["connect"](self.sid, environ)
        self._heart.ring_in(self.server.ping_interval, self._ping)

    def expect_within(self, seconds: float) -> None:
        """Close unless `arrived` is called in time."""
        self._deadline.ring_in(seconds, self.close)

    def arrived(self) -> None:
        """Let the socket stay."""
        self._deadline.stop()

    # WebSocket

    def speak(
        self,
        environ: Environ,
        start_response: Start,
        conversation: Callable[[Environ, WebSocket], None],
    ) -> tuple[bytes, ...]:
        """Turn a request into a WebSocket and talk over it, or answer why not."""
        response = handshake(environ)
        if response.status_code != 101:
            return decline(response, start_response)
        websocket = take_over(environ, response.serialize(), self.server.options.bounds)
        try:
            conversation(environ, websocket)
        finally:
            websocket.release()
        return nothing_more(environ)

    def begin(self, environ: Environ, websocket: WebSocket) -> None:
        """Talk over a WebSocket from the first."""
        self.websocket, self.upgraded = websocket, True
        self.open(environ)
        self._converse(websocket.messages())

    def handle_get_request(self, environ: Environ, start_response: Start) -> Any:
        """Answer a poll, or go on over a WebSocket."""
        if wants_websocket(environ):
            return self.speak(environ, start_response, self._upgrade)
        if self.upgrading or self.upgraded:
            return [NOTHING]
        if self._polls:
            raise BadPacket("two polls at once")
        self._polls += 1
        try:
            return self.poll() or [NOTHING]
        finally:
            self._polls -= 1

    def _upgrade(self, environ: Environ, websocket: WebSocket) -> None:
        messages = websocket.messages()
        self.upgrading = True
        try:
            with gevent.Timeout(UPGRADE_TIMEOUT, False):  # type: ignore[arg-type]
                self.upgraded = self._probed(websocket, messages)
        finally:
            self.upgrading = False
        if self.upgraded:
            self.websocket = websocket
            self._move_queue()
            self._converse(messages)

    def _probed(self, websocket: WebSocket, messages: Iterator[str | bytes]) -> bool:
        if next(messages, None) != "2probe":
            return False
        websocket.wire.write(frame(b"3probe"))
        if self._polls:
            self.queue.put(NOTHING)  # lets the poll go, so that the browser may follow
        return next(messages, None) == "5" and not self.closed

    def _move_queue(self) -> None:
        """Send over the WebSocket what was waiting for a poll."""
        while not self.queue.empty():
            waiting = self.queue.get()
            if waiting is not None and waiting.packet_type != packet.NOOP:
                self.send(waiting)

    def _converse(self, messages: Iterator[str | bytes]) -> None:
        try:
            for data in messages:
                with self._turn:
                    self._receive(data)
        except BadPacket as bad:
            self.close(
                reason=self.server.reason.TRANSPORT_ERROR, code=POLICY, why=str(bad)
            )
        finally:
            self.close(reason=self.server.reason.TRANSPORT_CLOSE)
            self._gone()

    # What the browser sends

    def handle_post_request(self, environ: Environ) -> None:
        """Take in what a long-polling browser sends."""
        with self._turn:
            for data in posted(environ, self.server.max_http_buffer_size):
                self._receive(data)

    def _receive(self, data: str | bytes) -> None:
        if self.closed:
            return
        if isinstance(data, bytes):
            self.server.handlers["message"](self.sid, data)
            return
        kind = data[:1]
        if kind == "4":
            self.server.handlers["message"](self.sid, data[1:])
        elif kind == "3":
            self._pong()
        elif kind == "1":
            self._owes_last_answer = not self._polls and not self.upgraded
            self.close(abort=True, reason=self.server.reason.CLIENT_DISCONNECT)
        else:
            raise BadPacket("no packet of a client's")

    # The heart

    def _ping(self) -> None:
        self._awaits_pong = True
        self.send(packet.Packet(packet.PING))
        self._heart.ring_in(self.server.ping_timeout, self._lose)

    def _pong(self) -> None:
        if not self._awaits_pong:
            return  # a pong nobody asked for keeps nobody alive
        self._awaits_pong = False
        if self.websocket is not None and self.websocket.wire.is_stuck():
            self._lose()
        else:
            self._heart.ring_in(self.server.ping_interval, self._ping)

    def _lose(self) -> None:
        self.close(reason=self.server.reason.PING_TIMEOUT)
        if self.websocket is not None:
            self.websocket.abort("ping timeout")

    # What goes to the browser

    @property
    def is_slow(self) -> bool:
        """Say whether volatile messages are better left out."""
        if self.upgraded and self.websocket is not None:
            return self.websocket.wire.backlog > 0
        return self._queued > SHORT_QUEUE

    def send(self, pkt: packet.Packet) -> None:
        """Send an Engine.IO packet."""
        if self.upgraded and self.websocket is not None:
            data = pkt.encode()
            opcode = Opcode.BINARY if isinstance(data, bytes) else Opcode.TEXT
            payload = data if isinstance(data, bytes) else data.encode()
            self.websocket.wire.write(frame(payload, opcode))
        elif not self.closed:
            self._enqueue(pkt)

    def deliver(self, messages: Sequence[Message]) -> None:
        """Send messages, in one write where that can be; volatile ones only to a browser that keeps up."""
        if self.is_slow:
            messages = self._durable(messages)
        if self.upgraded and self.websocket is not None:
            if messages:
                frames = [message.frames for message in messages]
                self.websocket.wire.write(b"".join(frames))
            return
        for message in messages:
            self.send(packet.Packet(packet.MESSAGE, message.payload.decode()))
            for data in message.attachments:
                self.send(packet.Packet(packet.MESSAGE, data))

    def _durable(self, messages: Sequence[Message]) -> list[Message]:
        """Leave out what may be left out."""
        durable = [message for message in messages if not message.volatile]
        self.server.options.count("left-out", len(messages) - len(durable))
        return durable

    def deliver_part(self, part: Part) -> None:
        """Send a part of a batch: the same bytes for every socket, copied for none."""
        if self.websocket is not None and self.upgraded:
            wire = self.websocket.wire
            if not wire.backlog:
                wire.write_parts(part.buffers)
                return
        self.deliver(part.messages)

    def _enqueue(self, pkt: packet.Packet) -> None:
        self._queued += len(pkt.data) if isinstance(pkt.data, (str, bytes)) else 64
        if self._queued > self.server.options.bounds.backlog:
            self.close(abort=True, reason="slow")
        else:
            self.queue.put(pkt)

    def poll(self) -> list[packet.Packet]:
        """Wait for something to send."""
        packets = super().poll()
        self._queued = 0
        return packets  # type: ignore[no-any-return]

    # The end

    def close(
        self,
        wait: bool = False,
        abort: bool = False,
        reason: str | None = None,
        *,
        code: int = 1000,
        why: str = "",
    ) -> None:
        """Stop; whoever is to hear of it hears in the socket's own turn, after what it is doing now."""
        if self.closing:
            return
        self.closing = True
        self.reason = reason or self.server.reason.SERVER_DISCONNECT
        self._heart.stop()
        self._deadline.stop()
        if self.upgraded and self.websocket is not None:
            self.websocket.close(code, why)
        else:
            self._close_polling(abort)
        self.closed = True

    def _close_polling(self, abort: bool) -> None:
        if not abort:
            self.queue.put(packet.Packet(packet.CLOSE))
        self.queue.put(None)
        gevent.spawn(self._gone)

    @property
    def _why(self) -> str:
        """Return what closed the socket, in a word or two."""
        return (self.websocket and self.websocket.why) or self.reason

    def _gone(self) -> None:
        """Tell the server, once, that this socket is no more."""
        self.server.options.count(f"closed-{self._why}")
        with self._turn:
            self.server.handlers["disconnect"](self.sid, self.reason)
        if self._owes_last_answer:
            gevent.spawn_later(LAST_POLL, self.server.sockets.pop, self.sid, None)
        else:
            self.server.sockets.pop(self.sid, None)

    def owes_last_answer(self, environ: Environ) -> bool:
        """Say whether this is the poll that crossed with the browser's own close; it is answered, and is the last."""
        owed = self._owes_last_answer and environ["REQUEST_METHOD"] == "GET"
        if owed:
            self._owes_last_answer = False
            self.server.sockets.pop(self.sid, None)
        return owed


def posted(environ: Environ, most: int) -> Iterator[str | bytes]:
    """Yield the packets in a long-polling request's body."""
    try:
        length = int(environ.get("CONTENT_LENGTH") or -1)
    except ValueError:
        length = -1
    if not 0 <= length <= most:
        raise exceptions.ContentTooLongError()
    try:
        with gevent.Timeout(BODY_TIMEOUT, BadPacket("the body took too long")):
            body = environ["wsgi.input"].read(length)
        packets = body.decode().split(SEPARATOR)
    except (UnicodeDecodeError, OSError):
        raise BadPacket("no text") from None
    if len(packets) > MOST_PACKETS:
        raise BadPacket("too many packets")
    for text in packets:
        yield unpacked(text)


def unpacked(text: str) -> str | bytes:
    """Return a packet as it would have come over a WebSocket."""
    if not text.startswith("b"):
        return text
    try:
        return base64.b64decode(text[1:], validate=True)
    except binascii.Error:
        raise BadPacket("invalid base64") from None
