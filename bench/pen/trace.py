"""Chromium's traces: how long a pointer event took to be ink on the screen, and what kept the page busy."""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

CATEGORIES = [
    "benchmark",
    "devtools.timeline",
    "disabled-by-default-devtools.timeline",
]
LONG = 50.0  # ms: a task beyond it keeps a person waiting

EVENT = "EventLatency"
DOWN, MOVED = "MOUSE_PRESSED", "MOUSE_DRAGGED"
FRAME = "PipelineReporter"
SHOWN = {"STATE_PRESENTED_ALL", "STATE_PRESENTED_PARTIAL"}
REACHED_TAB = "RendererCompositorQueueingDelay"
COMMIT = "Commit"
TOLD_PAGE = "EventDispatch"
# Where a page listens to raw updates, it hears of every move by one; a pointermove may tell of those before only.
TOLD = {DOWN: ["pointerdown"], MOVED: ["pointerrawupdate", "pointermove"]}

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ink:
    """How long it took until the ink of a frame was presented, in ms.

    `moves` are the times since every move it takes in, the oldest first; `downs` those since the pen came down, if it
    did. `since_frame` is what page and browser took once the frame had begun.
    """

    moves: list[float]
    downs: list[float]
    since_frame: float


@dataclass(frozen=True, slots=True)
class Task:
    """Something the page's main thread did, in ms: when, and for how long by the clock and of the processor."""

    began: float
    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Stages:
    """Something on its way through the browser: which process and kind, and when it and each stage began, in µs."""

    process: int
    kind: str
    began: float
    stages: dict[str, float] = field(default_factory=dict)

    def at(self, stage: str) -> float:
        """Return when a stage began, or all of it where there is no such stage."""
        return self.stages.get(stage, self.began)


@dataclass(frozen=True, slots=True)
class Shown:
    """A frame that was presented, with what the page had painted: when it began, took that over and was seen, in µs."""

    began: float
    committed: float
    seen: float


@dataclass(slots=True)
class Trace:
    """What a trace says of the page that was drawn on."""

    inks: list[Ink]
    tasks: list[Task]

    @property
    def every(self) -> list[float]:
        """Return how long every move waited for its ink, in ms."""
        return [time for ink in self.inks for time in ink.moves]

    @property
    def downs(self) -> list[float]:
        """Return how long it took from pen down to the first of its ink, in ms."""
        return [time for ink in self.inks for time in ink.downs]

    @property
    def newest(self) -> list[float]:
        """Return how long the newest move of every frame waited, in ms."""
        return [ink.moves[-1] for ink in self.inks if ink.moves]

    @property
    def oldest(self) -> list[float]:
        """Return how long the oldest move of every frame waited, in ms."""
        return [ink.moves[0] for ink in self.inks if ink.moves]

    @property
    def frames(self) -> list[float]:
        """Return how long every frame with ink took, in ms."""
        return [ink.since_frame for ink in self.inks]

    @property
    def long_tasks(self) -> int:
        """Return how many tasks were long by the clock, whatever else the machine did meanwhile."""
        return sum(task.wall > LONG for task in self.tasks)

    @property
    def long_cpu(self) -> int:
        """Return how many tasks were long by the processor's time: those the page itself is to blame for."""
        return sum(task.cpu > LONG for task in self.tasks)

    @property
    def load(self) -> float:
        """Return the share of the time for which the main thread had the processor."""
        return sum(task.cpu for task in self.tasks) / self.seconds / 1000

    @property
    def seconds(self) -> float:
        """Return how long it was traced."""
        ends = [task.began + task.wall for task in self.tasks]
        return (max(ends) - min(task.began for task in self.tasks)) / 1000


@dataclass(frozen=True, slots=True)
class Frames:
    """What a trace says of frames, in ms: how long each took until it was seen, and how far apart they were seen."""

    took: list[float]
    apart: list[float]


def read(trace: bytes) -> Trace:
    """Read what a trace says of the pen."""
    traced = events(trace)
    made = [one for one, _ in journeys(traced, EVENT) if one.kind in TOLD]
    process = Counter(one.process for one in made).most_common(1)[0][0]
    heard = list(hearings(made, tellings(traced, process)))
    frames = sorted(shown(traced, process), key=lambda frame: frame.committed)
    return Trace(list(inks(heard, frames)), list(tasks(traced, process)))


def events(trace: bytes) -> list[Event]:
    """Return what a trace has noted."""
    return json.loads(trace)["traceEvents"]


def tellings(traced: Iterable[Event], process: int) -> dict[str, list[float]]:
    """Return when a page was told where the pointer is, by the type of event."""
    told: dict[str, list[float]] = {}
    for event in traced:
        if event["name"] == TOLD_PAGE and event["pid"] == process:
            told.setdefault(event["args"]["data"]["type"], []).append(event["ts"])
    return {kind: sorted(times) for kind, times in told.items()}


def hearings(
    made: list[Stages], told: dict[str, list[float]]
) -> Iterator[tuple[float, Stages]]:
    """Yield when the page heard of what the pen did, and what that was."""
    for one in made:
        times = next(told[kind] for kind in TOLD[one.kind] if kind in told)
        place = bisect_left(times, one.at(REACHED_TAB))
        if place < len(times):
            yield times[place], one


def shown(traced: Iterable[Event], process: int) -> Iterator[Shown]:
    """Yield the frames of a page that were presented with something new of its own."""
    for one, seen in journeys(traced, FRAME):
        if one.process == process and one.kind in SHOWN and COMMIT in one.stages:
            yield Shown(one.began, one.at(COMMIT), seen)


def inks(heard: list[tuple[float, Stages]], frames: list[Shown]) -> Iterator[Ink]:
    """Yield the ink of every frame: it takes in whatever the page had heard of as it was committed."""
    committed = [frame.committed for frame in frames]
    places = [bisect_left(committed, moment) for moment, _ in heard]
    if len(frames) in places:
        raise RuntimeError("The tracing ended before all ink was seen.")
    for place, frame in enumerate(frames):
        taken = [one for at, (_, one) in zip(places, heard, strict=True) if at == place]
        if taken:
            yield ink(frame, taken)


def ink(frame: Shown, taken: list[Stages]) -> Ink:
    """Return how long it took until the ink of what the pen did was seen in a frame."""
    since = {
        kind: sorted(
            ((frame.seen - one.began) / 1000 for one in taken if one.kind == kind),
            reverse=True,
        )
        for kind in TOLD
    }
    return Ink(since[MOVED], since[DOWN], (frame.seen - frame.began) / 1000)


def frames(trace: bytes) -> Frames:
    """Read what a trace says of the frames of the page that was most busy."""
    page = max(by_process(events(trace)), key=len)
    shown = sorted(end for _, end in page)
    return Frames(
        [(end - began) / 1000 for began, end in page],
        [(later - end) / 1000 for end, later in pairwise(shown)],
    )


def by_process(traced: Iterable[Event]) -> Iterable[list[tuple[float, float]]]:
    """Return of every process when the frames it presented began and were seen, in µs."""
    found: dict[int, list[tuple[float, float]]] = {}
    for one, seen in journeys(traced, FRAME):
        if one.kind in SHOWN:
            found.setdefault(one.process, []).append((one.began, seen))
    return found.values()


def journeys(traced: Iterable[Event], name: str) -> Iterator[tuple[Stages, float]]:
    """Yield everything of a name that was on its way through the browser, and when it ended, in µs."""
    under_way: dict[tuple[int, str], Stages] = {}
    for event in traced:
        if event["ph"] not in "be" or "local" not in event.get("id2", ()):
            continue
        key = event["pid"], event["id2"]["local"]
        if event["name"] == name and event["ph"] == "b":
            under_way[key] = Stages(event["pid"], kind_of(event), event["ts"])
        elif event["name"] == name and key in under_way:
            yield under_way.pop(key), event["ts"]
        elif event["ph"] == "b" and key in under_way:
            under_way[key].stages[event["name"]] = event["ts"]


def kind_of(event: Event) -> str:
    """Return what an input event is, or what has become of a frame."""
    if event["name"] == EVENT:
        return event["args"]["event_latency"]["event_type"]
    return event["args"]["frame_reporter"]["state"]


def tasks(traced: list[Event], process: int) -> Iterator[Task]:
    """Yield what the main thread of a process did."""
    names = (e for e in traced if e["name"] == "thread_name")
    mains = {
        (e["pid"], e["tid"]) for e in names if e["args"]["name"] == "CrRendererMain"
    }
    for event in traced:
        thread = event["pid"], event["tid"]
        if event["name"] != "RunTask" or thread not in mains:
            continue
        # A task under way as the trace ended has no duration.
        if event["pid"] == process and "dur" in event:
            yield Task(*(event[field] / 1000 for field in ("ts", "dur", "tdur")))
