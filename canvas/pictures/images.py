"""Pictures as files: what each format is told, so that lines stay crisp."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PIL import Image

from canvas.engine.raster.stencil import LARGEST
from canvas.engine.render import WHITE, render, thumbnail
from canvas.pictures.paintings import Painting
from canvas.pictures.recipes import Recipe

THUMBNAIL_SIZE = (640, 360)
PICTURE, THUMBNAIL = "picture.png", "thumbnail.webp"

PRINT_SCALE = 2
PRINT_INCHES = 297 / 25.4  # the long side of a sheet of A4

SETTINGS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "png": {"format": "PNG"},
        # Lossy WebP halves the colour of thin lines. Quality 0 is the least effort here, not
        # the worst picture: a sixth of the time for files a fifth larger, and below PNG's.
        "webp": {"format": "WEBP", "lossless": True, "quality": 0, "method": 0},
        "avif": {
            "format": "AVIF",
            "quality": 80,
            "speed": 8,
            "subsampling": "4:4:4",
            "max_threads": 1,
        },
        "pdf": {"format": "PDF", "quality": 95, "subsampling": 0},
    }
)


def preview(painting: Painting, folder: Path) -> list[str]:
    """Write the picture and its thumbnail; return the names of the files."""
    image = painting.image()
    image.save(folder / PICTURE, **SETTINGS["png"])
    small = thumbnail(image, THUMBNAIL_SIZE)
    small.save(folder / THUMBNAIL, format="WEBP", quality=80, method=2)
    return [PICTURE, THUMBNAIL]


def image(painting: Painting, recipe: Recipe, path: Path) -> None:
    """Write the picture in the format and the size of a recipe."""
    scaled(painting, recipe.scale, recipe.paper).save(path, **SETTINGS[recipe.kind])


def page(painting: Painting, path: Path) -> None:
    """Write the picture as a page to print, its long side that of A4."""
    scale = PRINT_SCALE if max(painting.size) * PRINT_SCALE <= LARGEST else 1
    picture = scaled(painting, scale, WHITE)
    dots = max(picture.size) / PRINT_INCHES
    picture.save(path, resolution=dots, **SETTINGS["pdf"])


def scaled(painting: Painting, scale: int, paper: str | None) -> Image.Image:
    """Return the picture at a scale: RGB on paper, RGBA without."""
    if scale == 1:
        return painting.image(paper)
    return render(
        painting.strokes,
        painting.size,
        scale=scale,
        paper=paper,
        stack=painting.stack,
        images=painting.album,
    )
