"""The server's picture is the browser's picture."""

from dataclasses import replace
from random import Random, SystemRandom

import pytest

from canvas.engine.ops import BLENDS, FULL_ALPHA
from canvas.engine.render import render
from canvas.engine.stack import Level
from canvas.tests import generate
from canvas.tests.browser import open_page, painted, told
from canvas.tests.compare import compare
from canvas.tests.generate import (
    FULL_HD,
    areas,
    drawing,
    hostile,
    hostile_shape,
    images,
    layered,
    of_every_brush,
    opened,
    pencils,
    shading,
    shapes,
    texts,
    translucent,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("parity")]

# Of every run its own, so that agreement is not with a few drawings only; a failure
# shows it, being part of the assertion.
FRESH = SystemRandom().randrange(10**9)

# The same few in every run, and many of its own.
FEW_AND_MANY = pytest.mark.parametrize(
    ("count", "seed"), [(100, 12), (1000, FRESH)], ids=["100-12", "1000-fresh"]
)


@pytest.fixture(scope="module")
def page(browser):
    page = open_page(browser)
    yield page
    page.close()


def assert_alike(page, strokes, paper="#ffffff", most=0.2, stack=()):
    theirs = painted(page, strokes, FULL_HD, paper, stack)
    found = compare(render(strokes, FULL_HD, paper=paper, stack=stack), theirs)
    note = f"{found}, fresh seed {FRESH}"
    assert found.mean_abs_error <= most, note
    assert found.share_within_16 >= 0.9998, note
    assert found.share_within_32 >= 0.9999, note
    assert found.ssim >= 0.999, note


@pytest.mark.parametrize("seed", [1, 2, FRESH], ids=["1", "2", "fresh"])
def test_a_hundred_strokes_look_alike(page, seed):
    assert_alike(page, drawing(100, seed))


@pytest.mark.parametrize("seed", [101, FRESH], ids=["101", "fresh"])
def test_a_thousand_strokes_look_alike(page, seed):
    assert_alike(page, drawing(1000, seed))


@pytest.mark.parametrize("seed", [103, FRESH], ids=["103", "fresh"])
def test_a_thousand_markers_look_alike(page, seed):
    assert_alike(page, translucent(1000, seed), most=0.35)


@FEW_AND_MANY
def test_pencils_look_alike(page, count, seed):
    assert_alike(page, pencils(count, seed), most=0.35)


@FEW_AND_MANY
def test_pencils_that_lean_look_alike(page, count, seed):
    # A thousand cover all of the paper several times with what is seen through a little.
    assert_alike(page, shading(count, seed), most=0.2 if count == 100 else 1.0)


@FEW_AND_MANY
def test_strokes_of_every_brush_look_alike(page, count, seed):
    assert_alike(page, of_every_brush(count, seed))


@pytest.mark.parametrize("seed", [5, FRESH], ids=["5", "fresh"])
def test_shapes_look_alike(page, seed):
    assert_alike(page, shapes(100, seed))


@pytest.mark.parametrize("seed", [7, FRESH], ids=["7", "fresh"])
def test_texts_look_alike(page, seed):
    assert_alike(page, texts(60, seed))


@pytest.mark.parametrize("seed", [8, FRESH], ids=["8", "fresh"])
def test_areas_look_alike(page, seed):
    assert_alike(page, areas(60, seed))


@pytest.fixture(scope="module")
def photographs(tmp_path_factory):
    """Files of images as they are kept, by their names."""
    return generate.photographs(tmp_path_factory.mktemp("images"))


def images_apart(page, photographs, marks, paper="#ffffff"):
    """Return how far the two pictures of marks with images are apart."""
    theirs = painted(page, marks, FULL_HD, paper, images=photographs)
    return compare(
        render(marks, FULL_HD, paper=paper, images=opened(photographs)), theirs
    )


def among_strokes(seed, pixels):
    """Return images and strokes in any order."""
    marks = [*images(15, seed, pixels), *drawing(20, seed)]
    Random(seed).shuffle(marks)
    return marks


@pytest.mark.parametrize("paper", ["#ffffff", "#000000"])
def test_images_look_alike(page, photographs, paper):
    marks = among_strokes(10, opened(photographs))
    found = images_apart(page, photographs, marks, paper)
    assert found.mean_abs_error <= 0.5, found
    assert found.share_within_16 >= 0.9998, found
    assert found.ssim >= 0.998, found


def test_images_nothing_is_seen_through_look_the_same(page, photographs):
    pixels = opened(photographs)
    opaque = {name: one for name, one in pixels.items() if one.mode == "RGB"}
    marks = [replace(one, alpha=FULL_ALPHA) for one in among_strokes(FRESH, opaque)]
    found = images_apart(page, photographs, marks)
    assert found.mean_abs_error <= 0.02, (found, FRESH)
    assert found.share_within_16 >= 0.9998, (found, FRESH)
    assert found.ssim >= 0.9995, (found, FRESH)


def test_those_seen_through_are_on_the_whole_no_level_apart(page, photographs):
    # By each side in its own way, over all of its area: so anything that is shown may be a level apart, or two.
    marks = among_strokes(FRESH, opened(photographs))
    found = images_apart(page, photographs, marks)
    assert found.mean_abs_error <= 1.0, (found, FRESH)
    assert found.share_within_16 >= 0.9995, (found, FRESH)


def test_an_image_that_is_only_moved_keeps_its_every_pixel(page, photographs):
    pixels = opened(photographs)
    marks = [
        replace(one, alpha=255, matrix=(65_536, 0, 0, 65_536, 163, 325))
        for one in images(20, 11, pixels)
        if pixels[one.image].mode == "RGB"
    ]
    ours = render(marks, FULL_HD, images=pixels)
    theirs = painted(page, marks, FULL_HD, images=photographs)
    last = pixels[marks[-1].image].convert("RGB")
    place = (10, 20, 10 + last.width, 20 + last.height)
    assert ours.crop(place).tobytes() == last.tobytes()
    assert theirs.tobytes() == ours.tobytes()


# In the second, nearly everything seen is seen through twenty others.
@pytest.mark.parametrize("seed", [6, 824161909, FRESH], ids=["6", "deep", "fresh"])
def test_shapes_at_the_limits_look_nearly_alike(page, seed):
    random = Random(seed)
    assert_nearly_alike(page, [hostile_shape(random, number) for number in range(40)])


@pytest.mark.parametrize("seed", [3, FRESH], ids=["3", "fresh"])
@pytest.mark.parametrize("paper", ["#ffffff", "#000000"])
def test_layers_look_alike_on_any_paper(page, seed, paper):
    assert_alike(page, layered(300, seed), paper)


@pytest.mark.parametrize("paper", ["#ffffff", "#000000"])
@pytest.mark.parametrize("blend", BLENDS)
def test_blended_layers_look_alike_on_any_paper(page, blend, paper):
    stack = [
        Level(2, opacity=200),
        Level(0, blend=blend, opacity=140),
        Level(1, hidden=True),
        Level(3, blend=blend),
    ]
    assert_alike(page, layered(300, FRESH), paper, stack=stack)


@pytest.mark.parametrize("seed", [100, 110, FRESH], ids=["100", "110", "fresh"])
def test_strokes_at_the_limits_look_nearly_alike(page, seed):
    random = Random(seed)
    assert_nearly_alike(page, [hostile(random, number) for number in range(40)])


def assert_nearly_alike(page, strokes):
    opaque = [replace(stroke, alpha=FULL_ALPHA) for stroke in strokes]
    assert_near(page, opaque, 0.1)
    # What lies over the whole paper and is seen through is rounded by each in its own way, everywhere, once a stroke.
    assert_near(page, strokes, 1)


def assert_near(page, strokes, most):
    found = compare(render(strokes, FULL_HD), painted(page, strokes, FULL_HD))
    # Where a scribble is too dense to look for overlaps, its inner edges may show.
    assert found.mean_abs_error <= most, (found, FRESH)
    assert found.share_within_16 >= 0.997, (found, FRESH)


FILL_PATHS = """async (strokes) => {
  const { CONTEXT_SETTINGS, ink, paint, path } = await import("/js/engine/render.js");
  const context = () => new OffscreenCanvas(1920, 1080).getContext("2d", CONTEXT_SETTINGS);
  const [painted, filled] = [context(), context()];
  for (const stroke of strokes) {
    paint(painted, stroke);
    const erases = stroke.brush === "eraser";
    filled.globalCompositeOperation = erases ? "destination-out" : "source-over";
    filled.fillStyle = ink(stroke);
    filled.fill(path(stroke, Path2D), "nonzero");
  }
  const bytes = (from) => from.getImageData(0, 0, 1920, 1080).data;
  const [a, b] = [bytes(painted), bytes(filled)];
  return { same: a.every((value, i) => value === b[i]), drawn: a.some((value) => value) };
}"""


def test_a_path_filled_is_the_stroke_painted(page):
    strokes = [told(stroke) for stroke in drawing(100, seed=4)]
    assert page.evaluate(FILL_PATHS, strokes) == {"same": True, "drawn": True}


LEFT_AS_FOUND = """async (stroke) => {
  const { paint } = await import("/js/engine/render.js");
  const context = new OffscreenCanvas(9, 9).getContext("2d");
  paint(context, stroke);
  return context.globalCompositeOperation;
}"""


def test_an_eraser_leaves_the_context_painting(page):
    erasers = [stroke for stroke in drawing(100, seed=4) if stroke.brush == "eraser"]
    assert page.evaluate(LEFT_AS_FOUND, told(erasers[0])) == "source-over"
