"""A drawing opened in a real Chromium, and what it took until its first full picture."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, CDPSession, Page

WINDOW = {"width": 1280, "height": 800}
PATIENCE = 120_000  # ms

# A canvas says the head it shows while it is painted; by the next frame it has been presented.
FIRST_PICTURE = """(() => {
  const look = () => {
    if (document.querySelector("#paper")?.dataset.head === "HEAD") {
      window.firstPicture = performance.now();
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();"""


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
        paper = Paper(page, await context.new_cdp_session(page))
        await paper.open(address, head)
        yield paper
    finally:
        await context.close()


class Paper:
    """A page with a canvas, and what is known of it."""

    def __init__(self, page: Page, devtools: CDPSession):
        self.join = Join()
        self.page = page
        self._devtools = devtools

    async def open(self, address: str, head: int) -> None:
        """Go to a drawing and wait until it is there."""
        await self._count_bytes()
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

    async def head(self) -> int:
        """Return the seq the canvas shows."""
        return int(await self.page.locator("#paper").get_attribute("data-head"))
