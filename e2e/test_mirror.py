"""Drawing in a mirror, in real browsers."""

from playwright.sync_api import expect

from e2e.people import WHITE


def test_a_mirror_draws_on_both_sides_and_undo_takes_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.page.keyboard.press("d")
    ann.paints("#1b2038", 50, [(200, 300), (600, 300)])
    ann.takes("Rectangle", "r")
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
    ann.takes("Ellipse", "o")
    ann.draws((300, 300), (700, 700))
    ann.sees_saved(seq=2)
    ann.takes("Fill", "f")
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
    ann.takes("Pencil", "b")
    ann.page.keyboard.press("d")
    ann.picks_ink("#1b2038", 40)
    ann.puts_pen_down([(200 + 20 * i, 300 + 10 * (i % 5)) for i in range(20)])
    ann.moves_to(580, 340)
    bob.sees_grain((1320, 280, 1720, 360))
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
    ann.takes("Rectangle", "r")
    ann.page.get_by_role("radio", name="Filled", exact=True).check(force=True)
    ann.puts_pen_down([(200, 200), (900, 500), (500, 400)])
    sees_ink_in_quarters(bob)
    bob.sees_ink_at(700, 450, ink=False)
    expect(bob.canvas).to_have_attribute("data-head", "0")
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=4)
    assert bob.picture() == ann.picture()
