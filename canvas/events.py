"""What a browser may say on a drawing's channel, and what is done about it."""

from canvas import live
from canvas.engine import codec
from canvas.engine.ops import Rejected, author_of
from canvas.models import Drawing, author_for, authors_of
from django_socketio import Refused
from django_socketio.events import (
    on_message,
    on_subscribe,
    on_unsubscribe,
)

PREFIX = "drawing-"
CHANNEL = rf"^{PREFIX}"


@on_subscribe(channel=CHANNEL)
def join(request, socket, context, channel):
    """Let somebody into a drawing they may see, one drawing a socket."""
    drawing = Drawing.objects.filter(key=channel.removeprefix(PREFIX)).first()
    if drawing is None or not drawing.may_be_seen_by(request.person):
        raise Refused("no-such-drawing")
    if "drawing" in context:
        raise Refused("one-drawing-a-socket")
    participant = participant_of(request, socket, drawing)
    joined = live.drawings.join(drawing, participant)
    context.update(key=drawing.key, drawing=joined, participant=participant)
    socket.broadcast_channel(
        {"type": "joined", "participant": participant.shown}, channel
    )
    socket.send(joined.welcome(participant))


def participant_of(request, socket, drawing):
    """Return the participant a socket's person is in a drawing."""
    person = request.person
    may_draw = not drawing.is_finished
    mine = set()
    if may_draw:
        author_for(person)
        mine = set(authors_of(person).values_list("pk", flat=True))
    return live.Participant(
        socket.session.session_id,
        person.key,
        person.name,
        person.colour,
        may_draw,
        frozenset(mine),
    )


@on_unsubscribe(channel=CHANNEL)
def leave(request, socket, context, channel):
    """Let somebody go; the last one out has the drawing's picture made."""
    del context["drawing"]
    live.drawings.leave(context.pop("key"), context.pop("participant"))


@on_message(channel=CHANNEL)
def receive(request, socket, context, message):
    """Hand a message to what its type asks for; refuse what is not one."""
    kind = message.get("type") if isinstance(message, dict) else None
    try:
        handle = HANDLERS[kind]
    except (KeyError, TypeError):
        raise Refused("malformed") from None
    try:
        return handle(socket, context, message)
    except Rejected as rejected:
        raise Refused(rejected.code) from None


def propose(socket, context, message):
    """Take an op in."""
    fields(message, {"type", "op"})
    op = codec.decode(message["op"])
    may_draw_as(context["participant"], op.id)
    context["drawing"].propose(op, context["participant"])


def ink(socket, context, message):
    """Pass on the points of a stroke still being drawn."""
    may_draw_as(context["participant"], codec.decode_ink(message).id)
    pass_on(socket, context, message)


def cursor(socket, context, message):
    """Pass on where somebody points."""
    codec.decode_cursor(message)
    pass_on(socket, context, message)


def pass_on(socket, context, message):
    """Send a message to the others, with who it is from; dropped where it cannot go at once."""
    told = {**message, "from": context["participant"].id}
    socket.broadcast_channel(told, context["drawing"].channel, volatile=True)


def may_draw_as(participant, op_id):
    """Refuse what somebody may not draw, or not in that name."""
    if not participant.may_draw:
        raise Rejected("watch-only")
    if author_of(op_id) not in participant.mine:
        raise Rejected("not-yours")


def since(socket, context, message):
    """Send the ops after the one a browser has."""
    fields(message, {"type", "seq"})
    seq = message["seq"]
    if type(seq) is not int or not 0 <= seq < 2**31:
        raise Rejected("malformed")
    context["drawing"].answer_since(seq, socket.send)


def fields(message, names):
    """Refuse a message that has not just these fields."""
    if message.keys() != names:
        raise Rejected("malformed")


HANDLERS = {"op": propose, "ink": ink, "cursor": cursor, "since": since}
