"""Socket.IO 5, hardened: python-socketio's server on the Engine of this package."""

import json
import re
from collections.abc import Callable
from typing import Any

import msgspec
import socketio
from socketio import packet

from django_socketio.transport.engine import Engine, EngineOptions
from django_socketio.transport.engine_socket import EngineSocket, Environ
from django_socketio.transport.payload import BadPacket
from django_socketio.transport.websocket import Cut, Received

EVENT = re.compile(r"2(\d{0,15})(?=\[)")
EVENTFUL = b"4"  # the Engine.IO packet events come in
RESERVED = frozenset({"connect", "disconnect", "connect_error"})
MOST_ATTACHMENTS = 10
LARGEST_ACK = 10**15


class Malformed(Exception):
    """A message whose JSON is well formed, but not acceptable."""


class StrictJSON:
    """JSON for packets: finite numbers only, whichever way they go."""

    @staticmethod
    def loads(text: str, **_: Any) -> Any:
        """Decode, or raise BadPacket, or Malformed for a number JavaScript cannot have."""
        try:
            return msgspec.json.decode(text)
        except (msgspec.DecodeError, RecursionError) as error:
            if is_lenient_json(text):
                raise Malformed("a number that is not finite") from error
            raise BadPacket("no JSON") from error

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        """Encode compactly."""
        return msgspec.json.encode(value).decode()


def is_lenient_json(text: str) -> bool:
    """Say whether only a number (NaN, Infinity, 1e999) keeps text from being JSON."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def check_depth(text: str, value: Any, most: int) -> None:
    """Raise Malformed if value, decoded from text, is nested more than so deep."""
    if text.count("[") + text.count("{") > most and not is_within(value, most):
        raise Malformed("nested too deep")


def is_within(value: Any, depth: int) -> bool:
    """Say whether value is nested no deeper than that."""
    if not isinstance(value, (list, dict)):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return depth > 0 and all(is_within(one, depth - 1) for one in inner)


class Packet(packet.Packet):  # type: ignore[misc]
    """python-socketio's packet with strict JSON."""

    json = StrictJSON
    size = 0  # of its text and of what has come beside it


def is_authentication(data: Any) -> bool:
    """Say whether data may come with a connect."""
    return data is None or isinstance(data, dict)


def is_allowed(count: int) -> bool:
    """Say whether a packet may announce so many attachments."""
    return 1 <= count <= MOST_ATTACHMENTS


def check_packet(decoded: packet.Packet) -> None:
    """Raise BadPacket for what is written like a packet and is none."""
    number, data, count = decoded.id, decoded.data, decoded.attachment_count
    match decoded.packet_type:
        case packet.CONNECT if number is not None or not is_authentication(data):
            raise BadPacket("no connect")
        case packet.DISCONNECT if number is not None or data is not None:
            raise BadPacket("no disconnect")
        case packet.ACK | packet.BINARY_ACK if not number or not isinstance(data, list):
            raise BadPacket("no acknowledgement")
        case packet.BINARY_EVENT | packet.BINARY_ACK if not is_allowed(count):
            raise BadPacket("no attachments, or too many")
    if number is not None and number >= LARGEST_ACK:
        raise BadPacket("no number for an acknowledgement")


def ack_of(event: re.Match[str]) -> int | None:
    """Return the number under which an event wants to be acknowledged, if it does."""
    return int(event[1]) if event[1] else None


class Server(socketio.Server):  # type: ignore[misc]
    """A Socket.IO server that handles what one client sends in order, and nothing that is not the protocol's."""

    def __init__(self, options: EngineOptions | None = None, **kwargs: Any):
        self.options = options or EngineOptions()
        super().__init__(
            async_handlers=False,  # a greenlet per event would let one overtake another
            always_connect=True,
            serializer=Packet,
            namespaces=[],
            **kwargs,
        )

    def _engineio_server_class(self) -> Callable[..., Engine]:
        def engine(**kwargs: Any) -> Engine:
            kept = {name: kwargs[name] for name in ("logger",) if name in kwargs}
            return Engine(self.options, **kept)

        return engine

    def socket(self, eio_sid: str) -> EngineSocket | None:
        """Return the connection of that Engine.IO id."""
        return self.eio.sockets.get(eio_sid)  # type: ignore[no-any-return]

    def _handle_eio_connect(self, eio_sid: str, environ: Environ) -> None:
        super()._handle_eio_connect(eio_sid, environ)
        self.eio.sockets[eio_sid].expect_within(self.options.connect_timeout)

    def _handle_eio_message(self, eio_sid: str, data: Received) -> None:
        event = EVENT.match(data) if isinstance(data, str) else None
        if isinstance(data, Cut):
            self._take_cut(eio_sid, data)
        elif eio_sid in self._binary_packet:
            self._take_attachment(eio_sid, data)
        elif event:
            self._take_event(eio_sid, ack_of(event), data[event.end() :])  # type: ignore[arg-type]
        else:
            self._take_packet(eio_sid, data)

    def _take_event(self, eio_sid: str, ack: int | None, text: str) -> None:
        """Handle an event on the default namespace: what nearly every packet is."""
        if len(text) > self.options.max_event:
            self.refuse(eio_sid, ack, "too-large")
            return
        try:
            data = StrictJSON.loads(text)
            check_depth(text, data, self.options.max_depth)
        except Malformed:
            self.refuse(eio_sid, ack, "malformed")
        else:
            self._handle_event(eio_sid, "/", ack, data)

    def _take_cut(self, eio_sid: str, cut: Cut) -> None:
        """Refuse what was too long to be kept, where its beginning says what it was."""
        awaiting = self._binary_packet.get(eio_sid)
        event = EVENT.match(cut.beginning[1:].decode(errors="replace"))
        if awaiting and not cut.is_text:
            awaiting.size = self.options.max_event + 1
            self._take_too_much(eio_sid, awaiting)
        elif event and cut.beginning.startswith(EVENTFUL) and not awaiting:
            self.refuse(eio_sid, ack_of(event), "too-large")
        else:
            raise BadPacket("too long")

    def refuse(self, eio_sid: str, ack: int | None, code: str) -> None:
        """Turn an event down."""
        raise BadPacket(code)

    def _take_packet(self, eio_sid: str, data: str | bytes) -> None:
        if isinstance(data, bytes) or not data:
            raise BadPacket("no packet")
        try:
            decoded = Packet(encoded_packet=data)
            check_packet(decoded)
            check_depth(data, decoded.data, self.options.max_depth)
            super()._handle_eio_message(eio_sid, data)
        except (ValueError, IndexError, Malformed) as error:
            raise BadPacket("no packet") from error
        if eio_sid in self._binary_packet:
            self._binary_packet[eio_sid].size = len(data)

    def _take_attachment(self, eio_sid: str, data: str | bytes) -> None:
        if not isinstance(data, bytes):
            raise BadPacket("text where attachments are due")
        awaiting = self._binary_packet[eio_sid]
        awaiting.size += len(data)
        if awaiting.size > self.options.max_event:
            self._take_too_much(eio_sid, awaiting)
            return
        try:
            super()._handle_eio_message(eio_sid, data)
        except (ValueError, KeyError, IndexError, TypeError):
            raise BadPacket("attachments do not fit") from None

    def _take_too_much(self, eio_sid: str, awaiting: Packet) -> None:
        """Count the attachments of a packet that is too large, keep none, and refuse it after the last."""
        awaiting.attachments = [b""] * (len(awaiting.attachments) + 1)
        if len(awaiting.attachments) == awaiting.attachment_count:
            del self._binary_packet[eio_sid]
            self.refuse(eio_sid, awaiting.id, "too-large")

    def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        name = namespace or "/"
        if not self.knows(name):
            self.turn_away(eio_sid, name, "Invalid namespace")
        elif self.manager.sid_from_eio_sid(eio_sid, name):
            self.turn_away(eio_sid, name, "Already connected")
        else:
            self.eio.sockets[eio_sid].arrived()
            self.let_in(eio_sid, name, data)

    def knows(self, namespace: str) -> bool:
        """Say whether there is such a namespace."""
        return namespace in self.handlers or namespace in self.namespace_handlers

    def turn_away(self, eio_sid: str, namespace: str, why: str) -> None:
        """Refuse a connection to a namespace."""
        error = Packet(packet.CONNECT_ERROR, {"message": why}, namespace)
        self._send_packet(eio_sid, error)

    def let_in(self, eio_sid: str, namespace: str, data: Any) -> None:
        """Run the handler of a connection to a namespace."""
        super()._handle_connect(eio_sid, namespace, data)

    def _handle_disconnect(
        self, eio_sid: str, namespace: str | None, reason: str | None = None
    ) -> None:
        super()._handle_disconnect(eio_sid, namespace, reason)
        socket = self.socket(eio_sid)
        if socket is not None and not socket.closing and not self._is_anywhere(eio_sid):
            socket.expect_within(self.options.connect_timeout)

    def _is_anywhere(self, eio_sid: str) -> bool:
        namespaces = self.manager.get_namespaces()
        return any(self.manager.sid_from_eio_sid(eio_sid, name) for name in namespaces)

    def _handle_event(
        self, eio_sid: str, namespace: str | None, id: int | None, data: Any
    ) -> None:
        if not isinstance(data, list) or not data or not isinstance(data[0], str):
            raise BadPacket("no event")
        if data[0] in RESERVED:
            raise BadPacket("a reserved event")
        if not self.is_in(eio_sid, namespace or "/"):
            raise BadPacket("not connected")
        self.dispatch(eio_sid, namespace, id, data)

    def is_in(self, eio_sid: str, namespace: str) -> bool:
        """Say whether a browser is connected to a namespace."""
        return self.manager.sid_from_eio_sid(eio_sid, namespace) is not None

    def dispatch(
        self, eio_sid: str, namespace: str | None, ack: int | None, data: list[Any]
    ) -> None:
        """Run the handler of an event."""
        super()._handle_event(eio_sid, namespace, ack, data)

    def _handle_ack(
        self, eio_sid: str, namespace: str | None, id: int | None, data: Any
    ) -> None:
        sid = self.manager.sid_from_eio_sid(eio_sid, namespace or "/")
        if sid is None:
            raise BadPacket("not connected")
        if id in self.manager.callbacks.get(sid, ()):
            super()._handle_ack(eio_sid, namespace, id, data)

    def _handle_eio_disconnect(self, eio_sid: str, reason: str) -> None:
        self._binary_packet.pop(eio_sid, None)
        super()._handle_eio_disconnect(eio_sid, reason)
