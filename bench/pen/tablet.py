"""A page to draw on in a real Chromium, and a pen that moves as fast as a good one reports."""

import asyncio
import base64
import math
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench.pen.browser import FIRST_PICTURE, Join
from bench.pen.devtools import DevTools, Message, Session
from bench.pen.trace import CATEGORIES, Frames, Trace, frames, read

WIDTH, HEIGHT = 1280, 800
# As a mouse reports: no multiple of the screen's 60 Hz, so that moves fall at all times between two frames.
PEN_HZ = 125
MOVES = 100  # from pen down to pen up
STROKE = MOVES / PEN_HZ  # seconds
LONGEST = 1000  # moves: with more points the page goes on in another stroke
SPOT = 160, 90  # px that somebody shades
FORCE = 0.6
KINDS = {0: "mousePressed", MOVES - 1: "mouseReleased"}
WHEEL_HZ = 60
TURNS = 60  # of the wheel: there and back twice
PATIENCE = 120  # seconds
CONTROL = 2  # DevTools' number for the key that makes a wheel zoom

HERE = Path(__file__).parent
SCRIPTS = HERE.parents[1] / "static/js"
NAIVE = "naive/"
TYPES = {".html": "text/html", ".js": "text/javascript"}

# Until the last ink is seen: its frame, one that may go by first, and two by which a browser may be late.
FOUR_FRAMES = """new Promise((go) => {
  const after = (count) => (count === 0 ? go() : requestAnimationFrame(() => after(count - 1)));
  after(4);
})"""
ONCE = """new Promise((go) => {
  const look = () => {
    const found = CONDITION;
    if (found) go(found);
    else requestAnimationFrame(look);
  };
  look();
})"""
PENCIL = """document.querySelector('input[name="tool"][value="pencil"]').click()"""
BOX = 'document.querySelector("#paper").getBoundingClientRect().toJSON()'
HEAD = 'document.querySelector("#paper").dataset.head'
PEOPLE = "document.querySelector('#people[data-participants=\"COUNT\"]') !== null"


@asynccontextmanager
async def opened(
    devtools: DevTools, address: str, head: int
) -> AsyncIterator["Tablet"]:
    """Open a drawing in a browser that has never been there, as far as its first full picture."""
    page, context = await devtools.page(WIDTH, HEIGHT)
    try:
        tablet = Tablet(devtools.browser, page)
        await tablet.open(address, head)
        yield tablet
    finally:
        await devtools.browser.send(
            "Target.disposeBrowserContext", browserContextId=context
        )


class Tablet:
    """A page with a canvas, a pen over it, and what is known of both."""

    def __init__(self, browser: Session, page: Session):
        self.join = Join()
        self._browser = browser
        self._page = page

    async def open(self, address: str, head: int) -> None:
        """Go to a drawing and wait until it is there."""
        await self._size()
        if NAIVE in address:
            await self._serve_naive()
        await self._count_bytes()
        await self._page.send("Page.enable")
        script = FIRST_PICTURE.replace("HEAD", str(head))
        await self._page.send("Page.addScriptToEvaluateOnNewDocument", source=script)
        loaded = asyncio.ensure_future(self._page.next("Page.loadEventFired"))
        await self._page.send("Page.navigate", url=address)
        await loaded
        self.join.ms = await self._until("window.firstPicture")
        # From here on the browser has nobody to tell of what comes down the socket, as at people's homes.
        await self._page.send("Network.disable")

    async def _size(self) -> None:
        await self._page.send(
            "Emulation.setDeviceMetricsOverride",
            width=WIDTH,
            height=HEIGHT,
            deviceScaleFactor=1,
            mobile=False,
        )

    async def _count_bytes(self) -> None:
        """Count what comes over HTTP, compressed as it is, and down the socket, which never is."""

        def fetched(told: Message) -> None:
            self.join.bytes += int(told["encodedDataLength"])

        def heard(told: Message) -> None:
            self.join.bytes += len(told["response"]["payloadData"])

        self._page.on("Network.loadingFinished", fetched)
        self._page.on("Network.webSocketFrameReceived", heard)
        await self._page.send("Network.enable")

    async def _serve_naive(self) -> None:
        """Answer for the naive page and the engine's modules as they are written: the server has neither."""
        answers: set[asyncio.Future] = set()

        def paused(told: Message) -> None:
            answers.add(asyncio.ensure_future(self._answer(told)))

        self._page.on("Fetch.requestPaused", paused)
        await self._page.send("Fetch.enable", patterns=[{"urlPattern": f"*/{NAIVE}*"}])

    async def _answer(self, told: Message) -> None:
        name = told["request"]["url"].rpartition(NAIVE)[2].partition("#")[0]
        folder = SCRIPTS if name.startswith("engine/") else HERE / NAIVE
        file = folder / (name or "index.html")
        await self._page.send(
            "Fetch.fulfillRequest",
            requestId=told["requestId"],
            responseCode=200,
            responseHeaders=[{"name": "Content-Type", "value": TYPES[file.suffix]}],
            body=base64.b64encode(file.read_bytes()).decode(),
        )

    async def _until(self, condition: str) -> float:
        """Wait for something to be true in the page, and return it."""
        looked = self._page.evaluate(ONCE.replace("CONDITION", condition))
        return await asyncio.wait_for(looked, PATIENCE)

    async def sees(self, people: int) -> None:
        """Wait until so many people are here."""
        await self._until(PEOPLE.replace("COUNT", str(people)))

    async def head(self) -> int:
        """Return the seq the canvas shows."""
        return int(await self._page.evaluate(HEAD))

    async def drawing(self, strokes: int) -> Trace:
        """Draw some strokes and return what the browser traced of them."""
        await self._begin_tracing()
        await self.draw(strokes)
        return read(await self._end_tracing())

    async def moving(self, zooms: bool) -> Frames:
        """Pan or zoom to and fro and return what the browser traced of that."""
        await self._begin_tracing()
        await self._play(turns(await self._box(), zooms), WHEEL_HZ)
        return frames(await self._end_tracing())

    async def draw(self, strokes: int) -> None:
        """Draw some strokes, at the pen's own pace whatever becomes of it."""
        await self._play(movements(await self._box(), strokes * MOVES), PEN_HZ)

    async def shading(self, tilt: int) -> Trace:
        """Shade one spot with a pencil that leans so many degrees, in one long stroke; return what was traced of it."""
        await self._page.evaluate(PENCIL)
        await self._begin_tracing()
        await self._play(hatching(await self._box(), tilt), PEN_HZ)
        return read(await self._end_tracing())

    async def _box(self) -> dict[str, float]:
        return await self._page.evaluate(BOX)

    async def _play(self, events: Iterator[Message], pace: float) -> None:
        """Have a mouse or a pen do one thing after the other, until all of it is on the screen."""
        loop = asyncio.get_running_loop()
        began, sent = loop.time(), []
        for number, event in enumerate(events):
            await asyncio.sleep(max(0.0, began + number / pace - loop.time()))
            told = self._page.send("Input.dispatchMouseEvent", **event)
            sent.append(asyncio.ensure_future(told))
        await asyncio.gather(*sent)
        await self._page.evaluate(FOUR_FRAMES)

    async def _begin_tracing(self) -> None:
        await self._browser.send(
            "Tracing.start",
            transferMode="ReturnAsStream",
            traceConfig={"includedCategories": CATEGORIES},
        )

    async def _end_tracing(self) -> bytes:
        told = asyncio.ensure_future(self._browser.next("Tracing.tracingComplete"))
        await self._browser.send("Tracing.end")
        return await self._browser.read((await told)["stream"])


def movements(box: dict[str, float], count: int) -> Iterator[Message]:
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


def hatching(box: dict[str, float], tilt: int) -> Iterator[Message]:
    """Yield what a pen does that goes to and fro over a spot in the middle of a box without being lifted."""
    kinds = {0: "mousePressed", LONGEST - 1: "mouseReleased"}
    width, height = SPOT
    for number in range(LONGEST):
        kind = kinds.get(number, "mouseMoved")
        yield {
            "type": kind,
            "x": box["x"] + box["width"] / 2 + width * math.sin(number / 6) / 2,
            "y": box["y"] + box["height"] / 2 + height * math.sin(number / 43) / 2,
            "button": "left",
            "buttons": 0 if kind == "mouseReleased" else 1,
            "clickCount": 1,
            "pointerType": "pen",
            "force": FORCE,
            "tiltX": tilt,
        }


def turns(box: dict[str, float], zooms: bool) -> Iterator[Message]:
    """Yield what a wheel does that moves the paper to and fro, or enlarges it and makes it small again."""
    for number in range(TURNS):
        far = 24 * math.cos(math.tau * number / TURNS * 2)
        yield {
            "type": "mouseWheel",
            "x": box["x"] + box["width"] / 2,
            "y": box["y"] + box["height"] / 2,
            "deltaX": 0 if zooms else far,
            "deltaY": far,
            "modifiers": CONTROL if zooms else 0,
        }
