"""How text becomes outlines: the same integers here and in lettering.js.

Letters stand one after the other on a baseline, kerned by pairs; nothing is shaped, so
scripts that join their letters are set apart. What the font lacks is a box.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

from canvas.engine.geometry import POINT_UNIT, Node, Vertex, flatten, quantise
from canvas.engine.matrix import ONE, Matrix

FILE = Path(__file__).parents[2] / "static/fonts/inter.json"

ON = 1  # the lowest bit of an x says that the point is on the curve

WIDEST = 1.5  # em: no letter advances further
ABOVE, BELOW = 1.3, 0.5  # em: no letter reaches further from its baseline
LINE = 1.21  # em from baseline to baseline

Glyph = tuple[int, list[list[int]]]  # advance and contours
Place = tuple[int, int]  # in units of the font


class Typeface(NamedTuple):
    """The letters of a font, in units of 1/unit em."""

    unit: int
    line: int
    missing: Glyph
    glyphs: Mapping[str, Glyph]
    kern: Mapping[str, int]


class Lettered(Protocol):
    """As much of a text as its outlines need; size in 1/16 px."""

    @property
    def text(self) -> str: ...

    @property
    def size(self) -> int: ...

    @property
    def matrix(self) -> Matrix: ...


@cache
def typeface() -> Typeface:
    """Return the one font there is."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    return Typeface(*(data[name] for name in Typeface._fields))


def letters(text: Lettered) -> list[list[Vertex]]:
    """Return the contours of a text, to be filled together."""
    font = typeface()
    contours = []
    for at, (_, parts) in laid_out(text.text, font):
        for steps in parts:
            nodes = bent(steps, at, placing(text, font))
            contours.append(quantise((x, y) for x, y, _ in nodes))
    return contours


def laid_out(text: str, font: Typeface) -> Iterator[tuple[Place, Glyph]]:
    """Yield each glyph of a text, and where it stands."""
    for row, line in enumerate(text.split("\n")):
        x, last = 0, ""
        for character in line:
            glyph = font.glyphs.get(character, font.missing)
            x += font.kern.get(last + character, 0)
            yield (x, row * font.line), glyph
            x += glyph[0]
            last = character


class Placing(NamedTuple):
    """A map from units of the font to px."""

    factors: tuple[int, int, int, int]
    scale: float
    shift: tuple[float, float]

    def node(self, x: int, y: int) -> Node:
        """Return where a place of the font comes to be."""
        a, b, c, d = self.factors
        shift_x, shift_y = self.shift
        return (
            (a * x + c * y) * self.scale + shift_x,
            (b * x + d * y) * self.scale + shift_y,
            0.0,
        )


def placing(text: Lettered, font: Typeface) -> Placing:
    """Return how the letters of a text are placed."""
    a, b, c, d, e, f = text.matrix
    scale = text.size / (POINT_UNIT * font.unit * ONE)
    return Placing((a, b, c, d), scale, (e / POINT_UNIT, f / POINT_UNIT))


def bent(steps: list[int], at: Place, placing: Placing) -> list[Node]:
    """Return a contour of a glyph, its curves cut into short straight steps."""
    start, *points = walked(steps, at, placing)
    nodes = [start[0]]
    control: Node | None = None
    for node, on in [*points, start]:
        if not on:
            control = node
        elif control is None:
            nodes.append(node)
        else:
            flatten(nodes, nodes[-1], control, node)
            control = None
    return nodes


def walked(steps: list[int], at: Place, placing: Placing) -> list[tuple[Node, int]]:
    """Return the points of a contour in px, and whether each is on the curve."""
    x, y = at
    points = []
    for i in range(0, len(steps), 2):
        x += steps[i] >> 1
        y += steps[i + 1]
        points.append((placing.node(x, y), steps[i] & ON))
    return points


def extent(text: Lettered) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom that a text keeps within, unmoved, in 1/16 px."""
    lines = text.text.split("\n")
    size = text.size
    longest = max(map(len, lines))
    return (
        -0.5 * size,
        -ABOVE * size,
        (WIDEST * longest + 0.5) * size,
        (LINE * (len(lines) - 1) + BELOW) * size,
    )
