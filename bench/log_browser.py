"""How soon a drawing of any length is there in a real browser, and how soon an undo in a long one is on the screen."""

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from statistics import median

from playwright.async_api import Browser, async_playwright

from bench.pen.browser import PATIENCE, WINDOW, Join, Paper, opened
from bench.pen.trace import CATEGORIES, EVENT, Stages, journeys
from bench.pen.trace import events as events_of
from e2e.chromium import launch
from e2e.drawer import Guest
from e2e.server import ROOT, Server

UNDONE_IN = 10_000  # strokes
FRAME = 1000 / 60  # ms
CHECKPOINT_FROM = 500  # strokes: shorter drawings have none
KEY = "KEY_PRESSED"
FRAME_BEGAN = "BeginImplFrameToSendBeginMainFrame"
REACHED_PAGE = "RendererMainProcessing"
PRESENTED = "SubmitCompositorFrameToPresentationCompositorFrame"

Figures = dict[str, float]
Filled = dict[int, tuple[str, Guest]]  # by strokes: the key, and whose it is


def fill(server: Server, length: int) -> tuple[str, Guest]:
    """Put strokes into a new drawing's log, all by its owner."""
    guest = Guest(server.url)
    key = guest.starts_a_drawing()
    module = "e2e.filler" if length >= CHECKPOINT_FROM else "bench.fill"
    environment = {**os.environ, "DATA_DIR": str(server.data_dir)}
    command = [sys.executable, "-m", module, key, str(length)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return key, guest


def measure(server: Server, drawings: Filled, times: int) -> Figures:
    """Print and return how long joining takes, and an undo."""
    return asyncio.run(measure_in_browser(server, drawings, times))


async def measure_in_browser(server: Server, drawings: Filled, times: int) -> Figures:
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        figures = await measure_joining(browser, server.url, drawings, times)
        if UNDONE_IN in drawings:
            figures |= await measure_undo(browser, server.url, *drawings[UNDONE_IN])
        await browser.close()
    return figures


# Joining


async def measure_joining(
    browser: Browser, url: str, drawings: Filled, times: int
) -> Figures:
    """Open every drawing a few times, by turns, each time in a browser that has never been there."""
    joins: dict[int, list[Join]] = {length: [] for length in drawings}
    for _ in range(times):
        for length, (key, _) in drawings.items():
            async with opened(browser, f"{url}/d/{key}/", length) as paper:
                joins[length].append(paper.join)
    return told_of_joining(joins)


def told_of_joining(joins: dict[int, list[Join]]) -> Figures:
    figures: Figures = {}
    print(f"{'first full picture':<24}{'ms':>8}{'kB':>9}{'of the shortest':>17}")
    shortest = median(one.ms for one in joins[min(joins)])
    for length, found in joins.items():
        ms, size = median(one.ms for one in found), median(one.bytes for one in found)
        share = ms / shortest
        print(f"{length:>16,} strokes{ms:>8.0f}{size / 1000:>9.0f}{share:>16.2f}×")
        figures |= {f"first_picture_ms_{length}": round(ms, 1)}
        figures |= {f"first_picture_kb_{length}": round(size / 1000, 1)}
    return figures


# Undo


@contextlib.asynccontextmanager
async def at_home(browser: Browser, address: str, guest: Guest) -> AsyncIterator[Paper]:
    """Open a drawing as somebody who drew it, as far as its first full picture."""
    async with await browser.new_context(viewport=WINDOW) as context:
        pairs = [pair.split("=", 1) for pair in guest.cookie.split("; ")]
        await context.add_cookies(
            [{"name": name, "value": value, "url": guest.url} for name, value in pairs]
        )
        page = await context.new_page()
        paper = Paper(page, await context.new_cdp_session(page))
        await paper.open(address, UNDONE_IN)
        yield paper


async def measure_undo(
    browser: Browser, url: str, key: str, guest: Guest, times: int = 20
) -> Figures:
    """Undo stroke after stroke in a long drawing, and see how long each is on its way to the screen."""
    async with at_home(browser, f"{url}/d/{key}/", guest) as paper:
        ready = paper.page.locator("#undo:not([disabled])")
        await ready.wait_for(state="attached", timeout=PATIENCE)
        await undo(paper)  # the first reads what was drawn before the checkpoint
        await browser.start_tracing(page=paper.page, categories=CATEGORIES)
        for _ in range(times):
            await undo(paper)
        trace = await browser.stop_tracing()
    travelled = journeys(events_of(trace), EVENT)
    finished = [pair for pair in travelled if is_shown(pair[0])]
    return told_of_undo(finished)


async def undo(paper: Paper) -> None:
    """Undo, and wait until that is in the log and on the paper."""
    expected = await paper.head() + 1
    await paper.page.keyboard.press("Control+z")
    shown = f'#paper[data-head="{expected}"]'
    await paper.page.locator(shown).wait_for(state="attached", timeout=PATIENCE)


def is_shown(key: Stages) -> bool:
    """Say whether a key was pressed, and something came of it on the screen."""
    return key.kind == KEY and {PRESENTED, REACHED_PAGE} <= key.stages.keys()


def frame_of(key: Stages) -> float:
    """Return when the frame began that took in a key."""
    return key.stages.get(FRAME_BEGAN, key.stages[REACHED_PAGE])


def told_of_undo(finished: list[tuple[Stages, float]]) -> Figures:
    since_key = median((end - one.began) / 1000 for one, end in finished)
    in_frame = median((end - frame_of(one)) / 1000 for one, end in finished)
    print(
        f"undo in {UNDONE_IN:,} strokes, of {len(finished)}: {since_key:.1f} ms from key to screen, "
        f"{in_frame:.1f} ms of it in its frame (of {FRAME:.1f})",
        flush=True,
    )
    figures = {"undo_ms": round(since_key, 1), "undo_frame_ms": round(in_frame, 1)}
    return {f"{name}_{UNDONE_IN}": value for name, value in figures.items()}
