"""Picture every page, panel and state, at four sizes, light and dark, and as those see them who need more: to be
looked at, one by one.

`make screenshots` puts them into screenshots/, a folder for each way of looking.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from e2e import states
from e2e.chromium import launch
from e2e.people import Visitor
from e2e.screenshot import HILLS, HOUSE, KITE_TAIL, SKY, TREE, smooth
from e2e.server import Server
from e2e.waiting import PATIENCE

SIZES = {
    "phone": (390, 844),
    "tablet": (820, 1180),
    "lying": (1180, 820),
    "desktop": (1440, 900),
}
THEMES = ("light", "dark")
# Ways of looking that some people need: each is looked through once, at what differs most.
NEEDS = {
    "contrast": {"contrast": "more"},
    "contrast-dark": {"contrast": "more", "color_scheme": "dark"},
    "forced-colours": {"forced_colors": "active", "color_scheme": "dark"},
    "400-percent": {"viewport": {"width": 320, "height": 256}},
}
TITLE = "Hills at noon"
ADMIN, PASSWORD = "keeper", "a long enough phrase"

# Who sees which pages; {finished} is the address of a finished drawing, {open} of one that is not.
PAGES = {
    "ann": {
        "home": "/",
        "about": "/about/",
        "gallery": "/gallery/",
        "finished": "{finished}",
        "replay": "{finished}replay/?at=9",
        "replay-open": "{open}replay/?at=9",
        "embed": "{finished}embed/",
        "import": "/d/import/",
        "me": "/people/me/",
        "profile": "/people/ann/",
        "email": "/accounts/email/",
        "password-change": "/accounts/password/change/",
        "logout": "/accounts/logout/",
    },
    "stranger": {
        "stranger-home": "/",
        "stranger-me": "/people/me/",
        "stranger-finished": "{finished}",
        "login": "/accounts/login/",
        "signup": "/accounts/signup/",
        "password-reset": "/accounts/password/reset/",
        "password-reset-done": "/accounts/password/reset/done/",
        "password-reset-late": "/accounts/password/reset/key/1-abc/",
        "confirm-late": "/accounts/confirm-email/abc/",
        "missing": "/nowhere/",
    },
    ADMIN: {
        "moderation": "{open}moderation/",
        "admin": "/admin/",
        "admin-drawings": "/admin/canvas/drawing/",
        "admin-authors": "/admin/canvas/author/",
        "admin-pictures": "/admin/canvas/picture/",
        "admin-users": "/admin/accounts/user/",
    },
}

BUTTONS = "buttons => buttons.map((button) => button.id.replace('-button', ''))"
# What is loaded only once one scrolls to it is on a picture of the whole page, too.
SHOWN = """() => document.fonts.ready.then(() =>
  Promise.all([...document.images].map((one) => {
    one.loading = "eager";
    return one.decode().catch(() => {});
  }))).then(() => true)"""


@dataclass(frozen=True, slots=True)
class Places:
    """What there is to be seen, and the cookies of those who look."""

    addresses: dict[str, str]
    cookies: dict[str, dict | None]


@dataclass(frozen=True, slots=True)
class Look:
    """A window of one size in one theme, and the folder its pictures go to."""

    size: str
    theme: str
    folder: Path
    needs: dict = field(default_factory=dict)

    @property
    def window(self) -> dict:
        width, height = SIZES[self.size]
        return {
            "viewport": {"width": width, "height": height},
            "color_scheme": self.theme,
            "has_touch": self.size != "desktop",
            "reduced_motion": "reduce",  # what moves would look different each time
            **self.needs,
        }


def main(folder: Path) -> None:
    """Serve, draw a little, and picture everything into `folder`."""
    expect.set_options(timeout=PATIENCE * 1000)
    with served() as server, sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            picture_all(browser, server, folder)
        finally:
            browser.close()


@contextmanager
def served() -> Iterator[Server]:
    """Serve on data of its own, with somebody to look after it."""
    with tempfile.TemporaryDirectory() as name:
        server = Server(Path(name), DJANGO_SUPERUSER_PASSWORD=PASSWORD).start()
        try:
            options = ["--noinput", f"--username={ADMIN}", "--email=keeper@localhost"]
            server.run("createsuperuser", *options).wait()
            yield server
        finally:
            server.stop()


def picture_all(browser: Browser, server: Server, folder: Path) -> None:
    """Picture pages and panels in every size and theme."""
    for look in looks(folder):
        picture_beginnings(arrive(browser, server, look, None), look)
    ann, bob = (Visitor(browser, server.url) for _ in range(2))
    places = furnish(ann, bob)
    places.cookies[ADMIN] = signed_in(browser, server)
    for look in looks(folder):
        for who, pages in PAGES.items():
            visitor = arrive(browser, server, look, places.cookies[who])
            picture_pages(visitor, look, pages, places)
        picture_panels(
            arrive(browser, server, look, places.cookies["ann"]), look, places
        )
        if look.size in {"phone", "desktop"}:
            picture_states(browser, server, look)
        print(look.folder)
    for name, need in NEEDS.items():
        look = Look("desktop", "light", folder / name, need)
        ann = arrive(browser, server, look, places.cookies["ann"])
        picture_pages(ann, look, PAGES["ann"], places)
        ann = arrive(browser, server, look, places.cookies["ann"])
        picture_panels(ann, look, places)
        print(look.folder)


def looks(folder: Path) -> Iterator[Look]:
    """Yield every size in every theme."""
    for size, theme in product(SIZES, THEMES):
        yield Look(size, theme, folder / f"{size}-{theme}")


def picture_beginnings(visitor: Visitor, look: Look) -> None:
    """Picture what the very first visitor sees."""
    for name, address in {"first-home": "/", "first-gallery": "/gallery/"}.items():
        visitor.goes_to(address)
        picture(visitor, look, name)
    visitor.leaves()


def furnish(ann: Visitor, bob: Visitor) -> Places:
    """Have a drawing finished, and another one that Bob is still drawing on."""
    ann.signs_up("ann")
    finished = ann.starts_a_drawing()
    bob.opens(finished)
    for who, part in ((bob, SKY), (ann, HILLS)):
        paint(who, part)
    for one in (ann, bob):
        one.sees_saved(seq=len(SKY + HILLS))
    ann.finishes(TITLE)
    drawn_on = ann.starts_a_drawing()
    bob.opens(drawn_on)
    for who, part in ((ann, HOUSE), (bob, TREE)):
        paint(who, part)
    bob.puts_pen_down(smooth(KITE_TAIL))
    addresses = {"finished": path(ann, finished), "open": path(ann, drawn_on)}
    return Places(addresses, {"ann": ann.context.storage_state(), "stranger": None})


def paint(who: Visitor, part: list) -> None:
    """Draw with every other point: the pen is moved in steps between them anyhow."""
    for colour, size, points in part:
        who.paints(colour, size, smooth(points)[::2])


def path(visitor: Visitor, address: str) -> str:
    return address.removeprefix(visitor.url)


def signed_in(browser: Browser, server: Server) -> dict:
    """Return the cookies of whoever looks after the site."""
    keeper = Visitor(browser, server.url)
    keeper.goes_to("/accounts/login/")
    keeper.page.get_by_label("Username").fill(ADMIN)
    keeper.page.get_by_label("Password").first.fill(PASSWORD)
    keeper.page.get_by_role("main").get_by_role("button", name="Sign in").click()
    keeper.page.wait_for_url(lambda address: "login" not in address)
    cookies = keeper.context.storage_state()
    keeper.leaves()
    return cookies


def arrive(
    browser: Browser, server: Server, look: Look, cookies: dict | None
) -> Visitor:
    """Let somebody in through a window of this look."""
    return Visitor(browser, server.url, storage_state=cookies, **look.window)


def picture_pages(
    visitor: Visitor, look: Look, pages: dict[str, str], places: Places
) -> None:
    """Picture pages from top to bottom."""
    for name, address in pages.items():
        visitor.goes_to(address.format(**places.addresses))
        expect(visitor.page.locator("#controls[inert]")).to_have_count(0)
        picture(visitor, look, name)
    visitor.leaves()


def picture(visitor: Visitor, look: Look, name: str) -> None:
    """Picture a page from top to bottom once all of it is there."""
    visitor.page.evaluate(SHOWN)
    visitor.page.screenshot(path=look.folder / f"{name}.png", full_page=True)


def picture_states(browser: Browser, server: Server, look: Look) -> None:
    """Picture what pages show only at times."""
    for reach in states.PAGES:
        visitor = arrive(browser, server, look, None)
        reach(visitor)
        picture(visitor, look, f"state-{reach.__name__}")
        visitor.leaves()
    for walk in (states.OWN, states.INVITED):
        both = [arrive(browser, server, look, None) for _ in range(2)]
        for name in states.walk(walk, *both):
            picture(both[0], look, f"state-{name}")
        for one in both:
            one.leaves()


def picture_panels(visitor: Visitor, look: Look, places: Places) -> None:
    """Picture the draw page, and what each of its buttons opens."""
    visitor.opens(visitor.url + places.addresses["open"])
    expect(visitor.page.locator(".cursor")).to_be_visible()
    visitor.page.screenshot(path=look.folder / "draw.png")
    buttons = visitor.page.locator("button[id$='-button']").evaluate_all(BUTTONS)
    for name in buttons:
        picture_panel(visitor, look, name)
    picture_tools(visitor, look)
    visitor.leaves()


def picture_tools(visitor: Visitor, look: Look) -> None:
    """Picture any colour, what is selected, a text being written, and a turned paper in a mirror."""
    page = visitor.page
    page.locator("#picker").evaluate("panel => panel.showPopover()")
    page.screenshot(path=look.folder / "draw-picker.png")
    page.evaluate(states.CLOSE_ALL)
    page.keyboard.press("v")
    visitor.draws((20, 20), (1900, 1060))
    expect(page.locator("#chosen-acts")).to_be_visible()
    page.screenshot(path=look.folder / "draw-selected.png")
    page.keyboard.press("t")
    visitor.draws((1100, 850))
    page.keyboard.type("By the sea")
    visitor.settles()
    page.screenshot(path=look.folder / "draw-writing.png")
    page.locator("#writing-field").fill("")
    for key in ("Escape", "p", "d", ".", "."):
        page.keyboard.press(key)
    page.screenshot(path=look.folder / "draw-turned.png")


def picture_panel(visitor: Visitor, look: Look, name: str) -> None:
    """Picture what a button opens, wherever at this size the button is."""
    button, more = (visitor.page.locator(f"#{one}-button") for one in (name, "more"))
    if more.is_visible() and not button.is_visible():
        more.click()
    if button.is_visible():
        button.click()
        visitor.page.screenshot(path=look.folder / f"draw-{name}.png")
    visitor.page.evaluate(states.CLOSE_ALL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
