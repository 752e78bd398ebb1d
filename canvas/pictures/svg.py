"""A drawing as SVG: the outlines that are filled everywhere, one path a stroke.

A layer is a group; an image is its file, where it lies. What an eraser took is masked. Where it took all, in each stroke it
touched; where it took a share, in the group of what it touched: of two strokes one over
the other, each with half of it gone, the lower would show.
"""

import base64
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from io import BytesIO
from itertools import count

from canvas.engine.coats import Coat, coats, erases
from canvas.engine.geometry import OUTLINE_UNIT, Box
from canvas.engine.images import FINER, seat
from canvas.engine.matrix import ONE
from canvas.engine.ops import FULL_ALPHA, NORMAL, Image
from canvas.engine.ops import Mark as Drawn
from canvas.engine.raster.cut import meet
from canvas.engine.render import bounds, by_layer, render, shown
from canvas.engine.stack import Level
from canvas.pictures.album import EMPTY, Album
from canvas.pictures.paintings import Size, union

# Chromium leaves out what is in more than some 32 masked groups, one in another. A layer
# that would need more than this is put in as the picture of itself.
DEEPEST = 16


@dataclass(slots=True)
class Mark:
    """A stroke, or neighbours in a layer as one, and the erasers that went over it."""

    box: Box
    stroke: Drawn | None = None
    parts: "list[Mark]" = field(default_factory=list)
    depth: int = 0
    erasers: list[str] = field(default_factory=list)


def svg(
    strokes: Iterable[Drawn],
    size: Size,
    paper: str | None,
    stack: Sequence[Level] = (),
    *,
    images: Album = EMPTY,
) -> Iterator[str]:
    """Yield the text of an SVG with what these strokes paint; its unit is 1/64 px."""
    width, height = size
    whole = Box(0, 0, width, height)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width * OUTLINE_UNIT} {height * OUTLINE_UNIT}">\n'
    )
    if paper is not None:
        yield f'<path fill="{paper}" d="{oblong(whole)}"/>\n'
    sheet, layers = Sheet(size, images), by_layer(strokes)
    levels = shown(layers, stack)
    # Layers blend with layers, not with the paper below them all.
    are_blended = any(level.blend != NORMAL for level in levels)
    yield '<g style="isolation:isolate">\n' if are_blended else ""
    for level in levels:
        yield f'<g id="layer-{level.number}"{look(level)}>\n'
        yield from sheet.layer(layers[level.number])
        yield "</g>\n"
    yield "</g>\n</svg>\n" if are_blended else "</svg>\n"


def look(level: Level) -> str:
    """Return how the group of a layer says its opacity and how it blends."""
    opacity = f' opacity="{level.opacity / FULL_ALPHA:.4f}"'
    blend = f' style="mix-blend-mode:{level.blend}"'
    return (opacity if level.opacity != FULL_ALPHA else "") + (
        blend if level.blend != NORMAL else ""
    )


class Sheet:
    """Writes layers, each eraser and each mask under a name of its own."""

    def __init__(self, size: Size, images: Album) -> None:
        self._size = size
        self._images = images
        self._names = (f"e{number}" for number in count(1))

    def layer(self, strokes: list[Drawn]) -> Iterator[str]:
        """Yield what is in the group of a layer."""
        erasers = [stroke for stroke in strokes if erases(stroke)]
        names = {eraser.id: next(self._names) for eraser in erasers}
        marks = erased(strokes, names)
        if max((mark.depth for mark in marks), default=0) > DEEPEST:
            yield picture(strokes, self._size, self._images)
            return
        yield "<defs>\n"
        yield from (eraser(one, names[one.id]) for one in erasers)
        yield "</defs>\n"
        yield from self._written(marks)

    def _written(self, marks: list[Mark]) -> Iterator[str]:
        for mark in marks:
            masked = ""
            if mark.erasers:
                name = next(self._names)
                yield mask(name, mark)
                masked = f' mask="url(#{name})"'
            if mark.stroke is not None:
                yield self._painted(mark.stroke, masked)
            else:
                yield f"<g{masked}>\n"
                yield from self._written(mark.parts)
                yield "</g>\n"

    def _painted(self, mark: Drawn, masked: str) -> str:
        if not isinstance(mark, Image):
            return painted(mark, masked)
        # In a group, because a mask is told in the coordinates of what it masks.
        return f"<g{masked}>{put(mark, self._images.file(mark.image))}</g>\n"


def erased(strokes: list[Drawn], names: dict[str, str]) -> list[Mark]:
    """Return a layer's strokes in paint order, with the erasers that went over each."""
    marks: list[Mark] = []
    for stroke in strokes:
        box = bounds(stroke)
        if not erases(stroke):
            marks.append(Mark(box, stroke))
        elif stroke.alpha == FULL_ALPHA:
            erase(marks, names[stroke.id], box)
        else:
            lighten(marks, names[stroke.id], box)
    return marks


def erase(marks: list[Mark], eraser: str, box: Box) -> None:
    """Let an eraser take all of what it touches."""
    for mark in marks:
        if meet(mark.box, box):
            mark.erasers.append(eraser)


def lighten(marks: list[Mark], eraser: str, box: Box) -> None:
    """Let an eraser take its share of what it touches, with what lies in between."""
    touched = [number for number, mark in enumerate(marks) if meet(mark.box, box)]
    if touched:
        part = slice(touched[0], touched[-1] + 1)
        one = together(marks[part])
        one.erasers.append(eraser)
        marks[part] = [one]


def together(marks: list[Mark]) -> Mark:
    """Return marks as one."""
    if len(marks) == 1:
        return marks[0]
    depth = 1 + max(mark.depth for mark in marks)
    return Mark(reduce(union, (mark.box for mark in marks)), None, marks, depth)


def mask(name: str, mark: Mark) -> str:
    """Return the mask of a mark: white, but for where the erasers went."""
    left, top, right, bottom = (side * OUTLINE_UNIT for side in mark.box)
    gone = "".join(f'<use href="#{eraser}"/>' for eraser in mark.erasers)
    return (
        f'<mask id="{name}" maskUnits="userSpaceOnUse" x="{left}" y="{top}"'
        f' width="{right - left}" height="{bottom - top}">'
        f'<path fill="#fff" d="{oblong(mark.box)}"/>{gone}</mask>\n'
    )


def put(image: Image, file: bytes) -> str:
    """Return an image where it lies, as its file; nothing when that is gone."""
    if not file:
        return ""
    a, b, c, d, e, f = seat(image)
    factors = " ".join(f"{factor / ONE:.6f}" for factor in (a, b, c, d))
    opacity = (
        ""
        if image.alpha == FULL_ALPHA
        else f' opacity="{image.alpha / FULL_ALPHA:.4f}"'
    )
    data = base64.b64encode(file).decode()
    width, height = image.width * OUTLINE_UNIT, image.height * OUTLINE_UNIT
    return (
        f'<image transform="matrix({factors} {e * FINER} {f * FINER})" width="{width}"'
        f' height="{height}" preserveAspectRatio="none"{opacity}'
        f' href="data:image/webp;base64,{data}"/>'
    )


def picture(strokes: list[Drawn], size: Size, images: Album) -> str:
    """Return strokes as an image of themselves."""
    width, height = (side * OUTLINE_UNIT for side in size)
    file = BytesIO()
    render(strokes, size, paper=None, images=images).save(file, "PNG")
    data = base64.b64encode(file.getvalue()).decode()
    return (
        f'<image width="{width}" height="{height}"'
        f' href="data:image/png;base64,{data}"/>\n'
    )


def painted(stroke: Drawn, masked: str) -> str:
    """Return the paths that fill a stroke, masked together."""
    found = coats(stroke)
    if len(found) == 1:
        return path(found[0], f' fill="{found[0].colour}"', masked)
    paths = "".join(path(coat, f' fill="{coat.colour}"') for coat in found)
    return f"<g{masked}>\n{paths}</g>\n"


def eraser(stroke: Drawn, name: str) -> str:
    """Return the path of an eraser, to be used by its name."""
    return "".join(path(c, f' id="{name}" fill="#000"') for c in coats(stroke))


def path(coat: Coat, look: str, more: str = "") -> str:
    """Return the path that fills a coat."""
    opacity = "" if coat.alpha == FULL_ALPHA else opaque(coat.alpha)
    data = "".join(steps(points) for points in coat.contours if points)
    return f'<path{look}{opacity}{more} d="{data}"/>\n'


def opaque(alpha: int) -> str:
    """Return how a path says its alpha."""
    return f' fill-opacity="{alpha / FULL_ALPHA:.4f}"'


def oblong(box: Box) -> str:
    """Return a box in px as path data."""
    left, top, right, bottom = (side * OUTLINE_UNIT for side in box)
    return f"M{left} {top}H{right}V{bottom}H{left}z"


def steps(points: list[tuple[int, int]]) -> str:
    """Return a closed contour as path data, each point relative to the one before."""
    (x, y), *others = points
    written = [f"M{x} {y}l" if others else f"M{x} {y}"]
    for next_x, next_y in others:
        written.append(f"{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return " ".join(written) + "z"
