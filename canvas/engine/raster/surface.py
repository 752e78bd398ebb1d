"""Surfaces: where stencils are inked, and how one is laid over another."""

from collections.abc import Iterable, Iterator
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from canvas.engine.geometry import Box
from canvas.engine.ops import NORMAL
from canvas.engine.raster.font import FIRST_CHARACTER, open_font
from canvas.engine.raster.sampling import Sampler
from canvas.engine.raster.stencil import Glyph, Print, Size, Stencil
from canvas.engine.stack import Level

OPAQUE = 255

# Glyphs in one font: fewer cost more openings, more cost memory, and 65,534 is the end.
SHEET_GLYPHS = 2048
SHEET_BYTES = 4 * 2**20

STRIP = 256  # rows laid or converted at once, so that what is copied stays small


class Surface:
    """Premultiplied red, green, blue and alpha of one part of a picture.

    Pillow calls such four bands CMYK. Its mode for premultiplied colour will not do: as
    with RGBA, pasting treats the alpha band in a way of its own, and here every band has
    to become band * (1 - coverage) + ink * coverage.
    """

    def __init__(self, part: Box) -> None:
        self.part = part
        self.size: Size = (part.right - part.left, part.bottom - part.top)
        self.image = Image.new("CMYK", self.size, (0, 0, 0, 0))

    def draw(self, stencils: Iterable[Stencil]) -> None:
        """Ink stencils one after the other."""
        for sheet in sheets(stencils):
            font = open_font([glyph.data for glyph, _, _ in sheet])
            pen = ImageDraw.Draw(self.image)
            for code, (glyph, ink, alpha) in enumerate(sheet, FIRST_CHARACTER):
                if isinstance(ink, Sampler):
                    mask = coverage(glyph, font, chr(code)).point(faded(alpha))
                    self._show(ink, glyph.box, mask)
                elif alpha == OPAQUE and glyph.whole:
                    at = self.place(*glyph.origin)
                    pen.text(at, chr(code), fill=ink, font=font, anchor="ls")
                else:
                    mask = coverage(glyph, font, chr(code)).point(faded(alpha))
                    self.image.paste(
                        ink, self.place(glyph.box.left, glyph.box.top), mask
                    )

    def _show(self, sampler: Sampler, box: Box, mask: Image.Image) -> None:
        """Lay what a box of the picture shows of an image over what is there."""
        ink = Image.new("CMYK", mask.size)
        ink.paste(sampler.part(box), mask=mask)
        left, top = self.place(box.left, box.top)
        there = (left, top, left + mask.width, top + mask.height)
        below = self.image.crop(there)
        self.image.paste(blended(ink, below, NORMAL), there)

    def place(self, x: int, y: int) -> tuple[int, int]:
        """Return where a pixel of the picture is on this surface."""
        return x - self.part.left, y - self.part.top

    def alone(self, level: Level) -> "Surface":
        """Return what this surface is with nothing below it, as its layer stands."""
        result = Surface(self.part)
        for strip in strips(self.size):
            ink = dimmed(self.image.crop(strip), level.opacity)
            result.image.paste(ink, strip)
        return result

    def lay(self, top: "Surface", level: Level) -> None:
        """Lay a surface of the same part over this one, as its layer stands."""
        for strip in strips(self.size):
            ink = dimmed(top.image.crop(strip), level.opacity)
            below = self.image.crop(strip)
            self.image.paste(blended(ink, below, level.blend), strip)

    def put(self, piece: "Surface") -> None:
        """Put a smaller surface in the place of what is here."""
        self.image.paste(piece.image, self.place(piece.part.left, piece.part.top))

    def opaque(self, paper: str) -> Image.Image:
        """Return the surface as an RGB image on paper."""
        image = Image.new("RGB", self.size, paper)
        for strip in strips(self.size):
            *ink, alpha = self.image.crop(strip).split()
            image.paste((0, 0, 0), strip, alpha)
            over = ImageChops.add(image.crop(strip), Image.merge("RGB", ink))
            image.paste(over, strip)
        return image

    def transparent(self) -> Image.Image:
        """Return the surface as an RGBA image."""
        image = Image.new("RGBA", self.size)
        for strip in strips(self.size):
            bands = self.image.crop(strip).split()
            image.paste(Image.merge("RGBa", bands).convert("RGBA"), strip)
        return image


def blended(ink: Image.Image, below: Image.Image, blend: str) -> Image.Image:
    """Return premultiplied ink over what is below.

    The formulas are those of Compositing and Blending Level 1 with alpha multiplied in;
    alpha itself comes out of each as it should.
    """
    uncovered = outside(below, ink)
    over = ImageChops.add(uncovered, ink)
    if blend == NORMAL:
        return over
    if blend == "screen":
        return ImageChops.screen(ink, below)
    beside = outside(ink, below)
    if blend == "multiply":
        return ImageChops.add(
            ImageChops.add(uncovered, beside), ImageChops.multiply(ink, below)
        )
    under = ImageChops.add(beside, below)
    darken = blend == "darken"
    return ImageChops.darker(over, under) if darken else ImageChops.lighter(over, under)


def outside(one: Image.Image, other: Image.Image) -> Image.Image:
    """Return premultiplied ink where another lets it through."""
    left = one.copy()
    left.paste((0, 0, 0, 0), (0, 0), other.getchannel("K"))
    return left


def dimmed(ink: Image.Image, opacity: int) -> Image.Image:
    """Return ink as faint as a layer is."""
    return ink if opacity == OPAQUE else ink.point(faded(opacity) * 4)


def sheets(stencils: Iterable[Stencil]) -> Iterator[list[Print]]:
    """Yield the glyphs of stencils, in order, by as many as go into one font."""
    sheet: list[Print] = []
    size = 0
    for stencil in stencils:
        for one in stencil.prints:
            if len(sheet) == SHEET_GLYPHS or size > SHEET_BYTES:
                yield sheet
                sheet, size = [], 0
            sheet.append(one)
            size += len(one.glyph.data)
    if sheet:
        yield sheet


def coverage(glyph: Glyph, font: ImageFont.FreeTypeFont, character: str) -> Image.Image:
    """Return how much of each pixel in its box a glyph covers, 0 to 255."""
    left, top, right, bottom = glyph.box
    x, y = glyph.origin
    mask = Image.new("L", (right - left, bottom - top))
    pen = ImageDraw.Draw(mask)
    pen.text((x - left, y - top), character, fill=255, font=font, anchor="ls")
    return mask


@cache
def faded(alpha: int) -> list[int]:
    """Return every coverage scaled by alpha."""
    return [(value * alpha + 127) // 255 for value in range(256)]


def strips(size: Size) -> Iterator[Box]:
    """Yield boxes of full width that make up a surface from top to bottom."""
    width, height = size
    for top in range(0, height, STRIP):
        yield Box(0, top, width, min(top + STRIP, height))
