"""Who is shown out of a drawing, and what is taken out of it, seen by those who are there (P69, P70)."""

import pytest
from playwright.sync_api import expect

from e2e.test_access import found


@pytest.fixture
def sue(visit, server):
    """Sue, who looks after the site."""
    sue = visit(server)
    sue.signs_up("sue")
    server.trust("sue")
    return sue


def test_strangers_see_a_drawing_close_as_it_becomes_private(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.draws((100, 100), (600, 100))
    bob.sees_saved(seq=1)
    ann.page.get_by_role("button", name="Share").click()
    ann.page.get_by_role("dialog").get_by_label("only me").check()
    expect(bob.page.get_by_text("no longer shared with you")).to_be_visible()
    expect(bob.page.locator("#studio")).to_have_attribute("data-may", "watch")
    expect(bob.page.locator("#image-button")).to_be_hidden()
    ann.page.keyboard.press("Escape")
    ann.draws((100, 300), (600, 300))
    ann.sees_saved(seq=2)
    bob.sees_ink_at(400, 300, ink=False)


def test_signing_out_closes_the_drawing_in_the_other_tab(ann):
    ann.signs_up("annabel")
    ann.starts_a_drawing()
    tab = ann.context.new_page()
    tab.goto(f"{ann.url}/accounts/logout/")
    tab.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(ann.page.get_by_text("You have signed out in this browser")).to_be_visible()
    expect(ann.page.locator("#studio")).to_have_attribute("data-may", "watch")


def test_what_a_moderator_takes_out_goes_from_every_canvas_and_comes_back(
    ann, bob, sue
):
    address = ann.starts_a_drawing()
    bob.opens(address)
    ann.draws((100, 100), (600, 100))
    bob.draws((100, 300), (600, 300))
    for one in (ann, bob):
        one.sees_saved(seq=2)
    before = bob.picture()
    sue.watches(address, at=2)
    sue.sees_moment(2)
    sue.points_at(350, 100)
    sue.page.get_by_role("button", name="Take it out of the picture").click()
    expect(sue.page.get_by_text("It is out of the picture.")).to_be_visible()
    assert found(sue.page) == []  # nothing on the page keeps a moderator out
    for one in (ann, bob):
        one.sees_saved(seq=3)
        one.sees_ink_at(350, 100, ink=False)
        one.sees_ink_at(350, 300)
    assert ann.picture() == bob.picture()
    sue.page.get_by_role("button", name="Bring it back").click()
    for one in (ann, bob):
        one.sees_saved(seq=4)
        one.sees_ink_at(350, 100)
    assert bob.picture() == before
