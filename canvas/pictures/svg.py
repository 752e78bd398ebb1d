"""A drawing as SVG: the outlines that are filled everywhere, one path a stroke.

A layer is a group. An eraser is a mask on what its layer held before: on a group of just
the neighbours it touches, for masks within masks are what makes an SVG slow to show.
"""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from io import BytesIO
from itertools import count

from canvas.engine.geometry import OUTLINE_UNIT, Box, outline
from canvas.engine.ops import FULL_ALPHA, Stroke
from canvas.engine.raster.cut import meet
from canvas.engine.render import bounds, by_layer, render
from canvas.pictures.paintings import Size, union

# Readers built on libxml2 stop at 256 elements within each other. A layer erased deeper
# than this is put in as the picture of itself.
DEEPEST = 200

ERASER = "eraser"


@dataclass(slots=True)
class Mark:
    """A stroke in its place."""

    stroke: Stroke
    box: Box
    depth: int = 0


@dataclass(slots=True)
class Erased:
    """Neighbours in a layer, and the erasers that went over them together."""

    marks: "list[Mark | Erased]"
    box: Box
    depth: int
    erasers: list[Stroke] = field(default_factory=list)


def svg(strokes: Iterable[Stroke], size: Size, paper: str | None) -> Iterator[str]:
    """Yield the text of an SVG with what these strokes paint."""
    width, height = size
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}">\n'
    )
    if paper is not None:
        yield f'<path fill="{paper}" d="M0 0H{width}V{height}H0z"/>\n'
    sheet = Sheet(size)
    for number, layer in by_layer(strokes).items():
        yield f'<g id="layer-{number}">\n'
        yield from sheet.layer(layer)
        yield "</g>\n"
    yield "</svg>\n"


class Sheet:
    """Writes layers, each mask under a name of its own."""

    def __init__(self, size: Size) -> None:
        self._size = size
        self._numbers = count(1)

    def layer(self, strokes: list[Stroke]) -> Iterator[str]:
        """Yield what is in a layer's group."""
        marks = erased(strokes)
        if max((mark.depth for mark in marks), default=0) > DEEPEST:
            yield self._picture(strokes)
        else:
            yield from self._all(marks)

    def _all(self, marks: "list[Mark | Erased]") -> Iterator[str]:
        for mark in marks:
            if isinstance(mark, Mark):
                yield path(mark.stroke, mark.stroke.colour)
            else:
                yield from self._group(mark)

    def _group(self, group: Erased) -> Iterator[str]:
        """Yield a mask, white but for where the erasers went, and what it masks."""
        width, height = self._size
        name = f"erased-{next(self._numbers)}"
        yield f'<mask id="{name}" maskUnits="userSpaceOnUse" x="0" y="0"'
        yield f' width="{width}" height="{height}">\n'
        yield f'<path fill="#fff" d="M0 0H{width}V{height}H0z"/>\n'
        yield from (path(eraser, "#000") for eraser in group.erasers)
        yield f'</mask>\n<g mask="url(#{name})">\n'
        yield from self._all(group.marks)
        yield "</g>\n"

    def _picture(self, strokes: list[Stroke]) -> str:
        width, height = self._size
        file = BytesIO()
        render(strokes, self._size, paper=None).save(file, "PNG")
        data = base64.b64encode(file.getvalue()).decode()
        return (
            f'<image width="{width}" height="{height}"'
            f' href="data:image/png;base64,{data}"/>\n'
        )


def erased(strokes: list[Stroke]) -> "list[Mark | Erased]":
    """Return a layer's strokes in paint order, in groups where erasers went over them."""
    marks: list[Mark | Erased] = []
    for stroke in strokes:
        if stroke.brush == ERASER:
            erase(marks, stroke)
        else:
            marks.append(Mark(stroke, bounds(stroke)))
    return marks


def erase(marks: "list[Mark | Erased]", eraser: Stroke) -> None:
    """Put an eraser over the marks it touches, and over those in between."""
    box = bounds(eraser)
    touched = [i for i, mark in enumerate(marks) if meet(mark.box, box)]
    if not touched:
        return
    part = slice(touched[0], touched[-1] + 1)
    group = together(marks[part])
    group.erasers.append(eraser)
    marks[part] = [group]


def together(marks: "list[Mark | Erased]") -> Erased:
    """Return marks as one group."""
    if len(marks) == 1 and isinstance(marks[0], Erased):
        return marks[0]
    depth = 1 + max(mark.depth for mark in marks)
    return Erased(marks, reduce(union, (mark.box for mark in marks)), depth)


def path(stroke: Stroke, colour: str) -> str:
    """Return the path that fills a stroke; its points are steps in 1/64 px."""
    opacity = "" if stroke.alpha == FULL_ALPHA else opaque(stroke.alpha)
    return (
        f'<path transform="scale({1 / OUTLINE_UNIT})" fill="{colour}"{opacity}'
        f' d="{steps(outline(stroke).points)}"/>\n'
    )


def opaque(alpha: int) -> str:
    """Return how a path says its alpha."""
    return f' fill-opacity="{alpha / FULL_ALPHA:.4f}"'


def steps(points: list[tuple[int, int]]) -> str:
    """Return a closed contour as path data, each point relative to the one before."""
    (x, y), *others = points
    written = [f"m{x} {y}"]
    for next_x, next_y in others:
        written.append(f"{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return " ".join(written) + "z"
