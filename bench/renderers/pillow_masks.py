"""What the renderers on Pillow's polygons share."""

from PIL import Image

from canvas.engine.geometry import OUTLINE_UNIT
from canvas.engine.ops import Stroke
from canvas.engine.raster.stencil import rgb

SHARPER = 4  # times as many pixels a side
UNIT = OUTLINE_UNIT / SHARPER


def ink_of(stroke: Stroke) -> tuple[int, int, int, int]:
    """Return what a stroke is pasted with, onto premultiplied bands Pillow calls CMYK."""
    return (0, 0, 0, 0) if stroke.brush == "eraser" else (*rgb(stroke.colour), 255)


def on_white(picture: Image.Image) -> Image.Image:
    """Return premultiplied bands as a picture on white paper."""
    straight = Image.merge("RGBa", picture.split()).convert("RGBA")
    white = Image.new("RGBA", picture.size, "#ffffff")
    return Image.alpha_composite(white, straight).convert("RGB")
