"""Writes static/fonts/inter.json: `python -m canvas.tests.engine.make_typeface`.

The outlines, advances and kerning of Inter, read from the files of @fontsource/inter, for
both languages alike. Run it only when text is meant to change: every drawing with text
changes with it. Needs `npm ci` and fontTools.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "node_modules/@fontsource/inter"
TARGET = ROOT / "static/fonts"

# Later files only add what earlier ones lack.
PARTS = ("latin", "latin-ext", "greek", "cyrillic")
# European Latin, Greek, Cyrillic; punctuation, currencies, arrows, mathematics. With all
# the font has, the file would be three times as large.
WANTED = {
    *range(0x20, 0x180),
    *range(0x218, 0x21C),
    *range(0x384, 0x3CF),
    *range(0x400, 0x460),
    *(0x490, 0x491),
    *range(0x2010, 0x2040),
    *range(0x20A0, 0x20C0),
    *range(0x2190, 0x2194),
    *(0x2122, 0x2212, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265),
}
KERNED = [chr(code) for code in (*range(0x21, 0x7F), 0x2013, 0x2014, 0x2018, 0x2019)]

Point = tuple[float, float, bool]  # the last says whether it is on the curve

FINER = 2  # so that middles between points are whole numbers
GAP, EDGE = 0.08, 0.06  # of an em: around the box of what the font lacks, and its line


def main() -> None:
    """Write the typeface, and its licence beside it."""
    fonts = [TTFont(SOURCE / f"files/inter-{part}-400-normal.woff2") for part in PARTS]
    unit = fonts[0]["head"].unitsPerEm
    glyphs: dict[str, list] = {}
    for font in fonts:
        for character, name in characters(font):
            glyphs.setdefault(character, drawn(font, name))
    line = fonts[0]["hhea"]
    data = {
        "name": "Inter",
        "unit": unit * FINER,
        "line": (line.ascent - line.descent + line.lineGap) * FINER,
        "missing": missing(unit * FINER, fonts[0]["OS/2"].sCapHeight * FINER),
        "glyphs": dict(sorted(glyphs.items())),
        "kern": dict(kerned(fonts[0])),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (TARGET / "inter.json").write_text(text + "\n", encoding="utf-8")
    shutil.copy(SOURCE / "LICENSE", TARGET / "inter.LICENSE.txt")


def characters(font: TTFont) -> Iterator[tuple[str, str]]:
    """Yield the characters wanted of a font, each with the name of its glyph."""
    for code, name in font.getBestCmap().items():
        if code in WANTED:
            yield chr(code), name


def drawn(font: TTFont, name: str) -> list:
    """Return the advance of a glyph, and its contours."""
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return [font["hmtx"][name][0] * FINER, list(contours(pen.value))]


def contours(steps: list) -> Iterator[list[int]]:
    """Yield contours as flat lists of steps from point to point."""
    points: list[Point] = []
    for step, given in steps:
        if step == "moveTo":
            points = [(*given[0], True)]
        elif step == "lineTo":
            points.append((*given[0], True))
        elif step == "qCurveTo":
            points += curve(given)
        elif step == "closePath":
            yield told(points)


def curve(given: list) -> list[Point]:
    """Return a run of quadratics, with the points between two controls put in."""
    points: list[Point] = []
    *controls, end = given
    for i, (x, y) in enumerate(controls):
        points.append((x, y, False))
        if i + 1 < len(controls):
            after_x, after_y = controls[i + 1]
            points.append(((x + after_x) / 2, (y + after_y) / 2, True))
    return [*points, (*end, True)]


def told(points: list[Point]) -> list[int]:
    """Return points as steps: x doubled, plus one when on the curve, then y down."""
    flat, last_x, last_y = [], 0, 0
    for given_x, given_y, on in points:
        x, y = int(given_x * FINER), int(-given_y * FINER)
        flat += [2 * (x - last_x) + on, y - last_y]
        last_x, last_y = x, y
    return flat


def missing(unit: int, height: int) -> list:
    """Return the box that stands for what the font lacks: as wide as it advances."""
    wide = unit * 6 // 10
    gap, edge = int(unit * GAP), int(unit * EDGE)
    outer = gap, 0, wide - gap, -height
    inner = gap + edge, -edge, wide - gap - edge, edge - height
    return [wide, [box(*outer), box(inner[2], inner[1], inner[0], inner[3])]]


def box(left: int, bottom: int, right: int, top: int) -> list[int]:
    """Return a box as a contour."""
    corners = (left, bottom), (left, top), (right, top), (right, bottom)
    return told([(x / FINER, -y / FINER, True) for x, y in corners])


def kerned(font: TTFont) -> Iterator[tuple[str, int]]:
    """Yield pairs of characters that stand nearer or further than they advance."""
    names = font.getBestCmap()
    tables = list(pair_tables(font))
    for left in KERNED:
        for right in KERNED:
            pair = names.get(ord(left)), names.get(ord(right))
            if None not in pair and (kern := between(tables, *pair)):
                yield left + right, kern * FINER


def pair_tables(font: TTFont) -> Iterator[list]:
    """Yield the tables of each lookup that kerns."""
    table = font["GPOS"].table
    kern = [one for one in table.FeatureList.FeatureRecord if one.FeatureTag == "kern"]
    for index in kern[0].Feature.LookupListIndex:
        found = [
            getattr(one, "ExtSubTable", one)
            for one in table.LookupList.Lookup[index].SubTable
        ]
        yield [one for one in found if one.LookupType == 2]


def between(lookups: list[list], left: str, right: str) -> int:
    """Return how far two glyphs are moved apart, in font units."""
    return sum(first(tables, left, right) for tables in lookups)


def first(tables: list, left: str, right: str) -> int:
    """Return what the first table that speaks of a pair says."""
    for table in tables:
        if left not in table.Coverage.glyphs:
            continue
        if table.Format == 1:
            pairs = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
            for one in pairs:
                if one.SecondGlyph == right:
                    return advance(one.Value1)
        else:
            row = table.ClassDef1.classDefs.get(left, 0)
            column = table.ClassDef2.classDefs.get(right, 0)
            return advance(table.Class1Record[row].Class2Record[column].Value1)
    return 0


def advance(value: object) -> int:
    """Return by how much a value changes an advance."""
    return getattr(value, "XAdvance", 0) or 0


if __name__ == "__main__":
    main()
