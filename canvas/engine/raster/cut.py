"""Cutting outlines: what is outside the view goes, what is too big comes in pieces.

Cuts run along the edges of pixels, so no pixel belongs to two pieces and each is covered
as if the outline were whole.
"""

from collections.abc import Iterator

from canvas.engine.geometry import OUTLINE_UNIT, Box, Vertex, box
from canvas.engine.raster.font import MOST_VERTICES

X, Y = 0, 1

# A glyph must stay within the steps it can take, 511 px.
WIDEST = 480 * OUTLINE_UNIT

# What is wider is cut down to this. FreeType walks an outline again for every few rows
# full of edges, so a dense scribble in smaller pieces is filled in half the time.
WIDEST_PIECE = 240 * OUTLINE_UNIT

# FreeType refuses a glyph with more than 4096 contours where it is to find out how they overlap.
MOST_CONTOURS = 1024

Points = list[Vertex]
Contours = list[Points]
# What lies on one side of a cut is told by its box: most of a pencil's thousands of flecks does.
Boxed = tuple[Box, Points]


def meet(a: Box, b: Box) -> bool:
    """Tell whether two boxes share any area."""
    return (
        a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom
    )


def holds(outer: Box, inner: Box) -> bool:
    """Tell whether all of a box lies in another."""
    left, top, right, bottom = inner
    return (
        outer.left <= left
        and outer.top <= top
        and right <= outer.right
        and bottom <= outer.bottom
    )


def fits(around: Box, contours: int, vertices: int, widest: int = WIDEST) -> bool:
    """Tell whether one glyph can hold so many contours this big, of so many vertices."""
    return (
        max(extent(around)) <= widest
        and contours <= MOST_CONTOURS
        and vertices <= MOST_VERTICES
    )


def extent(around: Box) -> tuple[int, int]:
    """Return how wide and how high a box is."""
    return around.right - around.left, around.bottom - around.top


def pieces(contours: Contours, view: Box) -> Iterator[Contours]:
    """Yield the parts of contours in view, each fit for a glyph."""
    yield from halves(list(seen(contours, view)))


def seen(contours: Contours, view: Box) -> Iterator[Boxed]:
    """Yield the parts of contours within view."""
    for points in contours:
        around = box(points)
        if holds(view, around):
            yield around, points
        elif inner := clip(points, view):
            yield box(inner), inner


def clip(points: Points, view: Box) -> Points:
    """Return the part of a contour within view."""
    points, _ = split(points, X, view.right)
    _, points = split(points, X, view.left)
    points, _ = split(points, Y, view.bottom)
    _, points = split(points, Y, view.top)
    return points


def halves(contours: list[Boxed]) -> Iterator[Contours]:
    """Yield contours cut into halves of halves until each fits a glyph."""
    if not contours:
        return
    around = union([box for box, _ in contours])
    width, height = extent(around)
    if not width or not height:
        return
    vertices = sum(len(points) for _, points in contours)
    if fits(around, len(contours), vertices, WIDEST_PIECE):
        yield [points for _, points in contours]
    elif max(width, height) <= 2 * OUTLINE_UNIT:
        yield thinned([points for _, points in contours])
    else:
        axis = X if width >= height else Y
        for half in split_all(contours, axis, middle(around, axis)):
            yield from halves(half)


def union(boxes: list[Box]) -> Box:
    """Return the box around boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def split_all(
    contours: list[Boxed], axis: int, line: int
) -> tuple[list[Boxed], list[Boxed]]:
    """Return what of contours is below a line across an axis, and what is above."""
    low: list[Boxed] = []
    high: list[Boxed] = []
    for one in contours:
        around, points = one
        if around[axis + 2] <= line:
            low.append(one)
        elif around[axis] >= line:
            high.append(one)
        else:
            below, above = split(points, axis, line)
            low.append((box(below), below))
            high.append((box(above), above))
    return low, high


def middle(around: Box, axis: int) -> int:
    """Return the edge between pixels nearest to the middle of a box."""
    low, high = around[axis], around[axis + 2]
    return (low + high + OUTLINE_UNIT) // (2 * OUTLINE_UNIT) * OUTLINE_UNIT


def thinned(contours: Contours) -> Contours:
    """Return every so manyth point of contours too dense for a glyph, and too small
    for anyone to see the difference."""
    step = sum(map(len, contours)) // MOST_VERTICES + 1
    longest = sorted(contours, key=len, reverse=True)[:MOST_CONTOURS]
    return [points[::step] for points in longest if len(points) > step]


def split(points: Points, axis: int, line: int) -> tuple[Points, Points]:
    """Return what of an outline is below a line across an axis, and what is above.

    Both keep the winding number of every point on their side (Sutherland and Hodgman,
    "Reentrant polygon clipping", 1974).
    """
    along = [point[axis] for point in points]
    if not points or max(along) <= line:
        return points, []
    if min(along) >= line:
        return [], points
    below: Points = []
    above: Points = []
    last = points[-1]
    for point in points:
        if last[axis] < line < point[axis] or point[axis] < line < last[axis]:
            crossing = cross(last, point, axis, line)
            below.append(crossing)
            above.append(crossing)
        if point[axis] <= line:
            below.append(point)
        if point[axis] >= line:
            above.append(point)
        last = point
    return below, above


def cross(a: Vertex, b: Vertex, axis: int, line: int) -> Vertex:
    """Return where the edge from a to b crosses a line, rounded to the grid."""
    run = b[axis] - a[axis]
    rise = b[1 - axis] - a[1 - axis]
    along = a[1 - axis] + (2 * rise * (line - a[axis]) + run) // (2 * run)
    return (line, along) if axis == X else (along, line)
