"""From a stroke to its stencil: the glyphs that cover it, and the ink to fill them with."""

from collections.abc import Iterator, Sequence
from math import ceil, floor
from typing import NamedTuple

from canvas.engine.geometry import (
    LIGHTEST,
    OUTLINE_UNIT,
    POINT_UNIT,
    PRESSURE_GAIN,
    Box,
    Outline,
    Vertex,
    box,
    length,
    outline,
)
from canvas.engine.ops import LONGEST_PATH, MOST_POINTS, Stroke
from canvas.engine.raster.cut import fits, meet, pieces
from canvas.engine.raster.font import contour

Numbers = Sequence[int]
Size = tuple[int, int]  # width and height in px
Ink = tuple[int, int, int, int]  # red, green, blue and alpha, 0 to 255

LARGEST = 8192  # px, the side of a picture
BIGGEST_SCALE = 8.0

# Skia, so Chromium and Firefox too, puts the ends of edges on quarters of a pixel in y
# (SkAnalyticEdge, accuracy 2). Without doing likewise a hundred times as many pixels
# differ visibly from theirs.
SKIA_ROW = OUTLINE_UNIT // 4

# Vertices times rows up to which FreeType is to find out where a stroke overlaps itself.
# For that it fills every pixel as four by four: beyond this, one scribble takes seconds.
OVERLAP_BUDGET = 1_000_000

STENCIL_BYTES = 500  # of a stencil, beside the data of its glyphs


class Unrenderable(Exception):
    """A picture or a stroke beyond what the renderer takes on; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class View(NamedTuple):
    """A picture of so many pixels, each 1/scale px of the drawing."""

    size: Size
    scale: float

    @classmethod
    def of(cls, size: Size, scale: float = 1.0) -> "View":
        """Return the view of a whole drawing, or raise Unrenderable."""
        if not 0 < scale <= BIGGEST_SCALE:
            raise Unrenderable("bad-scale")
        if min(size) < 1:
            raise Unrenderable("too-small")
        width, height = (max(1, round(side * scale)) for side in size)
        if max(*size, width, height) > LARGEST:
            raise Unrenderable("too-large")
        return cls((width, height), scale)

    @property
    def pixels(self) -> Box:
        """The picture's box in px."""
        return Box(0, 0, *self.size)

    @property
    def box(self) -> Box:
        """The picture's box in the unit of outlines."""
        width, height = self.size
        return Box(0, 0, width * OUTLINE_UNIT, height * OUTLINE_UNIT)

    def seen(self, part: Box) -> Box:
        """Return the pixels of the picture that a part of the drawing touches."""
        return scaled(part, self.scale)

    def shown(self, part: Box) -> Box:
        """Return the pixels of the drawing that a part of the picture touches."""
        return scaled(part, 1.0 / self.scale)


class Part(NamedTuple):
    """A part of an outline, small enough for a glyph, and the pixels it touches."""

    xs: Numbers
    ys: Numbers
    box: Box


class Glyph(NamedTuple):
    """A part of a stroke: its entry in a font, its origin and its box in the picture."""

    data: bytes
    origin: tuple[int, int]
    box: Box


class Stencil(NamedTuple):
    """A stroke as a surface wants it: glyphs that share no pixel, and their ink."""

    glyphs: tuple[Glyph, ...]
    ink: Ink
    alpha: int

    @property
    def weight(self) -> int:
        """How many bytes it takes to keep, about."""
        return STENCIL_BYTES + sum(len(glyph.data) for glyph in self.glyphs)


def stencil(stroke: Stroke, view: View) -> Stencil:
    """Return the stencil of a stroke in a view, or raise Unrenderable."""
    check(stroke)
    ink = (0, 0, 0, 0) if stroke.brush == "eraser" else (*rgb(stroke.colour), 255)
    return Stencil(tuple(glyphs(outline(stroke), view)), ink, stroke.alpha)


def check(stroke: Stroke) -> None:
    """Raise Unrenderable for a stroke that would take too long."""
    if len(stroke.points) > MOST_POINTS:
        raise Unrenderable("too-many-points")
    if length(stroke.points) > LONGEST_PATH:
        raise Unrenderable("too-long")


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the red, green and blue of #rrggbb."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def glyphs(whole: Outline, view: View) -> tuple[Glyph, ...]:
    """Return the glyphs that cover an outline in a view."""
    parts = list(cut_up(whole, view))
    effort = sum(len(part.xs) * (part.box.bottom - part.box.top) for part in parts)
    overlap = not whole.simple and effort <= OVERLAP_BUDGET
    return tuple(cast(part, overlap) for part in parts)


def cut_up(whole: Outline, view: View) -> Iterator[Part]:
    """Yield an outline, or its parts where it is too big for a glyph."""
    xs, ys = placed(whole.points, view.scale)
    around = Box(min(xs), min(ys), max(xs), max(ys))
    if not meet(around, view.box):
        return
    if fits(around, len(xs)):
        yield Part(xs, ys, touched(around))
        return
    for points in pieces(list(zip(xs, ys, strict=True)), view.box):
        xs, ys = zip(*points, strict=True)
        yield Part(xs, ys, touched(box(points)))


def placed(points: list[Vertex], scale: float) -> tuple[Numbers, Numbers]:
    """Return the x and the y of an outline where a browser would fill it."""
    xs, ys = zip(*points, strict=True)
    if scale == 1.0:
        half = SKIA_ROW // 2
        return xs, [(y + half) & -SKIA_ROW for y in ys]
    return [round(x * scale) for x in xs], [round(y * scale) for y in ys]


def cast(part: Part, overlap: bool) -> Glyph:
    """Return the glyph of a part, its origin in the middle."""
    left, top, right, bottom = part.box
    origin = (left + right) // 2, (top + bottom) // 2
    return Glyph(contour(part.xs, part.ys, origin, overlap), origin, part.box)


def touched(around: Box) -> Box:
    """Return the pixels that a box in the unit of outlines touches."""
    left, top, right, bottom = around
    return Box(
        left // OUTLINE_UNIT,
        top // OUTLINE_UNIT,
        -(-right // OUTLINE_UNIT),
        -(-bottom // OUTLINE_UNIT),
    )


def scaled(part: Box, scale: float) -> Box:
    """Return the whole pixels around a box that is scaled."""
    left, top, right, bottom = (side * scale for side in part)
    return Box(floor(left), floor(top), ceil(right), ceil(bottom))


def bounds(stroke: Stroke) -> Box:
    """Return a box in px that a stroke, at scale 1, is sure not to leave."""
    xs, ys, _ = zip(*stroke.points, strict=True)
    heaviest = LIGHTEST + PRESSURE_GAIN if stroke.pressure else 1.0
    # One more pixel, because outlines are rounded to their grid and to Skia's rows.
    reach = ceil(stroke.width * heaviest / 2) + POINT_UNIT
    return Box(
        (min(xs) - reach) // POINT_UNIT,
        (min(ys) - reach) // POINT_UNIT,
        -(-(max(xs) + reach) // POINT_UNIT),
        -(-(max(ys) + reach) // POINT_UNIT),
    )
