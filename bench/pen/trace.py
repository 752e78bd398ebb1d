"""Chromium's traces: how long a pointer event took to be ink on the screen, and what kept the page busy."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

CATEGORIES = ["benchmark", "disabled-by-default-devtools.timeline"]
LONG = 50.0  # ms: a task beyond it keeps a person waiting

EVENT = "EventLatency"
PEN = {"MOUSE_PRESSED", "MOUSE_DRAGGED"}
REACHED_PAGE = "RendererMainProcessing"
FRAME_BEGAN = "BeginImplFrameToSendBeginMainFrame"
PRESENTED = "SubmitCompositorFrameToPresentationCompositorFrame"

Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ink:
    """How long ink took to be presented, in ms: since the pointer moved, and since the frame for it began."""

    since_move: float
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

    def ink(self, end: float) -> Ink | None:
        """Return how long its ink took, if it was the pen's and was presented at `end`."""
        if self.kind not in PEN or PRESENTED not in self.stages:
            return None
        return Ink((end - self.began) / 1000, (end - self.frame) / 1000)

    @property
    def frame(self) -> float:
        """When the frame began that it was painted in."""
        # What comes in the midst of a frame is still painted in it.
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
        ends = [task.began + task.wall for task in self.tasks]
        span = max(ends) - min(task.began for task in self.tasks)
        return sum(task.cpu for task in self.tasks) / span


def read(trace: bytes) -> Trace:
    """Read what `stop_tracing` returned."""
    traced = events(trace)
    finished = list(journeys(traced))
    inks = [ink for journey, end in finished if (ink := journey.ink(end))]
    processes = {one.process for one, end in finished if one.ink(end)}
    return Trace(inks, list(tasks(traced, processes)))


def events(trace: bytes) -> list[Event]:
    """Return what a trace has noted."""
    return json.loads(trace)["traceEvents"]


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
