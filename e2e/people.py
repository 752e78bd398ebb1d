"""People at their browsers, with verbs for what they do."""

import base64
import io
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from e2e.waiting import PATIENCE

Place = tuple[float, float]
Points = Iterable[Place]
Box = tuple[int, int, int, int]  # left, top, right, bottom
WINDOW = {"width": 1280, "height": 800}
INK, WHITE = (27, 32, 56), (255, 255, 255)  # what one begins to draw with, and on

# What a browser says of a connection that broke; the second, of one that was cut while it shook hands.
BROKEN_LINES = ("net::ERR", "Connection closed before receiving a handshake response")

# Until nothing moves any more but what moves for ever: what is seen on the way is nobody's contrast.
SETTLED = """async () => {
  const passing = () => document.getAnimations().filter(
    ({ effect, playState }) =>
      playState === "running" && effect.getComputedTiming().endTime !== Infinity);
  const frame = () => new Promise((then) => requestAnimationFrame(then));
  for (const _ of [1, 2]) await frame();
  for (let all = passing(); all.length > 0; all = passing()) {
    await Promise.allSettled(all.map(({ finished }) => finished));
    await frame();
  }
}"""

# What is shown for a moment only is remembered from now on.
REMEMBER = """([selector, attribute]) => {
  const shown = document.querySelector(selector);
  const now = () => attribute === null ? shown.textContent : shown.getAttribute(attribute);
  const all = [now()];
  window.remembered = { ...window.remembered, [selector]: all };
  new MutationObserver(() => all.push(now())).observe(
    shown, { attributes: true, childList: true, subtree: true, characterData: true });
}"""


class Visitor:
    """Somebody with a browser of their own: cookies, storage and window."""

    def __init__(self, browser: Browser, url: str, **context):
        self.url = url
        self.context = browser.new_context(**{"viewport": WINDOW, **context})
        self.troubles: list[str] = []
        self.page = self._new_tab()

    def _new_tab(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._listen)
        return page

    def _listen(self, message) -> None:
        """Remember what the browser complains of, broken connections apart."""
        is_line = any(words in message.text for words in BROKEN_LINES)
        if message.type == "error" and not is_line:
            self.troubles.append(message.text)

    # Going places

    def goes_to(self, path: str) -> None:
        self.page.goto(self.url + path)

    def goes_to_awake(self, path: str) -> None:
        """Go to a page and wait until its scripts have woken all that waits for them."""
        self.goes_to(path)
        expect(self.page.locator("[data-idle], [inert]")).to_have_count(0)

    def opens(self, address: str) -> None:
        """Open a drawing and wait until it is there."""
        self.page.goto(address)
        self.is_in_the_drawing()

    def is_in_the_drawing(self) -> None:
        expect(self.saved).to_have_attribute("data-saved", "saved")

    def starts_a_drawing(self) -> str:
        """Start a drawing and return its address."""
        # Without the page the button is on: nearly every test begins here, and for a tenth of its work would open that.
        form = {"csrfmiddlewaretoken": self._token()}
        address = f"{self.url}/new/"
        answer = self.context.request.post(address, form=form, max_redirects=0)
        self.opens(self.url + answer.headers["location"])
        return self.page.url

    def _token(self) -> str:
        """Return what the site knows its own forms by; a new visitor is given one."""
        for cookie in self.context.cookies(self.url):
            if cookie["name"] == "csrftoken":
                return cookie["value"]
        new = {"name": "csrftoken", "value": secrets.token_hex(16), "url": self.url}
        self.context.add_cookies([new])
        return new["value"]

    def signs_up(self, username: str) -> None:
        self.goes_to("/accounts/signup/")
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password").first.fill("a long enough phrase")
        self.page.get_by_role("main").get_by_role("button", name="Sign up").click()
        self.page.wait_for_url(lambda address: "signup" not in address)

    def goes_offline(self) -> None:
        """Cut the line, and wait until the page knows: until then it sends what is drawn."""
        self.context.set_offline(True)
        expect(self.saved).to_have_attribute("data-saved", "offline")

    def comes_back(self) -> None:
        self.context.set_offline(False)

    def closes_the_tab(self) -> None:
        """Close this tab; the browser stays, and opens a new one for what comes next."""
        old, self.page = self.page, self._new_tab()
        old.close()

    def reloads(self) -> None:
        self.page.reload()
        self.is_in_the_drawing()

    # Drawing

    @property
    def canvas(self):
        return self.page.locator("canvas#paper")

    @property
    def saved(self):
        return self.page.locator("[data-saved]")

    def picks(self, tool: str) -> None:
        self.page.get_by_role("radio", name=tool, exact=True).check(force=True)

    def takes(self, tool: str, key: str) -> None:
        """Take a tool by its key."""
        self.page.keyboard.press(key)
        chosen = self.page.locator(f"input[name=tool][aria-label='{tool}']")
        expect(chosen).to_be_checked()

    def picks_ink(self, colour: str, size: int) -> None:
        """Choose a colour, and a size on the slider from 0 to 100."""
        for control, value in (("colour", colour), ("size", str(size))):
            self.page.locator(f"input#{control}").evaluate(
                """(input, value) => {
                  input.value = value;
                  input.dispatchEvent(new Event("input", { bubbles: true }));
                  input.dispatchEvent(new Event("change", { bubbles: true }));
                }""",
                value,
            )

    def paints(self, colour: str, size: int, points: Points) -> None:
        """Draw a whole stroke in a colour and a size."""
        self.picks_ink(colour, size)
        self.draws(*points)

    def puts_pen_down(self, points: Points) -> None:
        """Draw through points of the drawing, in its own pixels, without lifting the pen."""
        places = [self._on_screen(point) for point in points]
        self.page.mouse.move(*places[0])
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*place, steps=4)

    def lifts_pen(self) -> None:
        self.page.mouse.up()

    def draws(self, *points: Place) -> None:
        """Draw a whole stroke."""
        self.puts_pen_down(points)
        self.lifts_pen()

    def holds(self, start: Place, end: Place) -> None:
        """Drag from one place on the screen to another, and hold there."""
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=5)

    def drags(self, start: Place, end: Place) -> None:
        """Drag from one place on the screen to another."""
        self.holds(start, end)
        self.page.mouse.up()

    def writes(self, text: str, *place: float) -> None:
        """Write a text with the text tool, from a place on."""
        self.takes("Text", "t")
        self.draws(place)
        expect(self.page.get_by_role("textbox", name="Text")).to_be_focused()
        self.page.keyboard.type(text)

    def moves_to(self, x: float, y: float) -> None:
        self.page.mouse.move(*self._on_screen((x, y)), steps=4)

    def clears(self) -> None:
        self.page.get_by_role("button", name="Clear").click()

    def undoes(self) -> None:
        self.page.get_by_role("button", name="Undo").click()

    def redoes(self) -> None:
        self.page.get_by_role("button", name="Redo").click()

    def finishes(self, title: str) -> None:
        """Finish the drawing under a title and wait for its picture."""
        self.page.get_by_role("button", name="Finish").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Title").fill(title)
        dialog.get_by_role("button", name="Finish").click()
        expect(self.page.get_by_role("img", name=title)).to_be_visible()

    def downloads(self) -> bytes:
        """Return the picture the download link gives."""
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Download").click()
        return download.value.path().read_bytes()

    def _on_screen(self, point: Place) -> Place:
        box = self.canvas.bounding_box()
        size = self.canvas.evaluate("canvas => [canvas.width, canvas.height]")
        return (
            box["x"] + point[0] * box["width"] / size[0],
            box["y"] + point[1] * box["height"] / size[1],
        )

    def brings(self, file: Path) -> None:
        """Make a drawing from a file."""
        self.goes_to("/d/import/")
        self.page.get_by_label("A drawing's file").set_input_files(file)
        self.page.get_by_role("button", name="Import").click()

    # Watching how it was drawn

    def watches(self, address: str, at: int | None = None) -> None:
        """Open the replay of a drawing, at a moment if one is given, and wait until it is there."""
        moment = "" if at is None else f"?at={at}"
        self.page.goto(f"{address}replay/{moment}")
        expect(self.canvas).to_have_attribute("data-at", re.compile(r"\d"))

    def goes_to_moment(self, seq: int) -> None:
        """Drag the replay to an op, and wait until its picture is there."""
        self.page.get_by_role("slider", name="Moment").fill(str(seq))
        self.sees_moment(seq)

    def sees_moment(self, seq: int) -> None:
        """Wait until the replay shows the picture after an op."""
        expect(self.canvas).to_have_attribute("data-at", str(seq))

    def points_at(self, x: float, y: float) -> None:
        self.page.mouse.click(*self._on_screen((x, y)))

    # Seeing

    @property
    def name(self) -> str:
        """The name the others see."""
        return self.page.locator("[data-author-name]").get_attribute("data-author-name")

    def sees_saved(self, seq: int | None = None) -> None:
        """Wait until the page says that everything is kept, up to a seq if one is given."""
        expect(self.saved).to_have_attribute("data-saved", "saved")
        if seq is not None:
            expect(self.canvas).to_have_attribute("data-head", str(seq))

    def has_head_beyond(self, seq: int) -> None:
        """Wait until this browser has more of the log than that."""
        self.page.wait_for_function(
            "seq => Number(document.querySelector('#paper').dataset.head) > seq",
            arg=seq,
        )

    @property
    def head(self) -> int:
        """The seq of the last op this browser has, once everything is saved."""
        self.sees_saved()
        return int(self.canvas.get_attribute("data-head"))

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """Return the colour the drawing has at a place, on white paper."""
        found = self.canvas.evaluate(
            """(canvas, [x, y]) =>
              [...canvas.getContext("2d").getImageData(x, y, 1, 1).data]""",
            [x, y],
        )
        return on_paper(Image.new("RGBA", (1, 1), tuple(found))).getpixel((0, 0))

    def picture(self) -> Image.Image:
        """Return the drawing as this browser's canvas holds it, on white paper."""
        address = self.canvas.evaluate("canvas => canvas.toDataURL('image/png')")
        return picture_at(address)

    def photograph(self) -> Image.Image:
        """Return the window as it looks."""
        return Image.open(io.BytesIO(self.page.screenshot()))

    def sees_ink_at(self, x: int, y: int, *, ink: bool = True) -> None:
        """Wait until there is something drawn at a place, or nothing."""
        self.page.wait_for_function(
            """([x, y, ink]) => {
              const canvas = document.querySelector("canvas#paper");
              const alpha = canvas.getContext("2d").getImageData(x, y, 1, 1).data[3];
              return alpha > 127 === ink;
            }""",
            arg=[x, y, ink],
        )

    def sees_grain(self, box: Box) -> None:
        """Wait until a box of the paper is drawn on, here more and there less."""
        self.page.wait_for_function(
            """([left, top, right, bottom]) => {
              const context = document.querySelector("canvas#paper").getContext("2d");
              const { data } = context.getImageData(left, top, right - left, bottom - top);
              return new Set(data.filter((_, i) => i % 4 === 3)).size > 50;
            }""",
            arg=list(box),
        )

    def sees_colour_at(self, x: int, y: int, colour: tuple[int, int, int]) -> None:
        """Wait until a place is covered by a colour."""
        self.page.wait_for_function(
            """([x, y, colour]) => {
              const canvas = document.querySelector("canvas#paper");
              const found = canvas.getContext("2d").getImageData(x, y, 1, 1).data;
              return [...colour, 255].every((one, i) => one === found[i]);
            }""",
            arg=[x, y, colour],
        )

    def sees_cursor_at(self, x: float, y: float, *, of: "Visitor") -> None:
        """Wait until somebody's cursor stands at a place of the drawing."""
        self.page.wait_for_function(
            """([name, x, y]) => {
              const cursors = [...document.querySelectorAll(".cursor")];
              const box = cursors.find((one) => one.textContent.includes(name))?.getBoundingClientRect();
              return box && Math.hypot(box.x - x, box.y - y) < 2;
            }""",
            arg=[of.name, *self._on_screen((x, y))],
        )

    def settles(self) -> None:
        """Wait until nothing on the page moves that will come to rest."""
        self.page.evaluate(SETTLED)

    def watches_out_for(self, selector: str, attribute: str | None = None) -> None:
        """Remember what an element says from now on, or an attribute of it, even if for a moment only."""
        self.page.evaluate(REMEMBER, [selector, attribute])

    def has_seen(self, selector: str, words: str | None) -> None:
        """Wait until an element that is watched says something, or has done so; None: the attribute is gone."""
        self.page.wait_for_function(
            """([selector, words]) => remembered[selector].some((one) =>
              words === null || one === null ? one === words : one.includes(words))""",
            arg=[selector, words],
        )

    def leaves(self) -> None:
        self.context.close()


def picture_at(address: str) -> Image.Image:
    """Return the picture that an address holds, on white paper."""
    data = base64.b64decode(address.partition(",")[2])
    return on_paper(Image.open(io.BytesIO(data)))


def on_paper(image: Image.Image) -> Image.Image:
    """Return an image as it looks on white paper."""
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
