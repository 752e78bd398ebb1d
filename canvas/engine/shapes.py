"""How a shape becomes outlines: the same integers here and in shapes.js.

Straight sides go through the code that outlines strokes, with sharp turns instead of
smooth ones; the points of an ellipse are rational, so no sine is needed.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import floor, sqrt
from typing import Protocol

from canvas.engine.geometry import (
    POINT_UNIT,
    Node,
    Vector,
    Vertex,
    apart,
    quantise,
    ribbon,
)

# Steps of a quarter of an ellipse per square root of its larger radius: a step then
# strays at most 0.04 px from the curve.
ROUND_STEPS = 3.5

HEAD_LENGTH = 4.0  # of an arrow, in widths of its shaft
HEAD_LEAST = 8.0  # px more, so that thin arrows have heads too
HEAD_SPREAD = 0.5  # half the head's width, in lengths of it


class Figure(Protocol):
    """As much of a shape as its outlines need; a point is x, y and a third number."""

    @property
    def kind(self) -> str: ...

    @property
    def width(self) -> int: ...

    @property
    def points(self) -> Sequence[tuple[int, int, int, int]]: ...


def edges(shape: Figure) -> list[list[Vertex]]:
    """Return the contours that the line of a shape covers, to be filled together."""
    radius = 0.5 * (shape.width / POINT_UNIT)
    way = path(shape)
    if shape.kind == "arrow":
        return arrow(way, radius)
    if shape.kind != "line":
        way = [*way, way[0]]
    return [drawn(way, radius)]


def inside(shape: Figure) -> list[list[Vertex]]:
    """Return the contour around what a closed shape encloses."""
    return [quantise(path(shape))]


def path(shape: Figure) -> list[Vector]:
    """Return the corners of a shape in px; those of an ellipse are many."""
    places = [(x / POINT_UNIT, y / POINT_UNIT) for x, y, *_ in shape.points]
    match shape.kind:
        case "rectangle":
            return rectangle(places)
        case "ellipse":
            return ellipse(places)
        case _:
            return places


def rectangle(corners: list[Vector]) -> list[Vector]:
    """Return all four corners, the last one opposite the second of three."""
    (ax, ay), (bx, by), (cx, cy) = corners
    return [*corners, (ax + cx - bx, ay + cy - by)]


def ellipse(corners: list[Vector]) -> list[Vector]:
    """Return points of the ellipse that touches the sides of a rectangle midway."""
    (ax, ay), (bx, by), (cx, cy) = corners
    centre = (ax + cx) * 0.5, (ay + cy) * 0.5
    ux, uy = (bx - ax) * 0.5, (by - ay) * 0.5
    vx, vy = (cx - bx) * 0.5, (cy - by) * 0.5
    radius = max(sqrt(ux * ux + uy * uy), sqrt(vx * vx + vy * vy))
    steps = 1 + floor(ROUND_STEPS * sqrt(radius))
    radii = [(ux, uy), (vx, vy), (-ux, -uy), (-vx, -vy), (ux, uy)]
    return [point for axes in pairwise(radii) for point in quarter(centre, axes, steps)]


def quarter(centre: Vector, axes: tuple[Vector, Vector], steps: int) -> list[Vector]:
    """Return so many points of an ellipse, from one of its radii to before the next."""
    (x, y), ((px, py), (qx, qy)) = centre, axes
    points = []
    for j in range(steps):
        t = j / steps
        whole = 1.0 + t * t
        cosine, sine = (1.0 - t * t) / whole, (2.0 * t) / whole
        points.append((x + px * cosine + qx * sine, y + py * cosine + qy * sine))
    return points


def drawn(way: list[Vector], radius: float) -> list[Vertex]:
    """Return what a round pen covers on a straight way from point to point."""
    return ribbon(apart([(x, y, radius) for x, y in way])).points


def arrow(way: list[Vector], radius: float) -> list[list[Vertex]]:
    """Return the shaft of an arrow and its head."""
    nodes: list[Node] = apart([(x, y, radius) for x, y in way])
    if len(nodes) == 1:
        return [ribbon(nodes).points]
    (ax, ay, _), (bx, by, _) = nodes[-2:]
    dx, dy = bx - ax, by - ay
    span = sqrt(dx * dx + dy * dy)
    length = min(span, HEAD_LENGTH * (2.0 * radius) + HEAD_LEAST)
    ux, uy = dx / span * length, dy / span * length
    # The shaft ends halfway into the head, where it is narrower than that.
    neck = bx - ux * 0.5, by - uy * 0.5
    shaft = [*((x, y) for x, y, _ in nodes[:-1]), neck]
    return [drawn(shaft, radius), head((bx, by), (ux, uy))]


def head(tip: Vector, back: Vector) -> list[Vertex]:
    """Return the triangle of an arrow's head, going round as a ribbon does."""
    (x, y), (ux, uy) = tip, back
    base_x, base_y = x - ux, y - uy
    across, along = uy * HEAD_SPREAD, ux * HEAD_SPREAD
    left = base_x + across, base_y - along
    right = base_x - across, base_y + along
    return quantise([left, tip, right])
