"""What participants tell each other and no log keeps: words, a laser, whom they follow, what they see."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from canvas.engine.codec import accept, decode_points
from canvas.engine.ops import Point

LONGEST_TEXT = 500
LONGEST_LASER = 200  # points in one message
FARTHEST = 2**24  # 1/16 px: a small paper on a large screen

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


def decode_chat(value: Any) -> Chat:
    """Return what a message says, or raise Rejected."""
    return accept(value, Chat)


def decode_laser(value: Any) -> tuple[Point, ...]:
    """Return the points of a laser, or raise Rejected."""
    flat = accept(value, Laser).points
    return decode_points(flat, pressure=False) if flat else ()


def decode_follow(value: Any) -> Follow:
    """Return whom a message says somebody follows, or raise Rejected."""
    return accept(value, Follow)


def decode_view(value: Any) -> View:
    """Return the view a message tells of, or raise Rejected."""
    return accept(value, View)
