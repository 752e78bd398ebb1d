"""What the draw page says in passing: read out whole, and seen where it covers nothing."""

import re

import pytest
from playwright.sync_api import expect

from e2e.test_images import SQUARE, file_of, hands_over

PUT = "The image is on the paper."

# Opaque, and more than the pixel that is left of what is only heard; for a moment, so every frame is looked at.
LOOK_ON = """() => {
  const seen = window.seen = new Set();
  const look = () => {
    for (const one of document.querySelectorAll("#studio p"))
      if (one.checkVisibility({ opacityProperty: true }) && one.getBoundingClientRect().width > 1)
        seen.add(one.textContent);
    requestAnimationFrame(look);
  };
  look();
}"""
IS_SEEN = "(text) => [...seen].some((one) => one.includes(text))"

# What floats over the paper, as it lies: the names of those that lie over each other, or out of the window.
COVERED = """() => {
  const all = [...document.querySelectorAll(
    ".passing-word, .notice, .topbar .card, #toolbar, #tools, #chat, #layers, #chosen-acts, #upright, .followed")]
    .filter((one) => one.checkVisibility() && one.childNodes.length > 0);
  // A notice further down a list is seen once that is scrolled.
  const box = (one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect();
    const list = one.closest(".notices")?.getBoundingClientRect();
    if (!list) return { left, top, right, bottom };
    return { left, right, top: Math.max(top, list.top), bottom: Math.min(bottom, list.bottom) };
  };
  const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
  const within = ({ left, top, right, bottom }) =>
    left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  const called = (one) => one.id || one.className;
  const over = all.flatMap((one, i) => all.slice(i + 1)
    .filter((other) => !one.contains(other) && !apart(box(one), box(other)))
    .map((other) => `${called(one)} over ${called(other)}`));
  return [...over, ...all.filter((one) => !within(box(one))).map((one) => `${called(one)} out of the window`)];
}"""

# The controls that another thing takes the touches of, unless they are scrolled out of their panel.
UNTOUCHABLE = """() => {
  const middle = (one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  };
  const isInPanel = (one) => {
    const [x, y] = middle(one);
    for (let at = one.parentElement; at; at = at.parentElement) {
      const { left, top, right, bottom } = at.getBoundingClientRect();
      const isCut = getComputedStyle(at).overflowY !== "visible";
      if (isCut && (x < left || x > right || y < top || y > bottom)) return false;
    }
    return true;
  };
  return [...document.querySelectorAll("#studio :is(button, input, select, a)")]
    .filter((one) => one.checkVisibility() && !one.matches(":disabled") && !one.matches(".unseen") && isInPanel(one))
    .filter((one) => !(one.closest("label") ?? one).contains(document.elementFromPoint(...middle(one))))
    .map((one) => one.id || one.ariaLabel || one.textContent);
}"""

# Where everything stands that can be used.
STANDING = """() => Object.fromEntries(
  [...document.querySelectorAll("#studio :is(button, input, select, a)[id]")]
    .filter((one) => one.checkVisibility())
    .map((one) => [one.id, one.getBoundingClientRect()])
    .map(([id, { x, y, width, height }]) => [id, [x, y, width, height]]))"""

SMALL = {
    "narrow": {"viewport": {"width": 360, "height": 640}, "has_touch": True},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
    "lying": {"viewport": {"width": 740, "height": 360}, "has_touch": True},
    "phone-lying": {"viewport": {"width": 844, "height": 390}, "has_touch": True},
    "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True},
    "tablet-lying": {"viewport": {"width": 1180, "height": 820}, "has_touch": True},
    "laptop": {"viewport": {"width": 1280, "height": 800}},
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "low": {"viewport": {"width": 1180, "height": 620}},
}
EACH_WINDOW = pytest.mark.parametrize("window", SMALL.values(), ids=SMALL)


def reads(visitor):
    """Return what a screen reader is told."""
    return visitor.page.locator("#told")


def test_who_comes_is_seen_and_what_an_image_does_is_only_read_out(visit, server, bob):
    ann = visit(server, reduced_motion="reduce")
    address = ann.starts_a_drawing()
    ann.page.evaluate(LOOK_ON)
    bob.opens(address)
    coming = f"{bob.name} is here"
    expect(reads(ann)).to_contain_text(coming)
    ann.page.wait_for_function(IS_SEEN, arg=coming)
    expect(reads(bob)).to_contain_text(f"The others see you as {bob.name}")
    expect(reads(ann)).not_to_contain_text("The others see you")
    hands_over(ann, "paste", file_of(SQUARE))
    expect(reads(ann)).to_contain_text(PUT)
    ann.settles()
    assert not ann.page.evaluate(IS_SEEN, PUT)


def covered(visitor):
    """Return what covers anything else, or takes its touches."""
    visitor.settles()
    page = visitor.page
    return page.evaluate(COVERED) + page.evaluate(UNTOUCHABLE)


def standing(visitor):
    visitor.settles()
    return visitor.page.evaluate(STANDING)


def at_her_desk(visit, server, window):
    """Let Ann in through a window, with something to select and something to paste; Bob is there too."""
    ann = visit(server, reduced_motion="reduce", **window)
    bob = visit(server)
    bob.opens(ann.starts_a_drawing())
    expect(reads(ann)).to_contain_text(f"{bob.name} is here")
    draws_something(ann)
    return ann, bob


def with_either_hand(visitor):
    """Yield with the tools for the right hand, then with those for the left."""
    yield "right"
    visitor.page.locator("#desk-leftHanded").evaluate("box => box.click()")
    yield "left"


def draws_something(visitor):
    """Have something to select, and something to paste."""
    visitor.draws((400, 400), (1500, 700))
    visitor.sees_saved(seq=1)
    chooses_all(visitor)
    visitor.page.locator("#chosen-clip").click()
    expect(visitor.page.locator("#paste")).to_be_enabled()
    visitor.page.keyboard.press("Escape")


def chooses_all(visitor):
    visitor.page.keyboard.press("Control+a")
    expect(visitor.page.locator("#chosen-remove")).to_be_enabled()


def hears_two_refusals(visitor):
    for name in ("notes.png", "another one, with a name of many words.png"):
        hands_over(visitor, "paste", b"no image at all", name=name)
        expect(visitor.page.locator("#notices")).to_contain_text(name)


def opens_the_layers(visitor):
    visitor.page.keyboard.press("y")
    expect(visitor.page.locator("#layers")).to_be_visible()


def opens_the_chat(visitor):
    visitor.page.locator("#chat-button").click()
    expect(visitor.page.locator("#chat")).to_be_visible()


def follows(visitor, name):
    """Share somebody's view."""
    button = visitor.page.get_by_role("button", name=f"Follow {name}")
    visitor.page.locator("#people-button").click()
    button.click()
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator("#people")).to_be_hidden()
    expect(visitor.page.locator("#unfollow")).to_be_visible()


@EACH_WINDOW
def test_nothing_ever_covers_what_one_can_touch(visit, server, window):
    ann, bob = at_her_desk(visit, server, window)
    for _ in with_either_hand(ann):
        ann.page.keyboard.press("p")
        assert covered(ann) == []
        turns_what_is_selected(ann)
        assert covered(ann) == []
        follows(ann, bob.name)
        opens_the_layers(ann)
        assert covered(ann) == []
        hears_two_refusals(ann)
        assert covered(ann) == []
        opens_the_chat(ann)
        assert covered(ann) == []
        ann.page.locator("#chat-close").click()
        ann.page.keyboard.press("r")
        assert covered(ann) == []
        ann.page.keyboard.press("Escape")


def turns_what_is_selected(visitor):
    chooses_all(visitor)
    for key in ",,":
        visitor.page.keyboard.press(key)
    expect(visitor.page.locator("#upright")).to_be_visible()


@EACH_WINDOW
def test_nothing_jumps_when_something_is_said_or_selected(visit, server, window):
    ann, _ = at_her_desk(visit, server, window)
    for _ in with_either_hand(ann):
        opens_the_layers(ann)
        before = standing(ann)
        chooses_all(ann)
        chosen = standing(ann)
        assert among(before, chosen) == among(chosen, before)
        hears_two_refusals(ann)
        assert standing(ann) == chosen
        opens_the_chat(ann)
        talked = standing(ann)
        assert among(talked, chosen) == among(chosen, talked)
        assert {"undo", "chosen-remove"} <= among(talked, chosen).keys()
        ann.page.locator("#chat-close").click()
        ann.page.keyboard.press("Escape")


def test_where_the_sliders_were_one_reads_how_a_tool_is_used_and_nothing_moves(
    visit, server
):
    for width in (1130, 1440):
        ann = visit(server, viewport={"width": width, "height": 900})
        ann.starts_a_drawing()
        ann.page.keyboard.press("p")
        before, bar = standing(ann), ann.page.locator("#toolbar").bounding_box()
        way = ann.page.locator("#way")
        expect(way).to_be_hidden()
        for key in "vsikh":
            ann.page.keyboard.press(key)
            expect(way).to_be_visible()
            assert among(before, standing(ann)) == among(standing(ann), before)
            assert ann.page.locator("#toolbar").bounding_box() == bar


def among(standing, others):
    """Return where of those stand that stand with the others too."""
    return {name: place for name, place in standing.items() if name in others}


# The words that say whether all is kept, how many lines each of them takes, and whether it stays within its card.
LINES = """async () => {
  const links = [...document.querySelectorAll("link[rel=modulepreload]")];
  const words = await import(links.find(({ href }) => href.includes("draw/words.")).href);
  const { opening, saved, saving, notSaved, offline, closed, waiting, keptHere } = words;
  const all = { saving: [opening, saving, notSaved], saved: [saved], offline: [offline, closed] };
  for (const count of [1, 12, 1288]) all.offline.push(waiting(count), keptHere(count));
  const box = document.getElementById("saved");
  const shown = box.querySelector(".words");
  return Object.entries(all).flatMap(([state, texts]) => texts.map((text) => {
    box.dataset.saved = state;
    shown.textContent = text;
    const range = document.createRange();
    range.selectNodeContents(shown);
    const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
    const isWithin = range.getBoundingClientRect().right < box.parentElement.getBoundingClientRect().right;
    return [text, lines.size, isWithin];
  }));
}"""


@pytest.mark.parametrize("width", [360, 390, 480, 640])
def test_whether_all_is_kept_is_said_in_two_lines_at_most(visit, server, width):
    ann = visit(server, viewport={"width": width, "height": 640}, has_touch=True)
    ann.starts_a_drawing()
    said = ann.page.evaluate(LINES)
    assert len(said) == 12
    assert [one for one in said if one[1] > 2 or not one[2]] == []


def test_where_there_is_no_room_for_words_an_icon_says_it_and_they_are_heard(
    visit, server
):
    ann = visit(server, viewport={"width": 320, "height": 640}, has_touch=True)
    ann.starts_a_drawing()
    ann.goes_offline()
    expect(ann.page.get_by_role("status").filter(has_text="Offline")).to_be_visible()
    use = ann.saved.locator("use")
    expect(use).to_have_attribute("href", re.compile("#offline$"))
    icon = ann.saved.locator(".icon").bounding_box()
    card = ann.page.locator(".topbar .card").first.bounding_box()
    assert icon["width"] > 0
    assert icon["x"] + icon["width"] < card["x"] + card["width"]
