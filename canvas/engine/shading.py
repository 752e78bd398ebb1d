"""What a pencil leaves that leans: the same grains here and in shading.js.

Upright it draws a line, with flecks of bare paper in it (grain). The further it leans the
thinner is that line, its core, and the broader lies its side on the hills of the paper,
where it leaves grains: contours as flecks are, but outside the core, where they are ink.
Each keeps within a cell of its own, of a coarser grid, and clear of all edges. Going over
them again adds those that were left out: so shading grows darker little by little.
"""

from collections.abc import Iterable, Iterator, Sequence
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
    Cells,
    Lying,
    Paper,
    Pencilled,
    Piece,
    bitten,
    falling,
    hole,
    is_clear,
    mixed,
    near,
    paper_of,
    pieces,
    strewn,
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
            found = strewn_beside(piece, chance, nib, (fine, coarse))
            yield from fitted(found, paper, edges) if edges else found


def fitted(
    grains: Iterable[list[Vertex]], paper: Paper, edges: set[int]
) -> Iterator[list[Vertex]]:
    """Yield grains that keep clear of edges; where one does not, one half as large if that does."""
    for grain in grains:
        if is_clear(grain, paper, edges):
            yield grain
        elif is_clear(smaller := halved(grain), paper, edges):
            yield smaller


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
    for x, y, radius, across in falling(piece, chance, count):
        if abs(across) * radius < nib.core:
            if lying := fine.take(x, y):
                yield hole(lying, nib.core, fine.paper)
        elif lying := coarse.take(x, y):
            yield grain(lying, across, share, coarse.paper)


def grain(lying: Lying, across: float, share: float, paper: Paper) -> list[Vertex]:
    """Return the corners of the grain in a cell: the harder it is pressed, the larger."""
    x, y, (_, _, most, corners, cell) = lying
    out = across * across
    size = 2 * paper.half * (1.0 - SOFT * out * out)
    full = max(0.0, OPEN + FILLED * share)
    own = size * (1.0 - full) * min(most, PLAIN + GROWN * share)
    rest = size * full * FULLEST
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    (kx, ky), (lx, ly), (mx, my), (nx, ny) = cell
    # Corner by corner: a loop over the four would cost as much again.
    return [
        (floor(x + own * ax + rest * kx + 0.5), floor(y + own * ay + rest * ky + 0.5)),
        (floor(x + own * bx + rest * lx + 0.5), floor(y + own * by + rest * ly + 0.5)),
        (floor(x + own * cx + rest * mx + 0.5), floor(y + own * cy + rest * my + 0.5)),
        (floor(x + own * dx + rest * nx + 0.5), floor(y + own * dy + rest * ny + 0.5)),
    ]
