"""What is selected, in real browsers: moved, copied, turned, flipped and pasted, and seen on its way."""

import pytest
from playwright.sync_api import expect

from e2e.hands import Hands
from e2e.people import INK


def test_what_is_selected_moves_is_copied_and_goes_for_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.paints("#1b2038", 50, [(200, 700), (600, 700)])
    ann.paints("#1b2038", 50, [(200, 300), (600, 300)])
    ann.sees_saved(seq=2)
    ann.takes("Select", "v")
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
    ann.takes("Select", "v")
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


def chooses_all(visitor) -> None:
    """Choose everything of one's own."""
    visitor.takes("Select", "v")
    visitor.draws((2, 2), (1915, 1075))
    expect(visitor.page.locator("#chosen-acts")).to_be_visible()


def grip(visitor, number: int) -> tuple[float, float]:
    """Return where a grip of the frame is: its corners from the upper left, then the knob."""
    box = visitor.page.locator("#frame .grip").nth(number).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_corner_enlarges_what_is_selected_for_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.paints("#1b2038", 50, [(400, 300), (600, 300)])
    ann.sees_saved(seq=1)
    chooses_all(ann)
    (x, y), (left, top) = grip(ann, 2), grip(ann, 0)
    ann.drags((x, y), (2 * x - left, 2 * y - top))
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
    ann.drags(grip(ann, 4), (middle[0] + 150, middle[1]))
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
    ann.takes("Rectangle", "r")
    ann.page.get_by_role("radio", name="Filled", exact=True).check(force=True)
    ann.draws((800, 400), (1100, 600))
    ann.sees_saved(seq=1)
    ann.page.keyboard.press("Control+a")
    (x, y), (left, _) = side(ann, 2), side(ann, 3)
    ann.drags((x, y), (2 * x - left, y))
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(1380, 500)
        one.sees_ink_at(950, 620, ink=False)
    ann.undoes()
    bob.sees_ink_at(1380, 500, ink=False)
    (x, y), (left, top) = grip(ann, 2), grip(ann, 0)
    ann.page.keyboard.down("Alt")
    ann.drags((x, y), (x + (x - left) / 4, y + (y - top) / 4))
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
    ann.takes("Select", "v")
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


def test_what_is_enlarged_and_turned_is_seen_on_its_way_by_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.paints("#1b2038", 50, [(400, 300), (600, 300)])
    ann.sees_saved(seq=1)
    chooses_all(ann)
    (x, y), (left, top) = grip(ann, 2), grip(ann, 0)
    ann.holds((x, y), (2 * x - left, 2 * y - top))
    bob.sees_ink_at(780, 320)
    ann.lifts_pen()
    ann.sees_saved(seq=2)
    ann.holds(grip(ann, 4), (grip(ann, 2)[0] + 150, grip(ann, 2)[1]))
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
    ann.takes("Marker", "m")
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
    ann.takes("Lasso", "s")
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
    ann.writes("I", 600, 300)
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
    ann.takes("Select", "v")
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
    ann.takes("Select", "v")
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
