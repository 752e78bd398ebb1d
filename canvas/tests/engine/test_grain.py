"""A pencil leaves paper bare in flecks that belong to its stroke (P40)."""

from dataclasses import replace
from random import Random

import pytest

from canvas.engine.geometry import outline
from canvas.engine.grain import MOST_FLECKS, grained
from canvas.engine.matrix import ONE
from canvas.engine.moves import placed
from canvas.engine.render import bounds, render
from canvas.tests.engine.contours import cross, crossings, reaches_beyond
from canvas.tests.engine.strokes import any_pencil, mark
from canvas.tests.generate import pencils

WAVE = [(160 + i * 90, 400 + 60 * (i % 3)) for i in range(30)]
SIZE = (200, 60)


def pencil(*points, name="ann.5x", **style):
    return mark(name, *points, brush="pencil", **style)


def pressed(pressure):
    return pencil(*[(x, y, pressure) for x, y in WAVE], width=160)


def grain(stroke):
    """Return a stroke's outline as the paper leaves it, then the holes in it."""
    return grained(stroke, outline(stroke).points)


def flecks(stroke):
    return grain(stroke)[1:]


def bare(stroke):
    """Return how much of what its outline covers a stroke leaves bare, 0 to 1."""
    inked, whole = (
        sum(255 - shade for shade in render([one], SIZE).convert("L").tobytes())
        for one in (stroke, replace(stroke, brush="pen"))
    )
    return 1 - inked / whole


def test_the_harder_a_pencil_is_pressed_the_less_paper_stays_bare():
    light, medium, hard = (bare(pressed(pressure)) for pressure in (100, 180, 255))
    assert light > medium > 2 * hard > 0


def test_going_over_a_line_once_more_fills_the_grain():
    once = pencil(*WAVE, width=160)
    again = pencil(*WAVE, *reversed(WAVE), width=160)
    assert bare(again) < bare(once) / 2


def test_the_grain_goes_along_when_a_stroke_is_moved():
    stroke = pencil(*WAVE)
    there = placed(stroke, (ONE, 0, 0, ONE, 48, -32))
    far = [[(x + 4 * 48, y - 4 * 32) for x, y in contour] for contour in grain(stroke)]
    assert grain(there) == far


def test_no_two_strokes_have_the_same_grain_and_new_keys_keep_it():
    one, other = pencil(*WAVE), pencil(*WAVE, name="ann.5y")
    assert grain(one) != grain(other)
    assert grain(one) == grain(replace(one, id="bob.5x"))


def test_what_is_drawn_stays_as_it_is_while_a_stroke_grows():
    before = flecks(pencil(*WAVE[:20]))
    after = flecks(pencil(*WAVE))
    same = sum(a == b for a, b in zip(before, after, strict=False))
    assert same > len(before) - 2 * MOST_FLECKS


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_no_grain_reaches_beyond_the_bounds_of_its_stroke(seed):
    random = Random(seed)
    for _ in range(30):
        stroke = any_pencil(random)
        assert not reaches_beyond(grain(stroke), bounds(stroke))


def test_a_stroke_has_so_many_flecks_at_most_however_far_it_goes():
    leaps = [(65_535 * (i % 2), i) for i in range(200)]
    assert len(flecks(pencil(*leaps))) <= 200 * MOST_FLECKS


@pytest.mark.slow
@pytest.mark.parametrize("step", [0, 1, 90])
@pytest.mark.parametrize("width", [8, 400])
def test_a_dense_scribble_is_rendered_with_all_its_flecks(step, width):
    points = [(800 + step * (i % 25), 400 + step * (i % 7)) for i in range(1000)]
    picture = render([pencil(*points, width=width)], SIZE).convert("L")
    assert picture.getextrema()[0] < 255


def test_a_picture_of_pencils_is_the_same_every_time():
    first, second = (render(pencils(20, seed=3), (400, 300)) for _ in range(2))
    assert first.tobytes() == second.tobytes()


@pytest.mark.parametrize("pressure", [60, 255])
@pytest.mark.parametrize("width", [64, 160, 640])
def test_no_two_flecks_cross_and_hardly_any_crosses_the_edge(pressure, width):
    points = [(x, y, pressure) for x, y in WAVE]
    edge, *holes = grain(pencil(*points, width=width))
    assert len(holes) > 50
    assert [*crossings(holes)] == []
    # Edges are looked for at their ends and middles; a corner between may go unseen.
    assert sum(cross(hole, edge) for hole in holes) <= 0.02 * len(holes)
