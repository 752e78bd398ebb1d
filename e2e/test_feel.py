"""How it feels to draw: ink is under the pen at once, and stays as it was when it settles."""

import base64
import io

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import expect

FRAMES = """() => new Promise((go) => {
  const after = (count) => count === 0 ? go() : requestAnimationFrame(() => after(count - 1));
  after(4);
})"""
# A mouse that is down has the pointer id 1; the page is told where it expects it next.
# What is only expected is seen in one frame; of many, one goes by without anything being painted.
MOVE_AND_LOOK = """([at, expected, x, y]) => new Promise((go) => {
  const move = ([clientX, clientY], more) => new PointerEvent("pointermove", {
    pointerId: 1, pointerType: "mouse", buttons: 1, bubbles: true, clientX, clientY, ...more,
  });
  const event = move(at, { predictedEvents: [move(expected)] });
  document.querySelector("#workspace").dispatchEvent(event);
  const paper = document.querySelector("canvas#paper").getContext("2d");
  const look = () => paper.getImageData(x, y, 1, 1).data[3];
  requestAnimationFrame(() => {
    const first = look();
    requestAnimationFrame(() => go([first, look()]));
  });
})"""
TOUCHED = """([x, y]) => document.querySelector("canvas#paper").getContext("2d")
  .getImageData(x, y, 1, 1).data[3] > 0"""
# Chromium rounds an edge by some levels differently where it fills it piece by piece.
UNSEEN = 32
CROSSING = [(300, 300), (900, 700), (900, 300), (300, 700), (600, 200), (100, 100)]


def difference(one: Image.Image, other: Image.Image) -> int:
    """Return by how much the two differ where they differ most."""
    return max(high for _, high in ImageChops.difference(one, other).getextrema())


def test_ink_looks_while_it_is_drawn_as_it_does_when_it_is_drawn(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.picks("Marker")
    ann.picks_ink("#c02090", 60)
    ann.puts_pen_down(CROSSING)
    bob.page.wait_for_function(TOUCHED, arg=CROSSING[-1])
    growing = {}
    for one in (ann, bob):
        one.page.evaluate(FRAMES)
        growing[one] = one.picture()
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=1)
        assert difference(growing[one], one.picture()) < UNSEEN
    assert ann.picture() == bob.picture()


def test_ink_is_where_the_pen_is_expected_and_goes_if_it_does_not_come(ann):
    address = ann.starts_a_drawing()
    ann.puts_pen_down([(300, 300), (500, 300)])
    places = [ann._on_screen(place) for place in [(520, 300), (560, 300)]]
    assert 255 in ann.page.evaluate(MOVE_AND_LOOK, [*places, 550, 300])
    ann.sees_ink_at(510, 300)
    ann.sees_ink_at(550, 300, ink=False)
    ann.lifts_pen()
    ann.sees_saved(seq=1)
    ann.opens(address)
    ann.sees_saved(seq=1)
    ann.sees_ink_at(510, 300)
    ann.sees_ink_at(550, 300, ink=False)


def test_an_eraser_takes_nothing_away_before_it_is_there(ann):
    ann.starts_a_drawing()
    ann.draws((300, 300), (700, 300))
    ann.sees_saved(seq=1)
    ann.picks("Eraser")
    ann.puts_pen_down([(300, 300), (500, 300)])
    places = [ann._on_screen(place) for place in [(505, 300), (600, 300)]]
    assert ann.page.evaluate(MOVE_AND_LOOK, [*places, 590, 300]) == [255, 255]
    ann.sees_ink_at(450, 300, ink=False)


def test_a_cursor_glides_to_where_the_other_points(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.moves_to(300, 300)
    bob.moves_to(900, 600)
    expect(ann.page.locator(".cursor", has_text=bob.name)).to_be_visible()
    ann.sees_cursor_at(900, 600, of=bob)


def test_nothing_lies_over_the_paper_while_no_laser_shines(ann):
    ann.starts_a_drawing()
    expect(ann.page.locator("#lasers")).to_be_hidden()
    ann.page.keyboard.press("k")
    ann.watches_out_for("#lasers", "hidden")
    ann.puts_pen_down([(300, 300), (700, 500)])
    ann.has_seen("#lasers", None)
    ann.lifts_pen()
    expect(ann.page.locator("#lasers")).to_be_hidden()


@pytest.mark.parametrize("keys", [["1"], ["+", "ArrowRight"], ["-"], [".", "."]])
def test_one_sees_the_paper_wherever_it_lies(ann, keys):
    ann.starts_a_drawing()
    ann.picks_ink("#c02090", 60)
    ann.draws((700, 540), (1220, 540))
    ann.sees_saved(seq=1)
    for key in keys:
        ann.page.keyboard.press(key)
    ann.page.evaluate(FRAMES)
    seen = ann.photograph()
    assert seen.getpixel(whole(ann._on_screen((960, 540)))) == (0xC0, 0x20, 0x90)
    assert seen.getpixel(whole(ann._on_screen((960, 440)))) == (255, 255, 255)


def test_one_sees_the_paper_on_a_finer_screen_the_window_is_moved_to(ann):
    ann.starts_a_drawing()
    ann.picks_ink("#c02090", 60)
    glass = ann.page.locator("#glass")
    width = glass.evaluate("glass => glass.width")
    screen = {"width": 1280, "height": 800, "deviceScaleFactor": 2, "mobile": False}
    browser = ann.context.new_cdp_session(ann.page)
    browser.send("Emulation.setDeviceMetricsOverride", screen)
    ann.draws((700, 540), (1220, 540))
    ann.sees_saved(seq=1)
    expect(glass).to_have_js_property("width", 2 * width)
    ann.page.evaluate(FRAMES)
    x, y = whole(ann._on_screen((960, 540)))
    seen = base64.b64decode(browser.send("Page.captureScreenshot")["data"])
    picture = Image.open(io.BytesIO(seen))
    assert picture.size == (2 * 1280, 2 * 800)
    assert picture.getpixel((2 * x, 2 * y)) == (0xC0, 0x20, 0x90)


def test_what_was_painted_in_parts_looks_as_if_painted_at_once(ann):
    ann.starts_a_drawing()
    ann.picks_ink("#c02090", 60)
    ann.draws(*CROSSING)
    ann.sees_saved(seq=1)
    ann.settles()
    ann.page.evaluate(FRAMES)
    in_parts = ann.photograph()
    for key in ["ArrowRight", "ArrowLeft"]:
        ann.page.keyboard.press(key)
    ann.page.evaluate(FRAMES)
    assert difference(in_parts, ann.photograph()) < UNSEEN


def whole(place: tuple[float, float]) -> tuple[int, int]:
    """Return the pixel of a photograph at a place on the screen."""
    return round(place[0]), round(place[1])
