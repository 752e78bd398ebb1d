"""A socket as handlers see it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django_socketio.outbox import Link

if TYPE_CHECKING:
    from django_socketio.channels import Channels


@dataclass(frozen=True, slots=True)
class Session:
    """Names of a socket: its own, which is no secret and not Django's session, and its user's, empty for nobody's."""

    session_id: str
    user: str = ""


class Socket:
    """One browser tab's connection."""

    def __init__(self, session: Session, link: Link, registry: "Channels"):
        self.session = session
        self.channels: set[str] = set()
        self.link = link
        self._registry = registry

    @property
    def session_id(self) -> str:
        """Return the socket's public name."""
        return self.session.session_id

    @property
    def user(self) -> str:
        """Return the name of whoever is behind it, empty for nobody in particular."""
        return self.session.user

    def send(self, message: Any) -> None:
        """Send a message to this socket."""
        self._registry.send(self, message)

    def broadcast(self, message: Any) -> None:
        """Send a message to all other sockets."""
        self._registry.broadcast(message, self)

    def broadcast_channel(
        self, message: Any, channel: str | None = None, volatile: bool = False
    ) -> None:
        """Send a message to the others in a channel; without one, in each channel this socket is in."""
        for name in self._channels_or(channel):
            self._registry.broadcast_channel(name, message, self, volatile=volatile)

    def send_and_broadcast(self, message: Any) -> None:
        """Send a message to all sockets, this one too."""
        self._registry.broadcast(message)

    def send_and_broadcast_channel(
        self, message: Any, channel: str | None = None
    ) -> None:
        """Send a message to everybody in a channel, and to this socket."""
        for name in self._channels_or(channel):
            self._registry.broadcast_channel(name, message)
            if name not in self.channels:
                self.send(message)

    def _channels_or(self, channel: str | None) -> list[str]:
        return sorted(self.channels) if channel is None else [channel]

    def subscribe(self, channel: str) -> None:
        """Enter a channel, asking no handler."""
        self._registry.enter(channel, self)
        self._registry.release(channel, self)

    def unsubscribe(self, channel: str) -> None:
        """Leave a channel, asking no handler."""
        self._registry.leave(channel, self)

    def disconnect(self) -> None:
        """Send the browser away; it does not come back by itself."""
        self.link.disconnect()
