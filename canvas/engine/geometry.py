"""How a stroke becomes an outline: the same integers here and in geometry.js.

An outline is the edge of a string of tapered capsules along a smoothed path: one
closed contour, to be filled nonzero. Only + - * / sqrt and floor are used, term by
term in the same order in both languages, because every IEEE double rounds these alike;
sin, hypot and their like differ from machine to machine.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from math import floor, sqrt
from typing import NamedTuple, Protocol

POINT_UNIT = 16  # points and widths come in 1/16 px
FULL_PRESSURE = 255
FULL_LEAN = 255
OUTLINE_UNIT = 64  # outlines leave in 1/64 px

FLATNESS = 0.04  # px a straight step may stray from the curve it stands for
STEP_FACTOR = 1.0 / (4.0 * FLATNESS)
MOST_STEPS = 32  # of one curve
CORNER = 4.0 * FLATNESS  # an outer corner flatter than this needs a single vertex
CAP_STEPS = 2.5  # steps of a quarter circle per square root of its radius
TURN_STEPS = 1.5  # the same for an outer corner

LIGHTEST = 0.25  # share of the width drawn without pressing
PRESSURE_GAIN = 0.9
BROADER = 5.0  # times as broad as upright is a pencil that lies flat
STEEPEST = (
    0.5  # px of radius gained or lost per px of path; a capsule needs less than 1
)

# Nearer nodes are one node: the direction from one to the other would be rounding noise,
# and between equal ones there is none. A pen shaking by 1/16 px makes such nodes.
NEAREST = 1.0 / 1024.0

INNER_REACH = 0.81  # (9/10)²: how much of the shorter step an inner corner may cut off
# (3/7)²: where both inner corners of a step cut off no more, some of it is left, however steep its taper.
SIMPLE_REACH = 0.18
# A path that never turns further than this from where it went has not met itself.
SIMPLE_TURN = 2.6
BEND = SIMPLE_TURN / 2.0  # so no two bends one after the other have
MOST_BENDS = 16  # that are looked at, each beside each: a scribble has thousands

Vector = tuple[float, float]
Node = tuple[float, float, float]  # x, y and radius, in px
Segment = tuple[Vector, float, Vector, Vector]  # direction, length, left, right normal
Reach = tuple[float, float, float, float]  # left, top, right and bottom of a box, in px
Vertex = tuple[int, int]


class Brushed(Protocol):
    """As much of a stroke as an outline needs; a point is x, y, pressure, lean."""

    @property
    def width(self) -> int: ...

    @property
    def pressure(self) -> bool: ...

    @property
    def leans(self) -> bool: ...

    @property
    def points(self) -> Sequence[tuple[int, int, int, int]]: ...


class Outline(NamedTuple):
    """A closed polygon in 1/64 px, filled nonzero; a simple one never meets itself."""

    points: list[Vertex]
    simple: bool


class Box(NamedTuple):
    """The smallest upright rectangle around some points, in their own unit."""

    left: int
    top: int
    right: int
    bottom: int


def outline(stroke: Brushed) -> Outline:
    """Return the polygon a stroke covers."""
    return ribbon(centreline(stroke))


def box(points: list[Vertex]) -> Box:
    """Return the box around points."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def length(points: Sequence[tuple[int, int, int, int]]) -> float:
    """Return how long the straight path through points is, in px."""
    steps = 0.0
    for (ax, ay, _, _), (bx, by, _, _) in pairwise(points):
        dx, dy = bx - ax, by - ay
        steps += sqrt(dx * dx + dy * dy)
    return steps / POINT_UNIT


def perimeter(contours: Iterable[Sequence[Vertex]]) -> float:
    """Return how long the edges of contours are, in px."""
    steps = 0.0
    for corners in contours:
        ax, ay = corners[-1]
        for bx, by in corners:
            dx, dy = bx - ax, by - ay
            steps += sqrt(dx * dx + dy * dy)
            ax, ay = bx, by
    return steps / OUTLINE_UNIT


def centreline(stroke: Brushed) -> list[Node]:
    """Return the path of a stroke, smoothed and cut into short straight steps."""
    nodes = curve(nodes_of(stroke))
    return taper(nodes) if stroke.pressure else nodes


def curve(nodes: list[Node]) -> list[Node]:
    """Return the way along nodes, smoothed and cut into short straight steps."""
    return apart(smooth(apart(nodes)))


def nodes_of(stroke: Brushed) -> list[Node]:
    """Return the points of a stroke in px, each with the radius it asks for."""
    width = stroke.width / POINT_UNIT
    if not stroke.pressure:
        radius = 0.5 * width
        return [
            (x / POINT_UNIT, y / POINT_UNIT, radius) for x, y, _, _ in stroke.points
        ]
    return [
        (x / POINT_UNIT, y / POINT_UNIT, pressed(width, pressure) * broadened(lean))
        for x, y, pressure, lean in stroke.points
    ]


def pressed(width: float, pressure: int) -> float:
    """Return the radius of a brush pressed this hard."""
    return 0.5 * width * (LIGHTEST + PRESSURE_GAIN * (pressure / FULL_PRESSURE))


def broadened(lean: float) -> float:
    """Return how many times as broad a pencil draws that leans so far."""
    return 1.0 + (BROADER - 1.0) * (lean / FULL_LEAN)


def broadest(stroke: Brushed) -> float:
    """Return how many times as broad as upright a stroke is where it is broadest."""
    if not stroke.leans:
        return 1.0
    return broadened(max(lean for _, _, _, lean in stroke.points))


def apart(nodes: list[Node]) -> list[Node]:
    """Return the nodes without those too near to the last one kept."""
    kept = nodes[:1]
    last_x, last_y, _ = nodes[0]
    for node in nodes:
        dx, dy = node[0] - last_x, node[1] - last_y
        if dx * dx + dy * dy >= NEAREST * NEAREST:
            kept.append(node)
            last_x, last_y, _ = node
    return kept


def smooth(nodes: list[Node]) -> list[Node]:
    """Return the curve that runs by the nodes through the middles between them."""
    last = len(nodes) - 1
    if last < 2:
        return nodes
    start = nodes[0]
    curve = [start]
    for i in range(1, last):
        end = middle(nodes[i], nodes[i + 1]) if i < last - 1 else nodes[last]
        flatten(curve, start, nodes[i], end)
        start = end
    return curve


def middle(a: Node, b: Node) -> Node:
    """Return the node halfway from a to b."""
    return (a[0] + b[0]) * 0.5, (a[1] + b[1]) * 0.5, (a[2] + b[2]) * 0.5


def flatten(curve: list[Node], start: Node, control: Node, end: Node) -> None:
    """Add the quadratic from start to end to curve, in steps too short to be seen."""
    ax, ay, ar = start
    cx, cy, cr = control
    bx, by, br = end
    dx = ax - cx - cx + bx
    dy = ay - cy - cy + by
    steps = min(MOST_STEPS, 1 + floor(sqrt(sqrt(dx * dx + dy * dy) * STEP_FACTOR)))
    for j in range(1, steps):
        t = j / steps
        u = 1.0 - t
        a, c, b = u * u, 2.0 * u * t, t * t
        curve.append(
            (
                a * ax + c * cx + b * bx,
                a * ay + c * cy + b * by,
                a * ar + c * cr + b * br,
            )
        )
    curve.append(end)


def taper(nodes: list[Node]) -> list[Node]:
    """Return the nodes with radii cut down until none changes faster than STEEPEST."""
    allowed = [STEEPEST * distance(a, b) for a, b in pairwise(nodes)]
    radii = [radius for _, _, radius in nodes]
    narrow(radii, allowed)
    radii.reverse()
    allowed.reverse()
    narrow(radii, allowed)
    radii.reverse()
    return [(x, y, radius) for (x, y, _), radius in zip(nodes, radii, strict=True)]


def narrow(radii: list[float], allowed: list[float]) -> None:
    """Cut radii down so that each is at most what is allowed above the one before."""
    last = radii[0]
    for i, change in enumerate(allowed, start=1):
        last += change
        if radii[i] < last:
            last = radii[i]
        else:
            radii[i] = last


def distance(a: Node, b: Node) -> float:
    """Return how far b is from a."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    return sqrt(dx * dx + dy * dy)


def ribbon(centre: list[Node]) -> Outline:
    """Return the outline of a centreline: up its left side and back down its right."""
    if len(centre) == 1:
        return Outline(quantise(disc(centre[0])), simple=True)
    segments = [segment(a, b) for a, b in pairwise(centre)]
    sides = Side(1.0), Side(-1.0)
    start_cap(sides[0], centre[0], segments[0])
    turns = [
        join(sides, centre[i], segments[i - 1], segments[i])
        for i in range(1, len(segments))
    ]
    end_cap(sides[0], centre[-1], segments[-1])
    left, right = sides
    simple = not left.crossed and not right.crossed and is_open(centre, turns)
    return Outline(quantise(left.points + right.points[::-1]), simple)


def is_open(centre: list[Node], turns: list[float]) -> bool:
    """Tell whether a path cannot have met itself, from how much it turns at each node within."""
    ways = list(accumulate(turns, initial=0.0))
    if max(ways) - min(ways) < SIMPLE_TURN:
        return True
    parts = bends(turns)
    if len(parts) > MOST_BENDS:
        return False
    boxes = [around(centre[first : last + 1]) for first, last in parts]
    return not any(
        touch(one, other) for i, one in enumerate(boxes) for other in boxes[i + 2 :]
    )


def bends(turns: list[float]) -> list[tuple[int, int]]:
    """Return the first and the last node of each part of a path that turns less than BEND."""
    found = []
    first, way, least, most = 0, 0.0, 0.0, 0.0
    for i, turn in enumerate(turns, start=1):
        way += turn
        least, most = min(least, way), max(most, way)
        if most - least >= BEND:
            found.append((first, i))
            first, way, least, most = i, turn, min(0.0, turn), max(0.0, turn)
    return [*found, (first, len(turns) + 1)]


def around(nodes: list[Node]) -> Reach:
    """Return the box around nodes, and a px more, in px."""
    xs, ys, radii = zip(*nodes, strict=True)
    far = max(radii) + 1.0
    return min(xs) - far, min(ys) - far, max(xs) + far, max(ys) + far


def touch(one: Reach, other: Reach) -> bool:
    """Tell whether two boxes share any area."""
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )


def quantise(points: Iterable[Vector]) -> list[Vertex]:
    """Return points on the grid of outlines, without repeats."""
    vertices: list[Vertex] = []
    last = None
    for x, y in points:
        vertex = floor(x * OUTLINE_UNIT + 0.5), floor(y * OUTLINE_UNIT + 0.5)
        if vertex != last:
            vertices.append(vertex)
            last = vertex
    return vertices


def disc(node: Node) -> list[Vector]:
    """Return the circle around a lone node."""
    side = Side(1.0)
    steps = cap_steps(node)
    side.arc(node, ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)), steps)
    side.arc(node, ((-1.0, 0.0), (0.0, -1.0), (1.0, 0.0)), steps)
    return side.points


def segment(a: Node, b: Node) -> Segment:
    """Return the way from a to b and the normals where its two straight edges touch."""
    ax, ay, ar = a
    bx, by, br = b
    dx, dy = bx - ax, by - ay
    span = sqrt(dx * dx + dy * dy)
    ux, uy = dx / span, dy / span
    sine = (ar - br) / span
    cosine = sqrt(1.0 - sine * sine)
    left = uy * cosine + ux * sine, uy * sine - ux * cosine
    right = ux * sine - uy * cosine, ux * cosine + uy * sine
    return (ux, uy), span, left, right


def start_cap(side: "Side", node: Node, ahead: Segment) -> None:
    """Round off the beginning of a ribbon, from its right edge to its left."""
    (ux, uy), _, left, right = ahead
    side.arc(node, (right, (-ux, -uy), left), cap_steps(node))


def end_cap(side: "Side", node: Node, behind: Segment) -> None:
    """Round off the end of a ribbon, from its left edge to its right."""
    direction, _, left, right = behind
    side.arc(node, (left, direction, right), cap_steps(node))


def cap_steps(node: Node) -> int:
    """Return how many steps make a quarter circle around node look round."""
    return 1 + floor(CAP_STEPS * sqrt(node[2]))


def join(
    sides: tuple["Side", "Side"], node: Node, behind: Segment, ahead: Segment
) -> float:
    """Lead both sides round a node; return how much the path turns there, to the right."""
    left, right = sides
    (vx, vy), came, left_behind, right_behind = behind
    (ux, uy), goes, left_ahead, right_ahead = ahead
    cross = vx * uy - vy * ux
    if vx * ux + vy * uy > 0.0:
        reach = min(came, goes)
        left.turn(node, left_behind, left_ahead, reach)
        right.turn(node, right_behind, right_ahead, reach)
    elif cross >= 0.0:
        left.arc(node, (left_behind, tip(behind, ahead), left_ahead), cap_steps(node))
        right.pivot(node, right_behind, right_ahead)
    else:
        right.arc(
            node, (right_behind, tip(behind, ahead), right_ahead), cap_steps(node)
        )
        left.pivot(node, left_behind, left_ahead)
    return cross


def tip(behind: Segment, ahead: Segment) -> Vector:
    """Return the direction in which a path that turns back sticks out."""
    (vx, vy), (ux, uy) = behind[0], ahead[0]
    return unit(vx - ux, vy - uy)


def unit(x: float, y: float) -> Vector:
    """Return the vector of length 1 in the direction of (x, y)."""
    scale = 1.0 / sqrt(x * x + y * y)
    return x * scale, y * scale


class Side:
    """One side of a ribbon as it grows; sign is 1 for the left one, -1 for the right."""

    __slots__ = ("crossed", "points", "sign")

    def __init__(self, sign: float) -> None:
        self.points: list[Vector] = []
        self.sign = sign
        self.crossed = False  # where it goes back on itself

    def turn(self, node: Node, a: Vector, b: Vector, reach: float) -> None:
        """Go round a node from the end of normal a to the end of normal b."""
        ax, ay = a
        bx, by = b
        radius = node[2]
        cosine = ax * bx + ay * by
        if (ax * by - ay * bx) * self.sign >= 0.0:
            self.outer(node, a, b, cosine)
            return
        cut, step = radius * radius * (1.0 - cosine), reach * reach * (1.0 + cosine)
        if cut <= INNER_REACH * step:
            self.crossed = self.crossed or cut > SIMPLE_REACH * step
            self.mitre(node, a, b, radius / (1.0 + cosine))
        else:
            self.pivot(node, a, b)

    def outer(self, node: Node, a: Vector, b: Vector, cosine: float) -> None:
        """Go round the outside of a turn: one vertex where that does, else an arc."""
        x, y = a[0] + b[0], a[1] + b[1]
        radius = node[2]
        sag = radius * (1.0 - cosine)
        if cosine > 0.0 and sag <= CORNER:
            self.mitre(node, a, b, radius / sqrt(x * x + y * y))
        else:
            self.arc(node, (a, unit(x, y), b), 1 + floor(TURN_STEPS * sqrt(sag)))

    def mitre(self, node: Node, a: Vector, b: Vector, scale: float) -> None:
        """Add the one vertex at scale times the sum of the two normals."""
        x, y, _ = node
        self.points.append((x + (a[0] + b[0]) * scale, y + (a[1] + b[1]) * scale))

    def pivot(self, node: Node, a: Vector, b: Vector) -> None:
        """Turn by way of the node itself, where the two edges do not meet."""
        x, y, radius = node
        self.crossed = True
        self.points.append((x + radius * a[0], y + radius * a[1]))
        self.points.append((x, y))
        self.points.append((x + radius * b[0], y + radius * b[1]))

    def arc(
        self, node: Node, normals: tuple[Vector, Vector, Vector], steps: int
    ) -> None:
        """Add an arc over three normals, so many steps from each to the next."""
        a, via, b = normals
        self.sweep(node, a, via, steps)
        self.sweep(node, via, b, steps)
        self.points.append(spoke(node, b))

    def sweep(self, node: Node, a: Vector, b: Vector, steps: int) -> None:
        """Add the arc from normal a to before normal b."""
        (ax, ay), (bx, by) = a, b
        for j in range(steps):
            t = j / steps
            u = 1.0 - t
            self.points.append(spoke(node, (ax * u + bx * t, ay * u + by * t)))


def spoke(node: Node, direction: Vector) -> Vector:
    """Return the point of a node's circle in a direction of any length."""
    x, y, radius = node
    dx, dy = direction
    scale = radius / sqrt(dx * dx + dy * dy)
    return x + dx * scale, y + dy * scale
