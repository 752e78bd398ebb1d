"""Strokes made from a seed: as a hand draws them, or as an attacker would."""

import math
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path
from random import Random

from msgspec import json
from PIL import Image as Pixels

from canvas.engine.codec import encode
from canvas.engine.geometry import FULL_LEAN
from canvas.engine.matrix import MOST_FACTOR, MOST_SHIFT, ONE, stretch
from canvas.engine.ops import (
    BLENDS,
    BRUSHES,
    FULL_ALPHA,
    LARGEST_IMAGE,
    LARGEST_TEXT,
    LEAST_COORDINATE,
    LEAST_SIZE,
    LEAST_WIDTH,
    LONGEST_NAME,
    LONGEST_PATH,
    LONGEST_TEXT,
    MOST_CONTOURS,
    MOST_COORDINATE,
    MOST_CORNERS,
    MOST_POINTS,
    MOST_POSITION,
    MOST_SIZE,
    MOST_START,
    MOST_WIDTH,
    OPEN_SHAPES,
    SHAPE_KINDS,
    Area,
    Image,
    Layer,
    Move,
    Point,
    Shape,
    Stroke,
    Text,
)

Size = tuple[int, int]

FULL_HD: Size = (1920, 1080)
WORDS = ("drawn", "by", "AVATAR", "Wolf", "fjord", "Żółć", "Αθήνα", "Ёлка", "雨", "№1")
PENCILLED = 0.3  # of the strokes of pens, where there are pencils too
LEANING = 0.25  # of the pencils that are pressed
UNIT = 16  # of coordinates and widths, to the px
HASHES = ("0" * 64, "1" * 64)  # of images that are there


def drawing(count: int, seed: int, size: Size = FULL_HD) -> list[Stroke]:
    """Return strokes of pens, markers and erasers, most of them opaque, on one layer."""
    random = Random(seed)
    return [mixed(by_hand(random, number, size), random) for number in range(count)]


def translucent(count: int, seed: int, size: Size = FULL_HD) -> list[Stroke]:
    """Return strokes of the marker alone."""
    random = Random(seed)
    return [marker(by_hand(random, number, size), random) for number in range(count)]


def pencils(count: int, seed: int, size: Size = FULL_HD) -> list[Stroke]:
    """Return strokes of the pencil alone."""
    random = Random(seed)
    return [pencil(by_hand(random, number, size), random) for number in range(count)]


def shading(count: int, seed: int, size: Size = FULL_HD) -> list[Stroke]:
    """Return strokes of pencils that lean alone."""
    random = Random(seed)
    pressed = (replace(by_hand(random, i, size), pressure=True) for i in range(count))
    return [rolled(pencil(stroke, random), random) for stroke in pressed]


def of_every_brush(count: int, seed: int, size: Size = FULL_HD) -> list[Stroke]:
    """Return strokes of pens, pencils upright and leaning, markers and erasers."""
    random = Random(seed)
    strokes = drawing(count, seed, size)
    return [
        any_pencil(stroke, random)
        if stroke.brush == "pen" and random.random() < PENCILLED
        else stroke
        for stroke in strokes
    ]


def layered(count: int, seed: int, size: Size = FULL_HD) -> list[Stroke]:
    """Return such strokes spread over four layers."""
    random = Random(seed)
    return [replace(s, layer=random.randrange(4)) for s in drawing(count, seed, size)]


def mixed(stroke: Stroke, random: Random) -> Stroke:
    """Return a stroke drawn again with a brush that chance picks."""
    choice = random.random()
    if choice < 0.15:
        return marker(stroke, random)
    if choice > 0.93:
        return replace(stroke, brush="eraser")
    return stroke


def marker(stroke: Stroke, random: Random) -> Stroke:
    """Return a stroke drawn again with a marker."""
    return replace(stroke, brush="marker", alpha=random.randint(51, 204))


def pencil(stroke: Stroke, random: Random) -> Stroke:
    """Return a stroke drawn again with a pencil."""
    return replace(stroke, brush="pencil", alpha=random.randint(120, FULL_ALPHA))


def any_pencil(stroke: Stroke, random: Random) -> Stroke:
    """Return a stroke drawn again with a pencil, which may lean if it is pressed."""
    drawn = pencil(stroke, random)
    if not stroke.pressure or random.random() > LEANING:
        return drawn
    return rolled(drawn, random)


def rolled(stroke: Stroke, random: Random) -> Stroke:
    """Return a pencil's stroke drawn again with a pencil that leans."""
    points = zip(stroke.points, leans(random), strict=True)
    leant = tuple(point._replace(lean=lean) for point, lean in points)
    return replace(stroke, points=leant, leans=True)


def by_hand(random: Random, number: int, size: Size) -> Stroke:
    """Return an opaque pen stroke of thirty points."""
    pressure = random.random() < 0.6
    return Stroke(
        id=f"generated.{number}",
        brush="pen",
        colour=f"#{random.randrange(2**24):06x}",
        alpha=255,
        width=round(math.exp(random.uniform(math.log(2), math.log(40))) * 4) * 4,
        layer=0,
        pressure=pressure,
        points=tuple(path(random, size, pressure)),
    )


def path(random: Random, size: Size, pressure: bool) -> list[Point]:
    """Return thirty points of one movement of a hand."""
    x, y = (random.uniform(0.03 * side, 0.97 * side) for side in size)
    stride = math.exp(random.uniform(math.log(2.5), math.log(16)))
    weights = pressures(random) if pressure else [255] * 30
    points = []
    for weight, heading in zip(weights, headings(random), strict=True):
        points.append(Point(round(x * UNIT), round(y * UNIT), weight))
        step = stride * random.uniform(0.6, 1.4)
        x += step * math.cos(heading)
        y += step * math.sin(heading)
    return points


def pressures(random: Random) -> list[int]:
    """Return how hard a hand presses at each point, swelling and fading."""
    base, phase = random.uniform(0.35, 0.8), random.uniform(0, math.tau)
    weights = []
    for i in range(30):
        weight = base + 0.3 * math.sin(phase + 0.21 * i) + random.gauss(0, 0.02)
        weights.append(round(255 * min(1.0, max(0.05, weight))))
    return weights


def leans(random: Random) -> list[int]:
    """Return how far a pencil leans at each point: on its side, or rolled over and back."""
    base, phase = random.uniform(-0.2, 1.0), random.uniform(0, math.tau)
    turn = random.choice((0.0, 0.0, random.uniform(0.05, 0.4)))
    shares = (base + 0.5 * math.sin(phase + turn * i) for i in range(30))
    return [round(FULL_LEAN * min(1.0, max(0.0, share))) for share in shares]


def headings(random: Random) -> list[float]:
    """Return where the hand goes from each point: on, to and fro, or round and round."""
    kind = random.random()
    heading = random.uniform(0, math.tau)
    bend = random.gauss(0, 0.12)
    result = []
    for i in range(30):
        bend = 0.85 * bend + random.gauss(0, 0.07)
        if kind < 0.75:
            heading += bend
        elif kind < 0.9:
            back = math.pi - random.uniform(0.05, 0.5) if i % 6 == 5 else 0.0
            heading += back + random.gauss(0, 0.06)
        else:
            heading += 0.35 + random.gauss(0, 0.03)
        result.append(heading)
    return result


def shapes(count: int, seed: int, size: Size = FULL_HD) -> list[Shape]:
    """Return shapes of every kind, outlined, filled or both, some of them seen through."""
    random = Random(seed)
    return [any_shape(random, number, size) for number in range(count)]


def any_shape(random: Random, number: int, size: Size) -> Shape:
    """Return a shape somewhere on the canvas, as large as people draw them."""
    kind = random.choice(SHAPE_KINDS)
    outlined = kind in OPEN_SHAPES or random.random() < 0.7
    filled = kind not in OPEN_SHAPES and (not outlined or random.random() < 0.5)
    return Shape(
        id=f"shape.{number}",
        kind=kind,
        colour=any_colour(random) if outlined else None,
        fill=any_colour(random) if filled else None,
        alpha=random.choice((FULL_ALPHA, FULL_ALPHA, random.randint(51, 204))),
        width=round(math.exp(random.uniform(math.log(1), math.log(20))) * UNIT),
        layer=0,
        points=tuple(corners(random, kind, size)),
    )


def corners(random: Random, kind: str, size: Size) -> list[Point]:
    """Return the points of a shape: upright or turned, of a few corners."""
    reach = math.exp(random.uniform(math.log(10), math.log(300)))
    x, y = (random.uniform(0, side) for side in size)
    count = 3 if kind in ("rectangle", "ellipse") else random.randint(3, 6)
    places = [
        (x + random.uniform(-reach, reach), y + random.uniform(-reach, reach))
        for _ in range(count)
    ]
    if count == 3 and random.random() < 0.6:
        places[1] = places[2][0], places[0][1]
    return [Point(round(x * UNIT), round(y * UNIT)) for x, y in places]


def texts(count: int, seed: int, size: Size = FULL_HD) -> list[Text]:
    """Return texts of several sizes, some of them turned, a few of two lines."""
    random = Random(seed)
    return [any_text(random, number, size) for number in range(count)]


def any_text(random: Random, number: int, size: Size) -> Text:
    """Return a text somewhere on the canvas."""
    words = random.choices(WORDS, k=random.randint(1, 6))
    angle = random.choice((0, 0, random.uniform(0, math.tau)))
    cosine, sine = round(math.cos(angle) * ONE), round(math.sin(angle) * ONE)
    x, y = (round(random.uniform(-0.1, 0.9) * side * UNIT) for side in size)
    return Text(
        id=f"text.{number}",
        text=random.choice((" ", " ", "\n")).join(words),
        colour=any_colour(random),
        alpha=random.choice((FULL_ALPHA, FULL_ALPHA, random.randint(51, 204))),
        size=round(math.exp(random.uniform(math.log(8), math.log(120))) * UNIT),
        layer=0,
        matrix=(cosine, sine, -sine, cosine, x, y),
    )


def areas(count: int, seed: int, size: Size = FULL_HD) -> list[Area]:
    """Return areas with ragged edges, half of them with a hole."""
    random = Random(seed)
    return [any_area(random, number, size) for number in range(count)]


def any_area(random: Random, number: int, size: Size) -> Area:
    """Return an area somewhere on the canvas."""
    centre = tuple(random.uniform(0, side) for side in size)
    reach = math.exp(random.uniform(math.log(6), math.log(300)))
    contours = [around(random, centre, reach)]
    if random.random() < 0.5:
        contours.append(around(random, centre, reach / 3)[::-1])
    return Area(
        id=f"area.{number}",
        colour=any_colour(random),
        alpha=random.choice((FULL_ALPHA, random.randint(51, 204))),
        layer=0,
        contours=tuple(contours),
    )


def around(
    random: Random, centre: tuple[float, float], reach: float
) -> tuple[tuple[int, int], ...]:
    """Return a ragged ring around a place, in 1/64 px."""
    x, y = centre
    ring = []
    for i in range(40):
        far, angle = reach * random.uniform(0.8, 1.2), i / 40 * math.tau
        place = x + far * math.cos(angle), y + far * math.sin(angle)
        ring.append((round(place[0]) * 64, round(place[1]) * 64))
    return tuple(ring)


def images(
    count: int, seed: int, pixels: dict[str, Pixels.Image], size: Size = FULL_HD
) -> list[Image]:
    """Return images upright and turned, larger and smaller, some of them seen through."""
    random = Random(seed)
    return [any_image(random, number, pixels, size) for number in range(count)]


def any_image(
    random: Random, number: int, pixels: dict[str, Pixels.Image], size: Size
) -> Image:
    """Return one of these images somewhere on the canvas."""
    name = random.choice(sorted(pixels))
    width, height = pixels[name].size
    x, y = (random.uniform(0, 0.7) * side for side in size)
    return Image(
        id=f"image.{number}",
        image=name,
        width=width,
        height=height,
        alpha=random.choice((FULL_ALPHA, FULL_ALPHA, random.randint(51, 204))),
        layer=0,
        matrix=(*any_factors(random), round(x * UNIT), round(y * UNIT)),
    )


def any_factors(random: Random) -> tuple[int, int, int, int]:
    """Return how an image lies: as it is, scaled, turned, or slanted."""
    scale = math.exp(random.uniform(math.log(0.1), math.log(3)))
    turn = random.choice((0.0, random.uniform(0, math.tau)))
    slant = random.choice((0.0, 0.0, random.uniform(-1, 1)))
    cosine, sine = scale * math.cos(turn), scale * math.sin(turn)
    slanted = cosine, sine, slant * cosine - sine, slant * sine + cosine
    as_it_is = 1.0, 0.0, 0.0, 1.0
    chosen = random.choice((as_it_is, slanted, slanted))
    return tuple(round(factor * ONE) for factor in chosen)


def photograph(random: Random, width: int, height: int) -> Pixels.Image:
    """Return something with soft parts, edges and grain, as photographs have."""
    small = Pixels.effect_noise((8, 8), 120).resize((width, height))
    grain = Pixels.effect_noise((width, height), 20)
    turned = small.transpose(Pixels.Transpose.ROTATE_180)
    picture = Pixels.merge("RGB", (small, grain, turned))
    left, top = random.randrange(width), random.randrange(height)
    picture.paste("#d02f1a", (left // 2, top // 2, left, top))
    return picture


def photographs(folder: Path) -> dict[str, Path]:
    """Write images as they are kept, lossy and lossless, some with soft edges; return them by name."""
    random = Random(9)
    pixels = [photograph(random, 800, 600), photograph(random, 61, 333)]
    pixels += [cut_out(random, 500, 400), cut_out(random, 7, 5)]
    files = {}
    for number, (one, quality) in enumerate(product(pixels, (90, 100))):
        file = folder / f"{number}.webp"
        one.save(file, lossless=quality == 100, quality=quality)
        files[f"{number:064x}"] = file
    return files


def opened(files: dict[str, Path]) -> dict[str, Pixels.Image]:
    """Return the pixels of images by their names."""
    pixels = {}
    for name, file in files.items():
        with Pixels.open(file) as one:
            pixels[name] = one.copy()
    return pixels


def cut_out(random: Random, width: int, height: int) -> Pixels.Image:
    """Return a photograph that fades to nothing at its edges."""
    picture = photograph(random, width, height)
    picture.putalpha(Pixels.radial_gradient("L").resize((width, height)))
    return picture


def any_colour(random: Random) -> str:
    """Return a colour that chance picks."""
    return f"#{random.randrange(2**24):06x}"


def hostile_shape(random: Random, number: int) -> Shape:
    """Return a shape at the limits of the protocol."""
    kind = random.choice(SHAPE_KINDS)
    places = shortened(places_of(random))
    least = 3 if kind == "polygon" else 2
    if len(places) < least or kind in ("rectangle", "ellipse"):
        places = (places * 3)[:3]
    return Shape(
        id=f"hostile.{number}",
        kind=kind,
        colour=any_colour(random),
        fill=None if kind in OPEN_SHAPES else any_colour(random),
        alpha=random.choice((1, FULL_ALPHA)),
        width=random.choice((LEAST_WIDTH, random.randint(8, 800), MOST_WIDTH)),
        layer=random.randrange(3),
        points=tuple(Point(*place) for place in places),
    )


def hostile(random: Random, number: int) -> Stroke:
    """Return a stroke at the limits of the protocol: nobody draws so, but somebody may."""
    pressure, brush = random.random() < 0.5, random.choice(BRUSHES)
    leans = pressure and brush == "pencil" and random.random() < 0.7
    places = shortened(places_of(random))
    return Stroke(
        id=f"hostile.{number}",
        brush=brush,
        colour=f"#{random.randrange(2**24):06x}",
        alpha=random.choice((1, random.randint(1, FULL_ALPHA), FULL_ALPHA)),
        width=random.choice((LEAST_WIDTH, random.randint(8, 800), MOST_WIDTH)),
        layer=random.randrange(3),
        pressure=pressure,
        points=tuple(
            Point(
                x,
                y,
                random.choice((0, 255, random.randrange(256))) if pressure else 255,
                random.choice((0, 255, random.randrange(256))) if leans else 0,
            )
            for x, y in places
        ),
        leans=leans,
    )


def hostile_text(random: Random, number: int) -> Text:
    """Return a text at the limits of the protocol: as large, long or slanted as there may be."""
    letters = random.choice(("W", "雨", "\n", "AVATAR ", "\u202e\u0301", "Ёß№"))
    length = random.choice((1, 7, LONGEST_TEXT))
    factors = hostile_factors(random)
    most = LARGEST_TEXT / max(stretch((*factors, 0, 0)), 1e-9)
    size = min(MOST_SIZE, max(LEAST_SIZE, int(most)))
    return Text(
        id=f"hostile.{number}",
        text=(letters * length)[:length],
        colour=any_colour(random),
        alpha=random.choice((1, FULL_ALPHA)),
        size=random.choice((LEAST_SIZE, random.randint(LEAST_SIZE, size), size)),
        layer=random.randrange(3),
        matrix=(*factors, *hostile_place(random)),
    )


def hostile_area(random: Random, number: int) -> Area:
    """Return an area at the limits of the protocol: many contours, or corners all over."""
    count = random.choice((1, 2, 40, MOST_CONTOURS))
    corners_each = max(3, min(MOST_CORNERS // count, random.choice((3, 15, 1000))))
    reach = random.choice((1, 64, 5000, MOST_COORDINATE))
    contours = tuple(
        tuple((x * 4, y * 4) for x, y in wild_ring(random, corners_each, reach))
        for _ in range(count)
    )
    return Area(
        id=f"hostile.{number}",
        colour=any_colour(random),
        alpha=random.choice((1, FULL_ALPHA)),
        layer=random.randrange(3),
        contours=contours,
    )


def wild_ring(random: Random, count: int, reach: int) -> list[tuple[int, int]]:
    """Return places near one another, or anywhere in the world."""
    left, top = (random.randint(-500, 12_000) for _ in range(2))
    return [
        (
            within(left + round(random.uniform(-reach, reach))),
            within(top + round(random.uniform(-reach, reach))),
        )
        for _ in range(count)
    ]


def within(number: int) -> int:
    """Return the nearest coordinate."""
    return min(MOST_COORDINATE, max(LEAST_COORDINATE, number))


def hostile_image(random: Random, number: int) -> Image:
    """Return an image at the limits of the protocol: huge, turned, or as thin as a line."""
    return Image(
        id=f"hostile.{number}",
        image=random.choice((*HASHES, "f" * 64)),
        width=random.choice((40, 40, 40, LARGEST_IMAGE, 1)),
        height=random.choice((30, 30, 30, LARGEST_IMAGE, 1)),
        alpha=random.choice((1, FULL_ALPHA)),
        layer=random.randrange(3),
        matrix=(*hostile_factors(random), *hostile_place(random)),
    )


def hostile_factors(random: Random) -> tuple[int, int, int, int]:
    """Return factors of a map: nothing, everything, a line, or anything."""
    most = random.choice((1, 100, ONE, 8 * ONE, MOST_FACTOR))
    a, b = random.randint(-most, most), random.randint(-most, most)
    anything = a, b, random.randint(-most, most), random.randint(-most, most)
    return random.choice(
        ((0, 0, 0, 0), (a, b, a, b), (most, 0, 0, most), (1, 0, 0, most), anything)
    )


def hostile_place(random: Random) -> tuple[int, int]:
    """Return a place on the paper, or at an end of the world."""
    ends = (LEAST_COORDINATE, MOST_COORDINATE)
    places = (random.randint(-500, 12_000) for _ in range(2))
    return tuple(random.choice((place, place, place, *ends)) for place in places)


def hostile_move(random: Random, number: int, names: tuple[str, ...]) -> Move:
    """Return a move that takes marks anywhere at all."""
    far = random.choice((0, 100, 20_000, MOST_SHIFT))
    shifts = random.randint(-far, far), random.randint(-far, far)
    targets = names * random.choice((1, 1, 300))
    return Move(f"hostile.m{number}", targets, (*hostile_factors(random), *shifts))


def hostile_layer(random: Random, number: int) -> Layer:
    """Return a layer op that says anything."""
    return Layer(
        id=f"hostile.l{number}",
        layer=random.randrange(3),
        name=random.choice((None, "", "\u202e" * LONGEST_NAME)),
        opacity=random.choice((None, 0, 1, 254, FULL_ALPHA)),
        blend=random.choice((None, *BLENDS)),
        hidden=random.choice((None, None, False, True)),
        locked=random.choice((None, False, True)),
        deleted=random.choice((None, None, False, True)),
        position=random.choice((None, 0, 1, MOST_POSITION)),
    )


def hostile_ink(random: Random, number: int) -> dict:
    """Return ink as it travels: at the limits of the protocol, and often beyond them."""
    op = json.decode(encode(hostile(random, number)))
    style = {name: op[name] for name in op.keys() - {"t", "id", "points"}}
    message = {"type": "ink", "id": some_id(random), "stroke": style}
    message |= {"start": random.choice((0, 1, MOST_START)), "points": op["points"]}
    return distorted(random, message | some_mirror(random))


def hostile_sketch(random: Random, number: int) -> dict:
    """Return a sketch as it travels: at the limits of the protocol, and often beyond them."""
    make = random.choice((hostile_shape, hostile_text, hostile_text, hostile_image))
    mark = json.decode(encode(make(random, number))) | {"id": some_id(random)}
    message = {"type": "sketch", "mark": mark} | some_mirror(random)
    if random.random() < 0.3:
        message["instead"] = random.choice((some_id(random), "", "*"))
    if random.random() < 0.3:
        message["mark"] = distorted(random, mark)
    return distorted(random, message)


def hostile_carry(random: Random, number: int) -> dict:
    """Return a carry as it travels: at the limits of the protocol, and often beyond them."""
    names = tuple(f"hostile.{number}{i}" for i in range(random.choice((1, 33, 34))))
    move = json.decode(encode(hostile_move(random, number, names)))
    if random.random() < 0.3:
        move = distorted(random, move)
    copies = random.choice(({}, {"copies": True}, {"copies": False}))
    return distorted(random, {"type": "carry", "move": move} | copies)


def some_id(random: Random) -> str:
    """Return the id of an op, most often of one that can be mirrored."""
    return random.choice(("hostile.1", *["hostile.123456789z1"] * 3))


def some_mirror(random: Random) -> dict:
    """Return what a message says of a mirror, if anything."""
    mirror = random.choice((None, None, "across", "down", "both", "round"))
    return {"mirror": mirror} if mirror else {}


def distorted(random: Random, message: dict) -> dict:
    """Return a message as it is, or with a field that is missing, strange or not what it should be."""
    name = random.choice(sorted(message))
    nonsense = (None, True, -1, 2**70, "", "\ud800", [], [[]], {}, {"t": "text"})
    return random.choice(
        (
            message,
            message,
            {key: value for key, value in message.items() if key != name},
            {**message, name: random.choice(nonsense)},
            {**message, "from": "hostile"},
        )
    )


def places_of(random: Random) -> list[tuple[int, int]]:
    """Return places far off, all in one spot, there and back, or all over."""
    count = random.choice(
        (1, 2, 3, random.randint(4, 60), random.randint(60, MOST_POINTS))
    )
    low, high = LEAST_COORDINATE, MOST_COORDINATE
    reach = random.choice((0, 1, 3, 16, 200, 1040, high))
    x, y = random.randint(-500, 4000), random.randint(-500, 4000)
    places = []
    for _ in range(count):
        places.append((x, y))
        x = min(high, max(low, x + random.randint(-reach, reach)))
        y = min(high, max(low, y + random.choice((0, random.randint(-reach, reach)))))
    there_and_back = places[:2] * (count // 2 + 1)
    return random.choice((places, places, there_and_back[:count]))


def shortened(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return as many of the places as a path may go through."""
    left = LONGEST_PATH * UNIT
    kept = places[:1]
    for a, b in pairwise(places):
        left -= math.dist(a, b)
        if left < 0:
            break
        kept.append(b)
    return kept
