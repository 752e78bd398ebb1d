"""The tools in real browsers: what one draws with each, the others get."""

import pytest
from playwright.sync_api import expect

from e2e.people import INK, WHITE, WINDOW


def test_a_pencil_draws_the_same_grain_for_both_and_keeps_it(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.takes("Pencil", "b")
    ann.picks_ink("#1b2038", 40)
    ann.puts_pen_down([(200 + 20 * i, 300 + 10 * (i % 5)) for i in range(40)])
    bob.sees_grain((400, 280, 800, 360))
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=1)
    drawn = ann.picture()
    assert bob.picture() == drawn
    ann.draws((1000, 700), (1400, 800))
    ann.undoes()
    ann.sees_saved(seq=3)
    ann.reloads()
    ann.sees_grain((400, 280, 800, 360))
    for one in (ann, bob):
        one.sees_saved(seq=3)
        assert one.picture() == drawn


@pytest.mark.parametrize(
    ("name", "key", "touched", "untouched"),
    [
        ("Line", "l", [(400, 300), (600, 400)], [(400, 390)]),
        ("Arrow", "a", [(400, 300), (790, 495)], [(400, 390)]),
        ("Rectangle", "r", [(200, 300), (500, 200), (800, 400)], [(500, 350)]),
        ("Ellipse", "o", [(500, 200), (200, 350), (800, 350)], [(205, 205)]),
    ],
)
def test_a_shape_is_seen_by_both(ann, bob, name, key, touched, untouched):
    bob.opens(ann.starts_a_drawing())
    ann.takes(name, key)
    ann.picks_ink("#1b2038", 30)
    ann.draws((200, 200), (800, 500))
    for one in (ann, bob):
        one.sees_saved(seq=1)
        for place in touched:
            one.sees_ink_at(*place)
        for place in untouched:
            one.sees_ink_at(*place, ink=False)
    assert ann.picture() == bob.picture()


def test_a_shape_shows_while_it_is_dragged_and_leaves_no_trace_of_it(ann):
    ann.starts_a_drawing()
    ann.takes("Rectangle", "r")
    ann.puts_pen_down([(200, 200), (900, 800), (500, 500)])
    ann.sees_ink_at(500, 350)
    ann.sees_ink_at(900, 500, ink=False)
    expect(ann.canvas).to_have_attribute("data-head", "0")
    ann.lifts_pen()
    ann.sees_saved(seq=1)


def test_shift_makes_a_square_and_a_fill_has_its_own_colour(ann):
    ann.starts_a_drawing()
    ann.takes("Rectangle", "r")
    ann.page.get_by_role("radio", name="Outlined and filled").check(force=True)
    ann.page.keyboard.down("Shift")
    ann.draws((200, 200), (600, 300))
    ann.page.keyboard.up("Shift")
    ann.sees_saved(seq=1)
    assert ann.pixel(200, 400) == INK
    assert ann.pixel(590, 590) == (247, 201, 72)
    assert ann.pixel(400, 620) == WHITE


def test_a_polygon_is_closed_by_enter_and_given_up_by_escape(ann):
    ann.starts_a_drawing()
    ann.takes("Polygon", "g")
    ann.page.get_by_role("radio", name="Filled", exact=True).check(force=True)
    for corner in [(200, 200), (800, 200), (800, 700)]:
        ann.draws(corner)
    ann.page.keyboard.press("Enter")
    ann.sees_saved(seq=1)
    ann.sees_ink_at(700, 400)
    for corner in [(1000, 200), (1400, 200), (1400, 700)]:
        ann.draws(corner)
    ann.sees_ink_at(1300, 300)
    ann.page.keyboard.press("Escape")
    ann.sees_ink_at(1300, 300, ink=False)
    expect(ann.canvas).to_have_attribute("data-head", "1")


def test_undo_takes_a_shape_back(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.takes("Ellipse", "o")
    ann.draws((200, 200), (800, 600))
    bob.sees_ink_at(500, 200)
    ann.undoes()
    for one in (ann, bob):
        one.sees_ink_at(500, 200, ink=False)
    ann.redoes()
    bob.sees_ink_at(500, 200)


def test_the_eyedropper_takes_what_somebody_else_has_drawn_with(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.paints("#30a46c", 80, [(200, 200), (600, 200)])
    ann.sees_saved(seq=1)
    ann.takes("Marker", "m")
    ann.takes("Eyedropper", "i")
    ann.draws((400, 200))
    expect(ann.page.get_by_role("radio", name="Marker")).to_be_checked()
    assert ann.page.locator("input#colour").input_value() == "#30a46c"


def test_the_hand_moves_the_paper_and_draws_nothing(ann):
    ann.starts_a_drawing()
    before = ann.canvas.bounding_box()
    ann.takes("Hand", "h")
    ann.page.mouse.move(600, 400)
    ann.page.mouse.down()
    ann.page.mouse.move(660, 420, steps=3)
    ann.page.mouse.up()
    assert ann.canvas.bounding_box()["x"] == pytest.approx(before["x"] + 60)
    expect(ann.canvas).to_have_attribute("data-head", "0")


def test_the_keyboard_alone_draws(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.takes("Line", "l")
    ann.page.locator("#workspace").focus()
    ann.page.keyboard.press("Enter")
    expect(ann.page.locator("#cross")).to_be_visible()
    ann.page.keyboard.press("Enter")
    for _ in range(4):
        ann.page.keyboard.press("Shift+ArrowLeft")
    ann.page.keyboard.press("Enter")
    ann.sees_saved(seq=1)
    bob.sees_saved(seq=1)
    assert bob.picture().getcolors() != [(1920 * 1080, WHITE)]
    assert ann.picture() == bob.picture()


def test_undo_takes_back_a_corner_of_a_polygon_that_is_open(ann):
    ann.starts_a_drawing()
    ann.draws((100, 500), (200, 500))
    ann.picks("Polygon")
    for corner in ((300, 300), (700, 300), (700, 700)):
        ann.draws(corner)
    ann.page.keyboard.press("Control+z")
    ann.sees_ink_at(700, 500, ink=False)
    ann.sees_ink_at(500, 300)
    ann.sees_ink_at(150, 500)


def test_the_keyboard_pen_stays_in_sight_and_the_paper_moves_below_it(ann):
    ann.starts_a_drawing()
    ann.page.keyboard.press("1")
    ann.page.locator("#workspace").focus()
    before = ann.canvas.bounding_box()
    for _ in range(30):
        ann.page.keyboard.press("Shift+ArrowRight")
    cross = ann.page.locator("#cross").bounding_box()
    assert cross["x"] < WINDOW["width"]
    after = ann.canvas.bounding_box()
    assert after["x"] < before["x"]
    assert after["x"] + after["width"] < WINDOW["width"]


def test_what_is_open_is_taken_back_by_the_button_though_nothing_was_drawn_before(ann):
    ann.starts_a_drawing()
    undo = ann.page.get_by_role("button", name="Undo")
    expect(undo).to_be_disabled()
    ann.picks("Polygon")
    ann.draws((300, 300), (700, 300))
    ann.sees_ink_at(500, 300)
    ann.undoes()
    ann.sees_ink_at(500, 300, ink=False)
    ann.sees_ink_at(300, 300)
    ann.undoes()
    ann.sees_ink_at(300, 300, ink=False)
    expect(undo).to_be_disabled()


def test_a_fill_stays_within_its_lines_for_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.takes("Ellipse", "o")
    ann.picks_ink("#1b2038", 12)
    ann.draws((400, 200), (1000, 700))
    ann.sees_saved(seq=1)
    ann.takes("Fill", "f")
    ann.picks_ink("#30a46c", 50)
    ann.draws((700, 450))
    for one in (ann, bob):
        one.sees_saved(seq=2)
        assert one.pixel(700, 450) == (48, 164, 108)
        assert one.pixel(420, 460) == (48, 164, 108)
        assert one.pixel(300, 450) == WHITE
    assert ann.picture() == bob.picture()
    ann.undoes()
    bob.sees_ink_at(700, 450, ink=False)
    bob.sees_ink_at(700, 200)


def test_a_fill_beside_everything_covers_the_rest_of_the_paper(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.paints(
        "#1b2038", 40, [(600, 300), (900, 300), (900, 600), (600, 600), (600, 300)]
    )
    ann.sees_saved(seq=1)
    ann.takes("Fill", "f")
    ann.picks_ink("#3aa7e0", 50)
    ann.draws((100, 100))
    bob.sees_saved(seq=2)
    assert bob.pixel(1900, 1070) == (58, 167, 224)
    assert bob.pixel(750, 450) == WHITE
    assert bob.pixel(600, 300) == INK


def test_a_polygon_is_seen_by_others_corner_by_corner_and_goes_when_it_is_given_up(
    ann, bob
):
    bob.opens(ann.starts_a_drawing())
    ann.takes("Polygon", "g")
    ann.page.get_by_role("radio", name="Filled", exact=True).check(force=True)
    for corner in [(200, 200), (800, 200)]:
        ann.draws(corner)
    bob.sees_ink_at(500, 200)
    ann.draws((800, 700))
    bob.sees_ink_at(700, 400)
    ann.page.keyboard.press("Escape")
    bob.sees_ink_at(700, 400, ink=False)
    bob.sees_ink_at(500, 200, ink=False)
    expect(bob.canvas).to_have_attribute("data-head", "0")


def test_on_a_turned_paper_the_pen_draws_where_it_is(ann, bob):
    bob.opens(ann.starts_a_drawing())
    for _ in range(6):
        ann.page.keyboard.press(".")
    upright = ann.page.get_by_role("button", name="Turn the paper upright")
    expect(upright).to_have_text("90°")
    ann.picks_ink("#1b2038", 50)
    box = ann.canvas.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    ann.drags((x, y), (x, y + 60))
    bob.sees_saved(seq=1)
    bob.sees_ink_at(1040, 540)
    bob.sees_ink_at(960, 640, ink=False)
    ann.page.keyboard.press("u")
    expect(upright).to_be_hidden()


def test_rulers_are_off_until_somebody_wants_them(ann):
    ann.starts_a_drawing()
    rulers = ann.page.locator("#rulers")
    expect(rulers).to_be_hidden()
    ann.page.get_by_role("button", name="The desk").click()
    ann.page.get_by_label("Rulers along the paper").check()
    expect(rulers).to_be_visible()
    ann.reloads()
    expect(rulers).to_be_visible()


def test_any_colour_is_picked_on_the_pad_by_keys_or_as_hex(ann):
    ann.starts_a_drawing()
    ann.page.get_by_role("button", name="Any colour").click()
    hex_field = ann.page.get_by_role("textbox", name="Hex")
    hex_field.fill("#zzz")
    expect(hex_field).to_have_attribute("aria-invalid", "true")
    hex_field.fill(" #f00 ")
    expect(hex_field).to_have_attribute("aria-invalid", "false")
    hex_field.fill("red")
    ann.page.get_by_role("slider", name="Hue").focus()
    expect(hex_field).to_have_value("#ff0000")
    expect(hex_field).to_have_attribute("aria-invalid", "false")
    ann.page.get_by_role("slider", name="Hue").fill("120")
    expect(hex_field).to_have_value("#00ff00")
    pad = ann.page.locator("#pad").bounding_box()
    ann.page.mouse.click(pad["x"] + pad["width"] - 1, pad["y"] + pad["height"] / 2)
    ann.page.keyboard.press("Escape")
    ann.draws((200, 300), (800, 300))
    ann.sees_saved(seq=1)
    red, green, blue = ann.pixel(500, 300)
    assert (red, blue) == pytest.approx((0, 0), abs=3)
    assert green == pytest.approx(128, abs=4)


def test_a_brush_kept_ready_is_there_at_the_next_visit(ann):
    ann.starts_a_drawing()
    ann.picks("Marker")
    ann.picks_ink("#e5484d", 80)
    ann.page.get_by_role("button", name="Any colour").click()
    ann.page.get_by_role("button", name="Keep this one").click()
    ann.picks("Pen")
    ann.reloads()
    ann.page.get_by_role("button", name="Any colour").click()
    ann.page.get_by_role("button", name="Marker, 103 px, #e5484d").click()
    expect(ann.page.get_by_role("radio", name="Marker")).to_be_checked()
    ann.page.keyboard.press("Escape")
    ann.draws((200, 300), (800, 300))
    ann.sees_saved(seq=1)
    assert ann.pixel(500, 345) != WHITE


def test_the_brush_is_shown_at_the_pointer_as_it_changes(ann):
    ann.starts_a_drawing()
    ann.moves_to(900, 500)
    ann.picks_ink("#e5484d", 60)
    ring = ann.page.locator("#ring")
    expect(ring).to_be_visible()
    ring.evaluate(
        """ring => {
          window.shown = [];
          const note = () => shown.push(ring.style.background);
          new MutationObserver(note).observe(ring, {attributes: true});
        }"""
    )
    ann.page.keyboard.press("]")
    ann.page.wait_for_function("shown.some((one) => one.startsWith('rgb(229, 72, 77'))")
    expect(ring).to_have_css("background-color", "rgba(0, 0, 0, 0)")
