"""Drive handlers in-process: no network, no gevent, the same channels and the same connections as the server's."""

from collections.abc import Mapping, Sequence
from http.cookies import SimpleCookie
from itertools import count
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.test import Client, RequestFactory
from socketio.packet import Packet

from django_socketio import codec
from django_socketio.clients import Session, Socket
from django_socketio.conf import Options
from django_socketio.connections import Connection
from django_socketio.errors import NoSocket
from django_socketio.requests import Door
from django_socketio.transport.messages import Message, Part
from django_socketio.utils import channels

PATH = "/socket.io/"
numbers = count(1)


class Received(NamedTuple):
    """A message that arrived, and the channel it came by, if it came by one."""

    message: Any
    channel: str | None


class SocketClient:
    """A browser tab, as far as handlers can tell."""

    def __init__(
        self,
        user: Any = None,
        cookies: Mapping[str, str] | None = None,
        request: HttpRequest | None = None,
    ):
        """Come as a signed-in user, with cookies, or with a request made by the test."""
        self.inbox: list[Received] = []
        self._user = user
        self._cookies = dict(cookies or {})
        self._request = request
        self._connection: Connection | None = None

    @property
    def received(self) -> list[Any]:
        """Return the messages that have arrived."""
        return [one.message for one in self.inbox]

    @property
    def is_connected(self) -> bool:
        """Say whether the server still has this socket."""
        return self._connection is not None

    @property
    def connection(self) -> Connection:
        """Return the server's side of it all: request, socket and context."""
        if self._connection is None:
            raise NoSocket("not connected")
        return self._connection

    @property
    def socket(self) -> Socket:
        """Return the socket handlers see."""
        return self.connection.socket

    def connect(self) -> "SocketClient":
        """Connect, or raise Refused."""
        request = self._request or self._handshake()
        user = Options.from_settings().user_of(request)
        socket = Socket(Session(f"test-{next(numbers)}", user), self, channels())
        connection = Connection(request, socket, channels())
        connection.connect()
        self._connection = connection
        return self

    def _handshake(self) -> HttpRequest:
        client = Client()
        if self._user is not None:
            client.force_login(self._user)
        client.cookies.load(self._cookies)
        environ = RequestFactory(HTTP_COOKIE=header(client.cookies)).get(PATH).environ
        return Door(Options.from_settings().middleware).request(environ)

    def subscribe(self, channel: str) -> Any:
        """Subscribe to a channel, or raise Refused."""
        return self.connection.subscribe(channel)

    def unsubscribe(self, channel: str) -> Any:
        """Unsubscribe from a channel."""
        return self.connection.unsubscribe(channel)

    def send(self, message: Any) -> Any:
        """Send a message as it would arrive, and return the handlers' answer, or raise Refused."""
        return self.connection.message(over_the_wire(message))

    def disconnect(self) -> None:
        """Close the connection, if it is open; as a Link, be sent away."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.finish()

    def deliver(self, messages: Sequence[Message]) -> None:
        """Take in what the server sends."""
        for message in messages:
            name, *arguments = decoded(message)
            if name == "message":
                self.inbox.append(Received(*arguments, *[None] * (2 - len(arguments))))

    def deliver_part(self, part: Part) -> None:
        """Take in what a channel says."""
        self.deliver(part.messages)


def header(cookies: SimpleCookie) -> str:
    """Return cookies as a browser sends them."""
    return "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items())


def decoded(message: Message) -> list[Any]:
    """Return an event's name and arguments, as a browser decodes them."""
    packet = Packet(encoded_packet=message.payload.decode())
    for attachment in message.attachments:
        packet.add_attachment(attachment)
    return packet.data  # type: ignore[no-any-return]


def over_the_wire(message: Any) -> Any:
    """Return a message as it is after travelling: a tuple is a list, a key is a string."""
    return decoded(codec.event(["message", message]))[1]


def disconnect_all() -> None:
    """Disconnect every socket of this process, as between two tests."""
    for member in channels().local():
        member.link.disconnect()
