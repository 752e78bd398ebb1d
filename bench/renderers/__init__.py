"""Other ways to turn strokes into a picture.

All fill the outlines of the engine, as it does itself: what differs is the rasteriser.
"""

from collections.abc import Callable, Sequence
from importlib.util import find_spec

from PIL import Image

from bench.renderers import cairo_fill, pillow_naive, pillow_polygons, skia_fill
from canvas.engine.ops import Stroke

Renderer = Callable[[Sequence[Stroke], tuple[int, int]], Image.Image]

PYCAIRO, SKIA = "pycairo", "skia-python"
BOXED, NAIVE = "Pillow polygons 4x, boxed", "Pillow polygons 4x, naive"


def installed() -> dict[str, Renderer]:
    """Return the renderers whose libraries are here, without the naive one."""
    renderers: dict[str, tuple[str, Renderer]] = {
        PYCAIRO: ("cairo", cairo_fill.render),
        SKIA: ("skia", skia_fill.render),
        BOXED: ("PIL", pillow_polygons.render),
    }
    return {
        name: draw for name, (module, draw) in renderers.items() if find_spec(module)
    }


naive = pillow_naive.render
