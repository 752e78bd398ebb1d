"""A page to draw on in a real Chromium, and a pen that moves as fast as a good one reports."""

import asyncio
import math
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, CDPSession, Page, Route

from bench.pen.trace import CATEGORIES, Trace, read

WINDOW = {"width": 1280, "height": 800}
PEN_HZ = 120
MOVES = 96  # from pen down to pen up
STROKE = MOVES / PEN_HZ  # seconds
KINDS = {0: "mousePressed", MOVES - 1: "mouseReleased"}
PATIENCE = 120_000  # ms

HERE = Path(__file__).parent
NAIVE = "naive/"

# A canvas says the head it shows while it is painted; by the next frame it has been presented.
FIRST_PICTURE = """(() => {
  const look = () => {
    if (document.querySelector("#paper")?.dataset.head === "HEAD") {
      window.firstPicture = performance.now();
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();"""
TWO_FRAMES = (
    "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
)


@dataclass(slots=True)
class Join:
    """What it took until a drawing's first full picture: ms, and bytes from the server."""

    ms: float = 0.0
    bytes: int = 0


@asynccontextmanager
async def opened(browser: Browser, address: str, head: int) -> AsyncIterator["Paper"]:
    """Open a drawing in a browser that has never been there, as far as its first full picture."""
    context = await browser.new_context(viewport=WINDOW)
    try:
        page = await context.new_page()
        paper = Paper(browser, page, await context.new_cdp_session(page))
        await paper.open(address, head)
        yield paper
    finally:
        await context.close()


class Paper:
    """A page with a canvas, a pen over it, and what is known of both."""

    def __init__(self, browser: Browser, page: Page, devtools: CDPSession):
        self.join = Join()
        self._browser = browser
        self.page = page
        self._devtools = devtools

    async def open(self, address: str, head: int) -> None:
        """Go to a drawing and wait until it is there."""
        await self._count_bytes()
        if NAIVE in address:  # every other request would wait for the answer, too
            await self._serve_naive()
        await self.page.add_init_script(FIRST_PICTURE.replace("HEAD", str(head)))
        await self.page.goto(address, timeout=PATIENCE)
        shown = "() => window.firstPicture"
        ms = await self.page.wait_for_function(shown, timeout=PATIENCE)
        self.join.ms = await ms.json_value()

    async def _count_bytes(self) -> None:
        """Count what comes over HTTP, compressed as it is, and down the socket, which never is."""

        def fetched(told: dict) -> None:
            self.join.bytes += int(told["encodedDataLength"])

        def heard(told: dict) -> None:
            self.join.bytes += len(told["response"]["payloadData"])

        self._devtools.on("Network.loadingFinished", fetched)
        self._devtools.on("Network.webSocketFrameReceived", heard)
        await self._devtools.send("Network.enable")

    async def _serve_naive(self) -> None:
        """Answer for the naive page, which the server does not have."""

        async def serve(route: Route) -> None:
            name = route.request.url.rpartition(NAIVE)[2]
            await route.fulfill(path=HERE / NAIVE / (name or "index.html"))

        await self.page.route(f"**/{NAIVE}*", serve)

    async def sees(self, people: int) -> None:
        """Wait until so many people are here."""
        here = f'#people[data-participants="{people}"]'
        await self.page.locator(here).wait_for(state="attached", timeout=PATIENCE)

    async def head(self) -> int:
        """Return the seq the canvas shows."""
        return int(await self.page.locator("#paper").get_attribute("data-head"))

    async def traced(self, strokes: int) -> Trace:
        """Draw some strokes and return what the browser traced of them."""
        await self._browser.start_tracing(page=self.page, categories=CATEGORIES)
        await self.draw(strokes)
        return read(await self._browser.stop_tracing())

    async def draw(self, strokes: int) -> None:
        """Draw some strokes, at the pen's own pace whatever becomes of it."""
        box = await self.page.locator("#paper").bounding_box()
        loop = asyncio.get_running_loop()
        began, sent = loop.time(), []
        for number, event in enumerate(movements(box, strokes * MOVES)):
            await asyncio.sleep(max(0.0, began + number / PEN_HZ - loop.time()))
            told = self._devtools.send("Input.dispatchMouseEvent", event)
            sent.append(asyncio.ensure_future(told))
        await asyncio.gather(*sent)
        await self.page.evaluate(TWO_FRAMES)


def movements(box: dict[str, float], count: int) -> Iterator[dict]:
    """Yield what a mouse does that draws stroke after stroke all over a box."""
    for number in range(count):
        kind = KINDS.get(number % MOVES, "mouseMoved")
        yield {
            "type": kind,
            "x": box["x"] + box["width"] * (0.5 + 0.45 * math.sin(number / 70)),
            "y": box["y"] + box["height"] * (0.5 + 0.45 * math.sin(number / 43)),
            "button": "left",
            "buttons": 0 if kind == "mouseReleased" else 1,
            "clickCount": 1,
        }
