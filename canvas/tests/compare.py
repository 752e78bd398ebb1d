"""How far two pictures are apart."""

from array import array
from functools import reduce
from typing import NamedTuple

from PIL import Image, ImageChops, ImageMath, ImageStat

WINDOW = 8  # px; similarity is judged window by window
# The usual constants, which keep flat windows from dividing by nothing.
STEADY_MEAN = (0.01 * 255) ** 2
STEADY_SPREAD = (0.03 * 255) ** 2


class Difference(NamedTuple):
    """Mean difference of a channel in 1/255, shares of alike pixels, and likeness."""

    mean_abs_error: float
    share_within_16: float
    share_within_32: float
    most: int
    ssim: float


def compare(a: Image.Image, b: Image.Image) -> Difference:
    """Compare two pictures of one size and mode."""
    apart = ImageChops.difference(a, b)
    means = ImageStat.Stat(apart).mean
    worst = reduce(ImageChops.lighter, apart.split())
    return Difference(
        mean_abs_error=sum(means) / len(means),
        share_within_16=share_within(worst, 16),
        share_within_32=share_within(worst, 32),
        most=worst.getextrema()[1],
        ssim=similarity(a.convert("L"), b.convert("L")),
    )


def share_within(worst: Image.Image, limit: int) -> float:
    """Return the share of pixels that are no further apart than limit."""
    return sum(worst.histogram()[: limit + 1]) / (worst.width * worst.height)


def similarity(a: Image.Image, b: Image.Image) -> float:
    """Return the mean structural similarity (Wang and others, 2004) of grey pictures."""
    windows = zip(*statistics(a.convert("F"), b.convert("F")), strict=True)
    scores = [likeness(*window) for window in windows]
    return sum(scores) / len(scores)


def statistics(a: Image.Image, b: Image.Image) -> list[array]:
    """Return for every window the means of a, b, a squared, b squared and a times b."""
    return [
        window_means(image) for image in (a, b, times(a, a), times(b, b), times(a, b))
    ]


def times(a: Image.Image, b: Image.Image) -> Image.Image:
    """Return the product of two pictures, pixel by pixel."""
    return ImageMath.lambda_eval(lambda given: given["a"] * given["b"], a=a, b=b)


def window_means(image: Image.Image) -> array:
    """Return the mean of every window of a picture."""
    return array("f", image.reduce(WINDOW).tobytes())


def likeness(a: float, b: float, aa: float, bb: float, ab: float) -> float:
    """Return how alike two windows are, from their means."""
    mean = (2 * a * b + STEADY_MEAN) / (a * a + b * b + STEADY_MEAN)
    spread = aa - a * a + bb - b * b
    return mean * (2 * (ab - a * b) + STEADY_SPREAD) / (spread + STEADY_SPREAD)
