"""The ops: the only ways a drawing changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from canvas.engine.geometry import FULL_PRESSURE, Vertex
from canvas.engine.matrix import Matrix

# The limits of the protocol, P40 to P45; ops.js has the same.
BRUSHES = ("pen", "pencil", "marker", "eraser")
FULL_ALPHA = 255
LEAST_WIDTH, MOST_WIDTH = 8, 4096
LEAST_COORDINATE, MOST_COORDINATE = -32_768, 65_535
LAYERS = 64
LAYER_STEP = (
    2**32
)  # from the position of one layer to the next, as long as nobody sorts
MOST_POSITION = LAYERS * LAYER_STEP
LONGEST_NAME = 80
NORMAL = "normal"
BLENDS = (NORMAL, "multiply", "screen", "darken", "lighten")
MOST_POINTS = 1000
LONGEST_PATH = 65_536  # px
MOST_TARGETS = 1000  # ops in one hide, show or move
SHAPE_KINDS = ("line", "arrow", "polygon", "rectangle", "ellipse")
OPEN_SHAPES = ("line", "arrow")
# How many points a shape has, at least and at most.
CORNERS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "line": (2, MOST_POINTS),
        "arrow": (2, MOST_POINTS),
        "polygon": (3, MOST_POINTS),
        "rectangle": (3, 3),
        "ellipse": (3, 3),
    }
)
MOST_CONTOURS, MOST_CORNERS = 256, 4000  # of an area, the corners of all its contours
LONGEST_TEXT = 500  # characters
LEAST_SIZE, MOST_SIZE = 64, 8192  # of an em, in 1/16 px
LARGEST_TEXT = 16_384  # an em as its matrix makes it, by the length of its factors
# Of an image as it is kept: an enlarged one this big covers any paper.
LARGEST_IMAGE = 2048  # px, either side
MOST_START = 65_535  # index of a first point of ink
MOST_OPS = 200_000  # in one drawing


class Rejected(Exception):
    """An op this drawing will not take; the code is part of the protocol."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Point(NamedTuple):
    """Where a pen was, in 1/16 px, how hard it was pressed and how far it leant, 0 to 255."""

    x: int
    y: int
    pressure: int = FULL_PRESSURE
    lean: int = 0


@dataclass(frozen=True, slots=True)
class Stroke:
    """One mark of a brush; width in 1/16 px, alpha 1 to 255, colour as #rrggbb.

    Pressure and leans say whether its points tell of these.
    """

    t: ClassVar[str] = "stroke"

    id: str
    brush: str
    colour: str
    alpha: int
    width: int
    layer: int
    pressure: bool
    points: tuple[Point, ...]
    leans: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A figure, outlined in colour, filled with fill, or both.

    A rectangle is three of its corners in turn, an ellipse three of the rectangle around
    it: so both can be turned and slanted like the others, point by point.
    """

    t: ClassVar[str] = "shape"

    id: str
    kind: str
    colour: str | None
    fill: str | None
    alpha: int
    width: int
    layer: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Letters of the one font, their first baseline begun where matrix takes (0, 0).

    Size is that of an em before matrix, in 1/16 px.
    """

    t: ClassVar[str] = "text"

    id: str
    text: str
    colour: str
    alpha: int
    size: int
    layer: int
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Area:
    """What a fill has covered: contours in 1/64 px, filled together, nonzero."""

    t: ClassVar[str] = "area"

    id: str
    colour: str
    alpha: int
    layer: int
    contours: tuple[tuple[Vertex, ...], ...]


@dataclass(frozen=True, slots=True)
class Image:
    """An image somebody has put on the paper, its pixels laid where matrix takes them.

    Image is the SHA-256 of its file in hexadecimal; width and height are its own, in px.
    """

    t: ClassVar[str] = "image"

    id: str
    image: str
    width: int
    height: int
    alpha: int
    layer: int
    matrix: Matrix

    @property
    def content(self) -> tuple[str, int, int]:
        """What has to be there for it to be shown."""
        return self.image, self.width, self.height


@dataclass(frozen=True, slots=True)
class Hide:
    """Take ops out of the picture; the log keeps them."""

    t: ClassVar[str] = "hide"

    id: str
    ops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Show:
    """Bring hidden ops back into the picture."""

    t: ClassVar[str] = "show"

    id: str
    ops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clear:
    """Take every earlier mark of a layer out of the picture."""

    t: ClassVar[str] = "clear"

    id: str
    layer: int


@dataclass(frozen=True, slots=True)
class Layer:
    """Say how a layer is from now on; what is None stays as it was.

    Layers are painted by position, then by number. A layer there is not yet is there
    once an op speaks of it or something is drawn on it.
    """

    t: ClassVar[str] = "layer"

    id: str
    layer: int
    name: str | None = None
    opacity: int | None = None
    blend: str | None = None
    hidden: bool | None = None
    locked: bool | None = None
    deleted: bool | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Take marks elsewhere, turn them, make them larger or smaller."""

    t: ClassVar[str] = "move"

    id: str
    ops: tuple[str, ...]
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Remove:
    """Take ops out of the picture, as long as the remove itself is not hidden.

    Those named; where none is, all earlier ones of an author, or of everybody.
    """

    t: ClassVar[str] = "remove"

    id: str
    ops: tuple[str, ...] | None
    author: str | None


Mark = Stroke | Shape | Text | Area | Image  # what one sees
Op = Mark | Hide | Show | Clear | Layer | Move | Remove

MARKS = frozenset({Stroke.t, Shape.t, Text.t, Area.t, Image.t})
HIDEABLE = MARKS | {Clear.t, Layer.t, Move.t, Remove.t}


def author_of(op_id: str) -> str:
    """Return who made an op: the part of its id before the dot."""
    return op_id.partition(".")[0]
