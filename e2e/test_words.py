"""What the draw page says in passing: read out whole, and seen where it covers nothing."""

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

# What the page says and what must stay in sight, as they lie: the names of those that lie over each other.
COVERED = """() => {
  const said = [...document.querySelectorAll(".passing-word, .notice")];
  const bars = [...document.querySelectorAll(".topbar .card, #toolbar, #tools, #chat, #layers")]
    .filter((one) => one.checkVisibility());
  const box = (one) => one.getBoundingClientRect();
  const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
  const called = (one) => one.id || one.className;
  return said.flatMap((one, i) => [...said.slice(i + 1), ...bars]
    .filter((other) => !apart(box(one), box(other)))
    .map((other) => `${called(one)} over ${called(other)}`));
}"""

WINDOWS = {
    "narrow": {"viewport": {"width": 360, "height": 640}, "has_touch": True},
    "lying": {"viewport": {"width": 740, "height": 360}, "has_touch": True},
    "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True},
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "low": {"viewport": {"width": 1180, "height": 620}},
}


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
    hands_over(ann, "paste", file_of(SQUARE))
    expect(reads(ann)).to_contain_text(PUT)
    ann.settles()
    assert not ann.page.evaluate(IS_SEEN, PUT)


def covered(visitor):
    visitor.settles()
    return visitor.page.evaluate(COVERED)


@pytest.mark.parametrize("left", [False, True], ids=["right-handed", "left-handed"])
@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_what_is_said_covers_neither_notices_nor_bars_nor_panels(
    visit, server, window, left
):
    ann, bob = visit(server, reduced_motion="reduce", **window), visit(server)
    bob.opens(ann.starts_a_drawing())
    expect(reads(ann)).to_contain_text(f"{bob.name} is here")
    ann.page.locator("#desk-leftHanded").evaluate(
        "(box, left) => left && box.click()", left
    )
    for name in ("notes.png", "another one, with a name of many words.png"):
        hands_over(ann, "paste", b"no image at all", name=name)
        expect(ann.page.locator("#notices")).to_contain_text(name)
    assert covered(ann) == []
    ann.page.locator("#chat-button").click()
    assert covered(ann) == []
    ann.page.locator("#chat-close").click()
    ann.page.locator("#layers").evaluate("panel => panel.showPopover()")
    assert covered(ann) == []
