"""What a browser may say on a drawing's channel, and what is done about it."""

import logging
from contextlib import contextmanager
from functools import partial

from django.db import Error

from canvas import live
from canvas.engine import codec, presence
from canvas.engine.ops import Rejected, author_of
from canvas.history.aside import aside
from canvas.models import Drawing, author_for, authors_of
from canvas.seats import NO_SUCH_DRAWING, SIGNED_OUT, Seat, living
from django_socketio import Refused
from django_socketio.events import (
    on_message,
    on_subscribe,
    on_unsubscribe,
)

logger = logging.getLogger(__name__)
PREFIX = "drawing-"
CHANNEL = rf"^{PREFIX}"


@on_subscribe(channel=CHANNEL)
def join(request, socket, context, channel):
    """Let somebody into a drawing they may see, one drawing a socket."""
    if "drawing" in context:
        raise Refused("one-drawing-a-socket")
    person = request.person
    session = session_of(request)
    with or_try_again():
        key = channel.removeprefix(PREFIX)
        drawing, mine, sees_private = admit_as_of_now(key, person, session)
    if drawing is None:
        raise Refused(NO_SUCH_DRAWING)
    participant = participant_of(socket, person, mine)
    seat = Seat(partial(show_out, socket, context, channel), sees_private, session)
    joined = live.drawings.join(drawing, participant, seat)
    context.update(key=drawing.key, drawing=joined, participant=participant)
    socket.broadcast_channel(
        {"type": "joined", "participant": participant.shown}, channel
    )
    socket.send(joined.welcome(participant))


@contextmanager
def or_try_again():
    """Refuse with `try-again` what the database cannot answer now."""
    try:
        yield
    except Error as error:
        logger.warning("The database is away: %s", error)
        raise Refused("try-again") from None


def session_of(request):
    """Return the session somebody is signed in by, None for a guest."""
    return request.session.session_key if request.person.user else None


def admit_as_of_now(key, person, session):
    """Return what admit does, asked again if somebody was shown out meanwhile: this one had no seat yet."""
    while True:
        before = live.drawings.closings
        admitted = aside(admit, key, person, session)
        if live.drawings.closings == before:
            return admitted


def admit(key, person, session):
    """Return the drawing of that key if a person may see it, whom they draw as, and whether it may become private."""
    if session is not None and not living([session]):
        raise Refused(SIGNED_OUT)
    # PostgreSQL fails when asked for some of what is no key, as if it were away.
    drawing = Drawing.objects.filter(key=key).first() if key.isalnum() else None
    if drawing is None or not drawing.may_be_seen_by(person):
        return None, frozenset(), False
    sees_private = drawing.sees_private(person)
    if drawing.is_finished:
        return drawing, frozenset(), sees_private
    author_for(person)
    mine = frozenset(authors_of(person).values_list("pk", flat=True))
    return drawing, mine, sees_private


def show_out(socket, context, channel, code):
    """Tell somebody that they may not be here any more, and see to it."""
    if "drawing" not in context:
        return
    socket.send({"type": "out", "code": code})
    socket.unsubscribe(channel)
    live.drawings.leave(let_go(context), context.pop("participant"))
    if code == SIGNED_OUT:
        socket.disconnect()  # who comes back on a line of their own is whoever they are now


def let_go(context):
    """Take a drawing out of a socket's context; return its key."""
    del context["drawing"]
    return context.pop("key")


def participant_of(socket, person, mine):
    """Return the participant a socket's person is."""
    name = socket.session.session_id
    return live.Participant(
        name, person.key, person.name, person.colour, bool(mine), mine
    )


@on_unsubscribe(channel=CHANNEL)
def leave(request, socket, context, channel):
    """Let somebody go; the last one out has the drawing's picture made."""
    live.drawings.leave(let_go(context), context.pop("participant"))


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
    """Pass on the points of a stroke still being drawn; that something was given up is not dropped."""
    told = codec.decode_ink(message)
    may_draw_as(context["participant"], told.id)
    pass_on(socket, context, message, volatile=told.stroke is not None)


def sketch(socket, context, message):
    """Pass on what a shape or a text still being made looks like."""
    for op_id in presence.decode_sketch(message).ids:
        may_draw_as(context["participant"], op_id)
    pass_on(socket, context, message)


def carry(socket, context, message):
    """Pass on where somebody is taking marks of theirs."""
    for op_id in presence.decode_carry(message).ids:
        may_draw_as(context["participant"], op_id)
    pass_on(socket, context, message)


def fade(socket, context, message):
    """Pass on which opacity somebody is choosing for a layer."""
    may_draw_as(context["participant"], presence.decode_fade(message).id)
    pass_on(socket, context, message)


def cursor(socket, context, message):
    """Pass on where somebody points."""
    codec.decode_cursor(message)
    pass_on(socket, context, message)


def laser(socket, context, message):
    """Pass on where somebody's laser pointer is."""
    presence.decode_laser(message)
    pass_on(socket, context, message)


def view(socket, context, message):
    """Pass on what somebody sees."""
    presence.decode_view(message)
    pass_on(socket, context, message)


def chat(socket, context, message):
    """Tell everybody what somebody says."""
    presence.decode_chat(message)
    tell_all(context, message)


def follow(socket, context, message):
    """Tell everybody whose view somebody shares."""
    presence.decode_follow(message)
    tell_all(context, message)


def tell_all(context, message):
    """Send a message to everybody here, with who it is from."""
    context["drawing"].tell({**message, "from": context["participant"].id})


def pass_on(socket, context, message, *, volatile=True):
    """Send a message to the others, with who it is from; if volatile, dropped where it cannot go at once."""
    told = {**message, "from": context["participant"].id}
    socket.broadcast_channel(told, context["drawing"].channel, volatile=volatile)


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
    with or_try_again():
        context["drawing"].answer_since(seq, socket.send)


def fields(message, names):
    """Refuse a message that has not just these fields."""
    if message.keys() != names:
        raise Rejected("malformed")


HANDLERS = {
    "op": propose,
    "ink": ink,
    "sketch": sketch,
    "carry": carry,
    "fade": fade,
    "cursor": cursor,
    "laser": laser,
    "view": view,
    "chat": chat,
    "follow": follow,
    "since": since,
}
