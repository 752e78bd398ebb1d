"""A pencil that leans shades, broad and pale, and may be rolled over on its way (P73)."""

from dataclasses import replace
from random import Random

import pytest

from canvas.engine.coats import coats
from canvas.engine.codec import decode_bytes, encode
from canvas.engine.geometry import outline
from canvas.engine.grain import MOST_FLECKS, grained
from canvas.engine.matrix import ONE
from canvas.engine.moves import placed
from canvas.engine.ops import Point
from canvas.engine.raster.stencil import bounds
from canvas.engine.render import render
from canvas.engine.shading import MOST_GRAINS, shaded
from canvas.tests.engine.contours import crossings, reaches_beyond
from canvas.tests.engine.strokes import any_pencil, leant, mark

SIZE = (640, 120)
WAY = [(320 + i * 160, 960 + 40 * (i % 3)) for i in range(60)]
FLAT = 255
CORNERS = 4  # of a grain or a fleck; an outline has more


def pencil(leans, pressure=150, name="ann.5x", **style):
    """Return a stroke across the paper that leans so far at each point."""
    points = [(x, y, pressure, leans(i)) for i, (x, y) in enumerate(WAY)]
    return mark(name, *points, brush="pencil", leans=True, width=96, **style)


def held(lean):
    return pencil(lambda i: lean)


ROLLED = pencil(lambda i: FLAT if 20 <= i < 40 else 0)


def ink(stroke, left, right):
    """Return how many rows of a part across are inked, and the mean ink on these, 0 to 1."""
    picture = render([stroke], SIZE).convert("L").crop((left, 0, right, SIZE[1]))
    dark = picture.point(lambda shade: 255 - shade)
    _, top, _, bottom = dark.getbbox()
    total = sum(dark.crop((0, top, right - left, bottom)).tobytes())
    return bottom - top, total / (255 * (right - left) * (bottom - top))


def test_a_pencil_on_its_side_is_broad_and_pale():
    (thin, dark), (broad, pale) = (ink(held(lean), 100, 500) for lean in (0, FLAT))
    assert broad > 2.5 * thin
    assert pale < dark / 1.5


def test_a_pencil_rolled_over_is_thin_then_broad_then_thin_in_one_stroke():
    first, middle, last = (
        ink(ROLLED, *part) for part in ((40, 180), (270, 370), (460, 600))
    )
    assert middle[0] > 2 * max(first[0], last[0])
    assert middle[1] < min(first[1], last[1]) / 1.3


def test_the_harder_a_pencil_on_its_side_is_pressed_the_darker_it_shades():
    shades = [
        ink(pencil(lambda i: FLAT, pressure), 100, 500)[1]
        for pressure in (30, 130, 255)
    ]
    assert shades == sorted(shades)
    assert shades[2] > 1.5 * shades[0]


def test_going_over_shading_once_more_makes_it_darker_and_never_black():
    once = held(FLAT)
    again = replace(once, points=once.points + once.points[::-1])
    one, two = (ink(stroke, 100, 500)[1] for stroke in (once, again))
    assert one * 1.1 < two < 0.7


@pytest.mark.slow
def test_a_pencil_that_could_lean_and_does_not_draws_as_one_that_cannot():
    random = Random(4)
    for _ in range(60):
        stroke = replace(any_pencil(random), pressure=True, leans=True)
        upright = tuple(point._replace(lean=0) for point in stroke.points)
        stroke = replace(stroke, points=upright)
        assert shaded(stroke) == grained(stroke, outline(stroke).points)


def test_an_op_of_before_pencils_leant_is_read_written_and_drawn_as_ever():
    old = (
        b'{"t":"stroke","id":"ann.1f","brush":"pencil","colour":"#102030","alpha":255,'
    )
    old += b'"width":64,"layer":0,"pressure":true,"points":[0,0,9,99,9,200,9,9,40]}'
    stroke = decode_bytes(old)
    assert encode(stroke) == old
    assert not stroke.leans
    [coat] = coats(stroke)
    assert coat.contours == grained(stroke, outline(stroke).points)


def test_shading_goes_along_when_a_stroke_is_moved():
    there = placed(ROLLED, (ONE, 0, 0, ONE, 48, -32))
    far = [[(x + 4 * 48, y - 4 * 32) for x, y in one] for one in shaded(ROLLED)]
    assert shaded(there) == far


def test_what_is_shaded_stays_as_it_is_while_a_stroke_grows():
    whole = held(FLAT)
    before, after = shaded(replace(whole, points=whole.points[:40])), shaded(whole)
    same = sum(a == b for a, b in zip(before, after, strict=False))
    assert same > 0.9 * len(before)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_no_grain_reaches_beyond_the_bounds_of_its_stroke(seed):
    random = Random(seed)
    for _ in range(30):
        stroke = leant(random, replace(any_pencil(random), pressure=True))
        found = shaded(stroke)
        assert not found or not reaches_beyond(found, bounds(stroke))


def test_a_stroke_has_so_many_grains_at_most_however_far_it_goes():
    points = tuple(Point(65_535 * (i % 2), i, 255, FLAT) for i in range(200))
    stroke = replace(ROLLED, points=points)
    assert 200 * MOST_FLECKS < len(shaded(stroke)) <= 200 * MOST_GRAINS


@pytest.mark.slow
@pytest.mark.parametrize("pressure", [60, 255])
@pytest.mark.parametrize("width", [64, 160, 640])
def test_no_two_grains_cross_and_hardly_any_crosses_a_fleck(pressure, width):
    at_once = [(x, y, pressure) for x, y in WAY[:20]]
    for leans, crossing in (([FLAT], 0.0), (range(0, 240, 12), 0.06)):
        points = [(*at, leans[i % len(leans)]) for i, at in enumerate(at_once)]
        found = shaded(mark("ann.5x", *points, brush="pencil", width=width))
        small = [contour for contour in found if len(contour) == CORNERS]
        assert len(small) > 50
        # Where a pencil is laid down within its own width, some grains lie on its core.
        assert len([*crossings(small)]) <= crossing * len(small)
