"""Layers in real browsers: what one does to them, the others see."""

import pytest
from playwright.sync_api import expect

from e2e.people import INK


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
    ann, bob
):
    bob.opens(ann.starts_a_drawing())
    ann.page.keyboard.press("y")
    adds_a_layer(ann)
    ann.paints("#1b2038", 80, [(200, 300), (800, 300)])
    ann.sees_saved(seq=2)
    bob.sees_ink_at(500, 300)
    drags_to_the_middle(ann, "Opacity of the layer")
    for one in (ann, bob):
        one.sees_ink_at(500, 300, ink=False)
        assert one.head == 2
    ann.page.mouse.up()
    for one in (ann, bob):
        one.sees_saved(seq=3)
        assert one.pixel(500, 300) == pytest.approx((141, 144, 156), abs=6)
    ann.undoes()
    for one in (ann, bob):
        one.sees_saved(seq=4)
        assert one.pixel(500, 300) == INK


def test_an_opacity_that_was_only_being_chosen_goes_with_whoever_chose_it(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.paints("#1b2038", 80, [(200, 300), (800, 300)])
    ann.page.keyboard.press("y")
    bob.sees_ink_at(500, 300)
    drags_to_the_middle(ann, "Opacity of the layer")
    bob.sees_ink_at(500, 300, ink=False)
    ann.closes_the_tab()
    bob.sees_ink_at(500, 300)
    assert bob.pixel(500, 300) == INK


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


def test_a_layer_whose_name_is_taken_away_is_called_by_its_number(ann):
    ann.starts_a_drawing()
    ann.page.keyboard.press("y")
    name = ann.page.get_by_label("Name")
    name.fill("  ")
    name.press("Tab")
    expect(name).to_have_value("Layer 1")
    name.fill("Sky")
    name.press("Tab")
    name.fill("")
    name.press("Tab")
    expect(name).to_have_value("Layer 1")
    ann.sees_saved(seq=2)


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
    ann.drags(middles[0], (middles[2][0], middles[2][1] + 12))
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
