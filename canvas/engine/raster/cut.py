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

Points = list[Vertex]


def meet(a: Box, b: Box) -> bool:
    """Tell whether two boxes share any area."""
    return (
        a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom
    )


def fits(around: Box, vertices: int, widest: int = WIDEST) -> bool:
    """Tell whether one glyph can hold an outline this big, of so many vertices."""
    return max(extent(around)) <= widest and vertices <= MOST_VERTICES


def extent(around: Box) -> tuple[int, int]:
    """Return how wide and how high a box is."""
    return around.right - around.left, around.bottom - around.top


def pieces(points: Points, view: Box) -> Iterator[Points]:
    """Yield the parts of an outline in view, each of them fit for a glyph."""
    yield from halves(clip(points, view))


def clip(points: Points, view: Box) -> Points:
    """Return the part of an outline within view."""
    points, _ = split(points, X, view.right)
    _, points = split(points, X, view.left)
    points, _ = split(points, Y, view.bottom)
    _, points = split(points, Y, view.top)
    return points


def halves(points: Points) -> Iterator[Points]:
    """Yield an outline cut into halves of halves until each fits a glyph."""
    if not points:
        return
    around = box(points)
    width, height = extent(around)
    if not width or not height:
        return
    if fits(around, len(points), WIDEST_PIECE):
        yield points
    elif max(width, height) <= 2 * OUTLINE_UNIT:
        yield thinned(points)
    else:
        axis = X if width >= height else Y
        for half in split(points, axis, middle(around, axis)):
            yield from halves(half)


def middle(around: Box, axis: int) -> int:
    """Return the edge between pixels nearest to the middle of a box."""
    low, high = around[axis], around[axis + 2]
    return (low + high + OUTLINE_UNIT) // (2 * OUTLINE_UNIT) * OUTLINE_UNIT


def thinned(points: Points) -> Points:
    """Return every so manyth point of an outline too dense for a glyph, and too small
    for anyone to see the difference."""
    return points[:: len(points) // MOST_VERTICES + 1]


def split(points: Points, axis: int, line: int) -> tuple[Points, Points]:
    """Return what of an outline is below a line across an axis, and what is above.

    Both keep the winding number of every point on their side (Sutherland and Hodgman,
    "Reentrant polygon clipping", 1974).
    """
    below: Points = []
    above: Points = []
    if not points:
        return below, above
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
