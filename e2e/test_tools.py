"""The tools in real browsers: what one draws with each, the others get."""

import pytest
from playwright.sync_api import expect

from e2e.hands import Hands
from e2e.waiting import until

INK = (27, 32, 56)
WHITE = (255, 255, 255)


def takes(visitor, name: str, key: str) -> None:
    """Take a tool by its key."""
    visitor.page.keyboard.press(key)
    tool = visitor.page.locator(f"input[name=tool][aria-label='{name}']")
    expect(tool).to_be_checked()


def sees_grain(visitor, box) -> None:
    """Wait until a box of the paper is drawn on, here more and there less."""
    visitor.page.wait_for_function(
        """([left, top, right, bottom]) => {
          const context = document.querySelector("canvas#paper").getContext("2d");
          const { data } = context.getImageData(left, top, right - left, bottom - top);
          return new Set(data.filter((_, i) => i % 4 === 3)).size > 50;
        }""",
        arg=list(box),
    )


def test_a_pencil_draws_the_same_grain_for_both_and_keeps_it(ann, bob):
    bob.opens(ann.starts_a_drawing())
    takes(ann, "Pencil", "b")
    ann.picks_ink("#1b2038", 40)
    ann.puts_pen_down([(200 + 20 * i, 300 + 10 * (i % 5)) for i in range(40)])
    sees_grain(bob, (400, 280, 800, 360))
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=1)
    drawn = ann.picture()
    assert bob.picture() == drawn
    ann.draws((1000, 700), (1400, 800))
    ann.undoes()
    ann.sees_saved(seq=3)
    ann.reloads()
    sees_grain(ann, (400, 280, 800, 360))
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
    takes(ann, name, key)
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
    takes(ann, "Rectangle", "r")
    ann.puts_pen_down([(200, 200), (900, 800), (500, 500)])
    ann.sees_ink_at(500, 350)
    ann.sees_ink_at(900, 500, ink=False)
    expect(ann.canvas).to_have_attribute("data-head", "0")
    ann.lifts_pen()
    ann.sees_saved(seq=1)


def test_shift_makes_a_square_and_a_fill_has_its_own_colour(ann):
    ann.starts_a_drawing()
    takes(ann, "Rectangle", "r")
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
    takes(ann, "Polygon", "g")
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
    takes(ann, "Ellipse", "o")
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
    takes(ann, "Marker", "m")
    takes(ann, "Eyedropper", "i")
    ann.draws((400, 200))
    expect(ann.page.get_by_role("radio", name="Marker")).to_be_checked()
    assert ann.page.locator("input#colour").input_value() == "#30a46c"


def test_the_hand_moves_the_paper_and_draws_nothing(ann):
    ann.starts_a_drawing()
    before = ann.canvas.bounding_box()
    takes(ann, "Hand", "h")
    ann.page.mouse.move(600, 400)
    ann.page.mouse.down()
    ann.page.mouse.move(660, 420, steps=3)
    ann.page.mouse.up()
    assert ann.canvas.bounding_box()["x"] == pytest.approx(before["x"] + 60)
    expect(ann.canvas).to_have_attribute("data-head", "0")


def test_the_keyboard_alone_draws(ann, bob):
    bob.opens(ann.starts_a_drawing())
    takes(ann, "Line", "l")
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


@pytest.fixture
def on_a_phone(visit, server):
    """Ann, who draws with a thumb."""
    phone = {"width": 360, "height": 640}
    return visit(server, viewport=phone, has_touch=True, is_mobile=True)


def test_on_a_phone_the_menu_makes_room_for_the_layers(on_a_phone):
    page = on_a_phone.page
    on_a_phone.starts_a_drawing()
    page.get_by_role("button", name="More", exact=True).tap()
    page.get_by_role("button", name="Layers", exact=True).tap()
    expect(page.get_by_role("region", name="Layers")).to_be_visible()
    expect(page.get_by_role("button", name="The desk")).to_be_hidden()


def test_on_a_phone_a_thumb_finds_every_tool(on_a_phone):
    ann = on_a_phone
    ann.starts_a_drawing()
    ann.page.get_by_role("button", name="Shapes and more").tap()
    ann.page.get_by_role("radio", name="Rectangle").check(force=True)
    ann.page.keyboard.press("Escape")
    Hands(ann).drags_a_finger((300, 300), (600, 500), (1200, 800))
    ann.sees_saved(seq=1)
    ann.sees_ink_at(300, 500)
    for part in ("#toolbar", "#topbar .card >> nth=0", "#topbar .card >> nth=1"):
        box = ann.page.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360


def test_at_four_hundred_percent_every_tool_is_within_the_window(visit, server):
    ann = visit(server, viewport={"width": 320, "height": 256}, device_scale_factor=4)
    ann.starts_a_drawing()
    for part in ("#toolbar", "#topbar .card >> nth=0", "#topbar .card >> nth=1"):
        box = ann.page.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320


def adds_a_layer(visitor) -> None:
    """Add a layer, and draw on it from now on."""
    levels = visitor.page.locator(".level")
    before = levels.count()
    visitor.page.get_by_role("button", name="Add a layer").click()
    expect(levels).to_have_count(before + 1)
    visitor.sees_saved()


def draws_below_a_new_layer(visitor) -> None:
    """Draw a line across, and go on on a layer above it."""
    visitor.paints("#1b2038", 80, [(200, 300), (800, 300)])
    visitor.page.keyboard.press("y")
    adds_a_layer(visitor)


def test_what_is_drawn_on_a_layer_goes_and_comes_with_it(ann, bob):
    bob.opens(ann.starts_a_drawing())
    draws_below_a_new_layer(ann)
    ann.paints("#e5484d", 50, [(200, 500), (800, 500)])
    bob.sees_ink_at(500, 500)
    ann.page.get_by_role("button", name="Hide Layer 2").click()
    for one in (ann, bob):
        one.sees_ink_at(500, 500, ink=False)
        one.sees_ink_at(500, 300)
    ann.page.get_by_role("button", name="Hide Layer 2").click()
    bob.sees_ink_at(500, 500)


def test_an_eraser_takes_away_from_its_own_layer_only(ann, bob):
    bob.opens(ann.starts_a_drawing())
    draws_below_a_new_layer(ann)
    ann.picks("Eraser")
    ann.draws((500, 200), (500, 400))
    ann.sees_saved(seq=3)
    bob.sees_saved(seq=3)
    for one in (ann, bob):
        one.sees_ink_at(500, 300)
    assert ann.picture() == bob.picture()


def test_layers_change_places_opacity_and_blend_for_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    draws_below_a_new_layer(ann)
    ann.paints("#e5484d", 80, [(500, 200), (500, 400)])
    ann.sees_saved(seq=3)
    assert ann.pixel(500, 300) == (229, 72, 77)
    ann.page.get_by_role("button", name="Lower Layer 2").click()
    ann.sees_saved(seq=4)
    assert ann.pixel(500, 300) == INK
    slider = ann.page.get_by_role("slider", name="Opacity of the layer")
    slider.fill("50")
    ann.page.get_by_role("combobox", name="Blend").select_option("multiply")
    for one in (ann, bob):
        one.sees_saved(seq=6)
    assert ann.pixel(500, 220) == pytest.approx((242, 163, 166), abs=2)
    assert ann.picture() == bob.picture()


def test_the_opacity_of_a_layer_is_seen_while_it_is_chosen_and_is_one_thing_to_undo(
    ann,
):
    ann.starts_a_drawing()
    ann.page.keyboard.press("y")
    adds_a_layer(ann)
    ann.paints("#1b2038", 80, [(200, 300), (800, 300)])
    ann.sees_saved(seq=2)
    drags_to_the_middle(ann, "Opacity of the layer")
    ann.sees_ink_at(500, 300, ink=False)
    assert ann.head == 2
    ann.page.mouse.up()
    ann.sees_saved(seq=3)
    assert ann.pixel(500, 300) == pytest.approx((141, 144, 156), abs=6)
    ann.undoes()
    ann.sees_saved(seq=4)
    assert ann.pixel(500, 300) == INK


def test_an_opacity_chosen_for_a_layer_that_goes_meanwhile_is_no_other_layers(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.page.keyboard.press("y")
    adds_a_layer(ann)
    drags_to_the_middle(ann, "Opacity of the layer")
    bob.page.keyboard.press("y")
    bob.page.get_by_role("button", name="Layer 2", exact=True).click()
    bob.page.get_by_role("button", name="Delete this one").click()
    expect(ann.page.locator(".level")).to_have_count(1)
    ann.page.mouse.up()
    slider = ann.page.get_by_role("slider", name="Opacity of the layer")
    expect(slider).to_have_value("100")
    ann.draws((200, 300), (800, 300))
    ann.sees_saved(seq=3)
    bob.sees_saved(seq=3)
    assert bob.pixel(500, 300) == INK


def drags_to_the_middle(visitor, slider: str) -> None:
    """Drag a slider from its end to a bit before its middle, and hold it there."""
    box = visitor.page.get_by_role("slider", name=slider).bounding_box()
    middle = box["y"] + box["height"] / 2
    visitor.page.mouse.move(box["x"] + box["width"] - 8, middle)
    visitor.page.mouse.down()
    visitor.page.mouse.move(box["x"] + box["width"] * 0.48, middle, steps=5)


def test_nobody_draws_on_a_locked_layer(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.page.keyboard.press("y")
    bob.page.get_by_role("button", name="Lock Layer 1").click()
    bob.sees_saved(seq=1)
    ann.sees_saved(seq=1)
    ann.watches_out_for("#notices")
    ann.draws((200, 300), (800, 300))
    ann.has_seen("#notices", "This layer is locked")
    expect(ann.canvas).to_have_attribute("data-head", "1")


def test_a_stroke_goes_on_when_its_layer_goes_and_one_hears_where(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.page.keyboard.press("y")
    adds_a_layer(ann)
    bob.page.keyboard.press("y")
    bob.page.get_by_role("button", name="Layer 2", exact=True).click()
    ann.puts_pen_down([(300, 300), (500, 500)])
    bob.sees_ink_at(400, 400)
    bob.page.get_by_role("button", name="Delete this one").click()
    expect(ann.page.locator("#notices")).to_contain_text(
        "“Layer 2” was deleted: what you are drawing goes onto “Layer 1”."
    )
    ann.moves_to(700, 300)
    for one in (ann, bob):
        one.sees_ink_at(400, 400)
        one.sees_ink_at(600, 400)
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=3)
        one.sees_ink_at(400, 400)
        one.sees_ink_at(600, 400)


def test_a_deleted_layer_comes_back_by_undo(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.page.keyboard.press("y")
    adds_a_layer(ann)
    ann.page.get_by_label("Name").fill("Sky")
    ann.page.keyboard.press("Tab")
    ann.draws((200, 300), (800, 300))
    bob.sees_ink_at(500, 300)
    ann.page.get_by_role("button", name="Delete this one").click()
    bob.sees_ink_at(500, 300, ink=False)
    ann.undoes()
    bob.sees_ink_at(500, 300)
    bob.page.keyboard.press("y")
    expect(bob.page.get_by_role("button", name="Sky", exact=True)).to_be_visible()


def test_what_is_selected_moves_is_copied_and_goes_for_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.paints("#1b2038", 50, [(200, 700), (600, 700)])
    ann.paints("#1b2038", 50, [(200, 300), (600, 300)])
    ann.sees_saved(seq=2)
    takes(ann, "Select", "v")
    ann.draws((100, 200), (700, 800))
    ann.draws((400, 300), (400, 500))
    for one in (ann, bob):
        one.sees_saved(seq=3)
        one.sees_ink_at(400, 500)
        one.sees_ink_at(400, 300, ink=False)
        one.sees_ink_at(400, 700)
    ann.page.keyboard.press("Control+d")
    bob.sees_saved(seq=4)
    bob.sees_ink_at(400, 524)
    ann.page.get_by_role("button", name="Delete", exact=True).click()
    ann.sees_saved(seq=5)
    bob.sees_ink_at(620, 524, ink=False)
    ann.undoes()
    bob.sees_ink_at(620, 524)
    for one in (ann, bob):
        one.sees_saved(seq=6)
    assert ann.picture() == bob.picture()


def test_escape_closes_a_panel_first_and_then_lets_go_of_what_is_selected(ann):
    ann.starts_a_drawing()
    ann.draws((200, 300), (800, 300))
    ann.sees_saved(seq=1)
    takes(ann, "Select", "v")
    ann.draws((100, 200), (900, 400))
    chosen = ann.page.get_by_role("group", name="What is selected")
    panel = ann.page.get_by_role("region", name="The desk")
    ann.page.get_by_role("button", name="The desk").click()
    expect(panel).to_be_visible()
    ann.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(chosen).to_be_visible()
    ann.page.keyboard.press("Escape")
    expect(chosen).to_be_hidden()


def writes(visitor, text: str, *place: float) -> None:
    """Write a text with the text tool, from a place on."""
    takes(visitor, "Text", "t")
    visitor.draws(place)
    expect(visitor.page.get_by_role("textbox", name="Text")).to_be_focused()
    visitor.page.keyboard.type(text)


def test_a_text_is_typed_on_the_canvas_and_seen_by_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    writes(ann, "Ill\nIll", 400, 300)
    ann.page.keyboard.press("Escape")
    for one in (ann, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(408, 300)
        one.sees_ink_at(408, 358)
    assert ann.picture() == bob.picture()
    latecomer = bob.context.new_page()
    bob.page, address = latecomer, bob.page.url
    bob.opens(address)
    bob.sees_saved(seq=1)
    bob.sees_ink_at(408, 300)
    assert ann.picture() == bob.picture()


def test_what_is_typed_after_a_click_on_a_colour_goes_into_the_text(ann):
    ann.starts_a_drawing()
    writes(ann, "Ab", 600, 300)
    ann.page.get_by_role("button", name="Red", exact=True).click()
    ann.page.keyboard.type("def")
    expect(ann.page.get_by_role("textbox", name="Text")).to_have_value("Abdef")
    expect(ann.page.get_by_role("radio", name="Text")).to_be_checked()


def test_undo_takes_a_text_that_is_being_typed_and_nothing_before_it(ann):
    ann.starts_a_drawing()
    ann.draws((200, 500), (800, 500))
    writes(ann, "Ill", 400, 300)
    ann.sees_ink_at(408, 300)
    ann.undoes()
    ann.sees_ink_at(408, 300, ink=False)
    ann.sees_ink_at(500, 500)
    ann.redoes()
    ann.sees_ink_at(408, 300)


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


def test_a_text_is_seen_by_others_while_it_is_typed(ann, bob):
    bob.opens(ann.starts_a_drawing())
    writes(ann, "I", 400, 300)
    bob.sees_ink_at(408, 300)
    ann.page.keyboard.type("\nI")
    bob.sees_ink_at(408, 358)
    expect(bob.canvas).to_have_attribute("data-head", "0")
    until(lambda: bob.picture() == ann.picture())
    before = bob.picture()
    ann.page.keyboard.press("Escape")
    for one in (ann, bob):
        one.sees_saved(seq=1)
    assert bob.picture() == before == ann.picture()


def test_a_text_that_is_taken_back_goes_for_others_too(ann, bob):
    bob.opens(ann.starts_a_drawing())
    writes(ann, "I", 400, 300)
    bob.sees_ink_at(408, 300)
    ann.page.keyboard.press("Backspace")
    bob.sees_ink_at(408, 300, ink=False)
    ann.page.keyboard.type("I")
    bob.sees_ink_at(408, 300)
    ann.goes_offline()
    bob.sees_ink_at(408, 300, ink=False)


def test_who_comes_while_a_text_is_written_sees_it(ann, bob):
    address = ann.starts_a_drawing()
    writes(ann, "I", 400, 300)
    bob.opens(address)
    bob.sees_ink_at(408, 300)
    ann.page.keyboard.press("Escape")
    for one in (ann, bob):
        one.sees_saved(seq=1)
    assert bob.picture() == ann.picture()


def test_a_text_that_is_edited_is_seen_once_by_others(ann, bob):
    bob.opens(ann.starts_a_drawing())
    writes(ann, "III", 400, 300)
    ann.draws((1200, 900))
    bob.sees_saved(seq=1)
    before = bob.picture()
    writes(ann, "", 408, 300)
    ann.page.keyboard.press("Control+a")
    ann.page.keyboard.press("Backspace")
    bob.sees_ink_at(408, 300, ink=False)
    ann.page.keyboard.type("OOO")
    until(lambda: bob.picture() == ann.picture())
    bob.sees_ink_at(403, 300)
    bob.sees_ink_at(408, 300, ink=False)
    expect(bob.canvas).to_have_attribute("data-head", "1")
    during = bob.picture()
    ann.page.keyboard.press("Escape")
    for one in (ann, bob):
        one.sees_saved(seq=3)
    assert bob.picture() == during == ann.picture()
    ann.undoes()
    bob.sees_saved(seq=4)
    assert bob.picture() == before


def test_a_text_that_is_emptied_goes_for_others_and_stays_away(ann, bob):
    bob.opens(ann.starts_a_drawing())
    writes(ann, "III", 400, 300)
    ann.draws((1200, 900))
    bob.sees_saved(seq=1)
    writes(ann, "", 408, 300)
    ann.page.keyboard.press("Control+a")
    ann.page.keyboard.press("Backspace")
    bob.sees_ink_at(408, 300, ink=False)
    ann.page.keyboard.press("Escape")
    bob.sees_saved(seq=2)
    bob.sees_ink_at(408, 300, ink=False)
    ann.undoes()
    bob.sees_ink_at(408, 300)


def test_a_text_left_as_it_was_is_seen_again(ann, bob):
    bob.opens(ann.starts_a_drawing())
    writes(ann, "I", 400, 300)
    ann.draws((1200, 900))
    bob.sees_saved(seq=1)
    before = bob.picture()
    writes(ann, "\nI", 408, 300)
    bob.sees_ink_at(408, 358)
    for _ in range(2):
        ann.page.keyboard.press("Backspace")
    ann.page.keyboard.press("Escape")
    bob.sees_ink_at(408, 358, ink=False)
    bob.sees_ink_at(408, 300)
    expect(bob.canvas).to_have_attribute("data-head", "1")
    # What comes after it has come after it to Bob, too.
    takes(ann, "Pen", "p")
    ann.draws((400, 900), (800, 900))
    bob.sees_saved(seq=2)
    around = (300, 200, 600, 500)
    assert bob.picture().crop(around) == before.crop(around)


def test_a_text_is_edited_later_and_undo_takes_the_edit_back(ann, bob):
    bob.opens(ann.starts_a_drawing())
    writes(ann, "III", 400, 300)
    ann.draws((1200, 900))
    bob.sees_saved(seq=1)
    before = bob.picture()
    writes(ann, "!", 408, 300)
    ann.page.keyboard.press("Control+a")
    ann.page.keyboard.type("OOO")
    ann.page.keyboard.press("Escape")
    for one in (ann, bob):
        one.sees_saved(seq=3)
    bob.sees_ink_at(408, 300, ink=False)
    after = bob.picture()
    assert ann.picture() == after
    ann.undoes()
    bob.sees_saved(seq=4)
    assert bob.picture() == before
    ann.redoes()
    bob.sees_saved(seq=5)
    assert bob.picture() == after


def test_the_font_is_fetched_when_there_is_a_text_and_not_before(ann, bob):
    fetched = []
    bob.page.on("request", lambda request: fetched.append(request.url))
    bob.opens(ann.starts_a_drawing())
    ann.draws((200, 700), (600, 700))
    bob.sees_saved(seq=1)
    assert not any("/fonts/" in one for one in fetched)
    writes(ann, "I", 400, 300)
    ann.page.keyboard.press("Escape")
    bob.sees_ink_at(408, 300)
    assert any("/fonts/" in one for one in fetched)


def test_a_text_moves_when_it_is_selected(ann, bob):
    bob.opens(ann.starts_a_drawing())
    writes(ann, "I", 400, 300)
    ann.page.keyboard.press("Escape")
    takes(ann, "Select", "v")
    ann.draws((408, 300))
    ann.draws((408, 300), (408, 500))
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(408, 500)
        one.sees_ink_at(408, 300, ink=False)
    assert ann.picture() == bob.picture()


def test_a_text_that_is_selected_and_touched_again_is_written_anew(ann, bob):
    bob.opens(ann.starts_a_drawing())
    writes(ann, "I", 400, 300)
    ann.page.keyboard.press("Escape")
    takes(ann, "Select", "v")
    ann.draws((408, 300))
    expect(ann.page.locator("#chosen-acts")).to_be_visible()
    ann.draws((408, 300))
    expect(ann.page.get_by_role("radio", name="Text")).to_be_checked()
    expect(ann.page.get_by_role("textbox", name="Text")).to_be_focused()
    ann.page.keyboard.type("I")
    ann.page.keyboard.press("Escape")
    for one in (ann, bob):
        one.sees_saved(seq=3)
    bob.sees_ink_at(419, 300)
    assert ann.picture() == bob.picture()


def test_the_keyboard_alone_writes(ann, bob):
    bob.opens(ann.starts_a_drawing())
    takes(ann, "Text", "t")
    ann.page.locator("#workspace").focus()
    ann.page.keyboard.press("Enter")
    ann.page.keyboard.press("Enter")
    expect(ann.page.get_by_role("textbox", name="Text")).to_be_focused()
    ann.page.keyboard.type("by keys")
    ann.page.keyboard.press("Control+Enter")
    ann.sees_saved(seq=1)
    expect(ann.page.locator("#cross")).to_be_visible()
    bob.sees_saved(seq=1)
    assert bob.picture().getcolors() != [(1920 * 1080, WHITE)]
    assert ann.picture() == bob.picture()


def test_a_fill_stays_within_its_lines_for_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    takes(ann, "Ellipse", "o")
    ann.picks_ink("#1b2038", 12)
    ann.draws((400, 200), (1000, 700))
    ann.sees_saved(seq=1)
    takes(ann, "Fill", "f")
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
    takes(ann, "Fill", "f")
    ann.picks_ink("#3aa7e0", 50)
    ann.draws((100, 100))
    bob.sees_saved(seq=2)
    assert bob.pixel(1900, 1070) == (58, 167, 224)
    assert bob.pixel(750, 450) == WHITE
    assert bob.pixel(600, 300) == INK


def chooses_all(visitor) -> None:
    """Choose everything of one's own."""
    takes(visitor, "Select", "v")
    visitor.draws((2, 2), (1915, 1075))
    expect(visitor.page.locator("#chosen-acts")).to_be_visible()


def grip(visitor, number: int) -> tuple[float, float]:
    """Return where a grip of the frame is: its corners from the upper left, then the knob."""
    box = visitor.page.locator("#frame .grip").nth(number).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def holds(visitor, start, end) -> None:
    """Drag from one place on the screen to another, and hold there."""
    visitor.page.mouse.move(*start)
    visitor.page.mouse.down()
    visitor.page.mouse.move(*end, steps=5)


def drags(visitor, start, end) -> None:
    """Drag from one place on the screen to another."""
    holds(visitor, start, end)
    visitor.page.mouse.up()


def test_a_corner_enlarges_what_is_selected_for_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.paints("#1b2038", 50, [(400, 300), (600, 300)])
    ann.sees_saved(seq=1)
    chooses_all(ann)
    (x, y), (left, top) = grip(ann, 2), grip(ann, 0)
    drags(ann, (x, y), (2 * x - left, 2 * y - top))
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(780, 320)
        one.sees_ink_at(500, 280, ink=False)
    assert ann.picture() == bob.picture()
    ann.undoes()
    bob.sees_ink_at(780, 320, ink=False)


def test_the_knob_turns_what_is_selected_for_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.paints("#1b2038", 40, [(500, 500), (900, 500)])
    ann.sees_saved(seq=1)
    chooses_all(ann)
    [middle] = Hands(ann).on_screen((700, 500))
    drags(ann, grip(ann, 4), (middle[0] + 150, middle[1]))
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(700, 350)
        one.sees_ink_at(550, 500, ink=False)
    assert ann.picture() == bob.picture()


def carries_a_line(ann, *others) -> None:
    """Draw a line, take it further down, and hold it there; wait until everybody sees that."""
    ann.paints("#1b2038", 40, [(500, 500), (900, 500)])
    ann.sees_saved(seq=1)
    chooses_all(ann)
    ann.puts_pen_down([(700, 500), (700, 800)])
    for one in (ann, *others):
        sees_it_carried(one)


def sees_it_carried(visitor) -> None:
    """Wait until the line is to be seen where it is held, and no longer where it lies."""
    visitor.sees_ink_at(700, 800)
    visitor.sees_ink_at(700, 500, ink=False)


def sees_it_as_it_was(visitor) -> None:
    """Wait until the line is to be seen where it lay, and nowhere else."""
    visitor.sees_ink_at(700, 500)
    visitor.sees_ink_at(700, 800, ink=False)


def test_what_is_dragged_is_seen_on_its_way_by_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    carries_a_line(ann, bob)
    expect(bob.canvas).to_have_attribute("data-head", "1")
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=2)
    assert ann.pixel(700, 800) == INK
    assert ann.picture() == bob.picture()
    ann.undoes()
    for one in (ann, bob):
        sees_it_as_it_was(one)
        one.sees_saved(seq=3)
    assert ann.picture() == bob.picture()


def test_what_is_dragged_comes_back_by_escape(ann, bob):
    bob.opens(ann.starts_a_drawing())
    carries_a_line(ann, bob)
    ann.page.keyboard.press("Escape")
    for one in (ann, bob):
        sees_it_as_it_was(one)
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=1)
    assert ann.picture() == bob.picture()


def test_what_is_dragged_comes_back_when_who_holds_it_is_gone(ann, bob):
    bob.opens(ann.starts_a_drawing())
    carries_a_line(ann, bob)
    ann.goes_offline()
    sees_it_as_it_was(bob)
    ann.lifts_pen()
    ann.comes_back()
    for one in (ann, bob):
        one.sees_saved(seq=2)
        sees_it_carried(one)
    assert ann.picture() == bob.picture()


def test_what_is_dragged_goes_when_it_is_cleared_meanwhile(ann, bob):
    bob.opens(ann.starts_a_drawing())
    carries_a_line(ann, bob)
    bob.clears()
    bob.sees_ink_at(700, 800, ink=False)
    bob.sees_ink_at(700, 500, ink=False)
    ann.sees_saved(seq=2)
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=2)
    assert ann.picture() == bob.picture()


def test_who_comes_while_something_is_dragged_sees_it_there(ann, bob):
    address = ann.starts_a_drawing()
    carries_a_line(ann)
    bob.opens(address)
    sees_it_carried(bob)


def sees_it_twice(visitor) -> None:
    """Wait until the line is to be seen where it lies, and where a copy of it is held."""
    visitor.sees_ink_at(700, 500)
    visitor.sees_ink_at(700, 800)


def test_with_alt_a_copy_is_dragged_seen_by_both_and_undone_at_once(ann, bob):
    bob.opens(ann.starts_a_drawing())
    carries_a_line(ann, bob)
    ann.page.keyboard.down("Alt")
    for one in (ann, bob):
        sees_it_twice(one)
    ann.page.keyboard.up("Alt")
    for one in (ann, bob):
        sees_it_carried(one)
    ann.page.keyboard.down("Alt")
    ann.lifts_pen()
    ann.page.keyboard.up("Alt")
    for one in (ann, bob):
        one.sees_saved(seq=2)
        sees_it_twice(one)
    assert ann.picture() == bob.picture()
    ann.page.keyboard.press("Delete")
    for one in (ann, bob):
        one.sees_saved(seq=3)
        sees_it_as_it_was(one)
    ann.undoes()
    ann.undoes()
    for one in (ann, bob):
        one.sees_saved(seq=5)
        sees_it_as_it_was(one)


def test_copies_of_several_are_left_behind_by_one_drag_and_taken_back_by_one_undo(
    ann, bob
):
    bob.opens(ann.starts_a_drawing())
    for y in (200, 300):
        ann.paints("#1b2038", 40, [(500, y), (900, y)])
    ann.sees_saved(seq=2)
    ann.page.keyboard.press("Control+a")
    ann.page.keyboard.down("Alt")
    ann.puts_pen_down([(700, 250), (700, 750)])
    for y in (200, 300, 700, 800):
        bob.sees_ink_at(700, y)
    ann.lifts_pen()
    ann.page.keyboard.up("Alt")
    for one in (ann, bob):
        one.sees_saved(seq=4)
    assert ann.picture() == bob.picture()
    ann.undoes()
    for one in (ann, bob):
        one.sees_saved(seq=5)
        one.sees_ink_at(700, 300)
        for y in (700, 800):
            one.sees_ink_at(700, y, ink=False)


def test_a_copy_that_is_given_up_goes_for_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    carries_a_line(ann, bob)
    ann.page.keyboard.down("Alt")
    for one in (ann, bob):
        sees_it_twice(one)
    ann.goes_offline()
    sees_it_as_it_was(bob)
    ann.comes_back()
    sees_it_twice(bob)
    ann.page.keyboard.up("Alt")
    ann.page.keyboard.press("Escape")
    ann.lifts_pen()
    for one in (ann, bob):
        sees_it_as_it_was(one)
        one.sees_saved(seq=1)


def test_a_side_stretches_and_a_corner_with_alt_goes_from_the_middle(ann, bob):
    bob.opens(ann.starts_a_drawing())
    takes(ann, "Rectangle", "r")
    ann.page.get_by_role("radio", name="Filled", exact=True).check(force=True)
    ann.draws((800, 400), (1100, 600))
    ann.sees_saved(seq=1)
    ann.page.keyboard.press("Control+a")
    (x, y), (left, _) = side(ann, 2), side(ann, 3)
    drags(ann, (x, y), (2 * x - left, y))
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(1380, 500)
        one.sees_ink_at(950, 620, ink=False)
    ann.undoes()
    bob.sees_ink_at(1380, 500, ink=False)
    (x, y), (left, top) = grip(ann, 2), grip(ann, 0)
    ann.page.keyboard.down("Alt")
    drags(ann, (x, y), (x + (x - left) / 4, y + (y - top) / 4))
    ann.page.keyboard.up("Alt")
    for one in (ann, bob):
        one.sees_saved(seq=4)
        one.sees_ink_at(740, 360)
        one.sees_ink_at(1160, 640)
    assert ann.picture() == bob.picture()


def side(visitor, number: int) -> tuple[float, float]:
    """Return where a grip of the frame's sides is: the upper, the lower, the right, the left."""
    return grip(visitor, 5 + number)


@pytest.mark.parametrize(
    ("key", "button", "there"),
    [
        ("Shift+H", "Flip left and right", (880, 400)),
        ("Shift+V", "Flip up and down", (600, 580)),
    ],
    ids=["across", "down"],
)
def test_what_is_selected_is_flipped_for_both(ann, bob, key, button, there):
    bob.opens(ann.starts_a_drawing())
    ann.paints("#1b2038", 50, [(220, 580), (220, 220), (880, 220)])
    ann.sees_saved(seq=1)
    before = ann.picture()
    ann.page.keyboard.press("Control+a")
    ann.page.keyboard.press(key)
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(*there)
    assert ann.picture() == bob.picture()
    ann.page.get_by_role("button", name=button).click()
    ann.sees_saved(seq=3)
    assert ann.picture() == before
    ann.undoes()
    ann.undoes()
    bob.sees_saved(seq=5)
    assert bob.picture() == before


def test_shift_selects_one_more_and_ctrl_d_duplicates_them(ann, bob):
    bob.opens(ann.starts_a_drawing())
    for y in (200, 400, 600):
        ann.paints("#1b2038", 40, [(300, y), (900, y)])
    ann.sees_saved(seq=3)
    takes(ann, "Select", "v")
    ann.draws((600, 200))
    ann.page.keyboard.down("Shift")
    ann.draws((600, 600))
    ann.page.keyboard.up("Shift")
    ann.page.keyboard.press("Control+d")
    for one in (ann, bob):
        one.sees_saved(seq=5)
        for y in (224, 624):
            one.sees_ink_at(910, y)
        one.sees_ink_at(910, 424, ink=False)
    ann.undoes()
    bob.sees_saved(seq=6)
    for y in (224, 624):
        bob.sees_ink_at(910, y, ink=False)


def test_a_double_click_on_a_text_edits_it(ann, bob):
    bob.opens(ann.starts_a_drawing())
    writes(ann, "I", 600, 300)
    ann.page.keyboard.press("Escape")
    ann.sees_saved(seq=1)
    takes(ann, "Select", "v")
    ann.page.mouse.dblclick(*Hands(ann).on_screen((604, 300))[0])
    expect(ann.page.get_by_role("textbox", name="Text")).to_be_focused()
    ann.page.keyboard.press("End")
    ann.page.keyboard.type("I")
    ann.page.keyboard.press("Escape")
    for one in (ann, bob):
        one.sees_saved(seq=3)
    assert ann.picture() == bob.picture()


def test_what_is_enlarged_and_turned_is_seen_on_its_way_by_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.paints("#1b2038", 50, [(400, 300), (600, 300)])
    ann.sees_saved(seq=1)
    chooses_all(ann)
    (x, y), (left, top) = grip(ann, 2), grip(ann, 0)
    holds(ann, (x, y), (2 * x - left, 2 * y - top))
    bob.sees_ink_at(780, 320)
    ann.lifts_pen()
    ann.sees_saved(seq=2)
    holds(ann, grip(ann, 4), (grip(ann, 2)[0] + 150, grip(ann, 2)[1]))
    bob.sees_ink_at(780, 320, ink=False)
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=3)
    assert ann.picture() == bob.picture()


def watches_from_when_there_is_ink_at(visitor, x: int, y: int) -> None:
    """Wait until a place is drawn on, however faintly; from then on note how it looks in every frame."""
    visitor.page.evaluate(
        """([x, y]) => new Promise((resolve) => {
          const context = document.querySelector("canvas#paper").getContext("2d");
          const looks = new Set();
          window.looks = looks;
          const look = () => {
            const found = context.getImageData(x, y, 1, 1).data;
            if (looks.size > 0 || found[3] > 0) looks.add(found.join());
            if (looks.size > 0) resolve();
            requestAnimationFrame(look);
          };
          look();
        })""",
        [x, y],
    )


def test_what_was_dragged_lies_there_without_a_flicker(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.picks_ink("#d02f1a", 10)
    for y in range(100, 1000, 100):
        bob.draws((100, y), (900, y + 50), (1800, y))
    takes(ann, "Marker", "m")
    ann.picks_ink("#1b2038", 60)
    ann.draws((500, 510), (900, 510))
    ann.sees_saved(seq=10)
    chooses_all(ann)
    ann.puts_pen_down([(700, 510), (700, 810)])
    for one in (ann, bob):
        watches_from_when_there_is_ink_at(one, 700, 805)
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=11)
        assert one.page.evaluate("looks.size") == 1
    assert ann.picture() == bob.picture()


def test_a_lasso_chooses_what_lies_in_it(ann):
    ann.starts_a_drawing()
    ann.paints("#1b2038", 40, [(300, 300), (400, 300)])
    ann.paints("#1b2038", 40, [(300, 700), (400, 700)])
    ann.sees_saved(seq=2)
    takes(ann, "Lasso", "s")
    ann.draws((200, 200), (500, 200), (500, 400), (200, 400))
    ann.page.keyboard.press("Delete")
    ann.sees_ink_at(350, 300, ink=False)
    ann.sees_ink_at(350, 700)


def test_arrows_move_what_is_selected(ann):
    ann.starts_a_drawing()
    ann.paints("#1b2038", 40, [(300, 300), (400, 300)])
    chooses_all(ann)
    for _ in range(6):
        ann.page.keyboard.press("Shift+ArrowDown")
    ann.page.keyboard.press("ArrowRight")
    ann.sees_saved(seq=8)
    ann.sees_ink_at(350, 360)
    ann.sees_ink_at(350, 300, ink=False)


PASTE = """letters => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", letters);
  document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
}"""


def is_inked(visitor) -> bool:
    """Say whether there is anything on the paper."""
    return visitor.picture().convert("L").getextrema() != (255, 255)


def test_a_text_from_elsewhere_is_pasted_where_one_looks(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.page.evaluate(PASTE, "Ill\nIll")
    bob.sees_saved(seq=1)
    until(lambda: is_inked(ann) and ann.picture() == bob.picture())
    ann.page.keyboard.press("Delete")
    until(lambda: not is_inked(bob))


def test_all_of_ones_own_is_selected_at_once(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.draws((200, 500), (800, 500))
    ann.sees_saved(seq=1)
    ann.draws((200, 300), (800, 300))
    ann.draws((200, 700), (800, 700))
    ann.page.keyboard.press("Control+a")
    ann.page.keyboard.press("Delete")
    bob.sees_saved(seq=4)
    for y, ink in ((300, False), (500, True), (700, False)):
        bob.sees_ink_at(500, y, ink=ink)


def test_what_is_copied_is_pasted_into_another_drawing(ann, bob):
    ann.starts_a_drawing()
    ann.paints("#1b2038", 40, [(300, 300), (400, 300)])
    writes(ann, "I", 600, 300)
    ann.page.keyboard.press("Escape")
    ann.sees_saved(seq=2)
    chooses_all(ann)
    ann.watches_out_for("#notices")
    ann.page.keyboard.press("Control+c")
    ann.has_seen("#notices", "Copied 2 marks")
    bob.opens(ann.starts_a_drawing())
    ann.page.keyboard.press("Control+v")
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(374, 324)
        one.sees_ink_at(632, 324)
    ann.undoes()
    bob.sees_saved(seq=3)
    bob.sees_ink_at(374, 324, ink=False)
    ann.page.get_by_role("button", name="Paste").click()
    for one in (ann, bob):
        one.sees_saved(seq=5)
        one.sees_ink_at(398, 348)
    assert ann.picture() == bob.picture()


def test_what_is_cut_in_one_tab_is_pasted_in_another(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.paints("#1b2038", 40, [(300, 300), (400, 300)])
    ann.sees_saved(seq=1)
    ann.page.keyboard.press("Control+a")
    ann.page.keyboard.press("Control+x")
    bob.sees_saved(seq=2)
    bob.sees_ink_at(350, 300, ink=False)
    ann.page.keyboard.press("Control+v")
    for one in (ann, bob):
        one.sees_saved(seq=3)
        one.sees_ink_at(350, 300)
    first, second = ann.page, ann.context.new_page()
    ann.page = second
    ann.starts_a_drawing()
    takes(ann, "Select", "v")
    ann.page.keyboard.press("Control+v")
    ann.sees_saved(seq=1)
    ann.sees_ink_at(374, 324)
    ann.page = first


def test_what_is_copied_in_one_tab_can_be_pasted_by_a_button_in_another(ann):
    address = ann.starts_a_drawing()
    ann.paints("#1b2038", 40, [(300, 300), (400, 300)])
    ann.sees_saved(seq=1)
    first, second = ann.page, ann.context.new_page()
    ann.page = second
    ann.opens(address)
    takes(ann, "Select", "v")
    paste = ann.page.get_by_role("button", name="Paste")
    expect(paste).to_be_hidden()
    ann.page = first
    ann.page.keyboard.press("Control+a")
    ann.page.get_by_role("button", name="Copy", exact=True).click()
    ann.page = second
    paste.click()
    ann.sees_saved(seq=2)
    ann.sees_ink_at(424, 324)
    ann.page = first


def test_a_mirror_draws_on_both_sides_and_undo_takes_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.page.keyboard.press("d")
    ann.paints("#1b2038", 50, [(200, 300), (600, 300)])
    takes(ann, "Rectangle", "r")
    ann.draws((200, 700), (600, 900))
    for one in (ann, bob):
        one.sees_saved(seq=4)
        for place in [(400, 300), (1520, 300), (400, 700), (1520, 700)]:
            one.sees_ink_at(*place)
    assert ann.picture() == bob.picture()
    ann.undoes()
    bob.sees_ink_at(1520, 700, ink=False)
    bob.sees_ink_at(400, 700, ink=False)
    bob.sees_ink_at(1520, 300)


def test_a_fill_in_a_mirror_is_poured_on_both_sides_and_undo_takes_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.page.keyboard.press("d")
    takes(ann, "Ellipse", "o")
    ann.draws((300, 300), (700, 700))
    ann.sees_saved(seq=2)
    takes(ann, "Fill", "f")
    ann.picks_ink("#30a46c", 50)
    ann.draws((500, 500))
    for one in (ann, bob):
        one.sees_colour_at(500, 500, (48, 164, 108))
        one.sees_colour_at(1420, 500, (48, 164, 108))
    assert ann.pixel(960, 500) == WHITE
    ann.undoes()
    for one in (ann, bob):
        for x in (500, 1420):
            one.sees_ink_at(x, 500, ink=False)


QUARTERS = [(400, 300), (1520, 300), (1520, 780), (400, 780)]


def mirrors_four_times(visitor) -> None:
    """Draw in four quarters from now on."""
    for _ in range(3):
        visitor.page.keyboard.press("d")


def puts_pen_down_in_quarters(visitor) -> None:
    """Draw in four quarters, without lifting the pen."""
    mirrors_four_times(visitor)
    visitor.picks_ink("#1b2038", 50)
    visitor.puts_pen_down([(200, 300), (600, 300)])


def sees_ink_in_quarters(visitor, *, ink: bool = True) -> None:
    """Wait until there is something drawn in each quarter, or nothing."""
    for place in QUARTERS:
        visitor.sees_ink_at(*place, ink=ink)


def test_what_is_drawn_in_a_mirror_is_seen_on_all_sides_while_it_is_drawn(ann, bob):
    bob.opens(ann.starts_a_drawing())
    puts_pen_down_in_quarters(ann)
    for one in (ann, bob):
        sees_ink_in_quarters(one)
    expect(bob.canvas).to_have_attribute("data-head", "0")
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=4)
    assert bob.picture() == ann.picture()
    ann.undoes()
    sees_ink_in_quarters(bob, ink=False)


def test_a_pencil_in_a_mirror_has_the_same_grain_while_it_is_drawn(ann, bob):
    bob.opens(ann.starts_a_drawing())
    takes(ann, "Pencil", "b")
    ann.page.keyboard.press("d")
    ann.picks_ink("#1b2038", 40)
    ann.puts_pen_down([(200 + 20 * i, 300 + 10 * (i % 5)) for i in range(20)])
    ann.moves_to(580, 340)
    sees_grain(bob, (1320, 280, 1720, 360))
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=2)
    assert bob.picture() == ann.picture()


def sees_quarters(visitor, count: int) -> None:
    """Wait until so many quarters of the paper are drawn on."""
    visitor.page.wait_for_function(
        """count => {
          const { width, height } = document.querySelector("canvas#paper");
          const context = document.querySelector("canvas#paper").getContext("2d");
          const [x, y] = [width / 2, height / 2];
          const quarters = [[0, 0], [x, 0], [x, y], [0, y]];
          const inked = quarters.filter(([left, top]) =>
            context.getImageData(left, top, x, y).data.some((one) => one > 127));
          return inked.length === count;
        }""",
        arg=count,
    )


def test_copies_in_a_mirror_go_with_a_stroke_that_is_given_up(ann, bob):
    bob.opens(ann.starts_a_drawing())
    mirrors_four_times(ann)
    ann.picks_ink("#1b2038", 10)
    ann.page.locator("#workspace").focus()
    for key in ["Enter", *["Shift+ArrowLeft"] * 3, *["Shift+ArrowUp"] * 3, "Enter"]:
        ann.page.keyboard.press(key)
    ann.page.keyboard.press("Shift+ArrowUp")
    sees_quarters(bob, 4)
    ann.page.keyboard.press("Escape")
    for one in (ann, bob):
        sees_quarters(one, 0)
        expect(one.canvas).to_have_attribute("data-head", "0")


def test_copies_in_a_mirror_go_with_whoever_drew_them(ann, bob):
    bob.opens(ann.starts_a_drawing())
    puts_pen_down_in_quarters(ann)
    sees_ink_in_quarters(bob)
    ann.goes_offline()
    sees_ink_in_quarters(bob, ink=False)


def test_who_comes_in_the_middle_sees_what_is_being_drawn(ann, bob):
    address = ann.starts_a_drawing()
    puts_pen_down_in_quarters(ann)
    bob.opens(address)
    sees_ink_in_quarters(bob)
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=4)
    assert bob.picture() == ann.picture()


def test_a_shape_is_seen_by_others_while_it_is_dragged(ann, bob):
    bob.opens(ann.starts_a_drawing())
    mirrors_four_times(ann)
    takes(ann, "Rectangle", "r")
    ann.page.get_by_role("radio", name="Filled", exact=True).check(force=True)
    ann.puts_pen_down([(200, 200), (900, 500), (500, 400)])
    sees_ink_in_quarters(bob)
    bob.sees_ink_at(700, 450, ink=False)
    expect(bob.canvas).to_have_attribute("data-head", "0")
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=4)
    assert bob.picture() == ann.picture()


def test_a_polygon_is_seen_by_others_corner_by_corner_and_goes_when_it_is_given_up(
    ann, bob
):
    bob.opens(ann.starts_a_drawing())
    takes(ann, "Polygon", "g")
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
    drags(ann, (x, y), (x, y + 60))
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


def layers(visitor) -> list[str]:
    """Return the names of the layers, the uppermost first."""
    return visitor.page.locator(".level-name").all_inner_texts()


def test_a_layer_is_chosen_with_the_click_that_ends_the_name_of_another(ann):
    ann.starts_a_drawing()
    ann.page.keyboard.press("y")
    adds_a_layer(ann)
    ann.page.get_by_label("Name").fill("Sky")
    ann.page.get_by_role("button", name="Layer 1", exact=True).click()
    expect(ann.page.locator(".level-name")).to_have_text(["Sky", "Layer 1"])
    chosen = ann.page.locator(".level-name[aria-pressed=true]")
    expect(chosen).to_have_text("Layer 1")


def test_a_layer_with_a_long_name_is_hidden_and_locked_like_any_other(ann):
    ann.starts_a_drawing()
    ann.page.keyboard.press("y")
    name = "Far away over the misty mountains cold " * 2
    ann.page.get_by_label("Name").fill(name)
    ann.page.keyboard.press("Enter")
    for act in ("Hide", "Lock"):
        switch = ann.page.get_by_role("button", name=f"{act} Far away")
        expect(switch).to_be_in_viewport(ratio=1)
        switch.click()
        expect(switch).to_have_attribute("aria-pressed", "true")


def test_who_wants_more_layers_than_there_are_is_told(ann):
    ann.starts_a_drawing()
    ann.page.keyboard.press("y")
    add = ann.page.get_by_role("button", name="Add a layer")
    for _ in range(63):
        add.click()
    expect(ann.page.locator(".level-name")).to_have_count(64)
    add.click()
    expect(ann.page.locator("#notices")).to_contain_text("as many layers")


def test_a_layer_is_dragged_elsewhere_or_moved_by_keys(ann, bob):
    bob.opens(ann.starts_a_drawing())
    for one in (ann, bob):
        one.page.keyboard.press("y")
    for _ in range(2):
        adds_a_layer(ann)
    bob.sees_saved(seq=2)
    handles = ann.page.locator(".level-handle")
    middles = [
        (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        for box in (handles.nth(i).bounding_box() for i in range(3))
    ]
    drags(ann, middles[0], (middles[2][0], middles[2][1] + 12))
    order = ["Layer 2", "Layer 1", "Layer 3"]
    for one in (ann, bob):
        expect(one.page.locator(".level-name")).to_have_text(order)
    ann.page.get_by_role("button", name="Move Layer 3").focus()
    ann.page.keyboard.press("ArrowUp")
    expect(bob.page.locator(".level-name")).to_have_text(
        ["Layer 2", "Layer 3", "Layer 1"]
    )
    ann.page.keyboard.press("ArrowUp")
    expect(bob.page.locator(".level-name")).to_have_text(
        ["Layer 3", "Layer 2", "Layer 1"]
    )


def test_a_layer_is_duplicated_with_what_is_on_it(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.paints("#1b2038", 50, [(200, 300), (800, 300)])
    ann.sees_saved(seq=1)
    ann.page.keyboard.press("y")
    ann.page.get_by_role("button", name="Duplicate Layer 1").click()
    ann.sees_saved(seq=3)
    expect(ann.page.locator(".level-name")).to_have_text(["Layer 1 copy", "Layer 1"])
    ann.page.get_by_role("button", name="Hide Layer 1", exact=True).click()
    for one in (ann, bob):
        one.sees_saved(seq=4)
        one.sees_ink_at(500, 300)
    ann.undoes()
    ann.undoes()
    expect(ann.page.locator(".level-name")).to_have_text(["Layer 1"])


def test_two_layers_become_one_that_looks_the_same(ann, bob):
    bob.opens(ann.starts_a_drawing())
    draws_below_a_new_layer(ann)
    ann.paints("#e5484d", 80, [(500, 200), (500, 400)])
    ann.sees_saved(seq=3)
    before = ann.picture()
    ann.page.get_by_role("button", name="Merge Layer 2").click()
    for one in (ann, bob):
        one.sees_saved(seq=5)
    expect(ann.page.locator(".level-name")).to_have_text(["Layer 1"])
    assert ann.picture() == before == bob.picture()
    ann.undoes()
    ann.sees_saved(seq=6)
    expect(ann.page.locator(".level-name")).to_have_text(["Layer 2", "Layer 1"])
    assert ann.picture() == before


def test_layers_that_cannot_become_one_stay_two(ann):
    ann.starts_a_drawing()
    draws_below_a_new_layer(ann)
    ann.picks("Eraser")
    ann.draws((500, 200), (500, 400))
    ann.sees_saved(seq=3)
    ann.watches_out_for("#notices")
    ann.page.get_by_role("button", name="Merge Layer 2").click()
    ann.has_seen("#notices", "cannot become one")
    assert layers(ann) == ["Layer 2", "Layer 1"]


def test_a_locked_layer_is_not_cleared(ann):
    ann.starts_a_drawing()
    ann.paints("#1b2038", 80, [(200, 300), (800, 300)])
    ann.page.keyboard.press("y")
    ann.watches_out_for("#notices")
    ann.page.get_by_role("button", name="Lock Layer 1").click()
    ann.clears()
    ann.has_seen("#notices", "This layer is locked")
    ann.sees_saved(seq=2)
    ann.sees_ink_at(500, 300)


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
