"""Where an image lies on the paper: the same numbers here and in images.js."""

from typing import Protocol

from canvas.engine.geometry import OUTLINE_UNIT, POINT_UNIT, Vertex
from canvas.engine.matrix import IDENTITY, Matrix, moved

FINER = OUTLINE_UNIT // POINT_UNIT


class Sized(Protocol):
    """As much of an image as its corners need, in px."""

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...


class Placed(Sized, Protocol):
    """As much of an image as its place needs."""

    @property
    def matrix(self) -> Matrix: ...


def seat(image: Placed) -> Matrix:
    """Return where an image lies.

    One that is neither turned nor made larger or smaller lies on whole pixels: it shows
    its own, and not what is between them.
    """
    *factors, e, f = image.matrix
    if tuple(factors) != IDENTITY[:4]:
        return image.matrix
    return (*IDENTITY[:4], whole(e), whole(f))


def whole(shift: int) -> int:
    """Return a number of 1/16 px as that of the nearest whole pixel."""
    return (shift + POINT_UNIT // 2) // POINT_UNIT * POINT_UNIT


def corners(image: Sized, matrix: Matrix) -> list[tuple[int, int]]:
    """Return where a map takes the corners of an image, in 1/16 px, one after the other."""
    return [moved(matrix, x, y) for x, y in oblong(image, POINT_UNIT)]


def frame(image: Placed) -> list[Vertex]:
    """Return the contour of what an image covers, in 1/64 px."""
    a, b, c, d, e, f = seat(image)
    finer = a, b, c, d, e * FINER, f * FINER
    return [moved(finer, x, y) for x, y in oblong(image, OUTLINE_UNIT)]


def oblong(image: Sized, unit: int) -> list[tuple[int, int]]:
    """Return the corners of an image that has not been placed, in 1/unit px."""
    right, bottom = image.width * unit, image.height * unit
    return [(0, 0), (right, 0), (right, bottom), (0, bottom)]
