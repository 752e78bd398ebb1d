"""Hands on the paper: mice, fingers, pens and keys in a real browser."""

import io

import pytest
from PIL import Image, ImageOps, ImageStat
from playwright.sync_api import expect

from e2e.hands import Hands
from e2e.waiting import until

# What Safari alone has; tells whether the page has taken it in.
PINCH = """({ kind, ...where }) => {
  const event = new Event(kind, { bubbles: true, cancelable: true });
  document.querySelector("#paper").dispatchEvent(Object.assign(event, where));
  return event.defaultPrevented;
}"""


@pytest.fixture
def tablet(visit, server):
    """Somebody with a touch screen."""
    return visit(server, has_touch=True, is_mobile=True)


def scale(visitor) -> float:
    return visitor.canvas.evaluate("c => c.getBoundingClientRect().width / c.width")


def grows_beyond(visitor, size: float) -> None:
    """Wait until the paper is shown larger than that."""
    visitor.page.wait_for_function(
        """size => {
          const paper = document.querySelector("#paper");
          return paper.getBoundingClientRect().width / paper.width > size;
        }""",
        arg=size,
    )


def lies_beyond(visitor, x: float) -> None:
    """Wait until the paper lies further to the right than that."""
    visitor.page.wait_for_function(
        "x => document.querySelector('#paper').getBoundingClientRect().x > x", arg=x
    )


def test_a_finger_draws(tablet):
    tablet.starts_a_drawing()
    Hands(tablet).drags_a_finger(*[(x, 500) for x in range(200, 900, 40)])
    tablet.sees_saved(seq=1)
    tablet.sees_ink_at(600, 500)


def test_two_fingers_enlarge_the_paper_and_leave_no_mark(tablet):
    tablet.starts_a_drawing()
    hands = Hands(tablet)
    before = scale(tablet)
    hands.puts_finger_down((800, 500), (810, 505))
    hands.adds_a_finger_and_spreads((810, 505), (1000, 500))
    grows_beyond(tablet, before * 1.5)
    hands.drags_a_finger((900, 520), (902, 520))
    tablet.sees_saved(seq=1)
    tablet.sees_ink_at(900, 520)
    tablet.sees_ink_at(805, 502, ink=False)


UPRIGHT, HELD, FLAT = 0, 35, 68  # degrees


def rolls(visitor, y: float, tilts: tuple[int, ...]) -> None:
    """Draw a line across with a pen held at so many degrees, one after the other; hold it down."""
    hands = Hands(visitor)
    hands.pen("mousePressed", (300, y), 0.5, tilts[0])
    part = 1200 // len(tilts)
    for x in range(320, 1500, 10):
        hands.pen("mouseMoved", (x, y), 0.5, tilts[(x - 300) // part])


def lifts(visitor, y: float) -> None:
    Hands(visitor).pen("mouseReleased", (1490, y), 0)


def ink_on(picture, left: int, right: int, y: int) -> tuple[int, float]:
    """Return how many rows of a line's part across are inked, and the mean ink on these, 0 to 1."""
    part = ImageOps.invert(picture.convert("L").crop((left, y - 90, right, y + 90)))
    _, top, _, bottom = part.getbbox() or (0, 0, 0, 1)
    return bottom - top, ImageStat.Stat(part.crop((0, top, right - left, bottom))).mean[
        0
    ] / 255


def is_rolled_over(picture) -> bool:
    """Say whether a line across is thin and dark, then broad and pale, then thin and dark again."""
    first, side, last = (
        ink_on(picture, *part, 500) for part in ((340, 640), (760, 1040), (1160, 1460))
    )
    broad = side[0] > 2 * max(first[0], last[0])
    return broad and side[1] < 0.8 * min(first[1], last[1])


def test_a_pencil_held_as_one_writes_draws_as_upright_and_shades_on_its_side(
    tablet, bob
):
    bob.opens(tablet.starts_a_drawing())
    tablet.picks("Pencil")
    for y, tilt in ((200, UPRIGHT), (500, HELD), (800, FLAT)):
        rolls(tablet, y, (tilt,))
        lifts(tablet, y)
    bob.sees_saved(seq=3)
    picture = bob.picture()
    upright, held, flat = (ink_on(picture, 340, 1460, y) for y in (200, 500, 800))
    assert held[0] == pytest.approx(upright[0], abs=3)
    assert flat[0] > 2 * upright[0]
    assert flat[1] < 0.8 * upright[1]


def test_a_pencil_is_rolled_over_in_the_middle_of_a_stroke(tablet, bob):
    bob.opens(tablet.starts_a_drawing())
    tablet.picks("Pencil")
    rolls(tablet, 500, (UPRIGHT, FLAT, UPRIGHT))
    for one in (tablet, bob):
        until(lambda one=one: is_rolled_over(one.picture()))
    lifts(tablet, 500)
    tablet.sees_saved(seq=1)
    bob.sees_saved(seq=1)
    tablet.reloads()
    tablet.sees_saved(seq=1)
    until(lambda: is_rolled_over(tablet.picture()))
    tablet.finishes("Rolled over")
    with Image.open(io.BytesIO(tablet.downloads())) as picture:
        assert is_rolled_over(picture)


def test_a_pen_presses_and_makes_fingers_move_the_paper(tablet, bob):
    bob.opens(tablet.starts_a_drawing())
    hands = Hands(tablet)
    hands.pen("mousePressed", (200, 400), 0.1)
    for i in range(1, 40):
        hands.pen("mouseMoved", (200 + i * 20, 400), 0.1 + i / 45)
    bob.sees_ink_at(500, 400)
    hands.pen("mouseReleased", (980, 400), 0)
    bob.sees_saved(seq=1)
    before = tablet.canvas.bounding_box()
    hands.drags_a_finger((600, 700), (700, 800), (800, 900))
    lies_beyond(tablet, before["x"])
    tablet.sees_saved(seq=1)
    assert tablet.picture() == bob.picture()


def test_a_stroke_the_system_takes_away_is_kept(tablet):
    tablet.starts_a_drawing()
    hands = Hands(tablet)
    hands.puts_finger_down((200, 500), (400, 500), (700, 500))
    hands.touches("touchCancel")
    tablet.sees_saved(seq=1)
    tablet.sees_ink_at(500, 500)


def test_the_wheel_moves_and_enlarges_the_paper(ann):
    ann.starts_a_drawing()
    before = scale(ann)
    ann.moves_to(960, 540)
    ann.page.keyboard.down("Control")
    ann.page.mouse.wheel(0, -300)
    ann.page.keyboard.up("Control")
    grows_beyond(ann, before * 1.5)
    ann.draws((960, 540), (1000, 560))
    ann.sees_saved(seq=1)
    ann.sees_ink_at(980, 550)


def test_a_pinch_as_safari_tells_of_it_enlarges_the_paper(ann):
    ann.starts_a_drawing()
    before = scale(ann)
    for kind, factor in [("gesturestart", 1), ("gesturechange", 1.5)] * 2:
        pinch = {"kind": kind, "scale": factor, "clientX": 600, "clientY": 400}
        assert ann.page.evaluate(PINCH, pinch), "the browser would enlarge the page"
    grows_beyond(ann, before * 2)


def test_the_space_bar_grabs_the_paper(ann):
    ann.starts_a_drawing()
    before = ann.canvas.bounding_box()
    ann.page.mouse.move(600, 400)
    ann.page.keyboard.down(" ")
    ann.page.mouse.down()
    ann.page.mouse.move(650, 430, steps=3)
    ann.page.mouse.up()
    ann.page.keyboard.up(" ")
    assert ann.canvas.bounding_box()["x"] == pytest.approx(before["x"] + 50)
    expect(ann.canvas).to_have_attribute("data-head", "0")


def test_the_space_bar_grabs_the_paper_though_a_colour_was_just_clicked(ann):
    ann.starts_a_drawing()
    before = ann.canvas.bounding_box()["x"]
    for clicked in ("Red", "Pencil"):
        ann.page.get_by_label(clicked, exact=True).click(force=True)
        ann.page.keyboard.down(" ")
        ann.draws((600, 500), (700, 500))
        ann.page.keyboard.up(" ")
    lies_beyond(ann, before + 100)
    ann.draws((600, 500), (700, 500))
    ann.sees_saved(seq=1)


def test_the_space_bar_presses_what_the_keyboard_has_come_to(ann):
    ann.starts_a_drawing()
    red = ann.page.get_by_role("button", name="Red", exact=True)
    ann.page.get_by_role("button", name="Grey").focus()
    ann.page.keyboard.press("Tab")
    expect(red).to_be_focused()
    ann.page.keyboard.press(" ")
    expect(red).to_have_attribute("aria-pressed", "true")


def test_shift_makes_a_square_of_a_shape_though_the_pointer_rests(ann):
    ann.starts_a_drawing()
    ann.picks("Rectangle")
    ann.puts_pen_down([(300, 300), (600, 400)])
    ann.sees_ink_at(450, 400)
    ann.page.keyboard.down("Shift")
    ann.sees_ink_at(450, 600)
    ann.page.keyboard.up("Shift")
    ann.sees_ink_at(450, 600, ink=False)
    ann.lifts_pen()
    ann.sees_saved(seq=1)


def test_a_tool_chosen_while_the_pen_is_down_is_for_the_next_stroke(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.puts_pen_down([(300, 300), (500, 300)])
    ann.page.keyboard.press("e")
    ann.moves_to(700, 300)
    ann.lifts_pen()
    ann.draws((400, 200), (400, 400))
    bob.sees_saved(seq=2)
    for one in (ann, bob):
        one.sees_ink_at(600, 300)
        one.sees_ink_at(400, 300, ink=False)


def test_keys_open_what_buttons_open(ann):
    ann.starts_a_drawing()
    for key, region in (("q", "Who is here"), ("z", "The desk")):
        panel = ann.page.get_by_role("region", name=region)
        ann.page.keyboard.press(key)
        expect(panel).to_be_visible()
        ann.page.keyboard.press(key)
        expect(panel).to_be_hidden()
    for key, shown in (("'", "#grid-lines"), (";", "#rulers")):
        ann.page.keyboard.press(key)
        expect(ann.page.locator(shown)).to_be_visible()
    ann.page.keyboard.press("w")
    expect(ann.page.get_by_role("dialog", name="Draw together")).to_be_visible()


def test_keys_choose_a_tool_right_after_a_slider_was_dragged(ann):
    ann.starts_a_drawing()
    size = ann.page.get_by_role("slider", name="Size")
    size.click()
    expect(size).to_be_focused()
    ann.page.keyboard.press("e")
    expect(ann.page.get_by_role("radio", name="Eraser")).to_be_checked()


def test_keys_make_a_shape_fainter_and_full(ann):
    ann.starts_a_drawing()
    ann.picks("Rectangle")
    ann.page.keyboard.press("j")
    for _ in range(3):
        ann.page.keyboard.press("{")
    ann.draws((300, 300), (600, 600))
    ann.sees_saved(seq=1)
    assert ann.pixel(450, 450) == pytest.approx((97, 101, 119), abs=4)


def test_undo_is_where_z_is_on_every_keyboard(ann):
    ann.starts_a_drawing()
    ann.draws((300, 300), (500, 300))
    ann.sees_saved(seq=1)
    ann.page.locator("body").dispatch_event(
        "keydown", {"key": "я", "code": "KeyZ", "ctrlKey": True, "bubbles": True}
    )
    ann.sees_ink_at(400, 300, ink=False)


def test_keys_do_what_buttons_do(ann):
    ann.starts_a_drawing()
    ann.page.keyboard.press("m")
    expect(ann.page.get_by_role("radio", name="Marker")).to_be_checked()
    ann.draws((200, 200), (600, 200))
    ann.sees_saved(seq=1)
    ann.page.keyboard.press("Control+z")
    ann.sees_saved(seq=2)
    ann.sees_ink_at(400, 200, ink=False)
    ann.page.keyboard.press("Control+Shift+Z")
    ann.sees_saved(seq=3)
    ann.page.keyboard.press("?")
    expect(ann.page.get_by_role("dialog")).to_be_visible()


def test_a_marker_never_darkens_itself(ann):
    ann.starts_a_drawing()
    ann.picks("Marker")
    ann.draws((200, 200), (800, 600), (800, 200), (200, 600))
    ann.sees_saved(seq=1)
    assert ann.pixel(500, 400) == ann.pixel(800, 400)


def test_two_fingers_turn_the_paper_and_leave_no_mark(tablet):
    tablet.starts_a_drawing()
    upright = tablet.page.get_by_role("button", name="Turn the paper upright")
    Hands(tablet).twists((960, 540), 1.0)
    expect(upright).to_be_visible()
    upright.click()
    expect(upright).to_be_hidden()
    expect(tablet.canvas).to_have_attribute("data-head", "0")


def test_two_fingers_undo_with_a_tap_and_three_bring_it_back(tablet, bob):
    bob.opens(tablet.starts_a_drawing())
    hands = Hands(tablet)
    hands.drags_a_finger(*[(x, 500) for x in range(200, 900, 40)])
    bob.sees_saved(seq=1)
    fingers = [(400, 300), (600, 300), (800, 300)]
    hands.taps_with(*fingers[:2])
    bob.sees_ink_at(600, 500, ink=False)
    hands.taps_with(*fingers)
    bob.sees_ink_at(600, 500)
    bob.sees_saved(seq=3)


def test_a_finger_begins_a_text_and_another_touch_ends_it(tablet, bob):
    bob.opens(tablet.starts_a_drawing())
    tablet.page.keyboard.press("t")
    hands = Hands(tablet)
    hands.drags_a_finger((400, 300))
    expect(tablet.page.get_by_role("textbox", name="Text")).to_be_focused()
    tablet.page.keyboard.type("I")
    hands.drags_a_finger((1200, 800))
    tablet.sees_saved(seq=1)
    bob.sees_ink_at(408, 300)


def test_a_finger_drags_a_corner_of_what_is_selected(tablet, bob):
    bob.opens(tablet.starts_a_drawing())
    tablet.picks_ink("#1b2038", 50)
    hands = Hands(tablet)
    hands.drags_a_finger((400, 300), (500, 300), (600, 300))
    tablet.sees_saved(seq=1)
    tablet.page.keyboard.press("v")
    hands.drags_a_finger((200, 100), (500, 400), (900, 600))
    expect(tablet.page.locator("#chosen-acts")).to_be_visible()
    hands.drags_a_finger((622, 322), (700, 400), (866, 366))
    for one in (tablet, bob):
        one.sees_saved(seq=2)
    bob.sees_ink_at(800, 320)
    assert tablet.picture() == bob.picture()
