"""The grain of a pencil: the same bare paper here and in grain.js.

An outline is bitten into all along its edge, and in it lie flecks: little contours that go
round against it, so that they are holes. Every fleck keeps within a cell of its own and
clear of all edges. Where edges cross within a pixel, no two programs that fill outlines
agree on what is covered; where none do, each pixel comes out alike. Where a stroke crosses
itself flecks are filled, as shading with a pencil fills the tooth of the paper.

Chance comes from the name of the stroke, from how many points have gone before and from
where it began, so that its grain stays where it is while a stroke grows, is moved, or is
painted in part.
"""

from collections.abc import Iterator
from itertools import pairwise
from math import floor, sqrt
from typing import NamedTuple, Protocol

from canvas.engine.geometry import (
    OUTLINE_UNIT,
    POINT_UNIT,
    Brushed,
    Node,
    Vector,
    Vertex,
    distance,
    middle,
    nodes_of,
)

PLACES = 512  # different ones, for flecks to lie
DENSITY = 3.0  # flecks on each px of the way, however wide the stroke
MOST_FLECKS = 72  # between two points: a hasty pencil leaves less of the paper bare
DOT = 1.5  # px of way that a px of radius stands for where there is none
SCATTER = 0.4  # of the width, about where a fleck would lie if all kept their distance
GOLDEN = 0.6180339887498949  # multiples of it keep their distance

CELL = 0.42  # px of a cell of the grain per square root of a px of width
TEETH = 1024  # different cells
COARSER = 1.8  # times as large are cells where a pencil leans
AHEAD, ASIDE = 389, 701  # from a cell's number to the next in its row, or column
COSINE, SINE = 0.8, 0.6  # cells stand aslant: their rows are not those of pixels
WARP = 0.4  # of a cell, how far its corners may be from where they would be in a grid
LEAST, VARIED = 0.45, 0.9  # how much of their cells flecks fill
BLUNT = 0.65  # how far their corners may be drawn in
FULLEST = 0.88  # of a cell, so that flecks do not meet
LIGHT, LESS = 2.6, 1.8  # the size of flecks, and how much less it is when pressed
FARTHEST = 2.0  # cells that a fleck may reach from its place, to a corner of its own

BITE = 1.0  # cells of edge from bite to bite
DEEP = 0.7  # of a cell: the deepest bite,
DEEPEST = 0.35  # which is so much of the width at most
OUTWARDS = 0.1  # of the deepest
MOST_BITES = 64  # between two vertices

WORD = 2**32
ROW = 2**15  # tells rows of cells apart in a set: far ones may be taken for another
CHANCES = 16  # numbers drawn for a place or a cell, at most


class Pencilled(Brushed, Protocol):
    """As much of a stroke as its grain needs."""

    @property
    def id(self) -> str: ...

    @property
    def brush(self) -> str: ...


class Paper(NamedTuple):
    """What a stroke's grain lies in: cells counted from where it begins, in 1/64 px."""

    seed: int
    x: int
    y: int
    half: int  # a cell: flecks are told from edges twice as finely
    width: float  # of the stroke, in px


class Place(NamedTuple):
    """Where a fleck would lie: radii along and across, and how far into its share of the way."""

    along: float
    across: float
    late: float


class Tooth(NamedTuple):
    """The fleck that lies in a cell: its middle from the cell's origin, and its corners from there; those of the cell, too."""

    x: float
    y: float
    most: float  # it can grow without leaving its cell
    corners: tuple[Vector, ...]
    cell: tuple[Vector, ...]


Landing = tuple[float, float, float, float]  # x, y, radius there, and radii across
Piece = tuple[Node, Node, Node]  # a curve: start, control and end
Lying = tuple[float, float, Tooth]  # where the middle of a cell is, and its fleck


class Cells:
    """The cells of a paper, each to be taken once."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.taken: set[int] = set()

    def take(self, x: float, y: float) -> Lying | None:
        """Return the fleck that lies in the cell at a place in px, unless it has been taken."""
        seed, left, top, half, _ = self.paper
        across, down, side = x * OUTLINE_UNIT - left, y * OUTLINE_UNIT - top, 2 * half
        column = floor((COSINE * across + SINE * down) / side)
        row = floor((COSINE * down - SINE * across) / side)
        cell = column * ROW + row
        if cell in self.taken:
            return None
        self.taken.add(cell)
        found = CELLS[(column * AHEAD + row * ASIDE + seed) % TEETH]
        x = side * (COSINE * column - SINE * row + found[0]) + left
        y = side * (SINE * column + COSINE * row + found[1]) + top
        return x, y, found


def grained(stroke: Pencilled, edge: list[Vertex]) -> list[list[Vertex]]:
    """Return the outline of a pencil's stroke as the paper leaves it, and the holes in it."""
    paper = paper_of(stroke)
    ragged = bitten(edge, paper)
    return [ragged, *flecks(stroke, paper, near(ragged, paper))]


def fray(stroke: Pencilled) -> float:
    """Return how far beyond its outline the grain of a stroke may reach, in px."""
    if stroke.brush != "pencil":
        return 0.0
    cell = CELL * sqrt(stroke.width / POINT_UNIT)
    return FARTHEST * (COARSER * cell if stroke.leans else cell)


def paper_of(stroke: Pencilled) -> Paper:
    """Return what the grain of a stroke lies in."""
    width = stroke.width / POINT_UNIT
    half = floor(0.5 * OUTLINE_UNIT * CELL * sqrt(width))
    x, y, *_ = stroke.points[0]
    finer = OUTLINE_UNIT // POINT_UNIT
    return Paper(seed_of(stroke.id), x * finer, y * finer, half, width)


def bitten(edge: list[Vertex], paper: Paper) -> list[Vertex]:
    """Return the edge of an outline with little bites all along it."""
    step = 2.0 * BITE * paper.half
    depth = min(2.0 * DEEP * paper.half, DEEPEST * OUTLINE_UNIT * paper.width)
    ragged: list[Vertex] = []
    a = edge[-1]
    for b in edge:
        span = sqrt((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1]))
        count = min(MOST_BITES, floor(span / step + 0.5))
        if count > 0:
            ragged.extend(bites(a, b, count, (depth / span, chance_at(a, paper))))
        ragged.append(b)
        a = b
    return ragged


def chance_at(vertex: Vertex, paper: Paper) -> int:
    """Return the chance of a vertex, which stays its own when the stroke is moved."""
    x, y = vertex[0] - paper.x, vertex[1] - paper.y
    return mixed(paper.seed ^ mixed((x * 65_536 + y) % WORD))


def bites(a: Vertex, b: Vertex, count: int, how: tuple[float, int]) -> Iterator[Vertex]:
    """Yield vertices from a to b, each a little to the inside of the edge, or to its outside."""
    depth, chance = how
    (ax, ay), dx, dy = a, b[0] - a[0], b[1] - a[1]
    for k in range(count):
        chance = mixed(chance ^ k + 1)
        t = (k + 0.25 + (chance & 255) / 512) / count
        deep = (chance >> 8 & 65_535) / 65_536
        inwards = depth * (deep * deep * (1.0 + OUTWARDS) - OUTWARDS)
        yield (
            floor(ax + dx * t - dy * inwards + 0.5),
            floor(ay + dy * t + dx * inwards + 0.5),
        )


def near(ragged: list[Vertex], paper: Paper) -> set[int]:
    """Return the half cells that the edge of an outline goes through."""
    _, left, top, half, _ = paper
    found = {(x - left) // half * ROW + (y - top) // half for x, y in ragged}
    found.update(
        ((ax + bx >> 1) - left) // half * ROW + ((ay + by >> 1) - top) // half
        for (ax, ay), (bx, by) in pairwise(ragged)
    )
    return found


def flecks(stroke: Pencilled, paper: Paper, edges: set[int]) -> Iterator[list[Vertex]]:
    """Yield the holes in the outline of a pencil's stroke, none of them over an edge."""
    cells = Cells(paper)
    for number, piece in enumerate(pieces(nodes_of(stroke)), start=1):
        chance = mixed(paper.seed ^ mixed(number))
        for hole in strewn(piece, chance, cells):
            if is_clear(hole, paper, edges):
                yield hole


def is_clear(hole: list[Vertex], paper: Paper, edges: set[int]) -> bool:
    """Say whether a hole keeps clear of the half cells that edges go through."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = hole
    _, left, top, half, _ = paper
    first = (min(ax, bx, cx, dx) - left) // half * ROW
    last = (max(ax, bx, cx, dx) - left) // half * ROW
    above = (min(ay, by, cy, dy) - top) // half
    below = (max(ay, by, cy, dy) - top) // half + 1
    for column in range(first, last + 1, ROW):
        if not edges.isdisjoint(range(column + above, column + below)):
            return False
    return True


def seed_of(op_id: str) -> int:
    """Return a number made of the part of an id that stays when authors get new keys."""
    seed = 0
    for character in op_id.partition(".")[2]:
        seed = mixed(seed ^ ord(character))
    return seed


def mixed(number: int) -> int:
    """Return another number of 32 bits, each of them changed by each.

    The multipliers are the best of two that Chris Wellons' "hash prospector" found.
    """
    number ^= number >> 16
    number = number * 0x7FEB_352D % WORD
    number ^= number >> 15
    number = number * 0x846C_A68B % WORD
    return number ^ number >> 16


def pieces(nodes: list[Node]) -> Iterator[Piece]:
    """Yield the curves a stroke is made of, one for each point between two others."""
    last = len(nodes) - 1
    if last < 2:
        yield nodes[0], middle(nodes[0], nodes[last]), nodes[last]
    start = nodes[0]
    for i in range(1, last):
        end = middle(nodes[i], nodes[i + 1]) if i < last - 1 else nodes[last]
        yield start, nodes[i], end
        start = end


def strewn(piece: Piece, chance: int, cells: Cells) -> Iterator[list[Vertex]]:
    """Yield the flecks along a piece of a stroke that fall in cells not taken."""
    count = min(MOST_FLECKS, floor(DENSITY * way_of(piece) + (chance & 255) / 256))
    for x, y, radius, _ in falling(piece, chance, count):
        if lying := cells.take(x, y):
            yield hole(lying, radius, cells.paper)


def way_of(piece: Piece) -> float:
    """Return how long a piece is, in px; a dot counts as if it had some length."""
    start, control, end = piece
    way = distance(start, control) + distance(control, end)
    return way if way > 0.0 else DOT * control[2]


def falling(piece: Piece, chance: int, count: int) -> Iterator[Landing]:
    """Yield the places that chance picks along a piece, as many as it says."""
    # All in one loop: hundreds fall between two points, and calls would cost more than what they do.
    (ax, ay, ar), (cx, cy, cr), (bx, by, br) = piece
    acx, acy, cbx, cby = cx - ax, cy - ay, bx - cx, by - cy
    first = (chance >> 8) % PLACES
    for k, (along, across, late) in enumerate(SOME[first : first + count]):
        t = (k + late) / count
        u = 1.0 - t
        a, c, b = u * u, 2.0 * u * t, t * t
        radius = a * ar + c * cr + b * br
        ahead, aside = along * radius, across * radius
        dx, dy = u * acx + t * cbx, u * acy + t * cby
        speed = sqrt(dx * dx + dy * dy)
        ux, uy = (dx / speed, dy / speed) if speed > 0.0 else (1.0, 0.0)
        x = a * ax + c * cx + b * bx + ux * ahead - uy * aside
        y = a * ay + c * cy + b * by + uy * ahead + ux * aside
        yield x, y, radius, across


def hole(lying: Lying, radius: float, paper: Paper) -> list[Vertex]:
    """Return the corners of a fleck: the harder it is pressed, the smaller."""
    x, y, (_, _, most, ((ax, ay), (bx, by), (cx, cy), (dx, dy)), _) = lying
    size = 2 * paper.half * min(most, LIGHT - LESS / (0.5 * paper.width) * radius)
    # Corner by corner: a loop over the four would cost as much again.
    return [
        (floor(x + size * ax + 0.5), floor(y + size * ay + 0.5)),
        (floor(x + size * bx + 0.5), floor(y + size * by + 0.5)),
        (floor(x + size * cx + 0.5), floor(y + size * cy + 0.5)),
        (floor(x + size * dx + 0.5), floor(y + size * dy + 0.5)),
    ]


def place(number: int) -> Place:
    """Return one of the places there are for flecks: anywhere in a disc."""
    chances = chances_of(number)
    side = number * GOLDEN + SCATTER * next(chances)
    across = 2.0 * (side - floor(side)) - 1.0
    along = (2.0 * next(chances) - 1.0) * sqrt(1.0 - across * across)
    return Place(along, across, next(chances))


def tooth(number: int) -> Tooth:
    """Return one of the cells there are: a square of a grid that chance has pulled at."""
    shared = (
        ((0.0, 1.0), number + ASIDE),
        ((1.0, 1.0), number + AHEAD + ASIDE),
        ((1.0, 0.0), number + AHEAD),
        ((0.0, 0.0), number),
    )
    corners = [aslant(warped(corner, one % TEETH)) for corner, one in shared]
    x = (corners[0][0] + corners[1][0] + corners[2][0] + corners[3][0]) / 4.0
    y = (corners[0][1] + corners[1][1] + corners[2][1] + corners[3][1]) / 4.0
    chances = chances_of(PLACES + number)
    size = LEAST + VARIED * next(chances) * next(chances)
    shares = [size * (1.0 - BLUNT * next(chances)) for _ in corners]
    cell = tuple((cx - x, cy - y) for cx, cy in corners)
    arms = tuple(
        (cx * share, cy * share) for (cx, cy), share in zip(cell, shares, strict=True)
    )
    return Tooth(x, y, FULLEST / max(shares), arms, cell)


def warped(corner: Vector, number: int) -> Vector:
    """Return where chance has pulled a corner that four cells share."""
    chances = chances_of(PLACES + TEETH + number)
    x, y = corner
    return (
        x + WARP * (2.0 * next(chances) - 1.0),
        y + WARP * (2.0 * next(chances) - 1.0),
    )


def aslant(corner: Vector) -> Vector:
    """Return a corner of the grid as it stands on the paper."""
    x, y = corner
    return COSINE * x - SINE * y, SINE * x + COSINE * y


def chances_of(number: int) -> Iterator[float]:
    """Yield as many numbers from 0 to 1 as it takes, always the same."""
    for draw in range(CHANCES):
        yield mixed(number * CHANCES + draw + 1) / WORD


SOME = tuple(map(place, range(PLACES))) * 2  # so that enough follow on each
CELLS = tuple(map(tooth, range(TEETH)))
