"""What a pencil leaves that leans: the same grains here and in shading.js.

Upright it draws a line, with flecks of bare paper in it (grain). The further it leans the
thinner is that line, its core, and the broader lies its side on the hills of the paper,
where it leaves grains: contours as flecks are, but outside the core, where they are ink.
Each keeps within a cell of its own, of a coarser grid, and clear of all edges. Going over
them again adds those that were left out: so shading grows darker little by little.
"""

from collections.abc import Iterator, Sequence
from math import floor
from typing import NamedTuple

from canvas.engine.geometry import (
    FULL_LEAN,
    POINT_UNIT,
    Node,
    Vertex,
    curve,
    nodes_of,
    pressed,
    ribbon,
    taper,
)
from canvas.engine.grain import (
    COARSER,
    DENSITY,
    FULLEST,
    MOST_FLECKS,
    PLACES,
    SOME,
    Cells,
    Paper,
    Pencilled,
    Piece,
    Place,
    bitten,
    hole,
    is_clear,
    mixed,
    near,
    paper_of,
    pieces,
    placed,
    strewn,
    tooth_in,
    way_of,
)

CORELESS = 0.6  # how far a pencil leans, of the furthest, whose core were nothing
THINNEST = 0.35  # of the radius upright: thinner, there is none
MORE = 5.0  # times as many grains as flecks, and one, where it lies flat and is pressed
MOST_GRAINS = 3 * MOST_FLECKS  # between two points
PLAIN, GROWN = 0.5, 1.2  # the size of grains, and how much more it is when pressed
OPEN, FILLED = (
    -0.35,
    0.85,
)  # how much of the rest of their cells they take, as much more
SOFT = 0.6  # how much smaller they are at the sides


class Nib(NamedTuple):
    """How a pencil is held: its lean, 0 to 1, and in px the radii of its point and its core."""

    lean: float
    point: float
    core: float


NO_CORE = Nib(1.0, 0.0, 0.0)


def shaded(stroke: Pencilled) -> list[list[Vertex]]:
    """Return the cores of a pencil's stroke as the paper leaves them, the holes in them, and the grains around."""
    paper, nibs = paper_of(stroke), nibs_of(stroke)
    ragged = [bitten(edge, paper) for edge in cores(stroke, nibs)]
    edges = set[int]().union(*(near(edge, paper) for edge in ragged))
    found = scattered(stroke, nibs, paper, edges)
    return [*ragged, *found]


def nibs_of(stroke: Pencilled) -> list[Nib]:
    """Return how the pencil is held at each point of its stroke."""
    width = stroke.width / POINT_UNIT
    return [
        held(pressed(width, pressure), lean) for _, _, pressure, lean in stroke.points
    ]


def held(point: float, lean: int) -> Nib:
    """Return how a pencil is held whose point has a radius, and that leans so far."""
    share = lean / FULL_LEAN
    thin = 1.0 - share / CORELESS
    return Nib(share, point, point * thin if thin >= THINNEST else 0.0)


def cores(stroke: Pencilled, nibs: Sequence[Nib]) -> Iterator[list[Vertex]]:
    """Yield the outlines of the core, wherever there is one; it begins and ends in nothing."""
    nodes = [
        (x / POINT_UNIT, y / POINT_UNIT, core)
        for (x, y, *_), (_, _, core) in zip(stroke.points, nibs, strict=True)
    ]
    for run in runs(nibs):
        yield ribbon(taper(curve(nodes[run]))).points


def runs(nibs: Sequence[Nib]) -> Iterator[slice]:
    """Yield where there is a core, and one more point before and behind."""
    start = None
    for i, nib in enumerate([*nibs, NO_CORE]):
        if nib.core > 0.0 and start is None:
            start = max(0, i - 1)
        elif nib.core == 0.0 and start is not None:
            yield slice(start, i + 1)
            start = None


def scattered(
    stroke: Pencilled, nibs: Sequence[Nib], paper: Paper, edges: set[int]
) -> Iterator[list[Vertex]]:
    """Yield the holes in the cores of a stroke and the grains around them, none of them over an edge."""
    fine, coarse = Cells(paper), Cells(paper._replace(half=floor(COARSER * paper.half)))
    controls = nibs[1:-1] if len(nibs) > 2 else nibs
    for number, piece in enumerate(pieces(sides(stroke, nibs)), start=1):
        chance, nib = mixed(paper.seed ^ mixed(number)), controls[number - 1]
        if nib.lean == 0.0:
            found = strewn(piece, chance, fine)
            yield from (fleck for fleck in found if is_clear(fleck, paper, edges))
        else:
            for one in strewn_beside(piece, chance, nib, (fine, coarse)):
                yield from fitted(one, paper, edges)


def fitted(grain: list[Vertex], paper: Paper, edges: set[int]) -> list[list[Vertex]]:
    """Return a grain, or one half as large, that keeps clear of edges; none where neither does."""
    if is_clear(grain, paper, edges):
        return [grain]
    smaller = halved(grain)
    return [smaller] if is_clear(smaller, paper, edges) else []


def halved(grain: list[Vertex]) -> list[Vertex]:
    """Return a grain half as large in the same place."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = grain
    x, y = ax + bx + cx + dx >> 2, ay + by + cy + dy >> 2
    return [(px + x >> 1, py + y >> 1) for px, py in grain]


def sides(stroke: Pencilled, nibs: Sequence[Nib]) -> list[Node]:
    """Return the points of a stroke in px, each with the radius that the pencil's side has there.

    It is laid down no faster than a core grows, or grains would lie ahead of the pencil.
    """
    nodes = taper(nodes_of(stroke))
    return [
        (x, y, max(radius, nib.point))
        for (x, y, radius), nib in zip(nodes, nibs, strict=True)
    ]


def strewn_beside(
    piece: Piece, chance: int, nib: Nib, grids: tuple[Cells, Cells]
) -> Iterator[list[Vertex]]:
    """Yield what falls in cells not taken: holes in the core, grains beside it."""
    fine, coarse = grids
    share = nib.point / (0.5 * fine.paper.width)
    more = DENSITY * (1.0 + MORE * nib.lean * share)
    count = floor(min(MOST_GRAINS, more * way_of(piece) + (chance & 255) / 256))
    for k in range(count):
        place = SOME[((chance >> 8) + k) % PLACES]
        x, y, radius = placed(place, piece, (k, count))
        if abs(place.across) * radius < nib.core:
            if cell := fine.take(x, y):
                yield hole(cell, nib.core, fine.paper)
        elif cell := coarse.take(x, y):
            yield grain(cell, place, share, coarse.paper)


def grain(
    cell_at: tuple[int, int], place: Place, share: float, paper: Paper
) -> list[Vertex]:
    """Return the corners of the grain in a cell: the harder it is pressed, the larger."""
    x, y, tooth = tooth_in(cell_at, paper)
    out = place.across * place.across
    size = 2 * paper.half * (1.0 - SOFT * out * out)
    full = max(0.0, OPEN + FILLED * share)
    own = size * (1.0 - full) * min(tooth.most, PLAIN + GROWN * share)
    whole = size * full * FULLEST
    return [
        (floor(x + own * ax + whole * cx + 0.5), floor(y + own * ay + whole * cy + 0.5))
        for (ax, ay), (cx, cy) in zip(tooth.corners, tooth.cell, strict=True)
    ]
