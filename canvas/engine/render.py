"""Strokes and other marks become pictures, on the server and without a browser.

`render` makes one picture whole; a `Raster` is kept, and takes new marks as they come.
Both give the same pixels, and those are what a browser shows for the same marks.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from PIL import Image

from canvas.engine.geometry import Box
from canvas.engine.ops import Mark
from canvas.engine.raster.cut import meet
from canvas.engine.raster.stencil import (
    LARGEST,
    NONE,
    Images,
    Size,
    Stencil,
    Unrenderable,
    View,
    bounds,
    stencil,
)
from canvas.engine.raster.surface import Surface
from canvas.engine.stack import Level

__all__ = ["Images", "Raster", "Unrenderable", "bounds", "render", "thumbnail"]

Stack = Sequence[Level]

WHITE = "#ffffff"

# A kept raster has a surface for every layer: four of the largest are 1 GiB.
MOST_PIXELS = 4 * LARGEST * LARGEST

# Stencils a raster keeps, so that an undo needs no geometry: of some 20,000 strokes by
# hand. The strokes, which are several times as big, are the scene's and only shared.
KEPT_BYTES = 32 * 2**20


def render(
    strokes: Iterable[Mark],
    size: Size,
    *,
    scale: float = 1.0,
    paper: str | None = WHITE,
    stack: Stack = (),
    images: Images = NONE,
) -> Image.Image:
    """Return the picture of strokes: RGB on paper, RGBA without.

    Size is the drawing's, in px; the picture's is scale times that. Stack says how the
    layers stand, the lowest first; without one they come by number. Images are the pixels
    of those on the paper; one that is not among them is not shown.
    """
    view = View.of(size, scale, images)
    marks = by_layer(strokes)
    sheets = (
        (
            level,
            drawn(view.pixels, (stencil(mark, view) for mark in marks[level.number])),
        )
        for level in shown(marks, stack)
    )
    return laid(sheets, view, paper)


class Raster:
    """The picture of a drawing, kept while strokes are added and taken away."""

    def __init__(self, size: Size, scale: float = 1.0, images: Images = NONE) -> None:
        self._view = View.of(size, scale, images)
        self._layers: dict[int, Surface] = {}
        self._stencils = Stencils(self._view)

    def draw(self, strokes: Iterable[Mark]) -> None:
        """Add strokes on top of those of their layers."""
        for number, layer in by_layer(strokes).items():
            self._surface(number).draw(map(self._stencils.of, layer))

    def redraw(self, box: tuple[int, int, int, int], strokes: Iterable[Mark]) -> None:
        """Make a box, in px of the drawing, what it is in the picture of these strokes."""
        part = common(self._view.seen(Box(*box)), self._view.pixels)
        if part is None:
            return
        around = self._view.shown(part)
        layers = by_layer(stroke for stroke in strokes if meet(bounds(stroke), around))
        for number in self._layers.keys() | layers.keys():
            stencils = map(self._stencils.of, layers.get(number, []))
            self._surface(number).put(drawn(part, stencils))

    def image(self, paper: str | None = WHITE, stack: Stack = ()) -> Image.Image:
        """Return the picture as it is now: RGB on paper, RGBA without."""
        levels = shown(self._layers, stack)
        sheets = ((level, self._layers[level.number]) for level in levels)
        return laid(sheets, self._view, paper)

    def layers(self) -> Iterator[tuple[int, Image.Image]]:
        """Yield each layer's number and its picture by itself, RGBA, the lowest first."""
        for number, surface in sorted(self._layers.items()):
            yield number, surface.transparent()

    def _surface(self, number: int) -> Surface:
        """Return the surface of a layer, a clear one if nothing was drawn on it yet."""
        if number not in self._layers:
            width, height = self._view.size
            if (len(self._layers) + 1) * width * height > MOST_PIXELS:
                raise Unrenderable("too-many-layers")
            self._layers[number] = Surface(self._view.pixels)
        return self._layers[number]


class Stencils:
    """The stencils of strokes in a view; those not asked for lately are made again."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._kept: OrderedDict[Mark, Stencil] = OrderedDict()
        self._bytes = 0

    def of(self, stroke: Mark) -> Stencil:
        """Return the stencil of a stroke."""
        if stroke not in self._kept:
            self._keep(stroke, stencil(stroke, self._view))
        self._kept.move_to_end(stroke)
        return self._kept[stroke]

    def _keep(self, stroke: Mark, made: Stencil) -> None:
        """Keep a stencil, and let go of the oldest while there are too many."""
        self._kept[stroke] = made
        self._bytes += made.weight
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.weight


def thumbnail(image: Image.Image, size: Size) -> Image.Image:
    """Return a copy of an image small enough for a size, in its own proportions."""
    small = image.copy()
    # First to twice the size by whole pixels: three times as fast, and not to be seen.
    small.thumbnail(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return small


def shown(numbers: Collection[int], stack: Stack) -> list[Level]:
    """Return those of some layers that are shown, the lowest first."""
    if not stack:
        return [Level(number) for number in sorted(numbers)]
    return [level for level in stack if level.number in numbers and not level.hidden]


def laid(
    sheets: Iterable[tuple[Level, Surface]], view: View, paper: str | None
) -> Image.Image:
    """Return layers laid over each other: RGB on paper, RGBA without."""
    rest = iter(sheets)
    lowest = next(rest, None)
    picture = lowest[1].alone(lowest[0]) if lowest else Surface(view.pixels)
    for level, sheet in rest:
        picture.lay(sheet, level)
    return picture.transparent() if paper is None else picture.opaque(paper)


def drawn(part: Box, stencils: Iterable[Stencil]) -> Surface:
    """Return a surface with nothing but these stencils drawn on it."""
    surface = Surface(part)
    surface.draw(stencils)
    return surface


def by_layer(strokes: Iterable[Mark]) -> dict[int, list[Mark]]:
    """Return the strokes of each layer, the lowest layer first."""
    layers: defaultdict[int, list[Mark]] = defaultdict(list)
    for stroke in strokes:
        layers[stroke.layer].append(stroke)
    return dict(sorted(layers.items()))


def common(a: Box, b: Box) -> Box | None:
    """Return the part that two boxes share, if they do."""
    left, top = max(a.left, b.left), max(a.top, b.top)
    right, bottom = min(a.right, b.right), min(a.bottom, b.bottom)
    return Box(left, top, right, bottom) if left < right and top < bottom else None
