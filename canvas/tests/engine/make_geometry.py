"""Writes cases/geometry.json: `python -m canvas.tests.engine.make_geometry`.

Run it only when outlines are meant to change: every drawing kept so far changes with
them.
"""

import json
from collections.abc import Iterator
from itertools import islice
from random import Random

from canvas.engine.coats import coats
from canvas.engine.codec import encode
from canvas.engine.geometry import outline
from canvas.engine.ops import Mark, Shape, Stroke, Text
from canvas.tests.engine.cases import write
from canvas.tests.engine.strokes import PATHS, at, figure, mark, wrote

CORNER = (0, 0), (800, 0), (800, 800)
ZIGZAG = tuple((i * 160, 480 * (i % 2)) for i in range(9))
SPIRAL = [
    (30, 0),
    (22, 22),
    (0, 28),
    (-18, 18),
    (-22, 0),
    (-14, -14),
    (0, -16),
    (8, -8),
]


def strokes() -> Iterator[tuple[str, Stroke]]:
    """Yield strokes worth looking at, each with its name."""
    yield from dots()
    yield from lines()
    yield from turns()
    yield from repeats()
    yield from pressures()
    yield from extremes()
    yield from by_hand()


def dots() -> Iterator[tuple[str, Stroke]]:
    yield "a dot", mark("ann.1", (160, 160))
    yield "the finest dot", mark("ann.1", (160, 160), width=8)
    yield "the biggest dot", mark("ann.1", (160, 160), width=4096)
    yield "a dot between pixels", mark("ann.1", (163, 167), width=40)
    yield "a dot left of the canvas", mark("ann.1", (-1000, 160))
    yield "a dot barely pressed", mark("ann.1", (160, 160, 0))
    yield "a dot pressed hard", mark("ann.1", (160, 160, 255))
    yield "the same place thrice", mark("ann.1", *[(160, 160)] * 3)
    yield "the same place, harder and harder", mark("ann.1", (9, 9, 1), (9, 9, 255))


def lines() -> Iterator[tuple[str, Stroke]]:
    yield "a line to the right", mark("ann.1", (0, 0), (1600, 0))
    yield "a line to the left", mark("ann.1", (1600, 0), (0, 0))
    yield "a line down", mark("ann.1", (0, 0), (0, 1600))
    yield "a slanting line", mark("ann.1", (0, 0), (1234, 567))
    yield "the shortest line", mark("ann.1", (0, 0), (1, 0))
    yield "the longest line", mark("ann.1", (-32_768, -32_768), (65_535, 65_535))
    yield "three points in a line", mark("ann.1", (0, 0), (800, 0), (1600, 0))
    yield "unevenly spaced points", mark("ann.1", (0, 0), (1, 0), (1600, 0), (1601, 0))


def turns() -> Iterator[tuple[str, Stroke]]:
    yield "a corner to the right", mark("ann.1", *CORNER)
    yield "a corner to the left", mark("ann.1", *[(x, -y) for x, y in CORNER])
    yield "a wide corner", mark("ann.1", *CORNER, width=1600)
    yield "a zigzag", mark("ann.1", *ZIGZAG)
    yield "a zigzag thicker than its steps", mark("ann.1", *ZIGZAG, width=800)
    yield "there and back", mark("ann.1", (0, 0), (1600, 0), (0, 0))
    yield "there and back and there", mark("ann.1", *[(0, 0), (1600, 0)] * 3)
    yield "back past its start", mark("ann.1", (0, 0), (1600, 0), (-800, 0), (0, 0))
    yield "a sharp hook", mark("ann.1", (0, 0), (1600, 0), (1590, 16), (100, 60))
    yield "a square", mark("ann.1", (0, 0), (800, 0), (800, 800), (0, 800), (0, 0))
    yield "a bow tie", mark("ann.1", (0, 0), (800, 800), (800, 0), (0, 800), (0, 0))
    yield "a spiral", mark("ann.1", *[(30 * x, 30 * y) for x, y in SPIRAL])
    yield (
        "a wide spiral",
        mark("ann.1", *[(9 * x, 9 * y) for x, y in SPIRAL], width=400),
    )


def repeats() -> Iterator[tuple[str, Stroke]]:
    yield "a repeated beginning", mark("ann.1", (0, 0), (0, 0), (800, 0), (900, 500))
    yield "a repeated end", mark("ann.1", (0, 0), (800, 0), (900, 500), (900, 500))
    yield "a repeated middle", mark("ann.1", (0, 0), *[(800, 0)] * 4, (900, 500))
    yield "a trembling pen", mark("ann.1", *[(0, 0), (1, 0)] * 20)
    yield "a pen trembling both ways", mark("ann.1", *[(0, 0), (1, 1), (1, 0)] * 9)
    yield "middles that fall together", mark("ann.1", *[(0, 0), (16, 0)] * 3)


def pressures() -> Iterator[tuple[str, Stroke]]:
    swell = [(i * 200, 0, 255 - abs(i - 5) * 50) for i in range(11)]
    yield "a swelling line", mark("ann.1", *swell)
    yield "a pulse in a thick line", mark("ann.1", *swell, width=2000)
    yield "light then hard at once", mark("ann.1", (0, 0, 0), (16, 0, 255), width=800)
    yield "hard then light at once", mark("ann.1", (0, 0, 255), (16, 0, 0), width=800)
    yield "a line pressed by turns", mark("ann.1", *[(0, 0, 0), (90, 9, 255)] * 5)
    yield "a light corner", mark("ann.1", (0, 0, 10), (800, 0, 10), (800, 800, 10))


def extremes() -> Iterator[tuple[str, Stroke]]:
    edges = [(-32_768, -32_768), (65_535, -32_768), (65_535, 65_535), (-32_768, 65_535)]
    yield "round the edges of the world", mark("ann.1", *edges)
    yield "a marker as wide as can be", mark("ann.1", *ZIGZAG, width=4096)
    yield "a hair", mark("ann.1", *ZIGZAG, width=8)
    wave = [(i * 30, 400 + abs(i % 40 - 20) * 15) for i in range(1000)]
    yield "a thousand points", mark("ann.1", *wave, width=24)


def by_hand() -> Iterator[tuple[str, Stroke]]:
    for path in PATHS:
        for pressure in ((), (90,), (255,)):
            points = list(islice(path(Random(7)), 12))
            placed = [at(x, y, 255)[:2] + pressure for x, y in points]
            name = f"{path.__name__}, pressure {pressure[0] if pressure else 'none'}"
            yield name, mark("ann.1", *placed, width=160)


def pencils() -> Iterator[tuple[str, Stroke]]:
    """Yield strokes of the pencil worth looking at, each with its name."""
    swell = [(i * 60, i * i, 255 - abs(i - 5) * 50) for i in range(11)]
    leap = (0, 0), (9000, 0), (9000, 900)
    for name, points in {
        "a dot of a pencil": [(160, 160)],
        "a pencil's shortest line": [(160, 160), (161, 160)],
        "a pencil pressed and lifted": swell,
        "a pencil faster than its grain": leap,
        "a pencil at the same place thrice": [(160, 160)] * 3,
    }.items():
        yield name, mark("ann.1f", *points, brush="pencil")
    yield "a fine pencil", mark("ann.2", *swell, brush="pencil", width=8)
    yield "a broad pencil", mark("ann.3z", *swell, brush="pencil", width=4096)
    yield from leaning()


def leaning() -> Iterator[tuple[str, Stroke]]:
    """Yield strokes of the pencil that lean, each with its name."""
    way = [(i * 60, i * i, 100 + 9 * i) for i in range(11)]
    for name, leans in {
        "a pencil laid on its side and stood up again": range(0, 255, 25),
        "a pencil on its side": [255],
        "a pencil that leans a little": [40],
        "a pencil that could lean and does not": [0],
        "a pencil tumbling over": [0, 255],
    }.items():
        points = [(*at, leans[i % len(leans)]) for i, at in enumerate(way)]
        yield name, mark("ann.1f", *points, brush="pencil", leans=True)
    yield "a dot of a pencil on its side", sideways("ann.1f", (160, 160))
    yield "a pencil's shortest line on its side", sideways("ann.2", (9, 9), (10, 9))
    yield "a pencil on its side, in haste", sideways("ann.3z", (0, 0), (4000, 0))
    yield "a fine pencil on its side", sideways("ann.4", (0, 0), (90, 60), width=8)
    yield "a broad pencil on its side", sideways("a.5", (0, 0), (9, 6), width=4096)


def sideways(op_id: str, *places: tuple[int, int], **style: object) -> Stroke:
    """Return the stroke of a pencil that lies on its side, pressed half."""
    points = [(x, y, 128, 255) for x, y in places]
    return mark(op_id, *points, brush="pencil", **style)


def shapes() -> Iterator[tuple[str, Shape]]:
    """Yield shapes worth looking at, each with its name."""
    box = (160, 160), (1600, 160), (1600, 800)
    slant = (160, 160), (1600, 400), (1300, 1200)
    for kind in ("rectangle", "ellipse"):
        both = {"fill": "#ffcc00", "alpha": 128}
        yield f"an outlined {kind}", figure("ann.1", kind, *box)
        yield (
            f"a filled {kind}",
            figure("ann.1", kind, *box, colour=None, fill="#000000"),
        )
        yield f"a slanted {kind}, both", figure("ann.1", kind, *slant, **both)
        yield f"a {kind} of one place", figure("ann.1", kind, *[(9, 9)] * 3)
        yield f"a {kind} thinner than its line", figure("ann.1", kind, *box, width=2000)
    for kind in ("line", "arrow"):
        yield f"a straight {kind}", figure("ann.1", kind, (0, 0), (1234, 567))
        yield f"a {kind} with corners", figure("ann.1", kind, *CORNER, (90, 40))
        yield f"a {kind} to where it is", figure("ann.1", kind, (8, 8), (8, 8))
        yield f"the shortest {kind}", figure("ann.1", kind, (8, 8), (9, 8))
        yield (
            f"a {kind} there and back",
            figure("ann.1", kind, (0, 0), (800, 0), (0, 0)),
        )
    yield "a triangle", figure("ann.1", "polygon", *CORNER, fill="#00ff00")
    star = [(400, 0), (640, 740), (10, 280), (790, 280), (160, 740)]
    yield "a star", figure("ann.1", "polygon", *star, fill="#00ff00")


def texts() -> Iterator[tuple[str, Text]]:
    """Yield texts worth looking at, each with its name."""
    yield "a kerned text", wrote("ann.1", "AVo")
    yield "a text of two lines", wrote("ann.1", "i\n:")
    yield "a letter the font lacks", wrote("ann.1", "雨")
    yield (
        "a slanted text",
        wrote("ann.1", "ä", matrix=(60_000, 9000, -9000, 70_000, 5, 7)),
    )
    yield "a large letter", wrote("ann.1", "S", size=8192)


def case(name: str, stroke: Stroke) -> dict[str, object]:
    """Return the case of a stroke: its outline as one flat list."""
    points, simple = outline(stroke)
    op = json.loads(encode(stroke))
    return {"name": name, "op": op, "outline": flat(points), "simple": simple}


def coated(name: str, mark: Mark) -> dict[str, object]:
    """Return the case of any other mark: its coats."""
    found = [
        {
            "contours": [flat(points) for points in coat.contours],
            "colour": coat.colour,
            "alpha": coat.alpha,
            "erases": coat.erases,
        }
        for coat in coats(mark)
    ]
    return {"name": name, "op": json.loads(encode(mark)), "coats": found}


def flat(points: list[tuple[int, int]]) -> list[int]:
    """Return points as one flat list."""
    return [number for point in points for number in point]


if __name__ == "__main__":
    found = [case(name, stroke) for name, stroke in strokes()]
    found += [coated(name, pencil) for name, pencil in pencils()]
    found += [coated(name, shape) for name, shape in shapes()]
    found += [coated(name, text) for name, text in texts()]
    write("geometry.json", found)
