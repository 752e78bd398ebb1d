"""A TrueType font made in memory, each of its glyphs a piece of a stroke.

The FreeType inside Pillow fills an outline nonzero, with exact area coverage and at the
speed of C, but only if the outline comes as a glyph. So this writes the smallest font
FreeType opens: the tables of the OpenType specification 1.9 it insists on, and one more.
"""

import struct
from collections.abc import Sequence
from io import BytesIO
from operator import sub
from typing import Protocol

from PIL import ImageFont

from canvas.engine.geometry import OUTLINE_UNIT

UNITS_PER_EM = 16384  # the most the specification allows
PIXELS_PER_EM = UNITS_PER_EM // OUTLINE_UNIT  # a font unit is then a unit of outlines

# Coordinates are told as differences in 16 bits, so a glyph is at most 511 px across.
# (FreeType itself refuses bitmaps beyond ten times PIXELS_PER_EM, which is further.)
WIDEST_STEP = 2**15 - 1
MOST_VERTICES = 30_000  # FreeType counts the points of a glyph in 16 bits with a sign

FIRST_CHARACTER = 0xF0000  # of private use plane 15, which nothing shapes or reorders

ON_CURVE = 0x01
OVERLAP_SIMPLE = 0x40  # on the first point: resolve where the outline covers itself

# Where a font has no program FreeType hints it by itself, which moves edges to whole
# pixels. This program pushes a zero and pops it.
FONT_PROGRAM = b"\xb0\x00\x21"

VERSION_1 = 0x00010000
HEAD_MAGIC = 0x5F0F3CF5
LONG_OFFSETS = 1  # in loca
WINDOWS, FULL_UNICODE = 3, 10  # the platform and encoding of the one character map
SEGMENTED_COVERAGE = 12  # the format of a character map beyond U+FFFF


class Drawn(Protocol):
    """Contours one after the other, and the index of each one's last vertex."""

    @property
    def xs(self) -> Sequence[int]: ...

    @property
    def ys(self) -> Sequence[int]: ...

    @property
    def ends(self) -> Sequence[int]: ...


def entry(part: Drawn, origin: tuple[int, int], overlap: bool) -> bytes:
    """Return the glyf entry of contours; origin is in px, and fonts count y upwards."""
    xs, ys, ends = part.xs, part.ys, part.ends
    # Bounds of zero agree with the side bearings of zero in hmtx; were the two to
    # differ, FreeType would shift the glyph by the difference.
    header = struct.pack(">hhhhh", len(ends), 0, 0, 0, 0)
    header += struct.pack(f">{len(ends)}HH", *ends, 0)
    first = ON_CURVE | OVERLAP_SIMPLE if overlap else ON_CURVE
    flags = bytes([first]) + bytes([ON_CURVE]) * (len(xs) - 1)
    x, y = (pixel * OUTLINE_UNIT for pixel in origin)
    across = map(sub, xs, (x, *xs))
    upwards = map(sub, (y, *ys), ys)
    return padded(header + flags + struct.pack(f">{2 * len(xs)}h", *across, *upwards))


def open_font(glyphs: Sequence[bytes]) -> ImageFont.FreeTypeFont:
    """Return a font whose characters from FIRST_CHARACTER on are the glyphs."""
    # Basic layout: each character is set by itself, and Raqm would only cost time.
    return ImageFont.truetype(
        BytesIO(font_file(glyphs)),
        PIXELS_PER_EM,
        layout_engine=ImageFont.Layout.BASIC,
    )


def font_file(glyphs: Sequence[bytes]) -> bytes:
    """Return the font as a file: a directory of tables, then the tables."""
    tables = font_tables(glyphs)
    offset = 12 + 16 * len(tables)
    # FreeType looks at no checksum and needs no binary search, hence the zeros.
    directory = struct.pack(">IHHHH", VERSION_1, len(tables), 0, 0, 0)
    for tag, table in tables:
        directory += struct.pack(">4sIII", tag, 0, offset, len(table))
        offset += len(padded(table))
    return directory + b"".join(padded(table) for _, table in tables)


def font_tables(glyphs: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    """Return the tables in the order of their tags."""
    count = len(glyphs) + 1  # the first glyph stands for what is missing, and is empty
    return [
        (b"cmap", character_map(len(glyphs))),
        (b"fpgm", FONT_PROGRAM),
        (b"glyf", b"".join(glyphs)),
        (b"head", header()),
        (b"hhea", horizontal_header()),
        (b"hmtx", bytes(4 + 2 * (count - 1))),
        (b"loca", locations(glyphs)),
        (b"maxp", maximum_profile(count)),
    ]


def character_map(count: int) -> bytes:
    """Return cmap: so many characters from FIRST_CHARACTER on, to the glyphs from 1."""
    group = struct.pack(">III", FIRST_CHARACTER, FIRST_CHARACTER + count - 1, 1)
    length = 16 + len(group)
    return (
        struct.pack(">HHHHI", 0, 1, WINDOWS, FULL_UNICODE, 12)
        + struct.pack(">HHIII", SEGMENTED_COVERAGE, 0, length, 0, 1)
        + group
    )


def header() -> bytes:
    """Return head, with bounds as wide as they go and every date and flag zero."""
    low, high = -WIDEST_STEP - 1, WIDEST_STEP
    versions = struct.pack(">IIIIHH", VERSION_1, 0, 0, HEAD_MAGIC, 0, UNITS_PER_EM)
    dates = struct.pack(">qq", 0, 0)
    bounds = struct.pack(">hhhh", low, low, high, high)
    return versions + dates + bounds + struct.pack(">HHhhh", 0, 0, 0, LONG_OFFSETS, 0)


def horizontal_header() -> bytes:
    """Return hhea: no height, no advance, one entry of metrics for all glyphs."""
    return struct.pack(">I30xH", VERSION_1, 1)


def locations(glyphs: Sequence[bytes]) -> bytes:
    """Return loca: where in glyf each glyph begins and the last one ends."""
    offsets = [0, 0]
    for data in glyphs:
        offsets.append(offsets[-1] + len(data))
    return struct.pack(f">{len(offsets)}I", *offsets)


def maximum_profile(count: int) -> bytes:
    """Return maxp: the number of glyphs, and what a glyph may ask of FreeType."""
    points, contours, zones, functions, stack, instructions = (
        0xFFFF,
        0xFFFF,
        2,
        1,
        64,
        1,
    )
    limits = (points, contours, 0, 0, zones, 0, 0, functions, 0, stack, instructions)
    return struct.pack(">IH13H", VERSION_1, count, *limits, 0, 0)


def padded(data: bytes) -> bytes:
    """Return data with zeros to the next multiple of four bytes."""
    return data + bytes(-len(data) % 4)
