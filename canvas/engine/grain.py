"""The grain of a pencil: the same flecks of bare paper here and in grain.js.

Flecks are little contours that go round against the outline of their stroke, so that they
are holes in it. Where a stroke crosses itself they are filled, as shading with a pencil
fills the tooth of the paper. Chance comes from the name of the stroke and from how many
points have gone before, so that flecks stay where they are while a stroke grows, is
moved, or is painted in part.
"""

from collections.abc import Iterator
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

FLECKS = 512  # different ones
DENSITY = 2.5  # flecks on each px of the way, however wide the stroke
MOST_FLECKS = 64  # between two points: a hasty pencil leaves less of the paper bare
DOT = 1.5  # px of way that a px of radius stands for where there is none

GRAIN = 0.26  # px of fleck per square root of a px of width
LIGHT, LESS = 1.75, 0.85  # the size of flecks, and how much less it is when pressed
LEAST, VARIED = 0.55, 1.25  # how large flecks are
FRAYED = 0.7  # how much larger those at the edge
LONGER = 1.2  # than wide
BLUNT = 0.8  # how far corners may be drawn in
SCATTER = 0.4  # of the width, about where a fleck would lie if all kept their distance
GOLDEN = 0.6180339887498949  # multiples of it keep their distance

WORD = 2**32
CHANCES = 16  # numbers drawn for a fleck, at most
CORNERS = ((-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0))


class Pencilled(Brushed, Protocol):
    """As much of a stroke as its grain needs."""

    @property
    def id(self) -> str: ...

    @property
    def brush(self) -> str: ...


class Fleck(NamedTuple):
    """A hole, its middle in radii along and across, its corners around that."""

    along: float
    across: float
    late: float  # how far into its share of the way it lies
    corners: tuple[Vector, ...]


Piece = tuple[Node, Node, Node]  # a curve: start, control and end


def flecks(stroke: Pencilled) -> Iterator[list[Vertex]]:
    """Yield the holes in the outline of a pencil's stroke."""
    width = stroke.width / POINT_UNIT
    seed = seed_of(stroke.id)
    for number, piece in enumerate(pieces(nodes_of(stroke)), start=1):
        yield from strewn(piece, mixed(seed ^ mixed(number)), width)


def fray(stroke: Pencilled) -> float:
    """Return how far beyond its outline the flecks of a stroke may reach, in px."""
    if stroke.brush != "pencil":
        return 0.0
    return FARTHEST * LIGHT * GRAIN * sqrt(stroke.width / POINT_UNIT)


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


def strewn(piece: Piece, chance: int, width: float) -> Iterator[list[Vertex]]:
    """Yield the flecks along a piece of a stroke."""
    start, control, end = piece
    way = distance(start, control) + distance(control, end)
    if way == 0.0:
        way = DOT * control[2]
    count = min(MOST_FLECKS, floor(DENSITY * way + (chance & 255) / 256))
    grain = GRAIN * sqrt(width)
    lightly, less = LIGHT * grain, LESS * grain / (0.5 * width)
    for k in range(count):
        one = SOME[((chance >> 8) + k) % FLECKS]
        (x, y, radius), (ux, uy) = at(piece, (k + one.late) / count)
        along, across = one.along * radius, one.across * radius
        place = x + ux * along - uy * across, y + uy * along + ux * across
        size = lightly - less * radius
        yield hole(one.corners, place, (ux * size, uy * size))


def at(piece: Piece, t: float) -> tuple[Node, Vector]:
    """Return where a curve is at t, from 0 to 1, and in which direction it goes."""
    (ax, ay, ar), (cx, cy, cr), (bx, by, br) = piece
    u = 1.0 - t
    a, c, b = u * u, 2.0 * u * t, t * t
    node = a * ax + c * cx + b * bx, a * ay + c * cy + b * by, a * ar + c * cr + b * br
    dx = u * (cx - ax) + t * (bx - cx)
    dy = u * (cy - ay) + t * (by - cy)
    speed = sqrt(dx * dx + dy * dy)
    return node, (dx / speed, dy / speed) if speed > 0.0 else (1.0, 0.0)


def hole(corners: tuple[Vector, ...], place: Vector, unit: Vector) -> list[Vertex]:
    """Return corners around a place, where unit is as long as they count and lies along."""
    (x, y), (ux, uy) = place, unit
    return [
        (
            floor((x + ux * along - uy * across) * OUTLINE_UNIT + 0.5),
            floor((y + uy * along + ux * across) * OUTLINE_UNIT + 0.5),
        )
        for along, across in corners
    ]


def fleck(number: int) -> Fleck:
    """Return one of the flecks there are: a square that chance has turned and dented."""
    chances = chances_of(number)
    place = number * GOLDEN + SCATTER * next(chances)
    across = 2.0 * (place - floor(place)) - 1.0
    along = (2.0 * next(chances) - 1.0) * sqrt(1.0 - across * across)
    size = LEAST + VARIED * next(chances) * next(chances)
    size *= 1.0 + FRAYED * (across * across) * (across * across)
    late, turn = next(chances), 2.0 * next(chances) - 1.0
    whole = 1.0 + turn * turn
    cosine, sine = (1.0 - turn * turn) / whole, 2.0 * turn / whole
    corners = []
    for ahead, aside in CORNERS:
        x = ahead * size * LONGER * (1.0 - BLUNT * next(chances))
        y = aside * size / LONGER * (1.0 - BLUNT * next(chances))
        corners.append((x * cosine - y * sine, x * sine + y * cosine))
    return Fleck(along, across, late, tuple(corners))


def chances_of(number: int) -> Iterator[float]:
    """Yield as many numbers from 0 to 1 as a fleck takes, always the same."""
    for draw in range(CHANCES):
        yield mixed(number * CHANCES + draw + 1) / WORD


SOME = tuple(map(fleck, range(FLECKS)))
FARTHEST = max(sqrt(x * x + y * y) for one in SOME for x, y in one.corners)
