"""Skia, which is what Chromium paints with, filling each outline on the CPU."""

from collections.abc import Sequence

from PIL import Image

from canvas.engine.geometry import OUTLINE_UNIT, outline
from canvas.engine.ops import Stroke
from canvas.engine.raster.stencil import rgb


def render(strokes: Sequence[Stroke], size: tuple[int, int]) -> Image.Image:
    """Return the picture of strokes on white."""
    import skia

    surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(*size))
    with surface as canvas:
        for stroke in strokes:
            fill(canvas, stroke, skia)
        canvas.drawColor(skia.ColorWHITE, skia.BlendMode.kDstOver)
    pixels = surface.makeImageSnapshot().convert(colorType=skia.kRGBA_8888_ColorType)
    return Image.frombytes("RGBA", size, pixels.tobytes()).convert("RGB")


def fill(canvas, stroke: Stroke, skia) -> None:
    """Fill the outline of a stroke."""
    points = [
        skia.Point(x / OUTLINE_UNIT, y / OUTLINE_UNIT)
        for x, y in outline(stroke).points
    ]
    path = skia.Path.Polygon(points, True, skia.PathFillType.kWinding, False)
    paint = skia.Paint(
        AntiAlias=True, Color=skia.Color(*rgb(stroke.colour), stroke.alpha)
    )
    if stroke.brush == "eraser":
        paint.setBlendMode(skia.BlendMode.kDstOut)
    canvas.drawPath(path, paint)
