"""Texts in real browsers: written, edited, pasted and moved."""

from playwright.sync_api import expect

from e2e.hands import Hands
from e2e.people import WHITE
from e2e.waiting import until


def test_a_text_is_typed_on_the_canvas_and_seen_by_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.writes("Ill\nIll", 400, 300)
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
    ann.writes("Ab", 600, 300)
    ann.page.get_by_role("button", name="Red", exact=True).click()
    ann.page.keyboard.type("def")
    expect(ann.page.get_by_role("textbox", name="Text")).to_have_value("Abdef")
    expect(ann.page.get_by_role("radio", name="Text")).to_be_checked()


def looks_near_and_types(visitor) -> None:
    """Type more than there is room for in the window, enlarged as it is."""
    for _ in range(8):
        visitor.page.keyboard.press("+")
    visitor.page.keyboard.press("t")
    visitor.page.mouse.click(900, 400)
    visitor.page.keyboard.type("A word or two")


def test_what_one_types_is_seen_however_near_one_looks(ann):
    ann.starts_a_drawing()
    looks_near_and_types(ann)
    expect(ann.page.locator("#caret")).to_be_in_viewport()


def test_so_is_what_was_typed_before_the_letters_came(ann):
    late = []
    ann.page.route("**/fonts/*.json", lambda letters: late.append(letters))
    ann.starts_a_drawing()
    with ann.page.expect_request("**/fonts/*.json"):
        looks_near_and_types(ann)
    until(lambda: ann.page.title() and late)
    late[0].continue_()
    expect(ann.page.locator("#caret")).to_be_in_viewport()


def test_letters_that_are_drawn_as_boxes_are_told_of_at_once(ann):
    ann.starts_a_drawing()
    ann.writes("Rain", 400, 300)
    notice = ann.page.get_by_text("Some letters are not in this typeface")
    expect(notice).to_be_hidden()
    ann.page.keyboard.type("雨")
    expect(notice).to_be_visible()


def test_undo_takes_a_text_that_is_being_typed_and_nothing_before_it(ann):
    ann.starts_a_drawing()
    ann.draws((200, 500), (800, 500))
    ann.writes("Ill", 400, 300)
    ann.sees_ink_at(408, 300)
    ann.undoes()
    ann.sees_ink_at(408, 300, ink=False)
    ann.sees_ink_at(500, 500)
    ann.redoes()
    ann.sees_ink_at(408, 300)


def test_a_text_is_seen_by_others_while_it_is_typed(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.writes("I", 400, 300)
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
    ann.writes("I", 400, 300)
    bob.sees_ink_at(408, 300)
    ann.page.keyboard.press("Backspace")
    bob.sees_ink_at(408, 300, ink=False)
    ann.page.keyboard.type("I")
    bob.sees_ink_at(408, 300)
    ann.goes_offline()
    bob.sees_ink_at(408, 300, ink=False)


def test_who_comes_while_a_text_is_written_sees_it(ann, bob):
    address = ann.starts_a_drawing()
    ann.writes("I", 400, 300)
    bob.opens(address)
    bob.sees_ink_at(408, 300)
    ann.page.keyboard.press("Escape")
    for one in (ann, bob):
        one.sees_saved(seq=1)
    assert bob.picture() == ann.picture()


def test_a_text_that_is_edited_is_seen_once_by_others(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.writes("III", 400, 300)
    ann.draws((1200, 900))
    bob.sees_saved(seq=1)
    before = bob.picture()
    ann.writes("", 408, 300)
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
    ann.writes("III", 400, 300)
    ann.draws((1200, 900))
    bob.sees_saved(seq=1)
    ann.writes("", 408, 300)
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
    ann.writes("I", 400, 300)
    ann.draws((1200, 900))
    bob.sees_saved(seq=1)
    before = bob.picture()
    ann.writes("\nI", 408, 300)
    bob.sees_ink_at(408, 358)
    for _ in range(2):
        ann.page.keyboard.press("Backspace")
    ann.page.keyboard.press("Escape")
    bob.sees_ink_at(408, 358, ink=False)
    bob.sees_ink_at(408, 300)
    expect(bob.canvas).to_have_attribute("data-head", "1")
    # What comes after it has come after it to Bob, too.
    ann.takes("Pen", "p")
    ann.draws((400, 900), (800, 900))
    bob.sees_saved(seq=2)
    around = (300, 200, 600, 500)
    assert bob.picture().crop(around) == before.crop(around)


def test_a_text_is_edited_later_and_undo_takes_the_edit_back(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.writes("III", 400, 300)
    ann.draws((1200, 900))
    bob.sees_saved(seq=1)
    before = bob.picture()
    ann.writes("!", 408, 300)
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
    ann.writes("I", 400, 300)
    ann.page.keyboard.press("Escape")
    bob.sees_ink_at(408, 300)
    assert any("/fonts/" in one for one in fetched)


def test_a_text_moves_when_it_is_selected(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.writes("I", 400, 300)
    ann.page.keyboard.press("Escape")
    ann.takes("Select", "v")
    ann.draws((408, 300))
    ann.draws((408, 300), (408, 500))
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(408, 500)
        one.sees_ink_at(408, 300, ink=False)
    assert ann.picture() == bob.picture()


def test_a_text_that_is_selected_and_touched_again_is_written_anew(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.writes("I", 400, 300)
    ann.page.keyboard.press("Escape")
    ann.takes("Select", "v")
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
    ann.takes("Text", "t")
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


def test_a_double_click_on_a_text_edits_it(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.writes("I", 600, 300)
    ann.page.keyboard.press("Escape")
    ann.sees_saved(seq=1)
    ann.takes("Select", "v")
    ann.page.mouse.dblclick(*Hands(ann).on_screen((604, 300))[0])
    expect(ann.page.get_by_role("textbox", name="Text")).to_be_focused()
    ann.page.keyboard.press("End")
    ann.page.keyboard.type("I")
    ann.page.keyboard.press("Escape")
    for one in (ann, bob):
        one.sees_saved(seq=3)
    assert ann.picture() == bob.picture()


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
