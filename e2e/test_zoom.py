"""Whoever has to enlarge: nothing is lost at 400 %, nor with letters twice as large."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from e2e.people import Visitor
from e2e.test_access import PAGES, STRANGERS

# What a window of 1280 × 1024 has left at 400 %.
ENLARGED = {"viewport": {"width": 320, "height": 256}, "reduced_motion": "reduce"}
WINDOWS = {"wide": (1280, 800), "tablet": (820, 1180), "phone": (390, 844)}
PANELS = ("people", "others", "brush", "picker", "more", "layers", "desk")
DIALOGS = ("share-dialog", "finish-dialog", "help-dialog")

# What reaches beyond the window at its sides: one would have to scroll both ways.
BEYOND = """() => {
  const { scrollWidth, clientWidth } = document.scrollingElement;
  return scrollWidth <= clientWidth ? [] : [`${scrollWidth} wide`];
}"""

# Words that are cut off, but for those that end in an ellipsis because they may be of any length.
CUT = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && one.childElementCount === 0 && one.textContent.trim())
  .filter((one) => !one.matches(".unseen, .unseen *, option, svg *"))
  .filter((one) => {
    const { overflowX, textOverflow } = getComputedStyle(one);
    return overflowX !== "visible" && textOverflow !== "ellipsis" && one.scrollWidth > one.clientWidth + 1;
  })
  .map((one) => `cut: ${one.textContent.trim()}`)"""

# Of a panel, what cannot be brought into the window by scrolling it.
LOST = """(id) => {
  const { left, top, right, bottom } = document.getElementById(id).getBoundingClientRect();
  return left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1
    ? [] : [[id, left, top, right, bottom].join(" ")];
}"""
LARGE_LETTERS = "document.documentElement.style.fontSize = '200%'"


def lost_on(visitor: Visitor, pages: dict[str, str], **names: str) -> Iterator[tuple]:
    """Yield what is lost on pages, each with its name."""
    for name, address in pages.items():
        visitor.goes_to(address.format(**names))
        if "fontSize" in names:
            visitor.page.evaluate(LARGE_LETTERS)
        if lost := visitor.page.evaluate(BEYOND) + visitor.page.evaluate(CUT):
            yield name, lost


def finished_by(ann: Visitor, username: str) -> dict[str, str]:
    """Have somebody sign up and finish a drawing; return the names of both, for addresses."""
    ann.signs_up(username)
    finished = ann.starts_a_drawing()
    ann.draws((200, 300), (800, 300))
    ann.sees_saved(seq=1)
    ann.finishes("A rather long title, with unbreakablyverylongwords in it")
    return {"finished": finished.removeprefix(ann.url), "name": username}


def test_every_page_fits_at_400_percent(visit, server):
    ann = visit(server)
    names = finished_by(ann, "enlarged")
    ann.page.set_viewport_size(ENLARGED["viewport"])
    assert dict(lost_on(ann, PAGES, **names)) == {}


def test_so_does_every_page_that_strangers_see(visit, server):
    assert dict(lost_on(visit(server, **ENLARGED), STRANGERS)) == {}


@pytest.mark.parametrize("window", WINDOWS)
def test_every_page_fits_with_letters_twice_as_large(visit, server, window):
    width, height = WINDOWS[window]
    ann = visit(server, viewport={"width": width, "height": height})
    names = finished_by(ann, f"large{window}")
    assert dict(lost_on(ann, PAGES, fontSize="200%", **names)) == {}


def test_one_can_draw_at_400_percent(visit, server):
    ann = visit(server, **ENLARGED)
    ann.starts_a_drawing()
    expect(ann.page.locator("#toolbar")).to_be_in_viewport(ratio=1)
    ann.draws((600, 540), (1300, 540))
    ann.sees_saved(seq=1)
    ann.sees_ink_at(900, 540)
    assert lost_parts(ann.page) == []


def test_one_can_chat_and_choose_a_layer_at_400_percent(visit, server):
    ann = visit(server, **ENLARGED)
    ann.starts_a_drawing()
    ann.page.locator("#chat-button").click()
    ann.page.get_by_label("Say something").fill("Hello")
    ann.page.get_by_role("button", name="Send").click()
    expect(ann.page.locator("#said").get_by_text("Hello")).to_be_in_viewport(ratio=1)
    ann.page.locator("#chat-close").click()
    ann.page.locator("#more-button").click()
    ann.page.locator("#layers-button").click()
    expect(ann.page.locator(".level-name")).to_be_in_viewport(ratio=1)


def lost_parts(page: Page) -> list[str]:
    """Return what panels and dialogs cannot show, however one scrolls."""
    lost = page.evaluate(BEYOND)
    for name in PANELS + DIALOGS:
        part = page.locator(f"#{name}")
        show, hide = (
            ("showModal", "close")
            if name in DIALOGS
            else ("showPopover", "hidePopover")
        )
        part.evaluate(f"part => part.{show}()")
        lost += page.evaluate(LOST, name)
        part.evaluate(f"part => part.{hide}()")
    return lost
