"""Leaving the page: what is drawn is not lost, and nobody leaves without knowing."""

import pytest
from playwright.sync_api import Error, expect

CORNER = [(100, 100), (600, 100), (700, 400)]


def test_the_stroke_under_the_pen_is_kept_when_its_page_is_left(ann):
    address = ann.starts_a_drawing()
    ann.puts_pen_down(CORNER)
    ann.goes_to("/about/")
    ann.opens(address)
    ann.sees_saved(seq=1)
    ann.sees_ink_at(400, 100)


def test_it_is_kept_offline_too(ann):
    address = ann.starts_a_drawing()
    ann.puts_pen_down(CORNER)
    ann.goes_offline()
    ann.page.on("dialog", lambda dialog: dialog.accept())
    with pytest.raises(Error, match="net::ERR"):
        ann.goes_to("/about/")
    ann.comes_back()
    ann.opens(address)
    ann.sees_saved(seq=1)
    ann.sees_ink_at(400, 100)


def test_leaving_with_unsaved_strokes_asks_first(visit, own_server):
    ann = visit(own_server)
    ann.starts_a_drawing()
    own_server.kill()
    ann.draws((100, 100), (600, 100))
    expect(ann.saved).to_contain_text("1 stroke waits")
    with ann.page.expect_event("dialog") as asked:
        ann.page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()


def test_finishing_waits_for_the_strokes_that_are_not_saved(visit, own_server):
    ann = visit(own_server)
    ann.starts_a_drawing()
    own_server.kill()
    ann.draws((100, 100), (600, 100))
    expect(ann.saved).to_contain_text("1 stroke waits")
    ann.page.get_by_role("button", name="Finish").click()
    dialog = ann.page.get_by_role("dialog")
    dialog.get_by_label("Title").fill("Waited")
    dialog.get_by_role("button", name="Finish").click()
    expect(ann.page.get_by_text("Saving 1 stroke first")).to_be_visible()
    own_server.start()
    expect(ann.page.get_by_role("img", name="Waited")).to_be_visible()


def test_who_has_signed_up_in_another_tab_meanwhile_shares_and_finishes_in_this_one(
    ann,
):
    ann.starts_a_drawing()
    ann.draws((100, 100), (600, 100))
    ann.sees_saved(seq=1)
    first = ann.page
    ann.page = ann._new_tab()
    ann.signs_up("meanwhile")
    ann.page = first
    ann.page.get_by_role("button", name="Share").click()
    ann.page.get_by_role("radio", name="everyone").check()
    expect(ann.page.get_by_text("this is who may see it now")).to_be_visible()
    ann.page.keyboard.press("Escape")
    ann.finishes("By somebody new")


def test_strokes_a_drawing_was_finished_without_are_kept_until_it_is_reopened(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.draws((100, 500), (600, 500))
    bob.sees_saved(seq=1)
    bob.goes_offline()
    bob.draws((100, 100), (600, 100))
    expect(bob.saved).to_contain_text("1 stroke waits")
    ann.finishes("Too early")
    bob.comes_back()
    expect(bob.saved).to_contain_text("Only here: 1 stroke")
    expect(bob.page.get_by_text("was finished meanwhile")).to_be_visible()
    ann.page.get_by_role("button", name="Draw on").click()
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(300, 100)
    bob.draws((100, 300), (600, 300))
    ann.sees_saved(seq=3)


def test_the_stroke_under_the_pen_when_a_drawing_is_finished_goes_out_when_it_is_reopened(
    ann, bob
):
    bob.opens(ann.starts_a_drawing())
    ann.draws((100, 500), (600, 500))
    bob.puts_pen_down([(100, 100), (600, 100)])
    ann.finishes("Too early")
    expect(bob.saved).to_contain_text("Only here: 1 stroke")
    expect(bob.page.get_by_text("was finished meanwhile")).to_be_visible()
    bob.lifts_pen()
    ann.page.get_by_role("button", name="Draw on").click()
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(300, 100)


def test_the_stroke_under_the_pen_when_one_is_shut_out_is_kept_here(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.puts_pen_down([(100, 100), (600, 100)])
    ann.sees_ink_at(300, 100)
    ann.page.get_by_role("button", name="Share").click()
    ann.page.get_by_role("radio", name="only me").check()
    ann.sees_ink_at(300, 100, ink=False)
    expect(bob.saved).to_contain_text("Only here: 1 stroke")
    bob.moves_to(600, 400)
    bob.lifts_pen()
    bob.sees_ink_at(300, 100)
    bob.sees_ink_at(600, 300, ink=False)


def test_a_second_tab_undoes_what_the_first_has_drawn(ann):
    address = ann.starts_a_drawing()
    ann.draws((100, 100), (600, 100))
    ann.sees_saved(seq=1)
    first = ann.page
    ann.page = ann._new_tab()
    ann.opens(address)
    people = ann.page.locator("[data-participants]")
    expect(people).to_have_attribute("data-participants", "1")
    ann.undoes()
    ann.sees_saved(seq=2)
    expect(first.locator("canvas#paper")).to_have_attribute("data-head", "2")


def test_without_cookies_one_is_told_why_one_cannot_draw(ann, bob):
    address = ann.starts_a_drawing()
    bob.page.route("**/d/*/", without_cookies)
    bob.page.goto(address)
    expect(bob.page.get_by_text("Sign in or allow cookies")).to_be_visible()


def without_cookies(route) -> None:
    """Hand on a page as a browser gets it that takes no cookies."""
    answer = route.fetch()
    route.request.frame.page.context.clear_cookies()  # fetching has kept them
    headers = {k: v for k, v in answer.headers.items() if k != "set-cookie"}
    route.fulfill(response=answer, headers=headers)
