"""From a mark to its stencil: the glyphs that cover it, and the ink to fill them with."""

from collections.abc import Iterator, Sequence
from math import ceil, floor
from types import MappingProxyType
from typing import NamedTuple, Protocol

from PIL import Image as Pixels

from canvas.engine.coats import Coat, coats
from canvas.engine.geometry import (
    LIGHTEST,
    OUTLINE_UNIT,
    POINT_UNIT,
    PRESSURE_GAIN,
    Box,
    Vertex,
    box,
    broadest,
    length,
    perimeter,
)
from canvas.engine.grain import fray
from canvas.engine.images import frame
from canvas.engine.lettering import extent
from canvas.engine.matrix import moved
from canvas.engine.moves import LONGEST_MOVED
from canvas.engine.ops import (
    MOST_CORNERS,
    MOST_POINTS,
    Area,
    Image,
    Mark,
    Shape,
    Stroke,
    Text,
)
from canvas.engine.raster.cut import Contours, X, fits, meet, pieces, split
from canvas.engine.raster.font import entry
from canvas.engine.raster.part import Numbers, Part, part_of, tiles
from canvas.engine.raster.sampling import Sampler, sampler
from canvas.engine.shapes import HEAD_LEAST, HEAD_LENGTH, HEAD_SPREAD

Points = Stroke | Shape  # marks that are made of points
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


class Images(Protocol):
    """The pixels of images, by their names in ops; a dictionary will do."""

    def get(self, name: str, /) -> Pixels.Image | None: ...


NONE: Images = MappingProxyType({})


class View(NamedTuple):
    """A picture of so many pixels, each 1/scale px of the drawing."""

    size: Size
    scale: float
    images: Images = NONE

    @classmethod
    def of(cls, size: Size, scale: float = 1.0, images: Images = NONE) -> "View":
        """Return the view of a whole drawing, or raise Unrenderable."""
        if not 0 < scale <= BIGGEST_SCALE:
            raise Unrenderable("bad-scale")
        if min(size) < 1:
            raise Unrenderable("too-small")
        width, height = (max(1, round(side * scale)) for side in size)
        if max(*size, width, height) > LARGEST:
            raise Unrenderable("too-large")
        return cls((width, height), scale, images)

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


class Glyph(NamedTuple):
    """A part of a coat: its entry in a font, its origin and its box in the picture.

    What is not whole reaches beyond its box, where others cover the same.
    """

    data: bytes
    origin: tuple[int, int]
    box: Box
    whole: bool


class Print(NamedTuple):
    """A glyph, its ink or image, and the alpha that its coverage is scaled by."""

    glyph: Glyph
    ink: Ink | Sampler
    alpha: int


class Stencil(NamedTuple):
    """A mark as a surface wants it: coat by coat, glyphs that share no pixel."""

    prints: tuple[Print, ...]

    @property
    def weight(self) -> int:
        """How many bytes it takes to keep, about."""
        glyphs = sum(len(one.glyph.data) for one in self.prints)
        samplers = {id(one.ink): one.ink for one in self.prints}.values()
        images = sum(one.weight for one in samplers if isinstance(one, Sampler))
        return STENCIL_BYTES + glyphs + images


def stencil(mark: Mark, view: View) -> Stencil:
    """Return the stencil of a mark in a view, or raise Unrenderable."""
    check(mark)
    found = ((coat, ink_of(mark, coat, view)) for coat in coats(mark))
    return Stencil(
        tuple(
            Print(glyph, ink, coat.alpha)
            for coat, ink in found
            if ink is not None
            for glyph in glyphs(coat.contours, coat.simple, view)
        )
    )


def ink_of(mark: Mark, coat: Coat, view: View) -> Ink | Sampler | None:
    """Return what fills a coat; None for an image that is not to be had."""
    if isinstance(mark, Image):
        pixels = view.images.get(mark.image)
        if pixels is None or pixels.size != (mark.width, mark.height):
            return None
        return sampler(mark, pixels, view.scale)
    if coat.erases or coat.colour is None:
        return (0, 0, 0, 0)
    return (*rgb(coat.colour), 255)


def check(mark: Mark) -> None:
    """Raise Unrenderable for a mark that would take too long."""
    if isinstance(mark, Text | Image):
        return  # these are short, however long they are
    if corners_in(mark) > (MOST_CORNERS if isinstance(mark, Area) else MOST_POINTS):
        raise Unrenderable("too-many-points")
    # A move may have made it longer, and rounded each of its points by less than a pixel.
    if length_of(mark) > LONGEST_MOVED + corners_in(mark):
        raise Unrenderable("too-long")


def corners_in(mark: Points | Area) -> int:
    """Return how many points or corners a mark has."""
    if isinstance(mark, Area):
        return sum(map(len, mark.contours))
    return len(mark.points)


def length_of(mark: Points | Area) -> float:
    """Return how long a mark's path is, or its edges are, in px."""
    return perimeter(mark.contours) if isinstance(mark, Area) else length(mark.points)


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the red, green and blue of #rrggbb."""
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def glyphs(contours: Contours, simple: bool, view: View) -> tuple[Glyph, ...]:
    """Return the glyphs that cover contours in a view."""
    parts = list(cut_up(contours, view))
    overlap = not simple and is_affordable(parts)
    return tuple(
        cast(tile, box, overlap)
        for part in parts
        for tile, box in tiles(part, touched(part.around))
        if meet(box, view.pixels)
    )


def is_affordable(parts: list[Part]) -> bool:
    """Say whether there is time to find out where parts overlap themselves."""
    # Nearly all of them, even if each of their contours were as high as they are.
    most = sum(len(part.xs) * rows(part.ys) for part in parts)
    return most <= OVERLAP_BUDGET or sum(map(effort, parts)) <= OVERLAP_BUDGET


def effort(part: Part) -> int:
    """Return the vertices of each contour of a part times its rows, in all."""
    return sum(len(down) * rows(down) for _, down in part.contours())


def rows(down: Numbers) -> int:
    """Return how many rows of pixels some y reach over."""
    return (max(down) - min(down)) // OUTLINE_UNIT + 1


def cut_up(contours: Contours, view: View) -> Iterator[Part]:
    """Yield contours, or their parts where they are too big for a glyph."""
    whole = placed(contours, view)
    if not meet(whole.around, view.box):
        return
    if fits(whole.around, len(whole.ends), len(whole.xs)):
        yield whole
        return
    joined = [list(zip(xs, ys, strict=True)) for xs, ys in whole.contours()]
    yield from map(part_of, pieces(joined, view.box))


def placed(contours: Contours, view: View) -> Part:
    """Return contours where a browser would fill them."""
    whole = part_of(contours)
    if view.scale != 1.0:
        xs = [round(x * view.scale) for x in whole.xs]
        return Part.of(xs, [round(y * view.scale) for y in whole.ys], whole.ends)
    if whole.around.left < view.box.left or whole.around.right > view.box.right:
        whole = part_of([between(points, view) for points in contours])
    half = SKIA_ROW // 2
    ys = [(y + half) & -SKIA_ROW for y in whole.ys]
    return Part.of(whole.xs, ys, whole.ends)


def between(points: list[Vertex], view: View) -> list[Vertex]:
    """Return a contour's part between the left and the right of a view.

    Skia cuts edges there before it puts their ends on quarters of a pixel, which turns
    long edges a little; without doing likewise their pixels differ all the way.
    """
    inner, _ = split(points, X, view.box.right)
    _, inner = split(inner, X, view.box.left)
    return inner


def cast(part: Part, box: Box, overlap: bool) -> Glyph:
    """Return the glyph of what a part covers in a box, its origin in the middle."""
    left, top, right, bottom = box
    origin = (left + right) // 2, (top + bottom) // 2
    whole = touched(part.around) == box
    return Glyph(entry(part, origin, overlap), origin, box, whole)


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


def bounds(mark: Mark) -> Box:
    """Return a box in px that a mark, at scale 1, is sure not to leave."""
    if isinstance(mark, Text):
        return text_bounds(mark)
    if isinstance(mark, Area):
        return touched(box([one for corners in mark.contours for one in corners]))
    if isinstance(mark, Image):
        return touched(box(frame(mark)))
    xs, ys, *_ = zip(*cornered(mark), strict=True)
    # One more pixel, because outlines are rounded to their grid and to Skia's rows.
    far = reach(mark) + POINT_UNIT
    return Box(
        (min(xs) - far) // POINT_UNIT,
        (min(ys) - far) // POINT_UNIT,
        -(-(max(xs) + far) // POINT_UNIT),
        -(-(max(ys) + far) // POINT_UNIT),
    )


def text_bounds(text: Text) -> Box:
    """Return a box in px that a text is sure not to leave."""
    left, top, right, bottom = extent(text)
    corners = [
        moved(text.matrix, x, y)
        for x in (floor(left), ceil(right))
        for y in (floor(top), ceil(bottom))
    ]
    xs, ys = zip(*corners, strict=True)
    return Box(
        min(xs) // POINT_UNIT - 1,
        min(ys) // POINT_UNIT - 1,
        max(xs) // POINT_UNIT + 2,
        max(ys) // POINT_UNIT + 2,
    )


def cornered(mark: Points) -> Sequence[tuple[int, int, int, int]]:
    """Return points that a mark lies between, but for the width of its line."""
    if isinstance(mark, Shape) and mark.kind in ("rectangle", "ellipse"):
        (ax, ay, *_), (bx, by, *_), (cx, cy, *_) = mark.points
        return [*mark.points, (ax + cx - bx, ay + cy - by, 0, 0)]
    return mark.points


def reach(mark: Points) -> int:
    """Return how far from its points a mark may be seen, in 1/16 px."""
    if isinstance(mark, Shape) and mark.kind == "arrow":
        length = HEAD_LENGTH * mark.width + HEAD_LEAST * POINT_UNIT
        return ceil(max(mark.width / 2, length * HEAD_SPREAD))
    if isinstance(mark, Shape):
        return ceil(mark.width / 2)
    heaviest = LIGHTEST + PRESSURE_GAIN if mark.pressure else 1.0
    radius = mark.width * heaviest * broadest(mark) / 2
    return ceil(radius + fray(mark) * POINT_UNIT)
