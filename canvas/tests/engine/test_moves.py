"""A moved mark is the same in both languages, and never beyond its limits (P49)."""

import itertools
import json

import pytest

from canvas.engine.codec import decode, encode
from canvas.engine.geometry import length, perimeter
from canvas.engine.matrix import IDENTITY, ONE, compose, moved
from canvas.engine.moves import LONGEST_MOVED, Placing, placed
from canvas.engine.ops import LONGEST_PATH, MOST_CORNERS, MOST_WIDTH
from canvas.tests.engine.strokes import (
    any_area,
    any_image,
    any_shape,
    any_stroke,
    any_text,
    mark,
)

TURN = (0, ONE, -ONE, 0, 0, 0)


def test_the_browser_moves_every_fresh_mark_to_the_same_place(node, random):
    pairs = [
        (any_mark(random), [any_matrix(random) for _ in range(random.randint(0, 4))])
        for _ in range(1000)
    ]
    asked = [[json.loads(encode(mark)), matrices] for mark, matrices in pairs]
    there = [json.loads(encode(after(*pair))) for pair in pairs]
    assert node.ask("moved", pairs=asked) == there
    assert [mark for mark, _ in asked] != there


def test_wherever_a_mark_is_moved_it_stays_within_its_limits(random):
    for _ in range(500):
        one = after(any_mark(random), [any_matrix(random) for _ in range(3)])
        path = path_of(one)
        assert path <= LONGEST_MOVED + MOST_CORNERS
        # The corners of an area may be rounded to just outside of the world.
        assert path > LONGEST_PATH or one.t == "area" or read_again(one) == one
        assert getattr(one, "width", 0) <= MOST_WIDTH


def test_four_quarter_turns_are_none():
    turned = IDENTITY
    for _ in range(4):
        turned = compose(TURN, turned)
    assert turned == IDENTITY
    assert moved(TURN, 3, 4) == (-4, 3)


@pytest.mark.parametrize("factor", [2, 3, 10])
def test_what_is_made_larger_has_a_wider_line(factor):
    one = after(mark("ann.1", (16, 16)), [(factor * ONE, 0, 0, factor * ONE, 0, 0)])
    assert (one.width, one.points[0].x) == (64 * factor, 16 * factor)


def test_a_mirrored_stroke_is_as_wide_as_before():
    one = after(mark("ann.1", (16, 16)), [(-ONE, 0, 0, ONE, 160, 0)])
    assert (one.width, one.points[0].x) == (64, 144)


def after(one, matrices):
    placing = Placing(one)
    for matrix in matrices:
        placing.move(matrix)
    return placed(one, placing.matrix)


def any_mark(random):
    made = (
        random.choice([any_stroke, any_shape, any_text, any_area, any_image])(random)
        for _ in itertools.count()
    )
    return next(one for one in made if path_of(one) <= LONGEST_PATH)


def read_again(one):
    return decode(json.loads(encode(one)))


def path_of(one):
    if one.t == "area":
        return perimeter(one.contours)
    return length(one.points) if hasattr(one, "points") else 0


def any_matrix(random):
    most = random.choice([1, 2, 64]) * ONE
    factors = [random.randint(-most, most) for _ in range(4)]
    if random.random() < 0.5:
        factors = [ONE, 0, 0, ONE]
    reach = random.choice([100, 20_000, 2**23])
    return (*factors, random.randint(-reach, reach), random.randint(-reach, reach))
