"""One browser's connection, in the words of Engine.IO."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import gevent
from engineio import packet
from engineio.socket import Socket
from gevent.event import Event
from gevent.lock import BoundedSemaphore
from websockets.datastructures import Headers
from websockets.frames import Opcode
from websockets.http11 import Response

from django_socketio.transport.alarm import Alarm
from django_socketio.transport.frames import frame
from django_socketio.transport.messages import Message, Part
from django_socketio.transport.payload import BadPacket, posted
from django_socketio.transport.takeover import (
    decline,
    ends_tls,
    nothing_more,
    take_over,
)
from django_socketio.transport.websocket import Received, WebSocket, handshake

# With more bytes waiting for a poll than this, volatile messages are left out.
SHORT_QUEUE = 64 * 1024
UPGRADE_TIMEOUT = 10.0
CROSSING = 0.1  # seconds a poll waits for an upgrade that is nearly done
# A poll that crossed with the browser's own close is answered when it comes within so many seconds.
LAST_POLL = 5.0
NOTHING = packet.Packet(packet.NOOP)
POLICY = 1008

Environ = dict[str, Any]
Start = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a connection ends, in engineio's words, and in those of a WebSocket's close."""

    reason: str
    code: int = 1000
    why: str = ""
    browser_knows: bool = False


def wants_websocket(environ: Environ) -> bool:
    """Say whether a request asks to be upgraded."""
    return "websocket" in environ.get("HTTP_UPGRADE", "").lower()


class EngineSocket(Socket):  # type: ignore[misc]
    """One browser's connection, by WebSocket or by long polling."""

    def __init__(self, server: Any, sid: str, identity: str):
        super().__init__(server, sid)
        self.identity = identity
        self.closing = False
        self.reason = ""
        self.websocket: WebSocket | None = None
        self._turn = (
            BoundedSemaphore()
        )  # what one browser sends is handled one after the other
        self._heart = Alarm()
        self._deadline = Alarm()
        self._awaits_pong = False
        self._due = 0.0  # when the next pong has to be here
        self._settled = Event()  # an upgrade has come to its end
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
        self._beat()

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
        if ends_tls(environ):
            response = Response(
                501, "TLS ends too late", Headers({"Content-Length": "0"})
            )
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
        self._converse(websocket)

    def handle_get_request(self, environ: Environ, start_response: Start) -> Any:
        """Answer a poll, or go on over a WebSocket."""
        if wants_websocket(environ):
            return self.speak(environ, start_response, self._upgrade)
        if self.upgrading:
            self._settled.wait(CROSSING)
            return self.server._bad_request() if self.upgraded else [NOTHING]
        if self._polls:
            raise BadPacket("two polls at once")
        self._polls += 1
        try:
            return self.poll() or [NOTHING]
        finally:
            self._polls -= 1

    def _upgrade(self, environ: Environ, websocket: WebSocket) -> None:
        self._settled.clear()
        self.upgrading = True
        try:
            with gevent.Timeout(UPGRADE_TIMEOUT, False):  # type: ignore[arg-type]
                self.upgraded = self._probed(websocket)
        finally:
            self.upgrading = False
            self._settled.set()
        if self.upgraded:
            self.websocket = websocket
            self._move_queue()
            self._converse(websocket)

    def _probed(self, websocket: WebSocket) -> bool:
        with closing(websocket.messages()) as messages:
            if next(messages, None) != "2probe":
                return False
            websocket.wire.write(frame(b"3probe"))
            if self._polls:
                # Lets the poll go, so that the browser may follow.
                self.queue.put(NOTHING)
            return next(messages, None) == "5" and not self.closed

    def _move_queue(self) -> None:
        """Send over the WebSocket what was waiting for a poll."""
        while not self.queue.empty():
            waiting = self.queue.get()
            if waiting is not None and waiting.packet_type != packet.NOOP:
                self.send(waiting)

    def _converse(self, websocket: WebSocket) -> None:
        try:
            websocket.listen(self._take, self.server.crew)
        finally:
            self.close(reason=self.server.reason.TRANSPORT_CLOSE)
            self._gone()

    # What the browser sends

    def _take(self, data: Received) -> None:
        """Take in what came over the WebSocket."""
        try:
            with self._turn:
                self._receive(data)
        except BadPacket as bad:
            reason = self.server.reason.TRANSPORT_ERROR
            self.stop(Ending(reason, POLICY, str(bad)))

    def handle_post_request(self, environ: Environ) -> None:
        """Take in what a long-polling browser sends."""
        with self._turn:
            for data in posted(environ, self.server.max_http_buffer_size):
                self._receive(data)

    def _receive(self, data: Received) -> None:
        if self.closed:
            return
        if not isinstance(data, str):
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

    def _beat(self) -> None:
        interval, timeout = self.server.ping_interval, self.server.ping_timeout
        self._due = time.monotonic() + interval + timeout
        self._heart.ring_in(interval, self._ping)

    def _ping(self) -> None:
        self._awaits_pong = True
        self.send(packet.Packet(packet.PING))
        self._heart.ring_in(max(0.0, self._due - time.monotonic()), self._lose)

    def check_ping_timeout(self) -> bool:
        """Close a socket whose pong is overdue, should the timer be late; say whether it stays."""
        if time.monotonic() >= self._due:
            self._lose()
        return not self.closed

    def _pong(self) -> None:
        if not self._awaits_pong:
            return  # a pong nobody asked for keeps nobody alive
        self._awaits_pong = False
        if self.websocket is not None and self.websocket.wire.is_stuck():
            self._lose()
        else:
            self._beat()

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
        self, wait: bool = False, abort: bool = False, reason: str | None = None
    ) -> None:
        """Stop, as engineio has it: `abort` says that the browser knows."""
        why = reason or self.server.reason.SERVER_DISCONNECT
        self.stop(Ending(why, browser_knows=abort))

    def stop(self, ending: Ending) -> None:
        """Stop; whoever is to hear of it hears in the socket's own turn, after what it is doing now."""
        if self.closing:
            return
        self.closing = True
        self.reason = ending.reason
        self._heart.stop()
        self._deadline.stop()
        if self.upgraded and self.websocket is not None:
            self.websocket.close(ending.code, ending.why)
        else:
            self._stop_polling(ending)
        self.closed = True

    def _stop_polling(self, ending: Ending) -> None:
        if not ending.browser_knows:
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
