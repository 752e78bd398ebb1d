"""What a page owes everybody: it stands still while it loads, is large enough to read and to hit, and says what it is."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from e2e.people import Visitor
from e2e.test_access import PAGES, PHONE, STRANGERS, found

STILL = (
    0.01  # of layout shift, summed over a whole load; 0.1 is what a browser calls good
)
TAP = 44  # CSS px a finger hits without looking
LEAST = 40  # in a panel, which one looks at

WATCH_SHIFTS = """new PerformanceObserver((list) => {
  for (const { value } of list.getEntries()) window.shifted = (window.shifted ?? 0) + value;
}).observe({ type: "layout-shift", buffered: true });"""

# Two frames after all is there: by then the browser has told of every shift.
SHIFTED = """async () => {
  await document.fonts.ready;
  await Promise.all([...document.images].filter((one) => one.loading !== "lazy").map(
    (one) => one.decode().catch(() => {})));
  for (const _ of [1, 2]) await new Promise((then) => requestAnimationFrame(then));
  return window.shifted ?? 0;
}"""

AMISS = """() => {
  const amiss = [];
  const of = (selector, name) => document.querySelector(selector)?.getAttribute(name) ?? "";
  if (!of("html", "lang")) amiss.push("no language");
  if (document.title.trim().length < 3) amiss.push("no title");
  if (of("meta[name=description]", "content").length < 20) amiss.push("no description");
  if (!of("meta[name=viewport]", "content").includes("width=device-width")) amiss.push("no viewport");
  for (const image of document.images) {
    if (!image.hasAttribute("width") || !image.hasAttribute("height")) {
      amiss.push(`an image without a size: ${image.alt}`);
    }
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentElement: element, data } = texts.currentNode;
    const isSeen = data.trim() && element.checkVisibility() && !element.closest("svg, script, style");
    if (isSeen && parseFloat(getComputedStyle(element).fontSize) < 12) {
      amiss.push(`small: ${data.trim()}`);
    }
  }
  return amiss;
}"""

TOO_SMALL = """(least) => [...document.querySelectorAll("#toolbar :is(button, label.tool)")]
  .filter((one) => one.checkVisibility() && !one.closest("[popover]:not(:popover-open)"))
  .map((one) => [one.id, one.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < least || height < least)
  .map(([id, { width, height }]) => `${id} ${width} × ${height}`)"""

# What opens, and how much of it a finger may miss: all but links in running text. A label is hit as its field is.
MISSED = """(least) => {
  const isSentence = (one) => one.matches("a") && one.parentElement.textContent.trim() !== one.textContent.trim();
  const hit = (one) => (one.closest("label") ?? one).getBoundingClientRect();
  return [...document.querySelectorAll("#studio :is(button, input, select, a), dialog :is(button, input, select, a)")]
    .filter((one) => one.checkVisibility() && !isSentence(one))
    .map((one) => [one, hit(one)])
    .filter(([one, { width, height }]) => width < least || height < least)
    .map(([one, { width, height }]) => `${one.id || one.ariaLabel || one.textContent} ${width} × ${height}`);
}"""

TARGETS = {"target-size": {"enabled": True}}

# What a slow line brings long after the page itself.
LATE = ("script", "image", "fetch", "xhr")
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length === 1"


@pytest.fixture(params=[{}, PHONE], ids=["desktop", "phone"])
def passer_by(request, visit, server) -> Visitor:
    """Somebody whose browser notes whatever moves by itself."""
    visitor = visit(server, reduced_motion="reduce", **request.param)
    visitor.page.add_init_script(WATCH_SHIFTS)
    return visitor


def wrong_with(page: Page) -> list[str]:
    """Return what is wrong with a page as it has loaded."""
    wrong = page.evaluate(AMISS) + found(page, rules=TARGETS)
    shifted = page.evaluate(SHIFTED)
    return wrong if shifted <= STILL else [*wrong, f"moved by {shifted}"]


def visits(visitor: Visitor, pages: dict[str, str], **names: str) -> Iterator[tuple]:
    """Yield what is wrong with pages, each with its name."""
    for name, address in pages.items():
        visitor.goes_to(address.format(**names))
        if wrong := wrong_with(visitor.page):
            yield name, wrong


def test_every_page_stands_still_and_can_be_read_and_hit(passer_by):
    ann = passer_by
    username = f"still{ann.page.viewport_size['width']}"
    ann.signs_up(username)
    finished = ann.starts_a_drawing()
    ann.draws((200, 300), (800, 300))
    ann.sees_saved(seq=1)
    ann.finishes("Standing still")
    names = {"finished": finished.removeprefix(ann.url), "name": username}
    assert dict(visits(ann, PAGES, **names)) == {}


def test_so_does_every_page_that_strangers_see(passer_by):
    assert dict(visits(passer_by, STRANGERS)) == {}


def test_no_page_moves_when_all_but_itself_comes_late(passer_by):
    ann = passer_by
    username = f"late{ann.page.viewport_size['width']}"
    ann.signs_up(username)
    finished = ann.starts_a_drawing()
    ann.draws((200, 300), (800, 300))
    ann.sees_saved(seq=1)
    ann.finishes("Late")
    names = {"finished": finished.removeprefix(ann.url), "name": username}
    moved = {}
    for name, address in PAGES.items():
        gets_slowly(ann.page, ann.url + address.format(**names))
        moved[name] = ann.page.evaluate(SHIFTED)
    assert {name: by for name, by in moved.items() if by > STILL} == {}


def test_nor_does_the_draw_page(passer_by, bob):
    address = bob.starts_a_drawing()
    bob.draws((200, 300), (800, 300))
    bob.sees_saved(seq=1)
    gets_slowly(passer_by.page, address)
    passer_by.sees_ink_at(500, 300)
    assert passer_by.page.evaluate(SHIFTED) == 0


def gets_slowly(page: Page, address: str) -> None:
    """Have a page painted before its scripts and pictures come, then let them come."""
    held, late = [], set(LATE)

    def hold(route: Route) -> None:
        if route.request.resource_type in late:
            held.append(route)
        else:
            route.continue_()

    page.route("**/*", hold)
    page.goto(address, wait_until="commit")
    page.wait_for_function(PAINTED)
    late.clear()
    for route in held:
        route.continue_()
    page.wait_for_load_state("load")


def test_the_draw_page_does_not_move_at_all(passer_by, bob):
    address = bob.starts_a_drawing()
    bob.draws((200, 300), (800, 300))
    bob.sees_saved(seq=1)
    passer_by.opens(address)
    passer_by.sees_ink_at(500, 300)
    assert passer_by.page.evaluate(SHIFTED) == 0
    assert wrong_with(passer_by.page) == []


# Where the owner's buttons are, and how large.
TOP_BAR = """() => [...document.querySelectorAll("#topbar .card:last-child, #topbar .card > :not(#saved)")]
  .map((one) => [one.id || one.className, ...Object.values(one.getBoundingClientRect().toJSON())])"""


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_the_bar_stands_still_however_late_the_scripts_come(visit, server, width):
    ann = visit(server, viewport={"width": width, "height": 740})
    address = ann.starts_a_drawing()
    late = []
    ann.page.route("**/*.js", lambda script: late.append(script))
    ann.page.goto(address, wait_until="commit")
    expect(ann.saved).to_have_text("Opening…")
    expect(ann.page.locator("#finish-button")).to_be_visible()
    before = ann.page.evaluate(TOP_BAR)
    ann.page.route("**/*.js", lambda script: script.continue_())
    for script in late:
        script.continue_()
    ann.is_in_the_drawing()
    assert ann.page.evaluate(TOP_BAR) == before


@pytest.mark.parametrize("width", [360, 390])
def test_a_thumb_hits_every_button_of_the_toolbar(visit, server, width):
    ann = visit(server, viewport={"width": width, "height": 740}, has_touch=True)
    ann.starts_a_drawing()
    assert ann.page.evaluate(TOO_SMALL, TAP) == []
    bar = ann.page.locator("#toolbar")
    expect(bar).to_be_in_viewport(ratio=1)
    assert bar.evaluate("bar => bar.scrollWidth <= bar.clientWidth")


# Where everything is that can be hit in the toolbar, but for the sliders.
IN_THE_BAR = """() => [...document.querySelectorAll("#toolbar :is(button, label.tool)")]
  .map((one) => [one.id || one.dataset.tip, one.getBoundingClientRect()])
  .filter(([, { width }]) => width > 0)
  .map(([name, { x, y, width, height }]) => [name, x, y, width, height].join(" "))"""


@pytest.mark.parametrize("width", [390, 820, 1120, 1216, 1440])
def test_the_toolbar_is_whole_and_stands_still_for_every_tool(visit, server, width):
    ann = visit(server, viewport={"width": width, "height": 800})
    ann.starts_a_drawing()
    bar = ann.page.locator("#toolbar")
    places = set()
    for key in "pbmelaorgftvsikh":
        ann.page.keyboard.press(key)
        expect(bar).to_be_in_viewport(ratio=1)
        places.add(tuple(ann.page.evaluate(IN_THE_BAR)))
    assert len(places) == 1


@pytest.mark.parametrize("width", [992, 1180])
def test_a_tablet_that_lies_has_every_tool_in_its_bar(visit, server, width):
    window = {"width": width, "height": 820}
    ann = visit(server, viewport=window, has_touch=True)
    ann.starts_a_drawing()
    for tool in ann.page.locator("label[id^=tool-]").all():
        expect(tool).to_be_in_viewport(ratio=1)
    expect(ann.page.locator("#others-button")).to_be_hidden()
    expect(ann.page.locator("#more-button")).to_be_in_viewport(ratio=1)


TABLETS = {"upright": (820, 1180), "lying": (1180, 820)}
PANELS = ("people", "others", "brush", "picker", "more", "layers", "desk")
DIALOGS = ("share-dialog", "finish-dialog", "help-dialog")


@pytest.mark.parametrize("size", TABLETS.values(), ids=TABLETS)
def test_a_finger_hits_everything_on_a_tablet(visit, server, bob, size):
    window = dict(zip(("width", "height"), size, strict=True))
    ann = visit(server, viewport=window, has_touch=True, reduced_motion="reduce")
    bob.opens(ann.starts_a_drawing())
    expect(ann.page.locator("[data-participants='2']")).to_have_count(1)
    ann.page.locator("#chat-button").click()
    assert ann.page.evaluate(MISSED, LEAST) == []
    ann.page.locator("#chat-close").click()
    assert [(name, small) for name, small in missed(ann.page) if small] == []


def missed(page: Page) -> Iterator[tuple[str, list[str]]]:
    """Yield what is too small to hit in each panel and dialog."""
    for names, show, hide in (
        (PANELS, "showPopover", "hidePopover"),
        (DIALOGS, "showModal", "close"),
    ):
        for name in names:
            part = page.locator(f"#{name}")
            part.evaluate(f"part => part.{show}()")
            yield name, page.evaluate(MISSED, LEAST)
            part.evaluate(f"part => part.{hide}()")
