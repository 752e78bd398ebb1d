"""Ops, ink and cursors as they travel: hostile until decoded here, trusted ever after.

Points travel as one flat list: x and y of the first, then differences; with pressure,
each is followed by its pressure, and where the pen leans by its lean, which are none.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple
from itertools import accumulate, chain, pairwise
from types import MappingProxyType
from typing import Any, TypeVar

from msgspec import (
    UNSET,
    DecodeError,
    Struct,
    UnsetType,
    ValidationError,
    convert,
    json,
)
from msgspec.structs import astuple as values_of

from canvas.engine.geometry import (
    FULL_LEAN,
    FULL_PRESSURE,
    OUTLINE_UNIT,
    POINT_UNIT,
    Vertex,
    length,
    perimeter,
)
from canvas.engine.images import corners
from canvas.engine.matrix import stretch
from canvas.engine.moves import is_in_world
from canvas.engine.ops import (
    CORNERS,
    LARGEST_TEXT,
    LEAST_COORDINATE,
    LONGEST_PATH,
    MOST_COORDINATE,
    MOST_CORNERS,
    MOST_POINTS,
    OPEN_SHAPES,
    Area,
    Clear,
    Hide,
    Image,
    Layer,
    Move,
    Op,
    Point,
    Rejected,
    Remove,
    Shape,
    Show,
    Stroke,
    Text,
)
from canvas.engine.wire import (
    Coordinate,
    Mirror,
    OpId,
    Start,
    Style,
    WireArea,
    WireClear,
    WireHide,
    WireImage,
    WireLayer,
    WireMove,
    WireOp,
    WireRemove,
    WireShape,
    WireShow,
    WireStroke,
    WireText,
)

Decoded = TypeVar("Decoded")


class Ink(Struct, frozen=True):
    """Points of a stroke still being drawn, from index start; no style: it was given up."""

    id: str
    stroke: Style | None
    start: int
    points: tuple[Point, ...]
    mirror: Mirror | UnsetType = UNSET


class Cursor(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="cursor"
):
    """Where a participant points, in 1/16 px; None when the pointer left the canvas."""

    x: Coordinate | None
    y: Coordinate | None


class WireInk(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", tag="ink"
):
    """Ink as it travels."""

    id: OpId
    stroke: Style | None
    start: Start
    points: list[int]
    mirror: Mirror | UnsetType = UNSET


PLACE = 2  # numbers that tell where a point is
LEANING = "pencil"  # the brush that leans

# The first op of a gesture: copies of it are named after it.
FIRST = re.compile(r"[^.]+\.[0-9a-y]{9,12}z1")
WIRE_OPS = json.Decoder(WireOp)

# Ops that travel field by field as they are.
SAME: Mapping[type[WireOp], Callable[..., Op]] = MappingProxyType(
    {
        WireText: Text,
        WireImage: Image,
        WireHide: Hide,
        WireShow: Show,
        WireClear: Clear,
        WireLayer: Layer,
        WireMove: Move,
        WireRemove: Remove,
    }
)
WIRES: Mapping[Callable[..., Op], type[WireOp]] = MappingProxyType(
    {op: wire for wire, op in SAME.items()}
)


def decode(value: Any) -> Op:
    """Return the op a JSON value stands for, or raise Rejected."""
    # convert's own type hints do not know unions.
    return op_of(accept(value, WireOp))  # type: ignore[arg-type]


def decode_bytes(data: bytes) -> Op:
    """Return the op that encode wrote, or raise Rejected."""
    try:
        return op_of(WIRE_OPS.decode(data))
    except DecodeError:
        raise Rejected("malformed") from None


def encode(op: Op) -> bytes:
    """Return an op as JSON, the same bytes for the same op."""
    return json.encode(wire_of(op))


def decode_ink(value: Any) -> Ink:
    """Return the ink a message carries, or raise Rejected."""
    wire = accept(value, WireInk)
    if wire.stroke is not None:
        check_copies(wire.id, wire.mirror)
        points = decode_points(wire.points, stride_of(wire.stroke))
        return Ink(wire.id, wire.stroke, wire.start, points, wire.mirror)
    if wire.points or wire.start or wire.mirror:
        raise Rejected("malformed")
    return Ink(wire.id, None, 0, ())


def check_copies(op_id: str, copies: object) -> None:
    """Raise Rejected when there are copies, and they cannot be named after an op."""
    if copies and not FIRST.fullmatch(op_id):
        raise Rejected("malformed")


def decode_cursor(value: Any) -> Cursor:
    """Return the cursor a message carries, or raise Rejected."""
    cursor = accept(value, Cursor)
    if (cursor.x is None) != (cursor.y is None):
        raise Rejected("malformed")
    return cursor


def accept(value: Any, kind: type[Decoded]) -> Decoded:
    """Return value as the kind it should be, or raise Rejected."""
    try:
        return convert(value, kind)
    # The latter for half of a pair where one of a few words is expected.
    except (ValidationError, UnicodeEncodeError):
        raise Rejected("malformed") from None


def op_of(wire: WireOp) -> Op:
    """Return the op that has travelled as wire."""
    match wire:
        case WireStroke(points=points):
            return stroke_of(wire, decode_points(points, stride_of(wire)))
        case WireShape(points=points):
            return shape_of(wire, decode_points(points, PLACE))
        case WireArea(id=op_id, contours=contours):
            look = wire.colour, wire.alpha, wire.layer
            return Area(op_id, *look, decode_contours(contours))
        case WireText(size=size, matrix=matrix):
            if size * stretch(matrix) > LARGEST_TEXT:
                raise Rejected("malformed")
            return Text(*values_of(wire))
        case WireRemove(ops=[*_], author=str()):
            raise Rejected("malformed")  # it names ops, or whose
        case WireImage():
            return image_of(Image(*values_of(wire)))
        case _:
            return SAME[type(wire)](*values_of(wire))


def stroke_of(wire: WireStroke, points: tuple[Point, ...]) -> Stroke:
    """Return the stroke that has travelled as wire, with its points."""
    return Stroke(
        wire.id,
        wire.brush,
        wire.colour,
        wire.alpha,
        wire.width,
        wire.layer,
        wire.pressure,
        points,
        wire.leans,
    )


def shape_of(wire: WireShape, points: tuple[Point, ...]) -> Shape:
    """Return the shape that has travelled as wire, or raise Rejected."""
    least, most = CORNERS[wire.kind]
    if not least <= len(points) <= most or not is_painted(wire):
        raise Rejected("malformed")
    return Shape(
        wire.id,
        wire.kind,
        wire.colour,
        wire.fill,
        wire.alpha,
        wire.width,
        wire.layer,
        points,
    )


def image_of(image: Image) -> Image:
    """Return an image, or raise Rejected when it does not lie in the world."""
    if not all(map(is_in_world, corners(image, image.matrix))):
        raise Rejected("malformed")
    return image


def is_painted(wire: WireShape) -> bool:
    """Say whether a shape has an outline or a fill, as far as its kind can have them."""
    if wire.kind in OPEN_SHAPES:
        return wire.colour is not None and wire.fill is None
    return wire.colour is not None or wire.fill is not None


def wire_of(op: Op) -> WireOp:
    """Return an op as it travels."""
    match op:
        case Stroke(points=points):
            return wire_stroke(op, encode_points(points, stride_of(op)))
        case Shape(points=points):
            return wire_shape(op, encode_points(points, PLACE))
        case Area(id=op_id, contours=contours):
            look = op.colour, op.alpha, op.layer
            return WireArea(op_id, *look, [steps_of(corners) for corners in contours])
        case _:
            return WIRES[type(op)](*astuple(op))


def wire_stroke(stroke: Stroke, points: list[int]) -> WireStroke:
    """Return a stroke as it travels, with its points."""
    return WireStroke(
        stroke.id,
        stroke.brush,  # type: ignore[arg-type]
        stroke.colour,
        stroke.alpha,
        stroke.width,
        stroke.layer,
        stroke.pressure,
        points,
        stroke.leans,
    )


def wire_shape(shape: Shape, points: list[int]) -> WireShape:
    """Return a shape as it travels, with its points."""
    return WireShape(
        shape.id,
        shape.kind,  # type: ignore[arg-type]
        shape.colour,
        shape.fill,
        shape.alpha,
        shape.width,
        shape.layer,
        points,
    )


def stride_of(stroke: Stroke | WireStroke | Style) -> int:
    """Return how many numbers tell of a point of a stroke, or raise Rejected."""
    if not stroke.leans:
        return PLACE + stroke.pressure
    if stroke.brush != LEANING or not stroke.pressure:
        raise Rejected("malformed")
    return PLACE + 2


def decode_points(flat: list[int], stride: int) -> tuple[Point, ...]:
    """Return the points a flat list stands for, or raise Rejected."""
    if len(flat) > MOST_POINTS * stride:
        raise Rejected("too-many-points")
    if not flat or len(flat) % stride:
        raise Rejected("malformed")
    points = spread(flat, stride)
    if length(points) > LONGEST_PATH:
        raise Rejected("too-long")
    return points


def spread(flat: list[int], stride: int) -> tuple[Point, ...]:
    """Return the points of a flat list of stride numbers each, all within their limits."""
    xs = list(accumulate(flat[0::stride]))
    ys = list(accumulate(flat[1::stride]))
    keep_within(xs, LEAST_COORDINATE, MOST_COORDINATE)
    keep_within(ys, LEAST_COORDINATE, MOST_COORDINATE)
    felt = [flat[place::stride] for place in range(PLACE, stride)]
    for numbers, most in zip(felt, (FULL_PRESSURE, FULL_LEAN), strict=False):
        keep_within(numbers, 0, most)
    return tuple(map(Point, xs, ys, *felt))


def decode_contours(contours: list[list[int]]) -> tuple[tuple[Vertex, ...], ...]:
    """Return the contours that flat lists stand for, or raise Rejected."""
    if sum(map(len, contours)) > MOST_CORNERS * 2:
        raise Rejected("too-many-points")
    found = tuple(corners_of(steps) for steps in contours)
    if perimeter(found) > LONGEST_PATH:
        raise Rejected("too-long")
    return found


def corners_of(steps: list[int]) -> tuple[Vertex, ...]:
    """Return the corners of one contour, all within their limits."""
    if len(steps) % 2:
        raise Rejected("malformed")
    xs, ys = list(accumulate(steps[0::2])), list(accumulate(steps[1::2]))
    finer = OUTLINE_UNIT // POINT_UNIT
    for numbers in (xs, ys):
        keep_within(numbers, LEAST_COORDINATE * finer, MOST_COORDINATE * finer)
    return tuple(zip(xs, ys, strict=True))


def steps_of(corners: Sequence[Vertex]) -> list[int]:
    """Return the corners of a contour as one flat list."""
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(corners)]
    return list(chain.from_iterable([corners[0], *steps]))


def keep_within(numbers: list[int], least: int, most: int) -> None:
    """Raise Rejected unless all numbers lie from least to most."""
    if min(numbers) < least or max(numbers) > most:
        raise Rejected("malformed")


def encode_points(points: Sequence[Point], stride: int) -> list[int]:
    """Return points as one flat list."""
    steps: list[tuple[int, ...]] = [points[0]]
    steps += [(b.x - a.x, b.y - a.y, b.pressure, b.lean) for a, b in pairwise(points)]
    return list(chain.from_iterable(step[:stride] for step in steps))
