"""Without a mouse: every control is reached and seen to be, Escape closes what is uppermost, and focus comes back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from e2e.people import Visitor
from e2e.test_access import PAGES, STRANGERS

WINDOWS = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "narrow": {"viewport": {"width": 390, "height": 740}},
}
TOP = {  # what opens, and by which button
    "people": "people-button",
    "chat": "chat-button",
    "share-dialog": "share-button",
    "finish-dialog": "finish-button",
}
OPENED = {
    "wide": TOP
    | {
        "picker": "any-colour",
        "layers": "layers-button",
        "desk": "desk-button",
        "help-dialog": "help-button",
    },
    "narrow": TOP
    | {"others": "others-button", "brush": "brush-button", "more": "more-button"},
}

# Where focus is: its name for us, what a screen reader calls it, and whether it can be seen to be there. An input that
# is seen through shows its label's outline; one must not be outside the window, nor have something over it.
STOP = """() => {
  const one = document.activeElement;
  if (one === document.body || one === null) return null;
  const shown = one.matches("[type=radio], [type=checkbox]") ? one.closest("label.tool") ?? one : one;
  const { left, top, right, bottom, width, height } = shown.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const after = getComputedStyle(shown, "::after");
  const isRinged = [outlineWidth, after.outlineWidth].some((wide, i) =>
    parseFloat(wide) >= 2 && [outlineStyle, after.outlineStyle][i] !== "none");
  const isInside = left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
  const x = Math.min(innerWidth - 1, Math.max(0, left + width / 2));
  const y = Math.min(innerHeight - 1, Math.max(0, top + height / 2));
  const over = document.elementFromPoint(x, y);
  const isFree = over !== null && (shown.contains(over) || over.contains(shown));
  return {
    called: one.id || one.getAttribute("href") || one.name || one.textContent.trim(),
    wrong: [["no ring", !isRinged], ["outside", !isInside && height < innerHeight], ["covered", !isFree]]
      .filter(([, is]) => is).map(([what]) => what),
  };
}"""

# What can be focused and is seen; of radio buttons, one of each group.
REACHABLE = """() => {
  const seen = new Set();
  const isFirst = (one) => one.type !== "radio" || (!seen.has(one.name) && seen.add(one.name));
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter((one) => !one.matches(":disabled") && one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => one.tabIndex >= 0 && !one.closest("[inert], [hidden]"))
    .filter(isFirst).length;
}"""


def stops(page: Page) -> Iterator[dict]:
    """Yield where Tab leads, from the page's beginning until it leaves the page."""
    page.evaluate("document.activeElement.blur()")
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return
        yield stop
    raise AssertionError("Tab never leaves the page")


def walk(page: Page) -> tuple[list[str], int]:
    """Walk through a page by Tab: return what is wrong at its stops, and how many there are."""
    found = list(stops(page))
    wrong = [f"{one['called']}: {', '.join(one['wrong'])}" for one in found]
    return [what for what, one in zip(wrong, found, strict=True) if one["wrong"]], len(
        found
    )


@pytest.fixture(params=WINDOWS)
def window(request) -> str:
    return request.param


@pytest.fixture
def keyboard(visit, server, window) -> Visitor:
    """Somebody with a keyboard, in a window of that width."""
    return visit(server, reduced_motion="reduce", **WINDOWS[window])


def wrong_on(visitor: Visitor, pages: dict[str, str], **names: str) -> Iterator[tuple]:
    for name, address in pages.items():
        visitor.goes_to_awake(address.format(**names))
        wrong, count = walk(visitor.page)
        if missed := visitor.page.evaluate(REACHABLE) - count:
            wrong.append(f"{missed} out of reach")
        if wrong:
            yield name, wrong


def test_tab_leads_to_everything_on_every_page_and_shows_where_one_is(keyboard, window):
    ann = keyboard
    ann.signs_up(f"tab{window}")
    finished = ann.starts_a_drawing()
    ann.draws((200, 300), (800, 300))
    ann.sees_saved(seq=1)
    ann.finishes("By keyboard")
    names = {"finished": finished.removeprefix(ann.url), "name": f"tab{window}"}
    assert dict(wrong_on(ann, PAGES, **names)) == {}


def test_so_it_does_where_strangers_come(keyboard):
    assert dict(wrong_on(keyboard, STRANGERS)) == {}


def test_tab_leads_through_the_draw_page_and_out_of_it(keyboard):
    keyboard.starts_a_drawing()
    wrong, count = walk(keyboard.page)
    assert wrong == []
    assert count >= keyboard.page.evaluate(REACHABLE)


def test_escape_closes_what_was_opened_and_focus_is_back(keyboard, window):
    ann = keyboard
    ann.starts_a_drawing()
    for name, opener in OPENED[window].items():
        opens(ann, name, opener)
        # Radio buttons are one stop, and the chosen one is outside.
        if name != "others":
            ann.page.keyboard.press("Tab")
        ann.page.keyboard.press("Escape")
        expect(ann.page.locator(f"#{name}")).to_be_hidden()
        expect(ann.page.locator(":focus")).to_have_id(opener)


@pytest.mark.parametrize("height", [800, 1000], ids=["two columns", "one column"])
def test_a_tip_covers_no_other_tool(visit, server, height):
    ann = visit(server, viewport={"width": 1280, "height": height})
    ann.starts_a_drawing()
    ann.page.locator("#tool-pen input").focus()
    ann.page.keyboard.press("ArrowDown")
    tip, tools = (ann.page.locator(one) for one in (".tip", "#tools"))
    expect(tip).to_have_text("Pencil B")
    box = tools.bounding_box()
    assert tip.bounding_box()["x"] >= box["x"] + box["width"]


def opens(visitor: Visitor, name: str, opener: str) -> None:
    """Open something by its button, with Enter."""
    visitor.page.locator(f"#{opener}").focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator(f"#{name}")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "back"),
    [
        ("layers", "more-button"),
        ("help-dialog", "more-button"),
        ("desk", "desk-button"),
    ],
)
def test_what_a_menu_opened_leaves_focus_on_something_seen(visit, server, name, back):
    ann = visit(server, reduced_motion="reduce", **WINDOWS["narrow"])
    ann.starts_a_drawing()
    opens(ann, "more", "more-button")
    opens(ann, name, f"{name.removesuffix('-dialog')}-button")
    ann.page.keyboard.press("Tab")
    ann.page.keyboard.press("Escape")
    expect(ann.page.locator(f"#{name}")).to_be_hidden()
    focused = ann.page.locator(":focus")
    expect(focused).to_have_id(back)
    expect(focused).to_be_in_viewport()


def test_escape_closes_only_the_uppermost(visit, server):
    ann = visit(server, reduced_motion="reduce", **WINDOWS["wide"])
    ann.starts_a_drawing()
    opens(ann, "layers", "layers-button")
    opens(ann, "desk", "desk-button")
    ann.page.keyboard.press("Escape")
    expect(ann.page.locator("#desk")).to_be_hidden()
    expect(ann.page.locator("#layers")).to_be_visible()
    ann.page.keyboard.press("Escape")
    expect(ann.page.locator("#layers")).to_be_hidden()


def heard(page: Page) -> list[str]:
    """Return what the browser tells a screen reader of regions it reads out by themselves, politely."""
    browser = page.context.new_cdp_session(page)
    nodes = browser.send("Accessibility.getFullAXTree")["nodes"]
    known = {node["nodeId"]: node for node in nodes}
    return [" ".join(texts(node, known)) for node in nodes if is_polite(node)]


def is_polite(node: dict) -> bool:
    values = {
        one["name"]: one["value"].get("value") for one in node.get("properties", [])
    }
    return values.get("live") == "polite" and not node["ignored"]


def texts(node: dict, known: dict[str, dict]) -> Iterator[str]:
    if node.get("role", {}).get("value") == "StaticText":
        yield node["name"]["value"]
    for child in node.get("childIds", []):
        if child in known:
            yield from texts(known[child], known)


def test_a_screen_reader_is_told_who_comes_who_draws_and_what_is_saved(ann, bob):
    address = ann.starts_a_drawing()
    bob.opens(address)
    expect(ann.page.locator("#told")).to_contain_text(f"{bob.name} is here")
    bob.draws((200, 300), (800, 300))
    expect(ann.page.locator("#told")).to_contain_text(f"{bob.name} draws")
    ann.sees_saved(seq=1)
    said = heard(ann.page)
    assert "Saved" in said
    assert any(f"{bob.name} draws" in one for one in said)
    assert any(f"{bob.name} is here" in one for one in said)


NAMELESS = {
    "button",
    "link",
    "textbox",
    "checkbox",
    "radio",
    "slider",
    "combobox",
    "img",
}


@pytest.mark.parametrize("opened", ["share-dialog", "layers", "desk", "picker", "chat"])
def test_a_screen_reader_has_a_name_for_everything(visit, server, opened):
    ann = visit(server, reduced_motion="reduce", **WINDOWS["wide"])
    ann.starts_a_drawing()
    opens(ann, opened, OPENED["wide"][opened])
    nodes = ann.context.new_cdp_session(ann.page).send("Accessibility.getFullAXTree")
    parts = [
        one for one in nodes["nodes"] if one.get("role", {}).get("value") in NAMELESS
    ]
    assert len(parts) > 3
    assert [
        one for one in parts if not one["ignored"] and not one["name"]["value"]
    ] == []
