"""Strokes of every kind, hand-like and hostile, from a seeded generator."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from canvas.engine.matrix import ONE
from canvas.engine.ops import (
    LEAST_COORDINATE,
    LEAST_WIDTH,
    MOST_COORDINATE,
    MOST_SIZE,
    MOST_WIDTH,
    OPEN_SHAPES,
    Area,
    Image,
    Point,
    Shape,
    Stroke,
    Text,
)

Path = Iterator[tuple[float, float]]


def mark(op_id: str, *points: tuple[int, ...], **style: object) -> Stroke:
    """Return a plain stroke through points, each x and y, pressure if it has one, and lean."""
    plain = {"brush": "pen", "colour": "#102030", "alpha": 255, "width": 64}
    plain |= {"layer": 0, "pressure": any(len(point) > 2 for point in points)}
    plain |= {"leans": any(any(point[3:]) for point in points)}
    return Stroke(id=op_id, points=tuple(Point(*p) for p in points), **plain | style)


def figure(op_id: str, kind: str, *points: tuple[int, int], **style: object) -> Shape:
    """Return a plain shape through points."""
    plain = {"colour": "#102030", "fill": None, "alpha": 255, "width": 64, "layer": 0}
    return Shape(
        id=op_id, kind=kind, points=tuple(Point(*p) for p in points), **plain | style
    )


def any_shape(random: Random, op_id: str = "ann.1") -> Shape:
    """Return a shape of a kind picked at random."""
    kind = random.choice(["line", "arrow", "polygon", "rectangle", "ellipse"])
    count = 3 if kind in ("rectangle", "ellipse") else random.choice([3, 4, 9])
    path = zip(range(count), random.choice(PATHS)(random), strict=False)
    points = [at(x, y, 255)[:2] for _, (x, y) in path]
    style = {"width": random.choice([LEAST_WIDTH, random.randint(8, 640), MOST_WIDTH])}
    style["alpha"] = random.randint(1, 255)
    if kind not in OPEN_SHAPES:
        colours = [("#102030", None), (None, "#abcdef"), ("#000000", "#ffffff")]
        style["colour"], style["fill"] = random.choice(colours)
    return figure(op_id, kind, *points, **style)


def wrote(op_id: str, text: str, **style: object) -> Text:
    """Return a plain text that begins at (10, 20) px."""
    plain = {"colour": "#102030", "alpha": 255, "size": 384, "layer": 0}
    plain["matrix"] = (ONE, 0, 0, ONE, 160, 320)
    return Text(id=op_id, text=text, **plain | style)


LETTERS = "AVATAR, To be\nWolf fjord Żółć Αθήνα Ёлка 雨 № 1/2 @!?#{}"


def any_text(random: Random, op_id: str = "ann.1") -> Text:
    """Return a text of letters, size and slant picked at random."""
    text = "".join(random.choices(LETTERS, k=random.choice([1, 5, 20])))
    factors = [random.randint(-ONE, ONE) for _ in range(4)]
    if random.random() < 0.5:
        factors = [ONE, 0, 0, ONE]
    place = [random.randint(LEAST_COORDINATE, MOST_COORDINATE) for _ in range(2)]
    size = random.choice([64, random.randint(64, 1000), MOST_SIZE])
    return wrote(op_id, text, size=size, matrix=(*factors, *place))


def filled(op_id: str, *contours: tuple, **style: object) -> Area:
    """Return a plain area of contours in 1/64 px."""
    plain = {"colour": "#102030", "alpha": 255, "layer": 0}
    return Area(id=op_id, contours=contours, **plain | style)


def any_area(random: Random, op_id: str = "ann.1") -> Area:
    """Return an area of contours picked at random."""
    contours: list[tuple] = []
    for _ in range(random.choice([1, 2, 9])):
        path = zip(
            range(random.choice([3, 4, 60])), random.choice(PATHS)(random), strict=False
        )
        points = [at(x, y, 255) for _, (x, y) in path]
        contours.append(tuple((4 * x, 4 * y) for x, y, *_ in points))
    return filled(op_id, *contours, alpha=random.randint(1, 255))


def pasted(op_id: str, **style: object) -> Image:
    """Return an image of 400 by 300 px at (10, 20) px."""
    plain = {"image": "0123456789abcdef" * 4, "width": 400, "height": 300}
    plain |= {"alpha": 255, "layer": 0, "matrix": (ONE, 0, 0, ONE, 160, 320)}
    return Image(id=op_id, **plain | style)


def any_image(random: Random, op_id: str = "ann.1") -> Image:
    """Return an image of a size and slant picked at random."""
    width, height = (random.choice([1, 7, random.randint(1, 2048)]) for _ in range(2))
    factors = [random.randint(-ONE // 8, ONE // 8) for _ in range(4)]
    if random.random() < 0.5:
        factors = [ONE, 0, 0, ONE]
    place = [random.randint(0, MOST_COORDINATE // 2) for _ in range(2)]
    return pasted(op_id, width=width, height=height, matrix=(*factors, *place))


def any_stroke(random: Random, op_id: str = "ann.1") -> Stroke:
    """Return a stroke of a kind picked at random."""
    path = random.choice(PATHS)
    count = random.choice([1, 2, 3, 4, 8, 30, 30, 30, 120])
    steps = zip(range(count), path(random), strict=False)
    points = [at(x, y, random.randint(0, 255)) for _, (x, y) in steps]
    pressure = random.random() < 0.6
    if not pressure:
        points = [point._replace(pressure=255) for point in points]
    width = random.choice([LEAST_WIDTH, random.randint(8, 640), 640, MOST_WIDTH])
    style = {"width": width, "pressure": pressure, "alpha": random.randint(1, 255)}
    return mark(op_id, *points, **style)


def any_pencil(random: Random, op_id: str = "ann.1") -> Stroke:
    """Return a pencil's stroke picked at random, named like nothing before."""
    name = f"{op_id}{random.randrange(36**5):x}"
    pencil = replace(any_stroke(random, name), brush="pencil")
    return leant(random, pencil) if pencil.pressure else pencil


def leant(random: Random, pencil: Stroke) -> Stroke:
    """Return a pencil's stroke drawn again: upright, on the side, rolled over, or leant anyhow."""
    turn = random.uniform(0.0, 1.0)
    rolled = [128 + 127 * math.cos(turn * i) for i, _ in enumerate(pencil.points)]
    leans = random.choice([[0.0], [255.0], rolled, [0.0, 255.0, 90.0, 91.0, 0.0]])
    points = tuple(
        point._replace(lean=round(leans[i % len(leans)]))
        for i, point in enumerate(pencil.points)
    )
    return replace(pencil, points=points, leans=random.choice([True, max(leans) > 0.0]))


def at(x: float, y: float, pressure: int) -> Point:
    """Return the point of the grid nearest to x, y within what a drawing allows."""
    column = min(MOST_COORDINATE, max(LEAST_COORDINATE, round(x)))
    row = min(MOST_COORDINATE, max(LEAST_COORDINATE, round(y)))
    return Point(column, row, pressure)


def wander(random: Random) -> Path:
    """Go as a hand goes: on and on, turning a little."""
    x, y, angle = random.uniform(0, 30_000), random.uniform(0, 17_000), 0.0
    curve, step = 0.0, random.uniform(20, 300)
    while True:
        yield x, y
        curve = 0.85 * curve + random.gauss(0, 0.08)
        angle += curve
        x += step * math.cos(angle)
        y += step * math.sin(angle)


def scribble(random: Random) -> Path:
    """Go to and fro."""
    for i, (x, y) in enumerate(wander(random)):
        yield x, y + (400 if i % 2 else 0)


def loop(random: Random) -> Path:
    """Go round and round, tighter and tighter."""
    for i in range(1000):
        radius = 2000 / (1 + i / 10)
        yield 9000 + radius * math.cos(i / 2), 9000 + radius * math.sin(i / 2)


def shake(random: Random) -> Path:
    """Stay, trembling by a sixteenth of a pixel or not at all."""
    x = y = 800
    while True:
        yield x, y
        x += random.randint(-1, 1)
        y += random.randint(-1, 1)


def retrace(random: Random) -> Path:
    """Go back over the very same points."""
    points = [point for _, point in zip(range(7), wander(random), strict=False)]
    while True:
        yield from points
        yield from reversed(points)


def leap(random: Random) -> Path:
    """Jump anywhere at all."""
    while True:
        yield random.uniform(-32_768, 65_535), random.uniform(-32_768, 65_535)


PATHS: list[Callable[[Random], Path]] = [
    wander,
    scribble,
    loop,
    shake,
    retrace,
    leap,
]
