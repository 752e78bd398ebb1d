"""Pillow, the canvas four times too large and every stroke a mask over all of it.

What one writes first: right but for the holes of Pillow's even-odd polygons, and slow,
because every stroke touches every pixel.
"""

from collections.abc import Sequence

from PIL import Image, ImageDraw

from bench.renderers.pillow_masks import SHARPER, UNIT, ink_of, on_white
from canvas.engine.geometry import outline
from canvas.engine.ops import Stroke


def render(strokes: Sequence[Stroke], size: tuple[int, int]) -> Image.Image:
    """Return the picture of strokes on white."""
    width, height = size
    picture = Image.new("CMYK", (width * SHARPER, height * SHARPER), (0, 0, 0, 0))
    for stroke in strokes:
        mask = Image.new("L", picture.size)
        points = [(x / UNIT, y / UNIT) for x, y in outline(stroke).points]
        ImageDraw.Draw(mask).polygon(points, fill=stroke.alpha)
        picture.paste(ink_of(stroke), (0, 0), mask)
    return on_white(picture.reduce(SHARPER))
