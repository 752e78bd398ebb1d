"""Several people on one drawing."""

from playwright.sync_api import expect


def test_one_click_starts_a_drawing(ann):
    ann.goes_to("/")
    ann.page.get_by_role("button", name="Start drawing").first.click()
    ann.is_in_the_drawing()
    ann.draws((200, 200), (600, 200))
    ann.sees_saved(seq=1)


def test_strokes_are_seen_while_they_are_being_drawn(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.puts_pen_down([(200, 200), (600, 200)])
    bob.sees_ink_at(400, 200)
    expect(bob.canvas).to_have_attribute("data-head", "0")
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=1)
    assert bob.picture() == ann.picture()


def test_a_latecomer_has_the_same_picture(ann, bob, carol):
    address = ann.starts_a_drawing()
    bob.opens(address)
    ann.draws((100, 100), (900, 500))
    bob.draws((900, 100), (100, 500))
    for one in (ann, bob):
        one.sees_saved(seq=2)
    carol.opens(address)
    carol.sees_saved(seq=2)
    assert carol.picture() == ann.picture() == bob.picture()
    carol.sees_ink_at(100, 100)


def test_both_draw_at_once_and_end_with_one_picture(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.puts_pen_down([(100, 100), (500, 500)])
    bob.puts_pen_down([(500, 100), (100, 500)])
    bob.lifts_pen()
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=2)
    assert ann.picture() == bob.picture()


def test_saved_is_said_though_somebody_goes_on_drawing(ann, draws_on):
    address = ann.starts_a_drawing()
    busy = draws_on(address.split("/")[-2])
    ann.has_head_beyond(50)
    ann.draws((100, 100), (900, 500))
    ann.sees_saved()
    assert busy.is_alive()


def test_everybody_sees_who_is_here(ann, bob):
    address = ann.starts_a_drawing()
    expect(ann.page.locator("[data-participants]")).to_have_attribute(
        "data-participants", "1"
    )
    bob.opens(address)
    expect(ann.page.locator("[data-participants]")).to_have_attribute(
        "data-participants", "2"
    )
    bob.leaves()
    expect(ann.page.locator("[data-participants]")).to_have_attribute(
        "data-participants", "1"
    )


def test_cursors_carry_names(ann, bob):
    bob.opens(ann.starts_a_drawing())
    name = bob.name
    bob.moves_to(300, 300)
    expect(ann.page.locator(".cursor", has_text=name)).to_be_visible()


def test_undo_takes_back_ones_own_stroke_only(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.draws((100, 200), (500, 200))
    ann.sees_saved(seq=1)
    bob.draws((100, 400), (500, 400))
    bob.sees_saved(seq=2)
    ann.undoes()
    for one in (ann, bob):
        one.sees_ink_at(300, 200, ink=False)
        one.sees_ink_at(300, 400)
    ann.redoes()
    bob.sees_ink_at(300, 200)


def test_an_eraser_takes_away_what_is_below(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.draws((100, 300), (700, 300))
    ann.sees_saved(seq=1)
    bob.picks("Eraser")
    bob.draws((400, 200), (400, 400))
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(400, 300, ink=False)
        one.sees_ink_at(150, 300)
    assert ann.picture() == bob.picture()


def test_clear_can_be_undone(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.draws((100, 300), (700, 300))
    ann.sees_saved(seq=1)
    bob.clears()
    ann.sees_ink_at(400, 300, ink=False)
    bob.undoes()
    ann.sees_ink_at(400, 300)


def test_what_is_undone_and_done_again_is_as_it_was_to_the_last_pixel(ann, bob, carol):
    address = ann.starts_a_drawing()
    bob.opens(address)
    for left in range(100, 850, 50):
        ann.draws((left, 800), (left + 50, 900), (left + 100, 800))
    ann.sees_saved(seq=15)
    for height in (850, 880):
        bob.draws((100, height), (1500, height))
    ann.sees_saved(seq=17)
    before = ann.picture()
    back, again = ann.undoes, ann.redoes
    for turn in 7 * [back] + 4 * [again] + 3 * [back] + 6 * [again]:
        turn()
    for turn in 2 * [bob.undoes] + 2 * [bob.redoes]:
        turn()
    carol.opens(address)
    for one in (ann, bob, carol):
        one.sees_saved(seq=17 + 20 + 4)
        assert one.picture() == before
