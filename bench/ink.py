"""How soon ink is under the pen, and a drawing on the screen: in a real browser, by its own tracing.

A pen moves at 120 Hz, and Chromium says of every move when its ink was presented; of several moves in one frame it
tells of the first, which has waited longest. A move that comes just after a frame has begun waits for the next: at
60 Hz that alone is up to 16.7 ms, of the screen and not of the page. So the time since the frame began stands beside it.
"""

import asyncio
import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from playwright.async_api import Browser, async_playwright

from bench.pen.browser import NAIVE, STROKE, Join, Paper, opened
from bench.pen.others import crowd, fill
from bench.pen.trace import Trace
from e2e.chromium import launch
from e2e.server import Server

LIVELY = 5  # ops a crowd must have added while it was measured
CROWD = ("crowd sends/s", "of it sent away", "crowd CPU")
SPARE = 20  # seconds a crowd could go on drawing for


@dataclass(frozen=True, slots=True)
class Scene:
    """Somebody draws: on how many strokes, among how many others, and on which page."""

    name: str
    strokes: int
    others: int = 0
    naive: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What was measured in a scene."""

    scene: Scene
    join: Join
    trace: Trace
    crowd: dict[str, float]

    @property
    def since_move(self) -> list[float]:
        return [ink.since_move for ink in self.trace.inks]

    @property
    def since_frame(self) -> list[float]:
        return [ink.since_frame for ink in self.trace.inks]


ALONE, AT_10000, AT_100000 = (
    Scene("alone", 100),
    Scene("at_10000", 10_000),
    Scene("at_100000", 100_000),
)
CROWDED = (Scene("with_20", 100, others=20), Scene("with_100", 100, others=100))
NAIVELY = (
    Scene("naive_alone", 100, naive=True),
    Scene("naive_at_10000", 10_000, naive=True),
)


def run(quick: bool) -> dict[str, float]:
    """Print how soon ink and pictures are there; return the figures."""
    scenes = [*NAIVELY, ALONE, *CROWDED, AT_10000, *([] if quick else [AT_100000])]
    with served() as server:
        seen = asyncio.run(measure(server, scenes, 3 if quick else 12))
    print_inks(seen)
    print_joins(seen)
    return figures(seen)


@contextlib.contextmanager
def served() -> Iterator[Server]:
    """Serve on data of its own."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder)).start()
        try:
            yield server
        finally:
            server.stop()


async def measure(server: Server, scenes: list[Scene], drawn: int) -> list[Seen]:
    """Draw some strokes in every scene."""
    filled = fill(server, [scene.strokes for scene in scenes])
    seen = []
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        for scene, key in zip(scenes, filled.keys, strict=True):
            guests = filled.guests[: scene.others]
            stage = Stage(server.url, key, guests, drawn)
            seen.append(await stage.play(scene, browser))
        await browser.close()
    return seen


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a scene is played, with whom, and how many strokes one draws in it."""

    url: str
    key: str
    guests: list[dict[str, str]]
    drawn: int

    async def play(self, scene: Scene, browser: Browser) -> Seen:
        """Open the drawing, let the others in, draw."""
        async with (
            opened(browser, self._address(scene), scene.strokes) as paper,
            crowd(self._told) as did,
        ):
            trace = await self._draw(scene, paper)
        return Seen(scene, paper.join, trace, did)

    async def _draw(self, scene: Scene, paper: Paper) -> Trace:
        """Draw once all others are there, and see that they do."""
        if scene.others:
            await paper.sees(people=1 + scene.others)
        await paper.draw(1)
        before = await paper.head()
        trace = await paper.traced(self.drawn)
        if scene.others and await paper.head() < before + LIVELY:
            raise RuntimeError("The others did not draw.")
        return trace

    def _address(self, scene: Scene) -> str:
        if scene.naive:
            return f"{self.url}/{NAIVE}#/d/{self.key}/log/0"
        return f"{self.url}/d/{self.key}/"

    @property
    def _told(self) -> dict:
        """What the crowd is told; it has enough to draw until it is stopped."""
        return {
            "url": self.url,
            "channel": f"drawing-{self.key}",
            "guests": self.guests,
            "seconds": round(STROKE * self.drawn) + SPARE,
        }


def print_inks(seen: list[Seen]) -> None:
    """Print how soon ink was there, scene by scene."""
    row("ink presented, ms", "since the move", "", "since the frame", "", "long tasks")
    row("", "p50", "p95", "p50", "p95", "clock", "CPU", "page CPU", *CROWD)
    for one in seen:
        moves = f"{middle(one.since_move):.1f}", f"{p95(one.since_move):.1f}"
        frames = f"{middle(one.since_frame):.1f}", f"{p95(one.since_frame):.1f}"
        tasks = str(one.trace.long_tasks), str(one.trace.long_cpu)
        row(
            one.scene.name,
            *moves,
            *frames,
            *tasks,
            f"{one.trace.load:.0%}",
            *crowded(one),
        )


def crowded(one: Seen) -> list[str]:
    """Return what the crowd did, if there was one."""
    if not one.crowd:
        return []
    sent, lost, cpu = (one.crowd[name] for name in ("sent", "lost", "cpu"))
    return [f"{sent:,.0f}", f"{lost}", f"{cpu:.0%}"]


def print_joins(seen: list[Seen]) -> None:
    """Print how soon drawings were there."""
    print()
    row("first full picture", "ms", "kB")
    for one in joins(seen):
        ms, kilobytes = one.join.ms, one.join.bytes / 1000
        row(f"{one.scene.strokes:,} strokes", f"{ms:.0f}", f"{kilobytes:,.0f}")


def joins(seen: list[Seen]) -> list[Seen]:
    """Return what was seen of the draw page by somebody alone."""
    return [one for one in seen if not one.scene.others and not one.scene.naive]


def figures(seen: list[Seen]) -> dict[str, float]:
    """Return what was measured, by name."""
    found: dict[str, float] = {}
    for one in seen:
        name = one.scene.name
        found[f"p50_ms_{name}"] = round(middle(one.since_move), 2)
        found[f"p95_ms_{name}"] = round(p95(one.since_move), 2)
        found[f"frame_p95_ms_{name}"] = round(p95(one.since_frame), 2)
    ours = [one.trace for one in seen if not one.scene.naive]
    found["long_tasks"] = sum(trace.long_tasks for trace in ours)
    found["long_tasks_cpu"] = sum(trace.long_cpu for trace in ours)
    for one in joins(seen):
        found[f"join_ms_{one.scene.strokes}"] = round(one.join.ms)
        found[f"join_bytes_{one.scene.strokes}"] = one.join.bytes
    return found


def middle(times: list[float]) -> float:
    """Return the median."""
    return quantiles(times, n=20, method="inclusive")[9]


def p95(times: list[float]) -> float:
    """Return what 95 of 100 stay below."""
    return quantiles(times, n=20, method="inclusive")[18]


def row(name: str, *columns: str) -> None:
    """Print a line of a table."""
    print(f"{name:<20}" + "".join(f"{column:>16}" for column in columns))
