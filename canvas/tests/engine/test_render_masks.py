"""What FreeType fills, held against samples of the same outlines."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops, ImageStat

from canvas.engine.coats import coats
from canvas.engine.geometry import Box, Outline, outline
from canvas.engine.raster.cut import MOST_CONTOURS, X, Y, pieces, split
from canvas.engine.raster.stencil import (
    Print,
    Stencil,
    View,
    cast,
    glyphs,
    placed,
    touched,
)
from canvas.engine.raster.surface import Surface
from canvas.tests.examples import examples
from canvas.tests.generate import drawing, shading
from canvas.tests.reference import coverage

SIZE = (300, 200)
WHOLE = Box(0, 0, *SIZE)
GRID = 64  # outlines count in 1/64 px

vertices = st.tuples(
    st.integers(-40 * GRID, 340 * GRID), st.integers(-40 * GRID, 240 * GRID)
)
polygons = st.lists(vertices, min_size=3, max_size=12)


def filled(shape: Outline, view: View):
    return inked(glyphs([shape.points], shape.simple, view), view)


def inked(found, view: View):
    """Return how much of each pixel glyphs cover."""
    surface = Surface(view.pixels)
    surface.draw(
        [Stencil(tuple(Print(one, (255, 255, 255, 255), 255) for one in found))]
    )
    return surface.image.getchannel("K")


def where_it_is(shape: Outline, view: View) -> list[tuple[int, int]]:
    part = placed([shape.points], view)
    return list(zip(part.xs, part.ys, strict=True))


def area(points: list[tuple[int, int]]) -> int:
    """Return twice the area a path goes around, with its sign."""
    after = points[1:] + points[:1]
    return sum(x * v - u * y for (x, y), (u, v) in zip(points, after, strict=True))


@pytest.mark.parametrize("seed", range(4))
def test_every_stroke_covers_what_its_outline_encloses(seed):
    view = View.of(SIZE)
    for stroke in drawing(12, seed, SIZE):
        shape = outline(stroke)
        expected = coverage(where_it_is(shape, view), WHOLE)
        apart = ImageChops.difference(filled(shape, view), expected)
        assert apart.getextrema()[1] <= 32, stroke
        assert ImageStat.Stat(apart).mean[0] < 0.25, stroke


@pytest.mark.parametrize("scale", [0.37, 0.5, 1.7])
def test_so_it_does_at_any_scale(scale):
    view = View.of((200, 130), scale)
    for stroke in drawing(8, seed=6, size=(200, 130)):
        shape = outline(stroke)
        expected = coverage(where_it_is(shape, view), view.pixels)
        apart = ImageChops.difference(filled(shape, view), expected)
        assert apart.getextrema()[1] <= 32, stroke


def test_a_stroke_in_pieces_covers_what_it_covers_whole():
    long = Outline(
        [(-90_000, -80_000), (95_000, 90_000), (95_000, 90_960)], simple=True
    )
    expected = coverage(where_it_is(long, View.of(SIZE)), WHOLE)
    apart = ImageChops.difference(filled(long, View.of(SIZE)), expected)
    assert expected.getextrema() == (0, 255)
    assert apart.getextrema()[1] <= 32


def test_a_pencil_filled_in_tiles_covers_what_it_covers_whole():
    view, tiled = View.of(SIZE), 0
    for stroke in shading(12, 0, SIZE):
        [coat] = coats(stroke)
        whole = placed(coat.contours, view)
        if len(whole.ends) > MOST_CONTOURS:
            continue  # is cut up besides, which rounds what is cut
        found = glyphs(coat.contours, False, view)
        at_once = cast(whole, touched(whole.around), overlap=True)
        assert inked(found, view).tobytes() == inked([at_once], view).tobytes()
        tiled += len(found) > 1
    assert tiled > 3


def test_more_vertices_in_one_pixel_than_a_glyph_holds_are_still_a_pixel():
    random = Random(4)
    dense = [(random.randrange(64), random.randrange(64)) for _ in range(40_000)]
    mask = filled(Outline(dense, simple=False), View.of(SIZE))
    assert mask.getbbox() == (0, 0, 1, 1)
    assert mask.getpixel((0, 0)) > 240


def test_more_contours_in_one_pixel_than_a_tile_holds_are_still_a_pixel():
    flecks = [[(640, 640), (700, 640), (700, 700)]] * 300
    found = glyphs(flecks, False, View.of(SIZE))
    assert [tuple(glyph.box) for glyph in found] == [(10, 10, 11, 11)]


@given(polygon=polygons, line=st.integers(-2, 302), axis=st.sampled_from([X, Y]))
def test_a_cut_parts_an_outline_at_the_line(polygon, line, axis):
    below, above = split(polygon, axis, line * GRID)
    assert all(point[axis] <= line * GRID for point in below)
    assert all(point[axis] >= line * GRID for point in above)
    # Each crossing is rounded by at most half a unit, on an edge of at most 380 px.
    rounding = len(polygon) * 380 * GRID
    assert abs(area(below) + area(above) - area(polygon)) <= rounding


@examples(30)
@given(polygon=polygons)
def test_the_pieces_of_an_outline_cover_what_it_covers(polygon):
    if area(polygon) == 0:
        return
    view = Box(0, 0, SIZE[0] * GRID, SIZE[1] * GRID)
    whole = coverage(polygon, WHOLE)
    apart = whole
    for (piece,) in pieces([polygon], view):
        apart = ImageChops.subtract(apart, coverage(piece, WHOLE))
    assert ImageStat.Stat(apart).mean[0] < 0.25
