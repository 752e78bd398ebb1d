"""Between Socket.IO's packets and this app's connections."""

import logging
import time
from collections.abc import Sequence
from typing import Any

import gevent

from django_socketio import codec, requests
from django_socketio.channels import Channels
from django_socketio.clients import Session, Socket
from django_socketio.conf import Options
from django_socketio.connections import Connection, close_connections
from django_socketio.crowd import Crowd
from django_socketio.errors import Refused
from django_socketio.metrics import Metrics
from django_socketio.transport.engine import EngineOptions
from django_socketio.transport.engine_socket import Ending, EngineSocket, Environ
from django_socketio.transport.limits import Bucket
from django_socketio.transport.messages import Message, Part
from django_socketio.transport.payload import BadPacket
from django_socketio.transport.server import Server
from django_socketio.transport.websocket import Bounds

FAREWELL = 5.0  # seconds for handlers to finish when the server stops
RESTART = 1012
DISCONNECT = Message(b"1")


class Line:
    """The way to one browser; what is said before the browser is let in waits."""

    def __init__(self, engine_socket: EngineSocket):
        self._socket = engine_socket
        self._waiting: list[Message] | None = []

    def deliver(self, messages: Sequence[Message]) -> None:
        """Send messages, in order."""
        if self._waiting is None:
            self._socket.deliver(messages)
        else:
            self._waiting.extend(messages)

    def deliver_part(self, part: Part) -> None:
        """Send a part of a batch."""
        if self._waiting is None:
            self._socket.deliver_part(part)
        else:
            self._waiting.extend(part.messages)

    def open(self, welcome: Message) -> None:
        """Let the browser in."""
        waiting, self._waiting = self._waiting or [], None
        self._socket.deliver([welcome, *waiting])

    def disconnect(self) -> None:
        """Send the browser away."""
        self._socket.deliver([DISCONNECT])
        self._socket.close()


class Conversation:
    """What one browser asks, event by event."""

    def __init__(self, connection: Connection, rate: tuple[float, float]):
        self.connection = connection
        self._bucket = Bucket(*rate)

    def answer(self, event: list[Any]) -> Any:
        """Return the answer to an event, or raise Refused."""
        if not self._bucket.take(time.monotonic()):
            raise Refused("too-fast")
        match event:
            case ["message", message]:
                return self.connection.message(message)
            case ["subscribe", channel]:
                return self.connection.subscribe(channel)
            case ["unsubscribe", channel]:
                return self.connection.unsubscribe(channel)
            case ["message" | "subscribe" | "unsubscribe", *_]:
                raise Refused("malformed")
        raise Refused("unknown-event")


class DjangoServer(Server):
    """Makes Socket.IO's events those of this app."""

    def __init__(self, registry: Channels, options: Options):
        super().__init__(
            engine_options(options, registry.metrics),
            client_manager=registry.relay,
            logger=logging.getLogger("django_socketio.socketio"),
            engineio_logger=logging.getLogger("django_socketio.engineio"),
        )
        self._registry = registry
        self._options = options
        self._users = Crowd(options.max_sockets_per_user, "too-many-sockets")
        self._addresses = Crowd(options.max_sockets_per_address, "too-many-sockets")
        self._door = requests.Door(options.middleware)
        self._conversations: dict[str, Conversation] = {}

    def knows(self, namespace: str) -> bool:
        """Say whether there is such a namespace: only the default one."""
        return namespace == "/"

    def is_in(self, eio_sid: str, namespace: str) -> bool:
        """Say whether a browser has been let in."""
        return eio_sid in self._conversations and namespace == "/"

    def let_in(self, eio_sid: str, namespace: str, data: Any) -> None:
        """Make a connection of a browser's, with the request it came with."""
        sid = self.manager.pre_connect(eio_sid, namespace)
        line = Line(self.eio.sockets[eio_sid])
        connection = None
        try:
            connection = self._connect(sid, self.environ[eio_sid], line)
        except Refused as refused:
            self.turn_away(eio_sid, namespace, refused.code)
        finally:
            if connection is None:
                self.manager.basic_disconnect(sid, namespace)
        if connection is not None:
            self._begin(eio_sid, connection, line)

    def _begin(self, eio_sid: str, connection: Connection, line: Line) -> None:
        sid = connection.socket.session_id
        self.manager.connect(sid, "/")
        self._conversations[eio_sid] = Conversation(connection, self._options.rate)
        line.open(Message(b"0" + codec.encoder.encode({"sid": sid})))

    def _connect(self, sid: str, environ: Environ, line: Line) -> Connection:
        try:
            request = self._door.request(environ)
            session = Session(sid, self._options.user_of(request))
        finally:
            close_connections()
        socket = Socket(session, line, self._registry)
        connection = Connection(request, socket, self._registry)
        self._count_in(connection)
        try:
            connection.connect()
        except Refused:
            self._count_out(connection)
            raise
        return connection

    def _count_in(self, connection: Connection) -> None:
        self._addresses.enter(address(connection))
        try:
            self._users.enter(connection.socket.user)
        except Refused:
            self._addresses.leave(address(connection))
            raise

    def _count_out(self, connection: Connection) -> None:
        self._addresses.leave(address(connection))
        self._users.leave(connection.socket.user)

    def dispatch(
        self, eio_sid: str, namespace: str | None, ack: int | None, data: list[Any]
    ) -> None:
        """Answer an event."""
        conversation = self._conversations[eio_sid]
        try:
            answer = conversation.answer(data)
        except Refused as refused:
            self.refuse(eio_sid, ack, refused.code)
        else:
            if ack is not None:
                self._tell(conversation, codec.acknowledgement(ack, {"ok": answer}))

    def refuse(self, eio_sid: str, ack: int | None, code: str) -> None:
        """Turn an event down, by its acknowledgement if it asked for one."""
        conversation = self._conversations.get(eio_sid)
        if conversation is None:
            raise BadPacket("not connected")
        if ack is None:
            self._tell(conversation, codec.event(["refused", code]))
        else:
            self._tell(conversation, codec.acknowledgement(ack, {"refused": code}))

    def _tell(self, conversation: Conversation, message: Message) -> None:
        self._registry.tell(conversation.connection.socket, message)

    def _handle_disconnect(
        self, eio_sid: str, namespace: str | None, reason: str | None = None
    ) -> None:
        super()._handle_disconnect(eio_sid, namespace, reason)
        conversation = self._conversations.pop(eio_sid, None)
        if conversation is not None:
            conversation.connection.finish()
            self._count_out(conversation.connection)

    def finish(self) -> None:
        """Send every browser to another server, and wait until the handlers have heard of it."""
        restart = Ending(self.eio.reason.SERVER_DISCONNECT, RESTART, "restart")
        for socket in list(self.eio.sockets.values()):
            socket.stop(restart)
        with gevent.Timeout(FAREWELL, False):  # type: ignore[arg-type]
            while self._conversations:
                gevent.sleep(0.01)


def address(connection: Connection) -> str:
    """Return where a connection comes from, as far as the middleware can tell."""
    return str(connection.request.META.get("REMOTE_ADDR", ""))


def engine_options(options: Options, metrics: Metrics) -> EngineOptions:
    """Return what the transport needs to know of the settings."""
    return EngineOptions(
        ping_interval=options.ping_interval,
        ping_timeout=options.ping_timeout,
        connect_timeout=options.connect_timeout,
        max_event=options.max_message,
        max_depth=options.max_depth,
        bounds=Bounds(
            message=options.max_packet,
            passed_over=options.max_passed_over,
            backlog=options.max_backlog,
        ),
        count=metrics.add,
        identity=requests.identity,
        allows_origin=requests.allows_origin,
    )
