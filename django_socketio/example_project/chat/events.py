"""What happens in the rooms."""

from django_socketio import Refused, presence
from django_socketio.events import on_message, on_subscribe, on_unsubscribe
from django_socketio.example_project.chat.models import Room

ROOM = r"^room-\d+$"
LONGEST = 500  # characters


@on_subscribe(channel=ROOM)
def join(request, socket, context, channel):
    """Let somebody with a name into a room that is there, and tell the others."""
    if not Room.objects.filter(pk=channel.removeprefix("room-")).exists():
        raise Refused("no-such-room")
    if not socket.user:
        raise Refused("no-name")
    socket.broadcast_channel({"action": "join", "name": socket.user}, channel)
    return [one.user for one in presence(channel)]


@on_message(channel=ROOM)
def say(request, socket, context, message):
    """Tell everybody in the room what somebody says."""
    match message:
        case {"channel": str(channel), "text": str(text)} if channel in socket.channels:
            text = text.strip()[:LONGEST]
        case _:
            raise Refused("malformed")
    if text:
        said = {"action": "say", "name": socket.user, "text": text}
        socket.send_and_broadcast_channel(said, channel)
        context["said"] = context.get("said", 0) + 1
    return context.get("said", 0)


@on_unsubscribe(channel=ROOM)
def leave(request, socket, context, channel):
    """Tell the others that somebody left, by the button or by closing the page."""
    socket.broadcast_channel({"action": "leave", "name": socket.user}, channel)
