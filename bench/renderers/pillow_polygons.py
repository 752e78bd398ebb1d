"""Pillow's polygons, each in its own box four times too large and made smaller.

Polygons fill even-odd there, so a stroke over itself has holes.
"""

from collections.abc import Sequence
from math import ceil, floor

from PIL import Image, ImageDraw

from bench.renderers.pillow_masks import SHARPER, UNIT, ink_of, on_white
from canvas.engine.geometry import outline
from canvas.engine.ops import Stroke


def render(strokes: Sequence[Stroke], size: tuple[int, int]) -> Image.Image:
    """Return the picture of strokes on white."""
    picture = Image.new("CMYK", size, (0, 0, 0, 0))
    for stroke in strokes:
        mask, place = masked(stroke)
        faded = mask.point([value * stroke.alpha // 255 for value in range(256)])
        picture.paste(ink_of(stroke), place, faded)
    return on_white(picture)


def masked(stroke: Stroke) -> tuple[Image.Image, tuple[int, int]]:
    """Return the coverage of a stroke in its box, and where that is."""
    points = [(x / UNIT, y / UNIT) for x, y in outline(stroke).points]
    xs, ys = zip(*points, strict=True)
    left, top = (floor(min(side) / SHARPER) for side in (xs, ys))
    right, bottom = (ceil(max(side) / SHARPER) + 1 for side in (xs, ys))
    large = Image.new("L", ((right - left) * SHARPER, (bottom - top) * SHARPER))
    moved = [(x - left * SHARPER, y - top * SHARPER) for x, y in points]
    ImageDraw.Draw(large).polygon(moved, fill=255)
    return large.reduce(SHARPER), (left, top)
