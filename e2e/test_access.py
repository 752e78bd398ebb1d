"""Whoever cannot see, or not well, or has no mouse: axe-core finds nothing to mend on any page."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from e2e import states
from e2e.people import SETTLED, Visitor

ROOT = Path(__file__).resolve().parent.parent
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
FIND = """(options) => axe.run(document, {resultTypes: ["violations"], ...options}).then(({violations}) =>
  violations.flatMap(({id, nodes}) => nodes.map(({target, failureSummary}) =>
    `${id}: ${target.join(" ")} ${failureSummary}`)))"""

PAGES = {
    "home": "/",
    "about": "/about/",
    "gallery": "/gallery/",
    "finished": "{finished}",
    "replay": "{finished}replay/?at=1",
    "embed": "{finished}embed/",
    "import": "/d/import/",
    "me": "/people/me/",
    "profile": "/people/{name}/",
    "email": "/accounts/email/",
    "password": "/accounts/password/change/",
    "sign out": "/accounts/logout/",
}
STRANGERS = {
    "home": "/",
    "me": "/people/me/",
    "sign in": "/accounts/login/",
    "sign up": "/accounts/signup/",
    "password": "/accounts/password/reset/",
    "done": "/accounts/password/reset/done/",
    "confirmed too late": "/accounts/confirm-email/abc/",
    "closed": "/accounts/inactive/",
}
THEMES = [{"color_scheme": theme} for theme in ("light", "dark")]
LOOKS = [
    {**theme, "contrast": contrast}
    for theme in THEMES
    for contrast in ("no-preference", "more")
]
COLOURS = [
    "color-contrast",
    "link-in-text-block",
]  # the rules a look makes a difference to
ADMIN = {
    "index": "/admin/",
    "drawings": "/admin/canvas/drawing/",
    "a drawing": "{canvas/drawing}",
    "authors": "/admin/canvas/author/",
    "an author": "{canvas/author}",
    "pictures": "/admin/canvas/picture/",
    "workers": "/admin/canvas/worker/",
    "users": "/admin/accounts/user/",
    "moderation": "{finished}moderation/",
    "moderated replay": "{finished}replay/?at=1",
}
PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True}

# What has to be told from what it lies on, though it is no text (WCAG 1.4.11).
SIGNS = ("edge", "accent", "seal", "focus", "good", "warn", "bad")
SURFACES = ("desk", "paper", "sheet", "sunk")
COLOUR = """(name) => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = `var(--${name})`;
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\\d.]+/g).map(Number);
  probe.remove();
  return [red, green, blue];
}"""

# The cells of a list that one would have to scroll to.
CUT_COLUMNS = """() => {
  const list = document.querySelector("#changelist .results");
  const right = Math.min(list.getBoundingClientRect().right, innerWidth) + 1;
  return [...list.querySelectorAll("th, td")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > right)
    .map((one) => one.className);
}"""


def found(page: Page, **options: dict | list) -> list[str]:
    """Return what axe-core finds wrong with a page once it has come to rest, with its options if any."""
    page.evaluate(SETTLED)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(FIND, options)


def found_by(looks: list[dict[str, str]], page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page by the first of some looks, and with its colours by the others."""
    first, *others = looks
    page.emulate_media(reduced_motion="reduce", **first)
    wrong = [f"{first}: {one}" for one in found(page)]
    for look in others:
        page.emulate_media(**look)
        wrong += [f"{look}: {one}" for one in found(page, runOnly=COLOURS)]
    return wrong


def finds_on_pages(visitor: Visitor, pages: dict[str, str], **names: str) -> dict:
    """Return what is wrong, by page; colours by day, by night and in high contrast."""
    wrong = {}
    for name, address in pages.items():
        visitor.goes_to_awake(address.format(**names))
        wrong[name] = found_by(LOOKS, visitor.page)
    return {name: violations for name, violations in wrong.items() if violations}


def test_no_page_keeps_somebody_out(visit, server):
    ann = visit(server)
    ann.signs_up("axe")
    finished = ann.starts_a_drawing()
    ann.draws((200, 300), (800, 300))
    ann.sees_saved(seq=1)
    ann.finishes("Axes")
    names = {"finished": finished.removeprefix(ann.url), "name": "axe"}
    assert finds_on_pages(ann, PAGES, **names) == {}


def test_a_long_name_leaves_its_slip_within_the_window(visit, server):
    ann = visit(server, **PHONE)
    ann.goes_to("/people/me/")
    ann.page.get_by_label("Name").fill("W" * 40)
    ann.page.get_by_role("button", name="Save").click()
    expect(ann.page.get_by_text(f"You are shown as {'W' * 40}")).to_be_visible()
    expect(ann.page.locator("#sample")).to_contain_text("W" * 40)
    for part in ("#sample", "input[name=name]", "#palette"):
        box = ann.page.locator(part).bounding_box()
        assert box["x"] + box["width"] <= 360


def test_no_page_keeps_whoever_looks_after_the_site_out(visit, server):
    sue = visit(server)
    sue.signs_up("keeper")
    server.trust("keeper")
    finished = sue.starts_a_drawing()
    sue.draws((200, 300), (800, 300))
    sue.sees_saved(seq=1)
    sue.finishes("Kept")
    names = {"finished": finished.removeprefix(sue.url)}
    for name in ("canvas/drawing", "canvas/author"):
        sue.goes_to(f"/admin/{name}/")
        first = sue.page.locator("#result_list tbody a[href*=change]").first
        names[name] = first.get_attribute("href")
    assert finds_on_pages(sue, ADMIN, **names) == {}
    # To measure, axe-core itself sets a style on these pages, which their policy forbids.
    sue.troubles[:] = [one for one in sue.troubles if "inline style" not in one]


def test_the_list_of_drawings_fits_every_window(visit, server):
    sue = visit(server)
    sue.signs_up("overseer")
    server.trust("overseer")
    sue.starts_a_drawing()
    sue.draws((200, 300), (800, 300))
    sue.sees_saved(seq=1)
    sue.finishes("A rather long title, with unbreakablyverylongwords in it")
    for width in (1920, 1440, 1280, 1100, 820, 390):
        sue.page.set_viewport_size({"width": width, "height": 900})
        sue.goes_to("/admin/canvas/drawing/")
        expect(sue.page.locator("#result_list .field-small img").first).to_be_visible()
        assert sue.page.evaluate(CUT_COLUMNS) == [], width


def test_no_page_keeps_a_stranger_out(visit, server):
    assert finds_on_pages(visit(server), STRANGERS) == {}


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(look.values()))
def test_edges_and_signs_are_told_from_what_they_lie_on(ann, look):
    ann.goes_to("/")
    ann.page.emulate_media(**look)
    colours = {one: ann.page.evaluate(COLOUR, one) for one in SIGNS + SURFACES}
    assert colours["paper"] != colours["accent"]
    contrasts = {
        (sign, surface): contrast(colours[sign], colours[surface])
        for sign in SIGNS
        for surface in SURFACES
    }
    assert {pair: by for pair, by in contrasts.items() if by < 3} == {}


def contrast(one: list[float], other: list[float]) -> float:
    """Return by how much the lighter of two colours outshines the darker, as WCAG reckons."""
    dark, light = sorted(luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: list[float]) -> float:
    red, green, blue = (linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desktop", "phone"])
def test_what_is_chosen_is_seen_in_forced_colours(visit, server, screen):
    ann = visit(server, forced_colors="active", **screen)
    ann.starts_a_drawing()
    chosen, other = (ann.page.locator(f"#tool-{name}") for name in ("pen", "pencil"))
    style = "one => getComputedStyle(one).outlineStyle"
    assert chosen.evaluate(style) == "solid"
    assert other.evaluate(style) == "none"


def test_paper_stays_white_in_forced_colours(visit, server):
    ann = visit(server, forced_colors="active", color_scheme="dark")
    ann.starts_a_drawing()
    place = tuple(round(part) for part in ann._on_screen((100, 100)))
    assert ann.photograph().convert("RGB").getpixel(place) == (255, 255, 255)


@pytest.mark.parametrize("address", ["/", "/gallery/", "/about/"])
def test_nothing_moves_for_those_who_want_no_motion(visit, server, address):
    ann = visit(server, reduced_motion="reduce")
    ann.goes_to(address)
    longest = "Math.max(0, ...document.getAnimations().map((one) => one.effect.getComputedTiming().activeDuration))"
    assert ann.page.evaluate(longest) <= 1


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desktop", "phone"])
def test_the_draw_page_and_its_panels_keep_nobody_out(visit, server, screen):
    ann = visit(server, **screen)
    ann.starts_a_drawing()
    wrong = {"page": found_by(THEMES, ann.page)}
    for panel in ("people", "others", "brush", "more", "desk"):
        shown = ann.page.locator(f"#{panel}")
        if shown.evaluate("panel => getComputedStyle(panel).position") == "static":
            continue
        shown.evaluate("panel => panel.showPopover()")
        wrong[panel] = found_by(THEMES, ann.page)
        shown.evaluate("panel => panel.hidePopover()")
    ann.page.locator("#help-dialog").evaluate("dialog => dialog.showModal()")
    wrong["help"] = found_by(THEMES, ann.page)
    assert {part: found for part, found in wrong.items() if found} == {}


# Colours are the same on a phone: one theme shows what else is wrong.
@pytest.mark.parametrize(
    ("screen", "themes"),
    [({}, THEMES), (PHONE, THEMES[:1])],
    ids=["desktop", "phone"],
)
@pytest.mark.parametrize("walk", [states.OWN, states.INVITED], ids=["own", "invited"])
def test_nothing_that_comes_up_while_drawing_keeps_somebody_out(
    visit, server, bob, walk, screen, themes
):
    ann = visit(server, **screen)
    wrong = {state: found_by(themes, ann.page) for state in states.walk(walk, ann, bob)}
    assert {state: found for state, found in wrong.items() if found} == {}


@pytest.mark.parametrize("reach", states.PAGES, ids=lambda reach: reach.__name__)
def test_no_page_that_says_what_went_wrong_keeps_somebody_out(ann, reach):
    reach(ann)
    assert found_by(THEMES, ann.page) == []
    ann.troubles[:] = [one for one in ann.troubles if "status of 4" not in one]
