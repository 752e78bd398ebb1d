from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from canvas.engine.geometry import outline
from canvas.engine.ops import MOST_POINTS, Point
from canvas.engine.render import Raster, Unrenderable, bounds, render, thumbnail
from canvas.engine.stack import Level
from canvas.tests.examples import examples
from canvas.tests.generate import (
    areas,
    drawing,
    hostile,
    hostile_shape,
    layered,
    shapes,
    texts,
)

SIZE = (240, 160)
RED, BLUE = (255, 0, 0), (0, 0, 255)
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def same(a: Image.Image, b: Image.Image) -> bool:
    return a.mode == b.mode and a.tobytes() == b.tobytes()


def test_a_line_of_anns_is_where_she_drew_it(ann):
    picture = render(
        [ann.stroke((20, 50), (200, 50), width=160, colour="#ff0000")], SIZE
    )
    assert picture.getpixel((100, 50)) == RED
    assert picture.getpixel((100, 56)) == WHITE
    assert picture.getpixel((210, 50)) == WHITE


def test_a_tap_leaves_a_dot(ann):
    picture = render([ann.stroke((50, 50), width=160)], SIZE)
    assert ImageChops.invert(picture).getbbox() == (45, 45, 55, 55)


def test_bob_draws_over_what_ann_drew(ann, bob):
    strokes = [
        ann.stroke((0, 50), (200, 50), width=160, colour="#ff0000"),
        bob.stroke((50, 0), (50, 100), width=160, colour="#0000ff"),
    ]
    picture = render(strokes, SIZE)
    assert picture.getpixel((50, 50)) == BLUE
    assert picture.getpixel((80, 50)) == RED


def test_a_marker_that_crosses_itself_does_not_darken_itself(ann):
    loop = ann.stroke(
        *[(20, 20), (200, 140), (200, 20), (20, 140), (20, 20), (200, 140)],
        brush="marker",
        alpha=100,
        width=320,
    )
    assert render([loop], SIZE, paper=None).getchannel("A").getextrema() == (0, 100)


def test_two_markers_darken_each_other(ann, bob):
    line = [(20, 50), (200, 50)]
    strokes = [
        one.stroke(*line, brush="marker", alpha=100, width=160) for one in (ann, bob)
    ]
    alpha = render(strokes, SIZE, paper=None).getpixel((100, 50))[3]
    assert alpha == 100 + round(100 * 155 / 255)


def test_an_eraser_leaves_nothing_where_it_went(ann, bob):
    strokes = [
        ann.stroke((0, 50), (240, 50), width=320),
        bob.stroke((100, 0), (100, 160), width=160, brush="eraser"),
    ]
    picture = render(strokes, SIZE, paper=None)
    assert picture.getpixel((100, 50)) == (0, 0, 0, 0)
    assert picture.getpixel((130, 50)) == (0x1A, 0x2B, 0x3C, 255)


def test_a_light_eraser_takes_only_its_share(ann, bob):
    strokes = [
        ann.stroke((0, 50), (240, 50), width=320),
        bob.stroke((100, 0), (100, 160), width=160, brush="eraser", alpha=51),
    ]
    assert render(strokes, SIZE, paper=None).getpixel((100, 50))[3] == 204


def test_an_eraser_erases_its_own_layer_only(ann, bob):
    strokes = [
        ann.stroke((0, 50), (240, 50), width=320, colour="#ff0000", layer=0),
        ann.stroke((0, 50), (240, 50), width=320, colour="#0000ff", layer=3),
        bob.stroke((100, 0), (100, 160), width=160, brush="eraser", layer=3),
    ]
    picture = render(strokes, SIZE)
    assert picture.getpixel((100, 50)) == RED
    assert picture.getpixel((130, 50)) == BLUE


def test_a_higher_layer_covers_a_lower_one_whenever_it_was_drawn(ann):
    above = ann.stroke((0, 50), (240, 50), width=320, colour="#0000ff", layer=2)
    below = ann.stroke((0, 50), (240, 50), width=320, colour="#ff0000", layer=1)
    assert render([above, below], SIZE).getpixel((100, 50)) == BLUE


RED_ON_BLUE = {0: "#ff0000", 1: "#0000ff"}


def two_layers(ann):
    """Return a red line on layer 0, and a blue one over it on layer 1."""
    return [
        ann.stroke((0, 50), (240, 50), width=320, colour=colour, layer=number)
        for number, colour in RED_ON_BLUE.items()
    ]


def test_the_order_of_layers_is_that_of_the_stack(ann):
    stack = [Level(1), Level(0)]
    assert render(two_layers(ann), SIZE, stack=stack).getpixel((100, 50)) == RED


def test_a_hidden_layer_is_not_in_the_picture_nor_one_that_is_gone(ann):
    for stack in ([Level(0), Level(1, hidden=True)], [Level(0)]):
        assert render(two_layers(ann), SIZE, stack=stack).getpixel((100, 50)) == RED


def test_a_layer_half_seen_through_shows_half_of_what_is_below(ann):
    stack = [Level(0), Level(1, opacity=51)]
    assert render(two_layers(ann), SIZE, stack=stack).getpixel((100, 50)) == (
        204,
        0,
        51,
    )


def test_a_layer_is_mixed_with_the_layers_below_and_not_with_the_paper(ann):
    stack = [Level(0), Level(1, blend="screen")]
    picture = render(two_layers(ann), SIZE, stack=stack)
    assert picture.getpixel((100, 50)) == (255, 0, 255)
    alone = render(two_layers(ann), SIZE, stack=stack[1:])
    assert alone.getpixel((100, 50)) == BLUE


def test_a_raster_shows_layers_as_they_stand_at_the_moment(ann):
    raster = Raster(SIZE)
    raster.draw(two_layers(ann))
    stack = [Level(1), Level(0, opacity=128, blend="multiply")]
    assert same(raster.image(stack=stack), render(two_layers(ann), SIZE, stack=stack))


def test_paper_shows_where_nobody_drew():
    assert render([], (2, 1), paper="#0a0b0c").getpixel((0, 0)) == (10, 11, 12)
    assert render([], (2, 1), paper=None).getpixel((0, 0)) == (0, 0, 0, 0)


def test_a_picture_on_paper_is_the_one_without_laid_on_it():
    strokes = layered(120, seed=3, size=SIZE)
    bare = render(strokes, SIZE, paper=None)
    laid = Image.alpha_composite(Image.new("RGBA", SIZE, "#ffffff"), bare)
    apart = ImageChops.difference(laid.convert("RGB"), render(strokes, SIZE))
    assert max(high for _, high in apart.getextrema()) <= 3


def test_what_is_drawn_beside_the_canvas_is_not_in_the_picture(ann):
    beside = ann.stroke((-400, -300), (-90, 3000), (3000, 3000), width=640)
    assert render([beside], SIZE).getcolors() == [(240 * 160, WHITE)]


def test_only_the_part_on_the_canvas_is_in_the_picture_of_a_line_across(ann):
    across = ann.stroke((-2000, 50), (4000, 50), width=160, colour="#ff0000")
    colours = render([across], SIZE).getcolors()
    assert sorted(colours) == [(240 * 10, RED), (240 * 150, WHITE)]


def test_a_line_too_long_for_a_glyph_has_no_seams(ann):
    line = ann.stroke((0, 0), (4090, 4090), width=640, brush="marker", alpha=120)
    alpha = render([line], (4096, 4096), paper=None).getchannel("A")
    along = {alpha.getpixel((i, i)) for i in range(30, 4060)}
    assert along == {120}


def test_an_outline_with_more_vertices_than_a_glyph_holds_is_filled(ann):
    there_and_back = [(20 + 65 * (i % 2), 50) for i in range(MOST_POINTS)]
    scribble = ann.stroke(*there_and_back, width=480, colour="#ff0000")
    line = ann.stroke((20, 50), (85, 50), width=480, colour="#ff0000")
    assert len(outline(scribble).points) > 30_000
    apart = ImageChops.difference(render([scribble], SIZE), render([line], SIZE))
    assert max(high for _, high in apart.getextrema()) <= 24


def test_strokes_come_in_their_order_however_many_there_are(ann):
    colours = [f"#{i:06x}" for i in range(5000)]
    taps = [
        ann.stroke((i % 3, 0), width=160, colour=colour)
        for i, colour in enumerate(colours)
    ]
    assert render(taps, (4, 1)).getpixel((1, 0)) == (0, 5000 // 256, 4999 % 256)


def test_a_picture_twice_the_size_has_the_same_shapes():
    strokes = drawing(40, seed=5, size=SIZE)
    large = render(strokes, SIZE, scale=2.0)
    assert large.size == (480, 320)
    apart = ImageChops.difference(large.reduce(2), render(strokes, SIZE)).convert("L")
    assert sum(apart.histogram()[32:]) < 20


@pytest.mark.parametrize("scale", [0.1, 0.3, 0.5])
def test_a_small_picture_is_the_large_one_made_smaller(scale):
    strokes = drawing(40, seed=5, size=(1200, 800))
    small = render(strokes, (1200, 800), scale=scale)
    reduced = render(strokes, (1200, 800)).resize(small.size, Image.Resampling.BOX)
    apart = ImageChops.difference(small, reduced).convert("L")
    assert sum(apart.histogram()[48:]) < 0.01 * small.width * small.height


@pytest.mark.parametrize(
    ("size", "scale", "code"),
    [
        ((8193, 10), 1.0, "too-large"),
        ((10, 8193), 1.0, "too-large"),
        ((4097, 10), 2.0, "too-large"),
        ((0, 10), 1.0, "too-small"),
        ((10, -1), 1.0, "too-small"),
        ((10, 10), 0.0, "bad-scale"),
        ((10, 10), -1.0, "bad-scale"),
        ((10, 10), 9.0, "bad-scale"),
        ((10, 10), float("nan"), "bad-scale"),
        ((10, 10), float("inf"), "bad-scale"),
    ],
)
def test_a_picture_beyond_the_limits_is_refused(size, scale, code):
    with pytest.raises(Unrenderable) as refused:
        render([], size, scale=scale)
    assert refused.value.code == code


def test_a_stroke_of_too_many_points_is_refused(ann):
    with pytest.raises(Unrenderable) as refused:
        render([ann.stroke(*[(1, 1)] * (MOST_POINTS + 1))], SIZE)
    assert refused.value.code == "too-many-points"


def test_a_stroke_of_too_long_a_path_is_refused(ann):
    there_and_back = [(4000 * (i % 2), 0) for i in range(36)]
    with pytest.raises(Unrenderable) as refused:
        render([ann.stroke(*there_and_back)], SIZE)
    assert refused.value.code == "too-long"


def test_a_kept_raster_takes_only_so_many_layers(ann, monkeypatch):
    monkeypatch.setattr("canvas.engine.render.MOST_PIXELS", 4 * 240 * 160)
    raster = Raster(SIZE)
    raster.draw(ann.stroke((1, 1), layer=layer) for layer in range(4))
    with pytest.raises(Unrenderable) as refused:
        raster.draw([ann.stroke((1, 1), layer=4)])
    assert refused.value.code == "too-many-layers"


def test_the_largest_picture_can_be_made(ann):
    corner = ann.stroke((4090, 4090), (4095, 4095), width=160, colour="#ff0000")
    picture = render([corner], (4096, 4096), scale=2.0)
    assert picture.size == (8192, 8192)
    assert picture.getpixel((8188, 8188)) == RED


@examples(25)
@given(seed=st.integers(0, 10**9), cuts=st.lists(st.integers(0, 60), max_size=6))
def test_strokes_added_bit_by_bit_make_the_picture_drawn_at_once(seed, cuts):
    strokes = layered(60, seed, SIZE)
    raster = Raster(SIZE)
    edges = [0, *sorted(cuts), 60]
    for start, stop in pairwise(edges):
        raster.draw(strokes[start:stop])
    assert same(raster.image(), render(strokes, SIZE))
    assert same(raster.image(None), render(strokes, SIZE, paper=None))


@examples(40)
@given(
    seed=st.integers(0, 10**9),
    hidden=st.lists(st.integers(0, 39), min_size=1, max_size=12),
)
def test_undoing_and_redoing_leaves_the_picture_of_what_is_shown(seed, hidden):
    strokes = layered(40, seed, SIZE)
    raster = Raster(SIZE)
    raster.draw(strokes)
    away: set[int] = set()
    for number in hidden:
        away ^= {number}
        shown = [s for i, s in enumerate(strokes) if i not in away]
        raster.redraw(bounds(strokes[number]), shown)
    assert same(raster.image(None), render(shown, SIZE, paper=None))


@pytest.mark.slow
@examples(40)
@given(seed=st.integers(0, 10**9), box=st.tuples(*[st.integers(-50, 300)] * 4))
def test_any_box_redrawn_is_what_it_was(seed, box):
    random = Random(seed)
    strokes = [hostile(random, number) for number in range(6)]
    strokes += layered(20, seed, SIZE)
    raster = Raster(SIZE)
    raster.draw(strokes)
    before = raster.image(None)
    raster.redraw(box, strokes)
    assert same(raster.image(None), before)


@pytest.mark.slow
@examples(150)
@given(seed=st.integers(0, 10**9))
def test_no_stroke_a_stranger_may_send_leaves_its_bounds(seed):
    assert_stays(replace(hostile(Random(seed), 0), brush="pen", alpha=255))


@examples(100)
@given(seed=st.integers(0, 10**9))
def test_no_shape_a_stranger_may_send_leaves_its_bounds(seed):
    assert_stays(replace(hostile_shape(Random(seed), 0), alpha=255))


@examples(50)
@given(seed=st.integers(0, 10**9))
def test_no_shape_leaves_its_bounds(seed):
    (shape,) = shapes(1, seed, SIZE)
    assert_stays(replace(shape, alpha=255))


@examples(50)
@given(seed=st.integers(0, 10**9))
def test_no_text_leaves_its_bounds(seed):
    assert_stays(replace(texts(1, seed, SIZE)[0], alpha=255))


@examples(50)
@given(seed=st.integers(0, 10**9))
def test_no_area_leaves_its_bounds(seed):
    assert_stays(replace(areas(1, seed, SIZE)[0], alpha=255))


def assert_stays(mark):
    box = render([mark], SIZE, paper=None).getbbox()
    if box is not None:
        left, top, right, bottom = bounds(mark)
        assert left <= box[0]
        assert top <= box[1]
        assert box[2] <= right
        assert box[3] <= bottom


def test_a_raster_that_forgot_its_stencils_draws_the_same(monkeypatch):
    strokes = layered(60, seed=8, size=SIZE)
    monkeypatch.setattr("canvas.engine.render.KEPT_BYTES", 4000)
    raster = Raster(SIZE)
    raster.draw(strokes)
    raster.redraw((0, 0, *SIZE), strokes)
    assert same(raster.image(), render(strokes, SIZE))


def test_two_strokes_that_share_an_id_are_not_taken_for_each_other(ann):
    stroke = ann.stroke((10, 10), (50, 50))
    other = replace(stroke, points=(Point(1600, 1600), Point(2400, 1600)))
    raster = Raster(SIZE)
    raster.draw([stroke, other])
    assert same(raster.image(), render([stroke, other], SIZE))


def test_a_thumbnail_keeps_the_proportions():
    picture = render(drawing(20, seed=1, size=(1200, 600)), (1200, 600))
    small = thumbnail(picture, (480, 270))
    assert small.size == (480, 240)
    assert picture.size == (1200, 600)


def test_a_thumbnail_of_a_small_picture_is_the_picture():
    picture = render([], (40, 30))
    assert thumbnail(picture, (480, 270)).size == (40, 30)
