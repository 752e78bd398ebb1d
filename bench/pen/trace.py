"""Chromium's traces: how long a pointer event took to be ink on the screen, and what kept the page busy."""

import json
import math
from bisect import bisect_right
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
PEN = {"MOUSE_PRESSED", "MOUSE_DRAGGED"}
FRAME = "PipelineReporter"
SHOWN = {"STATE_PRESENTED_ALL", "STATE_PRESENTED_PARTIAL"}
REACHED_TAB = "RendererCompositorQueueingDelay"
REACHED_PAGE = "RendererMainProcessing"
TOLD_PAGE = "EventDispatch"
TOLD = {"pointerdown", "pointermove", "pointerrawupdate"}
FRAME_BEGAN = "BeginImplFrameToSendBeginMainFrame"
PRESENTED = "SubmitCompositorFrameToPresentationCompositorFrame"

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ink:
    """How long it took until the ink of a frame was presented, in ms.

    A frame takes in all moves since the one before: `since_first` is the time since the oldest of them, `since_last`
    since the newest that the page was told of before it, where the ink ends. `since_frame` is what page and browser
    took once the frame had begun.
    """

    since_first: float
    since_last: float
    since_frame: float


@dataclass(frozen=True, slots=True)
class Task:
    """Something the page's main thread did, in ms: when, and for how long by the clock and of the processor."""

    began: float
    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Journey:
    """An input event on its way to the screen: its kind, and when each stage began, in µs."""

    process: int
    kind: str
    began: float
    stages: dict[str, float] = field(default_factory=dict)

    @property
    def arrived(self) -> float:
        """Return when the page could first have heard of it."""
        return self.stages.get(REACHED_TAB, self.began)

    @property
    def was_presented(self) -> bool:
        """Return whether a frame was presented for it, and not for one that came before it."""
        return PRESENTED in self.stages and REACHED_PAGE in self.stages

    @property
    def frame(self) -> float:
        """Return when its frame began; a move that comes in the midst of a frame is still painted in it."""
        return self.stages.get(FRAME_BEGAN, self.stages[REACHED_PAGE])


@dataclass(slots=True)
class Trace:
    """What a trace says of the page that was drawn on."""

    inks: list[Ink]
    tasks: list[Task]

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
    finished = [(one, end) for one, end in journeys(traced) if one.kind in PEN]
    processes = {one.process for one, _ in finished if one.was_presented}
    told = sorted(e["ts"] for e in traced if is_telling(e) and e["pid"] in processes)
    return Trace(list(inks(finished, told)), list(tasks(traced, processes)))


def events(trace: bytes) -> list[Event]:
    """Return what a trace has noted."""
    return json.loads(trace)["traceEvents"]


def is_telling(event: Event) -> bool:
    """Say whether an event is that the page is told where a pointer is."""
    return event["name"] == TOLD_PAGE and event["args"]["data"]["type"] in TOLD


def inks(finished: list[tuple[Journey, float]], told: list[float]) -> Iterator[Ink]:
    """Yield the ink of every frame that took in a move; `told` is when the page was told of any."""
    came = sorted((one.arrived, one.began) for one, _ in finished)
    for journey, end in finished:
        if journey.was_presented:
            heard = told[bisect_right(told, journey.frame) - 1]
            newest = came[bisect_right(came, (heard, math.inf)) - 1][1]
            times = journey.began, max(journey.began, newest), journey.frame
            yield Ink(*((end - time) / 1000 for time in times))


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
    under_way: dict[tuple[int, str], float] = {}
    found: dict[int, list[tuple[float, float]]] = {}
    for event in traced:
        if event["name"] != FRAME:
            continue
        key = event["pid"], event["id2"]["local"]
        if event["ph"] == "b" and event["args"]["frame_reporter"]["state"] in SHOWN:
            under_way[key] = event["ts"]
        elif event["ph"] == "e" and key in under_way:
            found.setdefault(key[0], []).append((under_way.pop(key), event["ts"]))
    return found.values()


def journeys(traced: Iterable[Event]) -> Iterator[tuple[Journey, float]]:
    """Yield every input event's journey, and when it ended, in µs."""
    under_way: dict[tuple[int, str], Journey] = {}
    for event in traced:
        if event["ph"] not in "be" or "local" not in event.get("id2", ()):
            continue
        key = event["pid"], event["id2"]["local"]
        if event["name"] == EVENT and event["ph"] == "b":
            kind = event["args"]["event_latency"]["event_type"]
            under_way[key] = Journey(event["pid"], kind, event["ts"])
        elif event["name"] == EVENT and key in under_way:
            yield under_way.pop(key), event["ts"]
        elif event["ph"] == "b" and key in under_way:
            under_way[key].stages[event["name"]] = event["ts"]


def tasks(traced: list[Event], processes: set[int]) -> Iterator[Task]:
    """Yield what the main threads of these processes did."""
    names = (e for e in traced if e["name"] == "thread_name")
    mains = {
        (e["pid"], e["tid"]) for e in names if e["args"]["name"] == "CrRendererMain"
    }
    for event in traced:
        thread = event["pid"], event["tid"]
        if event["name"] != "RunTask" or thread not in mains:
            continue
        # A task under way as the trace ended has no duration.
        if event["pid"] in processes and "dur" in event:
            yield Task(*(event[field] / 1000 for field in ("ts", "dur", "tdur")))
