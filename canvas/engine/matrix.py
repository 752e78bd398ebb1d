"""Affine maps in whole numbers: the same results here and in matrix.js.

A map is (a, b, c, d, e, f): x becomes a*x + c*y + e, y becomes b*x + d*y + f. The first
four count in 1/65,536, the last two in 1/16 px. All products stay below 2**53, so that
JavaScript has them exactly too.
"""

from math import sqrt

Matrix = tuple[int, int, int, int, int, int]

ONE = 65_536
HALF = ONE // 2
IDENTITY: Matrix = (ONE, 0, 0, ONE, 0, 0)

MOST_FACTOR = 64 * ONE  # of a, b, c and d
MOST_SHIFT = 2**23  # of e and f: 524,288 px


def compose(after: Matrix, before: Matrix) -> Matrix:
    """Return the map that does before, then after."""
    a, b, c, d, e, f = after
    p, q, r, s, t, u = before
    return (
        rounded(a * p + c * q),
        rounded(b * p + d * q),
        rounded(a * r + c * s),
        rounded(b * r + d * s),
        rounded(a * t + c * u) + e,
        rounded(b * t + d * u) + f,
    )


def moved(matrix: Matrix, x: int, y: int) -> tuple[int, int]:
    """Return where a map takes a place, in 1/16 px."""
    a, b, c, d, e, f = matrix
    return rounded(a * x + c * y) + e, rounded(b * x + d * y) + f


def rounded(number: int) -> int:
    """Return a number of 1/65,536 as the nearest whole one."""
    return (number + HALF) // ONE


def within_limits(matrix: Matrix) -> bool:
    """Say whether a map can be told."""
    factors, shifts = matrix[:4], matrix[4:]
    return max(map(abs, factors)) <= MOST_FACTOR and max(map(abs, shifts)) <= MOST_SHIFT


def stretch(matrix: Matrix) -> float:
    """Return a number that no line becomes more times as long than."""
    a, b, c, d, _, _ = matrix
    return sqrt(a * a + b * b + c * c + d * d) / ONE


def scale(matrix: Matrix) -> float:
    """Return how many times as large a map makes things, on the whole."""
    a, b, c, d, _, _ = matrix
    return sqrt(abs(a * d - b * c)) / ONE
