"""How soon ink is under the pen, how smoothly the paper moves, and how soon a drawing is there: in a real browser.

A mouse moves at 125 Hz, and Chromium's own tracing says when a frame with ink was presented. `p50_ms_` and `p95_ms_` mean
the time since the newest move in it, by that move's own timestamp: so far behind the pen the ink ends when it is seen.

Beside it stand every move, the coalesced ones too; the oldest of every frame; the frame itself, which is what page and
browser took once it had begun; and how long it took from pen down to the first dot. A screen of 60 Hz shows two or three
moves in one frame, and has the first of them wait up to 16.7 ms before the page may do anything: over every move, a page
that took no time at all would come to 15.8 ms at p95.

The browser has its processors for itself, as at home; server, crowd and this program share the last one.
"""

import asyncio
import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bench.pen.browser import Join
from bench.pen.cores import apart
from bench.pen.devtools import DevTools, chromium
from bench.pen.others import crowd, fill
from bench.pen.tablet import NAIVE, STROKE, Tablet, opened
from bench.pen.trace import Frames, Trace
from e2e.server import Server

# Strokes: Chromium learns from some sixty frames how long a page takes. Until it has forgotten how the page was loaded,
# it shows every frame one later.
WARM = 2
LIVELY = 5  # ops a crowd must have added while it was measured
NAMED = {
    "frame_": "frames",
    "oldest_": "oldest",
    "every_": "every",
    "down_": "downs",
    "": "newest",
}
SINCE = ("newest", "every", "oldest", "downs", "frames")
LAST = ("p95_ms_alone", "p95_ms_with_20", "p95_ms_with_100")
CROWD = ("crowd sends/s", "of it sent away", "crowd CPU")
SPARE = 20  # seconds a crowd could go on drawing for


@dataclass(frozen=True, slots=True)
class Scene:
    """Somebody draws: on how many strokes, among how many others, on which page, with a pencil that leans so far."""

    name: str
    strokes: int
    others: int = 0
    naive: bool = False
    tilt: int | None = None  # degrees; None for a pen

    @property
    def is_plain(self) -> bool:
        """Say whether it is told from another by nothing but how many strokes there are."""
        return not self.others and not self.naive and self.tilt is None

    @property
    def drawing(self) -> tuple[int, int, int | None]:
        """Return which drawing it needs: the naive page leaves nothing on the one it shares."""
        return self.strokes, self.others, self.tilt


@dataclass(frozen=True, slots=True)
class Seen:
    """What was measured in a scene."""

    scene: Scene
    join: Join
    trace: Trace
    moves: dict[str, Frames]
    crowd: dict[str, float]


ALONE, AT_10000, AT_100000 = (
    Scene("alone", 100),
    Scene("at_10000", 10_000),
    Scene("at_100000", 100_000),
)
CROWDED = (Scene("with_20", 100, others=20), Scene("with_100", 100, others=100))
SHADING = (Scene("pencil", 100, tilt=0), Scene("shading", 100, tilt=60))
NAIVELY = (
    Scene("naive_alone", 100, naive=True),
    Scene("naive_at_10000", 10_000, naive=True),
)


def run(quick: bool) -> dict[str, float]:
    """Print how soon ink and pictures are there; return the figures."""
    scenes = [*NAIVELY, ALONE, *CROWDED, AT_10000, AT_100000, *SHADING]
    if quick:
        scenes = [NAIVELY[0], ALONE, *CROWDED, AT_10000]
    with served() as server:
        seen = asyncio.run(measure(server, scenes, 2 if quick else 12))
    print_inks(seen)
    print_moves(seen)
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
    drawings = list(dict.fromkeys(scene.drawing for scene in scenes))
    filled = fill(server, [strokes for strokes, *_ in drawings])
    keys = dict(zip(drawings, filled.keys, strict=True))
    seen = []
    async with chromium() as devtools:
        with apart(devtools.pid, server.pid):
            for scene in scenes:
                guests = filled.guests[: scene.others]
                stage = Stage(server.url, keys[scene.drawing], guests, drawn)
                seen.append(await stage.play(scene, devtools))
    return seen


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a scene is played, with whom, and how many strokes one draws in it."""

    url: str
    key: str
    guests: list[dict[str, str]]
    drawn: int

    async def play(self, scene: Scene, devtools: DevTools) -> Seen:
        """Open the drawing, let the others in, draw."""
        async with (
            opened(devtools, self._address(scene), scene.strokes) as tablet,
            crowd(self._told) as did,
        ):
            trace = await self._draw(scene, tablet)
            moves = await self._move(scene, tablet)
        return Seen(scene, tablet.join, trace, moves, did)

    async def _draw(self, scene: Scene, tablet: Tablet) -> Trace:
        """Draw once all others are there, and see that they do."""
        if scene.others:
            await tablet.sees(people=1 + scene.others)
        await tablet.draw(1 if scene.naive else WARM)
        if scene.tilt is not None:
            return await tablet.shading(scene.tilt)
        before = await tablet.head()
        trace = await tablet.drawing(1 if scene.naive else self.drawn)
        if scene.others and await tablet.head() < before + LIVELY:
            raise RuntimeError("The others did not draw.")
        return trace

    async def _move(self, scene: Scene, tablet: Tablet) -> dict[str, Frames]:
        """Pan and zoom, where that is asked of the number of strokes alone."""
        if not scene.is_plain:
            return {}
        return {
            "pan": await tablet.moving(zooms=False),
            "zoom": await tablet.moving(zooms=True),
        }

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
    since = "the newest", "every move", "the oldest", "pen down", "the frame"
    heads = [part for head in since for part in (head, "")]
    row("presented, ms since", *heads, "long tasks")
    row("", *("p50", "p95") * len(since), "clock", "CPU", "page CPU", *CROWD)
    for one in seen:
        trace = one.trace
        times = [f"{ms:.1f}" for name in SINCE for ms in spread(getattr(trace, name))]
        tasks = f"{trace.long_tasks}", f"{trace.long_cpu}", f"{trace.load:.0%}"
        row(one.scene.name, *times, *tasks, *crowded(one))


def spread(times: list[float]) -> tuple[float, float]:
    """Return the median, and what 95 of 100 stay below; of one alone, that one."""
    if len(times) == 1:
        return times[0], times[0]
    cuts = quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]


def crowded(one: Seen) -> list[str]:
    """Return what the crowd did, if there was one."""
    if not one.crowd:
        return []
    sent, lost, cpu = (one.crowd[name] for name in ("sent", "lost", "cpu"))
    return [f"{sent:,.0f}", f"{lost}", f"{cpu:.0%}"]


def print_moves(seen: list[Seen]) -> None:
    """Print how long frames take in which the paper moves, and how far apart they are."""
    print()
    row("moving the paper, ms", "a frame took", "", "after the last", "")
    row("", *("p50", "p95") * 2)
    for one in joins(seen):
        for name, frames in one.moves.items():
            times = [*spread(frames.took), *spread(frames.apart)]
            row(f"{name}, {one.scene.strokes:,}", *(f"{time:.1f}" for time in times))


def print_joins(seen: list[Seen]) -> None:
    """Print how soon drawings were there."""
    print()
    row("first full picture", "ms", "kB")
    for one in joins(seen):
        ms, kilobytes = one.join.ms, one.join.bytes / 1000
        row(f"{one.scene.strokes:,} strokes", f"{ms:.0f}", f"{kilobytes:,.0f}")


def joins(seen: list[Seen]) -> list[Seen]:
    """Return what was seen of the draw page by somebody alone."""
    return [one for one in seen if one.scene.is_plain]


def figures(seen: list[Seen]) -> dict[str, float]:
    """Return what was measured, by name; what counts most comes last."""
    found: dict[str, float] = {}
    for one in joins(seen):
        found |= joined(one) | moved(one)
    ours = [one for one in seen if not one.scene.naive]
    for one in ours:
        found[f"long_tasks_{one.scene.name}"] = one.trace.long_tasks
    found["long_tasks"] = sum(one.trace.long_tasks for one in ours)
    found["long_tasks_cpu"] = sum(one.trace.long_cpu for one in ours)
    for what, name in NAMED.items():
        for one in seen:
            p50, p95 = spread(getattr(one.trace, name))
            found[f"{what}p50_ms_{one.scene.name}"] = round(p50, 2)
            found[f"{what}p95_ms_{one.scene.name}"] = round(p95, 2)
    return found | {name: found.pop(name) for name in LAST}


def joined(one: Seen) -> dict[str, float]:
    """Return what it took to open a drawing."""
    strokes = one.scene.strokes
    return {
        f"join_ms_{strokes}": round(one.join.ms),
        f"join_bytes_{strokes}": one.join.bytes,
    }


def moved(one: Seen) -> dict[str, float]:
    """Return how long frames took in which the paper moved, and how far apart they were."""
    found = {}
    for name, frames in one.moves.items():
        what = f"{name}_{{}}p50_ms_{one.scene.strokes}".format
        found[what("")] = round(spread(frames.took)[0], 2)
        found[what("apart_")] = round(spread(frames.apart)[0], 2)
    return found


def row(name: str, *columns: str) -> None:
    """Print a line of a table."""
    print(f"{name:<24}" + "".join(f"{column:>12}" for column in columns))
