"""The pixels of an image where it lies in a picture: the same here and in sampling.js.

Each is mixed from the four pixels of the image around the place it shows. An image that
is shown much smaller is first halved as often as it takes, so that none of it is passed
over; beyond its edges it goes on as it ends.
"""

from math import sqrt
from typing import NamedTuple

from PIL import Image as Pixels

from canvas.engine.geometry import POINT_UNIT, Box
from canvas.engine.images import seat
from canvas.engine.matrix import ONE, Matrix
from canvas.engine.ops import Image

# Of two pixels mixed into one neither is lost; of three one would be.
SMALLEST = 0.5

# px an image goes on beyond its edges: antialiasing asks for the colour of places up to
# one px of the picture outside, which is less than two of the image.
BEYOND = 2

Coefficients = tuple[float, float, float, float, float, float]


class Sampler(NamedTuple):
    """An image on its way into a picture, and where a place of the picture is in it."""

    image: Pixels.Image
    coefficients: Coefficients

    @property
    def weight(self) -> int:
        """How many bytes it takes to keep, about."""
        return self.image.width * self.image.height * 4

    def part(self, box: Box) -> Pixels.Image:
        """Return what a box of the picture shows, premultiplied, in the bands of a surface."""
        a, b, c, d, e, f = self.coefficients
        left, top, right, bottom = box
        there = (a, b, c + a * left + b * top, d, e, f + d * left + e * top)
        return self.image.transform(
            (right - left, bottom - top),
            Pixels.Transform.AFFINE,
            there,
            Pixels.Resampling.BILINEAR,
        )


def sampler(image: Image, pixels: Pixels.Image, scale: float) -> Sampler | None:
    """Return what samples an image's pixels at a scale; None when it is as thin as a line."""
    a, b, c, d, e, f = seat(image)
    if a * d == b * c:
        return None
    across = halvings(sqrt(a * a + b * b) / ONE * scale, image.width)
    down = halvings(sqrt(c * c + d * d) / ONE * scale, image.height)
    small = premultiplied(pixels)
    for _ in range(across):
        small = small.reduce((2, 1))
    for _ in range(down):
        small = small.reduce((1, 2))
    found = coefficients((a, b, c, d, e, f), scale)
    return Sampler(extended(small), reduced(found, 2**across, 2**down))


def halvings(scale: float, side: int) -> int:
    """Return how often a side shown at a scale is halved first."""
    count = 0
    while scale <= SMALLEST and side > 1:
        scale, side, count = scale * 2.0, (side + 1) // 2, count + 1
    return count


def coefficients(matrix: Matrix, scale: float) -> Coefficients:
    """Return the map from places of the picture to those of the image, in px."""
    a, b, c, d, e, f = matrix
    unit = ONE / (a * d - b * c)
    x, y = e / POINT_UNIT, f / POINT_UNIT
    ux, uy, vx, vy = d * unit, -(c * unit), -(b * unit), a * unit
    return (
        ux / scale,
        uy / scale,
        -(ux * x + uy * y),
        vx / scale,
        vy / scale,
        -(vx * x + vy * y),
    )


def reduced(found: Coefficients, across: int, down: int) -> Coefficients:
    """Return the map to places of an image that was made so much smaller, and extended."""
    a, b, c, d, e, f = found
    return (
        a / across,
        b / across,
        c / across + BEYOND,
        d / down,
        e / down,
        f / down + BEYOND,
    )


def premultiplied(pixels: Pixels.Image) -> Pixels.Image:
    """Return an image in the bands of a surface."""
    return Pixels.merge("CMYK", pixels.convert("RGBA").convert("RGBa").split())


def extended(image: Pixels.Image) -> Pixels.Image:
    """Return an image that goes on beyond its edges as it ends."""
    width, height = image.size
    wide = Pixels.new(image.mode, (width + 2 * BEYOND, height + 2 * BEYOND))
    wide.paste(image, (BEYOND, BEYOND))
    for x, to in ((BEYOND, 0), (BEYOND + width - 1, BEYOND + width)):
        edge = wide.crop((x, 0, x + 1, wide.height))
        for step in range(BEYOND):
            wide.paste(edge, (to + step, 0))
    for y, to in ((BEYOND, 0), (BEYOND + height - 1, BEYOND + height)):
        edge = wide.crop((0, y, wide.width, y + 1))
        for step in range(BEYOND):
            wide.paste(edge, (0, to + step))
    return wide
