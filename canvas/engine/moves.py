"""How marks are moved: point by point, and the same here and in moves.js.

A move that would take a mark beyond its limits leaves it where it is; whatever is hidden
or shown, every log gives a scene, and what a scene costs to paint stays bounded.
"""

from dataclasses import dataclass, field, replace
from math import floor
from typing import Protocol

from canvas.engine.geometry import OUTLINE_UNIT, POINT_UNIT, length, perimeter
from canvas.engine.images import corners
from canvas.engine.matrix import (
    IDENTITY,
    Matrix,
    compose,
    moved,
    scale,
    stretch,
    within_limits,
)
from canvas.engine.ops import (
    LARGEST_TEXT,
    LEAST_COORDINATE,
    LEAST_WIDTH,
    LONGEST_PATH,
    MOST_COORDINATE,
    MOST_WIDTH,
    Area,
    Image,
    Mark,
    Point,
    Text,
)

FINER = (
    OUTLINE_UNIT // POINT_UNIT
)  # the corners of an area are told so much more finely

MOST_MOVES = 1000  # of one mark; of further ones it stays where it is
LONGEST_MOVED = 2 * LONGEST_PATH  # px


class Limits(Protocol):
    """Where a mark may be taken."""

    def allows(self, matrix: Matrix) -> bool:
        """Say whether a mark may be where a map takes it."""
        ...


@dataclass(slots=True)
class Frame:
    """What has to stay within limits when points are moved."""

    corners: list[tuple[int, int]]
    length: float

    def allows(self, matrix: Matrix) -> bool:
        """Say whether points may be where a map takes them."""
        return (
            within_limits(matrix)
            and self.length * stretch(matrix) <= LONGEST_MOVED
            and all(is_in_world(moved(matrix, x, y)) for x, y in self.corners)
        )


@dataclass(slots=True)
class Begun:
    """What has to stay within limits when text is moved: where it begins, and its size."""

    text: Text

    def allows(self, matrix: Matrix) -> bool:
        """Say whether the text may be where a map takes it."""
        whole = compose(matrix, self.text.matrix)
        *_, x, y = whole
        return (
            within_limits(matrix)
            and within_limits(whole)
            and self.text.size * stretch(whole) <= LARGEST_TEXT
            and is_in_world((x, y))
        )


@dataclass(slots=True)
class Laid:
    """What has to stay within limits when an image is moved: its corners."""

    image: Image

    def allows(self, matrix: Matrix) -> bool:
        """Say whether the image may be where a map takes it."""
        whole = compose(matrix, self.image.matrix)
        return (
            within_limits(matrix)
            and within_limits(whole)
            and all(map(is_in_world, corners(self.image, whole)))
        )


@dataclass(slots=True)
class Placing:
    """Where a mark has come by its moves."""

    mark: Mark
    matrix: Matrix = IDENTITY
    limits: Limits = field(init=False)

    def __post_init__(self) -> None:
        self.limits = limits(self.mark)

    def move(self, matrix: Matrix) -> None:
        """Move the mark once more, if it may be there."""
        further = compose(matrix, self.matrix)
        if self.limits.allows(further):
            self.matrix = further


def limits(mark: Mark) -> Limits:
    """Return what limits the moves of a mark."""
    if isinstance(mark, Text):
        return Begun(mark)
    if isinstance(mark, Image):
        return Laid(mark)
    if isinstance(mark, Area):
        return area_frame(mark)
    xs, ys, *_ = zip(*mark.points, strict=True)
    corners = [(x, y) for x in (min(xs), max(xs)) for y in (min(ys), max(ys))]
    return Frame(corners, length(mark.points))


def area_frame(area: Area) -> Frame:
    """Return the frame of an area: whole sixteenths of a pixel around it."""
    xs, ys = zip(
        *(corner for corners in area.contours for corner in corners), strict=True
    )
    across, down = (
        (min(numbers) // FINER, -(-max(numbers) // FINER)) for numbers in (xs, ys)
    )
    return Frame([(x, y) for x in across for y in down], perimeter(area.contours))


def placed_area(area: Area, matrix: Matrix) -> Area:
    """Return an area where a map takes it."""
    a, b, c, d, e, f = matrix
    finer = a, b, c, d, e * FINER, f * FINER
    contours = (
        tuple(moved(finer, x, y) for x, y in corners) for corners in area.contours
    )
    return replace(area, contours=tuple(contours))


def is_in_world(place: tuple[int, int]) -> bool:
    """Say whether a drawing reaches as far as a place."""
    return min(place) >= LEAST_COORDINATE and max(place) <= MOST_COORDINATE


def placed(mark: Mark, matrix: Matrix) -> Mark:
    """Return a mark where a map takes it."""
    if matrix == IDENTITY:
        return mark
    if isinstance(mark, Text | Image):
        return replace(mark, matrix=compose(matrix, mark.matrix))
    if isinstance(mark, Area):
        return placed_area(mark, matrix)
    points = tuple(
        Point(*moved(matrix, x, y), pressure, lean)
        for x, y, pressure, lean in mark.points
    )
    wide = floor(mark.width * scale(matrix) + 0.5)
    width = min(MOST_WIDTH, max(LEAST_WIDTH, wide))
    return replace(mark, points=points, width=width)
