"""Sending out of band: not in answer to a socket's event."""

from typing import Any

from django.apps import apps

from django_socketio.channels import Channels
from django_socketio.clients import Session
from django_socketio.errors import NoSocket


def channels() -> Channels:
    """Return the sockets and channels of this process."""
    return apps.get_app_config("django_socketio").channels  # type: ignore[attr-defined, no-any-return]


def send(session_id: str, message: Any) -> None:
    """Send a message to the socket of that session id."""
    channels().send_to(session_id, message)


def send_to_user(user: Any, message: Any) -> None:
    """Send a message to every socket of a user, or of the name a user goes by."""
    channels().send_to_user(name_of(user), message)


def name_of(user: Any) -> str:
    """Return the name a user goes by: a model's primary key, or the name itself."""
    return str(getattr(user, "pk", user))


def disconnect_user(user: Any) -> None:
    """Send every socket of a user away, as after a ban; their browsers do not come back by themselves."""
    channels().disconnect_user(name_of(user))


def broadcast(message: Any) -> None:
    """Send a message to every socket."""
    if channels().is_empty():
        raise NoSocket("no socket is connected")
    channels().broadcast(message)


def broadcast_channel(message: Any, channel: str, volatile: bool = False) -> None:
    """Send a message to every socket in a channel."""
    if channels().is_empty(channel):
        raise NoSocket(f"no socket is in {channel}")
    channels().broadcast_channel(channel, message, volatile=volatile)


def presence(channel: str) -> list[Session]:
    """Return who is in a channel: each socket's session_id, and its user."""
    return channels().present(channel)


def metrics() -> dict[str, int]:
    """Return what has happened in this process so far, counted."""
    return channels().metrics.counts()
