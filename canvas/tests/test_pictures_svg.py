"""A drawing as SVG: its structure, and what a browser shows of it."""

from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from canvas.engine.ops import BLENDS
from canvas.engine.render import render
from canvas.engine.stack import Level
from canvas.pictures.svg import DEEPEST, svg
from canvas.tests import generate
from canvas.tests.browser import open_page
from canvas.tests.compare import compare

SIZE = (640, 400)
ADDRESS = "http://pictures.test/drawing.svg"


def text_of(strokes, size=SIZE, paper="#ffffff"):
    return "".join(svg(strokes, size, paper))


def parsed(strokes, **how):
    return ElementTree.fromstring(text_of(strokes, **how))  # noqa: S314 of our own making


def inside(element, name):
    """Return what is within an element under a name."""
    return element.findall(f".//{{http://www.w3.org/2000/svg}}{name}")


def test_a_stroke_is_a_path_in_its_colour(ann):
    drawn = parsed([ann.stroke(colour="#1a2b3c")], paper=None)
    [path] = inside(drawn, "path")
    assert path.get("fill") == "#1a2b3c"
    assert path.get("fill-opacity") is None


def test_a_marker_lets_through_what_is_below(ann):
    drawn = parsed([ann.stroke(brush="marker", alpha=51)], paper=None)
    [path] = inside(drawn, "path")
    assert path.get("fill-opacity") == "0.2000"


def test_layers_are_groups_in_their_order(ann):
    strokes = [ann.stroke(layer=layer) for layer in (2, 0, 2)]
    groups = inside(parsed(strokes), "g")
    assert [group.get("id") for group in groups] == ["layer-0", "layer-2"]
    assert [len(inside(group, "path")) for group in groups] == [1, 2]


def test_layers_stand_as_people_have_put_them(ann):
    strokes = [ann.stroke(layer=layer) for layer in (0, 1, 2)]
    stack = [Level(2, opacity=51), Level(1, hidden=True), Level(0, blend="multiply")]
    drawn = ElementTree.fromstring("".join(svg(strokes, SIZE, None, stack)))  # noqa: S314
    groups = {group.get("id"): group for group in inside(drawn, "g")}
    assert [name for name in groups if name] == ["layer-2", "layer-0"]
    assert groups["layer-2"].get("opacity") == "0.2000"
    assert groups["layer-0"].get("style") == "mix-blend-mode:multiply"


def test_it_measures_what_the_drawing_does(ann):
    drawn = parsed([ann.stroke()])
    assert (drawn.get("width"), drawn.get("height")) == ("640", "400")


def test_an_eraser_masks_what_it_touched_and_nothing_else(ann):
    touched = ann.stroke((10, 10), (100, 10), colour="#ff0000")
    beside = ann.stroke((10, 300), (100, 300), colour="#00ff00")
    eraser = ann.stroke((50, 0), (50, 50), brush="eraser")
    later = ann.stroke((10, 20), (100, 20), colour="#0000ff")
    drawn = parsed([touched, beside, eraser, later], paper=None)
    masked = {path.get("fill") for path in inside(drawn, "path") if path.get("mask")}
    assert masked == {"#ff0000"}


def test_what_is_erased_by_shares_too_often_is_put_in_as_a_picture(ann):
    strokes = []
    for _ in range(DEEPEST + 2):
        strokes.append(ann.stroke((10, 10), (100, 10)))
        strokes.append(ann.stroke((50, 0), (50, 50), brush="eraser", alpha=100))
    assert inside(parsed(strokes[:-2]), "image") == []
    [picture] = inside(parsed(strokes), "image")
    assert picture.get("href").startswith("data:image/png;base64,")


def light_erasers(count, seed, size):
    """Return strokes whose erasers take only a share."""
    return [
        replace(stroke, alpha=120) if stroke.brush == "eraser" else stroke
        for stroke in generate.drawing(count, seed, size)
    ]


@pytest.fixture(scope="module")
def page(browser):
    page = open_page(browser)
    page.set_viewport_size({"width": SIZE[0], "height": SIZE[1]})
    yield page
    page.close()


def shown(page, text):
    """Return what Chromium shows of an SVG."""
    page.route(ADDRESS, lambda route: route.fulfill(body=text, content_type=MEDIA_TYPE))
    page.goto(ADDRESS)
    picture = page.screenshot(omit_background=True)
    page.unroute(ADDRESS)
    return Image.open(BytesIO(picture))


MEDIA_TYPE = "image/svg+xml"

# Chromium fills what is in a masked group with another antialiasing: hence the last.
LIKENESS = [
    (generate.drawing, 0.9985, 0.999),
    (generate.translucent, 0.9985, 0.999),
    (generate.layered, 0.9985, 0.999),
    (light_erasers, 0.95, 0.985),
]


@pytest.mark.browser
@pytest.mark.parametrize(("strokes", "within", "ssim"), LIKENESS)
def test_a_browser_shows_the_picture_that_is_rendered(page, strokes, within, ssim):
    drawn = strokes(100, 21, SIZE)
    picture = shown(page, text_of(drawn)).convert("RGB")
    difference = compare(picture, render(drawn, SIZE))
    assert difference.share_within_16 >= within
    assert difference.ssim >= ssim


@pytest.mark.browser
@pytest.mark.parametrize("blend", BLENDS)
def test_a_browser_shows_layers_as_they_stand(page, blend):
    drawn = generate.layered(80, 24, SIZE)
    stack = [
        Level(3),
        Level(0, opacity=100),
        Level(1, hidden=True),
        Level(2, blend=blend),
    ]
    picture = shown(page, "".join(svg(drawn, SIZE, "#ffffff", stack))).convert("RGB")
    difference = compare(picture, render(drawn, SIZE, stack=stack))
    assert difference.mean_abs_error < 0.7
    assert difference.ssim >= 0.985


@pytest.mark.browser
def test_a_browser_shows_through_where_nobody_drew(page):
    drawn = generate.drawing(40, 22, SIZE)
    picture = shown(page, text_of(drawn, paper=None)).convert("RGBA")
    rendered = render(drawn, SIZE, paper=None)
    likeness = compare(picture.getchannel("A"), rendered.getchannel("A"))
    assert likeness.share_within_16 >= 0.9985
    assert picture.getchannel("A").getextrema() == (0, 255)


@pytest.mark.browser
def test_a_browser_shows_a_layer_that_is_a_picture(page, monkeypatch):
    monkeypatch.setattr("canvas.pictures.svg.DEEPEST", 0)
    drawn = light_erasers(60, 23, SIZE)
    text = text_of(drawn)
    assert "<image" in text
    difference = compare(shown(page, text).convert("RGB"), render(drawn, SIZE))
    assert difference.mean_abs_error < 0.5
