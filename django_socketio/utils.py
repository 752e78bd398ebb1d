"""Sending out of band: not in answer to a socket's event."""

from typing import Any

from django.apps import apps

from django_socketio.channels import Channels
from django_socketio.errors import NoSocket


def channels() -> Channels:
    """Return the sockets and channels of this process."""
    return apps.get_app_config("django_socketio").channels  # type: ignore[attr-defined, no-any-return]


def send(session_id: str, message: Any) -> None:
    """Send a message to the socket of that session id."""
    channels().send_to(session_id, message)


def broadcast(message: Any) -> None:
    """Send a message to every socket."""
    if not channels().members():
        raise NoSocket("no socket is connected")
    channels().broadcast(message)


def broadcast_channel(message: Any, channel: str, volatile: bool = False) -> None:
    """Send a message to every socket in a channel."""
    if not channels().members(channel):
        raise NoSocket(f"no socket is in {channel}")
    channels().broadcast_channel(channel, message, volatile=volatile)
