"""Ops as JSON has them: what each field may be."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from canvas.engine.matrix import MOST_FACTOR, MOST_SHIFT
from canvas.engine.ops import (
    FULL_ALPHA,
    LARGEST_IMAGE,
    LAYERS,
    LEAST_COORDINATE,
    LEAST_SIZE,
    LEAST_WIDTH,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_CONTOURS,
    MOST_COORDINATE,
    MOST_POSITION,
    MOST_SIZE,
    MOST_START,
    MOST_TARGETS,
    MOST_WIDTH,
)

# \Z and not $, which would let a line end pass.
OpId = Annotated[str, Meta(pattern=r"^[0-9a-z]{1,12}\.[0-9a-z]{1,16}\Z")]
AuthorKey = Annotated[str, Meta(pattern=r"^[0-9a-z]{1,12}\Z")]
Targets = Annotated[tuple[OpId, ...], Meta(min_length=1, max_length=MOST_TARGETS)]
Brush = Literal["pen", "pencil", "marker", "eraser"]
ShapeKind = Literal["line", "arrow", "polygon", "rectangle", "ellipse"]
Colour = Annotated[str, Meta(pattern=r"^#[0-9a-f]{6}\Z")]
Alpha = Annotated[int, Meta(ge=1, le=FULL_ALPHA)]
Width = Annotated[int, Meta(ge=LEAST_WIDTH, le=MOST_WIDTH)]
LayerNumber = Annotated[int, Meta(ge=0, lt=LAYERS)]
Coordinate = Annotated[int, Meta(ge=LEAST_COORDINATE, le=MOST_COORDINATE)]
Opacity = Annotated[int, Meta(ge=0, le=FULL_ALPHA)]
Blend = Literal["normal", "multiply", "screen", "darken", "lighten"]
Position = Annotated[int, Meta(ge=0, le=MOST_POSITION)]
# No control characters, and no halves of a pair, which cannot be written as UTF-8.
Name = Annotated[
    str,
    Meta(pattern=r"^[^\x00-\x1f\x7f-\x9f\ud800-\udfff]*\Z", max_length=LONGEST_NAME),
]
Factor = Annotated[int, Meta(ge=-MOST_FACTOR, le=MOST_FACTOR)]
Shift = Annotated[int, Meta(ge=-MOST_SHIFT, le=MOST_SHIFT)]
Contour = Annotated[list[int], Meta(min_length=6)]
Contours = Annotated[list[Contour], Meta(min_length=1, max_length=MOST_CONTOURS)]
# As a name, but a text may have several lines.
Letters = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]*\Z",
        min_length=1,
        max_length=LONGEST_TEXT,
    ),
]
Size = Annotated[int, Meta(ge=LEAST_SIZE, le=MOST_SIZE)]
Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Side = Annotated[int, Meta(ge=1, le=LARGEST_IMAGE)]
Placement = tuple[Factor, Factor, Factor, Factor, Coordinate, Coordinate]
Start = Annotated[int, Meta(ge=0, le=MOST_START)]
Mirror = Literal["across", "down", "both"]


class Style(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a stroke still being drawn looks."""

    brush: Brush
    colour: Colour
    alpha: Alpha
    width: Width
    layer: LayerNumber
    pressure: bool
    leans: bool = False


class Wire(Struct, frozen=True, forbid_unknown_fields=True, tag_field="t"):
    """An op as it travels, told from others by its tag."""


class WireStroke(Wire, frozen=True, tag="stroke", omit_defaults=True):
    """A stroke as it travels."""

    id: OpId
    brush: Brush
    colour: Colour
    alpha: Alpha
    width: Width
    layer: LayerNumber
    pressure: bool
    points: list[int]
    leans: bool = False


class WireShape(Wire, frozen=True, tag="shape"):
    """A shape as it travels."""

    id: OpId
    kind: ShapeKind
    colour: Colour | None
    fill: Colour | None
    alpha: Alpha
    width: Width
    layer: LayerNumber
    points: list[int]


class WireText(Wire, frozen=True, tag="text"):
    """A text as it travels."""

    id: OpId
    text: Letters
    colour: Colour
    alpha: Alpha
    size: Size
    layer: LayerNumber
    matrix: Placement


class WireArea(Wire, frozen=True, tag="area"):
    """An area as it travels: each contour a flat list of steps from corner to corner."""

    id: OpId
    colour: Colour
    alpha: Alpha
    layer: LayerNumber
    contours: Contours


class WireImage(Wire, frozen=True, tag="image"):
    """An image as it travels."""

    id: OpId
    image: Hash
    width: Side
    height: Side
    alpha: Alpha
    layer: LayerNumber
    matrix: Placement


class WireHide(Wire, frozen=True, tag="hide"):
    """A hide as it travels."""

    id: OpId
    ops: Targets


class WireShow(Wire, frozen=True, tag="show"):
    """A show as it travels."""

    id: OpId
    ops: Targets


class WireClear(Wire, frozen=True, tag="clear"):
    """A clear as it travels."""

    id: OpId
    layer: LayerNumber


class WireLayer(Wire, frozen=True, tag="layer"):
    """A layer op as it travels."""

    id: OpId
    layer: LayerNumber
    name: Name | None
    opacity: Opacity | None
    blend: Blend | None
    hidden: bool | None
    locked: bool | None
    deleted: bool | None
    position: Position | None


class WireMove(Wire, frozen=True, tag="move"):
    """A move as it travels."""

    id: OpId
    ops: Targets
    matrix: tuple[Factor, Factor, Factor, Factor, Shift, Shift]


class WireRemove(Wire, frozen=True, tag="remove"):
    """A remove as it travels."""

    id: OpId
    ops: Targets | None
    author: AuthorKey | None


WireOp = (
    WireStroke
    | WireShape
    | WireText
    | WireArea
    | WireImage
    | WireHide
    | WireShow
    | WireClear
    | WireLayer
    | WireMove
    | WireRemove
)
