"""What is drawn in a channel, the others in it see, once it has been checked."""

from typing import Annotated

import msgspec
from msgspec import Meta

from django_socketio import Refused
from django_socketio.events import on_message, on_subscribe

Coordinate = Annotated[int, Meta(ge=-32_768, le=65_535)]


class Ink(msgspec.Struct, forbid_unknown_fields=True):
    """Points of a stroke, from the one numbered start; and when they were sent."""

    at: Annotated[int, Meta(ge=0)]
    stroke: Annotated[str, Meta(max_length=32)]
    start: Annotated[int, Meta(ge=0, lt=1000)]
    points: Annotated[list[Coordinate], Meta(min_length=2, max_length=400)]


@on_subscribe(channel=r"^c-")
def join(request, socket, context, channel):
    context["channel"] = channel


@on_message(channel=r"^c-")
def draw(request, socket, context, message):
    try:
        msgspec.convert(message, Ink)
    except msgspec.ValidationError:
        raise Refused("malformed") from None
    socket.broadcast_channel(message, context["channel"])
