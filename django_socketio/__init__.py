"""Channels and events over Socket.IO for any Django project."""

from django_socketio.errors import NoSocket, Refused
from django_socketio.utils import (
    broadcast,
    broadcast_channel,
    disconnect_user,
    metrics,
    presence,
    send,
    send_to_user,
)

__all__ = [
    "NoSocket",
    "Refused",
    "broadcast",
    "broadcast_channel",
    "disconnect_user",
    "metrics",
    "presence",
    "send",
    "send_to_user",
]
