"""Parts of a coat: contours that go into one glyph, or into a tile of it."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from operator import itemgetter, sub
from typing import NamedTuple

from canvas.engine.geometry import OUTLINE_UNIT, Box
from canvas.engine.raster.cut import Contours, extent

Numbers = Sequence[int]
# The box around a contour, all its x and all its y.
Boxed = tuple[tuple[int, int, int, int], Numbers, Numbers]

# FreeType walks all of a glyph again for every few hundred pixels that its edges go
# through; but each tile takes its time, too.
TILE_VERTICES = 500
# What lies across the edges of tiles is in more than one: then tiles do not pay.
MOST_SHARED = 0.25

NOWHERE = Box(0, 0, 0, 0)


class Part(NamedTuple):
    """Contours small enough together for a glyph, and the box around them.

    They are all their x, all their y and the index of each one's last vertex: a pencil has
    thousands of contours, and an object for each would take as long as filling them.
    """

    xs: Numbers
    ys: Numbers
    ends: Numbers
    around: Box

    @classmethod
    def of(cls, xs: Numbers, ys: Numbers, ends: Numbers) -> "Part":
        """Return a part with the box around it."""
        around = Box(min(xs), min(ys), max(xs), max(ys)) if xs else NOWHERE
        return cls(xs, ys, ends, around)

    def contours(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield the x and the y of each contour."""
        start = 0
        for last in self.ends:
            yield self.xs[start : last + 1], self.ys[start : last + 1]
            start = last + 1


def part_of(contours: Contours) -> Part:
    """Return contours as one part, without those that are a lone vertex or none."""
    lines = [points for points in contours if len(points) > 1]
    xs = [x for points in lines for x, _ in points]
    ys = [y for points in lines for _, y in points]
    return Part.of(xs, ys, ends_of(lines))


def ends_of(contours: Sequence[Sequence[object]]) -> list[int]:
    """Return the index of each contour's last vertex, were they one after the other."""
    return [end - 1 for end in accumulate(map(len, contours))]


def tiles(part: Part, box: Box) -> Iterator[tuple[Part, Box]]:
    """Yield boxes that make up the box of a part in px, each with what of the part meets it."""
    most = MOST_SHARED * len(part.xs)
    if (
        len(part.xs) <= TILE_VERTICES
        or max(map(sub, part.ends, (0, *part.ends))) > most
    ):
        yield part, box
        return
    boxed = [
        ((min(xs), min(ys), max(xs), max(ys)), xs, ys) for xs, ys in part.contours()
    ]
    for contours, tile in halves(boxed, box):
        yield joined(contours), tile


def halves(contours: list[Boxed], box: Box) -> Iterator[tuple[list[Boxed], Box]]:
    """Yield halves of halves of a box, each with the contours that meet it, while that pays."""
    width, height = extent(box)
    axis = 0 if width >= height else 1
    line = (box[axis] + box[axis + 2]) // 2
    edge = line * OUTLINE_UNIT
    low = [one for one in contours if one[0][axis] < edge]
    high = [one for one in contours if one[0][axis + 2] > edge]
    if max(width, height) < 2 or not pays(contours, low, high):
        if contours:
            yield contours, box
        return
    below, above = list(box), list(box)
    below[axis + 2] = above[axis] = line
    yield from halves(low, Box(*below))
    yield from halves(high, Box(*above))


def pays(whole: list[Boxed], low: list[Boxed], high: list[Boxed]) -> bool:
    """Say whether contours are sooner filled in two halves, some of them in both."""
    vertices = count(whole)
    most = (1.0 + MOST_SHARED) * vertices
    return vertices > TILE_VERTICES and count(low) + count(high) <= most


def count(contours: list[Boxed]) -> int:
    """Return how many vertices contours have."""
    return sum(map(len, map(itemgetter(1), contours)))


def joined(contours: list[Boxed]) -> Part:
    """Return contours as one part."""
    xs = [x for _, across, _ in contours for x in across]
    ys = [y for _, _, down in contours for y in down]
    return Part.of(xs, ys, ends_of([across for _, across, _ in contours]))
