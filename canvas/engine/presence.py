"""What participants tell each other and no log keeps: sketches, carries, fades, words, a laser, whom they follow, what they see."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from canvas.engine.codec import (
    PLACE,
    accept,
    check_copies,
    decode_points,
    op_of,
)
from canvas.engine.ops import Move, Op, Point, Rejected
from canvas.engine.wire import (
    LayerNumber,
    Mirror,
    Opacity,
    OpId,
    WireMove,
    WireOp,
    WireShape,
    WireText,
)

LONGEST_TEXT = 500
LONGEST_LASER = 200  # points in one message
FARTHEST = 2**24  # 1/16 px: a small paper on a large screen
MOST_CARRIED = 100  # marks in one carry: everybody paints all of them anew each time

# Something to read, without control characters and without halves of a pair.
Text = Annotated[
    str,
    Meta(
        pattern=r"^(?=.*\S)[^\x00-\x1f\x7f-\x9f\ud800-\udfff]*\Z",
        max_length=LONGEST_TEXT,
    ),
]
ParticipantId = Annotated[str, Meta(min_length=1, max_length=64)]
Edge = Annotated[int, Meta(ge=-FARTHEST, le=FARTHEST)]
Extent = Annotated[int, Meta(ge=1, le=FARTHEST)]


class Sketch(Struct, frozen=True):
    """A shape or a text still being made, as the op it would be now; instead of an older mark, if of any."""

    mark: Op
    mirror: Mirror | UnsetType = UNSET
    instead: str | UnsetType = UNSET

    @property
    def ids(self) -> list[str]:
        """Return the ids of the ops it speaks of."""
        return [self.mark.id, *([self.instead] if self.instead else [])]


class WireSketch(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="sketch"
):
    """A sketch as it travels."""

    mark: WireShape | WireText
    mirror: Mirror | UnsetType = UNSET
    instead: OpId | UnsetType = UNSET


class Carry(Struct, frozen=True):
    """Where marks are being taken just now, or copies of them, as the move it would be."""

    move: Move
    copies: bool = False

    @property
    def ids(self) -> list[str]:
        """Return the ids of the ops it speaks of."""
        return [self.move.id, *self.move.ops]


class WireCarry(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="carry"
):
    """A carry as it travels."""

    move: WireOp
    copies: bool = False


class Fade(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="fade"
):
    """The opacity somebody is choosing for a layer just now; the id is that of the op it will be."""

    id: OpId
    layer: LayerNumber
    opacity: Opacity


class Chat(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="chat"
):
    """Something said to everybody here."""

    text: Text


class Laser(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="laser"
):
    """Where a laser pointer has been since the last time; nowhere: it was put away."""

    points: Annotated[list[int], Meta(max_length=2 * LONGEST_LASER)]


class Follow(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="follow"
):
    """Whose view somebody shares from now on; None: nobody's."""

    id: ParticipantId | None


class View(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="view"
):
    """The part of the paper somebody sees, in 1/16 px."""

    x: Edge
    y: Edge
    width: Extent
    height: Extent


def decode_sketch(value: Any) -> Sketch:
    """Return the sketch a message carries, or raise Rejected."""
    wire = accept(value, WireSketch)
    check_copies(wire.mark.id, wire.mirror)
    # A text is never mirrored, and nothing but a text is made in the place of another mark.
    if wire.mirror if isinstance(wire.mark, WireText) else wire.instead:
        raise Rejected("malformed")
    return Sketch(op_of(wire.mark), wire.mirror, wire.instead)


def decode_carry(value: Any) -> Carry:
    """Return the carry that a message is, or raise Rejected."""
    wire = accept(value, WireCarry)
    move = wire.move
    if not isinstance(move, WireMove) or len(move.ops) > MOST_CARRIED:
        raise Rejected("malformed")
    check_copies(move.id, wire.copies)
    return Carry(Move(move.id, move.ops, move.matrix), wire.copies)


def decode_fade(value: Any) -> Fade:
    """Return the fade that a message is, or raise Rejected."""
    return accept(value, Fade)


def decode_chat(value: Any) -> Chat:
    """Return what a message says, or raise Rejected."""
    return accept(value, Chat)


def decode_laser(value: Any) -> tuple[Point, ...]:
    """Return the points of a laser, or raise Rejected."""
    flat = accept(value, Laser).points
    return decode_points(flat, PLACE) if flat else ()


def decode_follow(value: Any) -> Follow:
    """Return whom a message says somebody follows, or raise Rejected."""
    return accept(value, Follow)


def decode_view(value: Any) -> View:
    """Return the view a message tells of, or raise Rejected."""
    return accept(value, View)
