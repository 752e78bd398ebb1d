"""In company: inviting, talking, pointing and looking along."""

from playwright.sync_api import expect


def test_the_link_is_copied(ann):
    address = ann.starts_a_drawing()
    ann.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ann.page.get_by_role("button", name="Share").click()
    ann.page.get_by_role("button", name="Copy").click()
    expect(ann.page.get_by_text("The link is copied.")).to_be_visible()
    assert ann.page.evaluate("navigator.clipboard.readText()") == address


def test_the_owner_says_who_may_see_it(ann, bob):
    address = ann.starts_a_drawing()
    ann.page.get_by_role("button", name="Share").click()
    ann.page.get_by_role("radio", name="only me").check()
    expect(ann.page.get_by_text("this is who may see it now")).to_be_visible()
    bob.page.goto(address)
    expect(bob.page.locator("canvas#paper")).to_have_count(0)
    bob.troubles.clear()  # the browser complains of the page that is not there
