"""What contours are to each other, and to a box around them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from canvas.engine.geometry import OUTLINE_UNIT, Box, Vertex, box

Contour = Sequence[Vertex]
Edge = tuple[Vertex, Vertex]


def reaches_beyond(contours: Iterable[Contour], bounds: Box) -> bool:
    """Say whether contours leave bounds, which are in px."""
    left, top, right, bottom = (at / OUTLINE_UNIT for at in box([*chain(*contours)]))
    return (
        left < bounds.left
        or top < bounds.top
        or right > bounds.right
        or bottom > bounds.bottom
    )


def crossings(contours: Iterable[Contour]) -> Iterator[tuple[Contour, Contour]]:
    """Yield the pairs of contours that cross."""
    # From left to right, so that each is held only against those it may reach.
    boxed = sorted(((box(one), one) for one in contours), key=lambda one: one[0].left)
    reached: list[tuple[Box, Contour]] = []
    for around, contour in boxed:
        reached = [other for other in reached if other[0].right >= around.left]
        yield from ((other, contour) for _, other in reached if cross(other, contour))
        reached.append((around, contour))


def cross(one: Contour, other: Contour) -> bool:
    """Say whether an edge of one contour crosses an edge of another."""
    near, there = edges(one, near=box(other)), edges(other, near=box(one))
    return any(
        sides(a, b, c) * sides(a, b, d) < 0 and sides(c, d, a) * sides(c, d, b) < 0
        for a, b in near
        for c, d in there
    )


def edges(contour: Contour, near: Box) -> list[Edge]:
    """Return the edges of a contour that may reach into a box."""
    closed = pairwise([*contour, contour[0]])
    return [edge for edge in closed if not apart(box(edge), near)]


def apart(a: Box, b: Box) -> bool:
    return a.right < b.left or b.right < a.left or a.bottom < b.top or b.bottom < a.top


def sides(a: Vertex, b: Vertex, c: Vertex) -> int:
    """Return more than nothing where c is on one side of the way from a to b, or less."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
