"""Cairo, filling each outline on an image surface."""

from collections.abc import Sequence

from PIL import Image

from canvas.engine.geometry import OUTLINE_UNIT, outline
from canvas.engine.ops import Stroke
from canvas.engine.raster.stencil import rgb


def render(strokes: Sequence[Stroke], size: tuple[int, int]) -> Image.Image:
    """Return the picture of strokes on white."""
    import cairo

    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, *size)
    context = cairo.Context(surface)
    context.set_fill_rule(cairo.FILL_RULE_WINDING)
    for stroke in strokes:
        fill(context, stroke, cairo)
    context.set_operator(cairo.OPERATOR_DEST_OVER)
    context.set_source_rgb(1, 1, 1)
    context.paint()
    surface.flush()
    data = bytes(surface.get_data())
    return Image.frombytes("RGB", size, data, "raw", "BGRX", surface.get_stride())


def fill(context, stroke: Stroke, cairo) -> None:
    """Fill the outline of a stroke."""
    (x, y), *rest = outline(stroke).points
    context.move_to(x / OUTLINE_UNIT, y / OUTLINE_UNIT)
    for x, y in rest:
        context.line_to(x / OUTLINE_UNIT, y / OUTLINE_UNIT)
    context.close_path()
    erases = stroke.brush == "eraser"
    context.set_operator(cairo.OPERATOR_DEST_OUT if erases else cairo.OPERATOR_OVER)
    red, green, blue = (channel / 255 for channel in rgb(stroke.colour))
    context.set_source_rgba(red, green, blue, stroke.alpha / 255)
    context.fill()
