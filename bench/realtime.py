"""The channel layer beside others: how many can draw at once, and what each message costs.

Every server runs alone on one core, the crowd on another; all relay the same messages, and only ours checks them. The
machine's noise falls on all alike, so the ratios say more than the figures. Where a server's CPU stays far below a core,
it was the rest of the machine that was measured.
"""

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.peers import DAPHNE, NODE, OURS, PLAIN, UVICORN, Peer
from bench.peers.serving import BUSY, LATE, Crowd, Seen, Stage, built

MOST = 3000  # people in a search
STEP = 1.2  # from one guess to the next
FAIR_TRIES = (
    2  # in which the server had its core to itself and yet did not carry a crowd
)
MOST_TRIES = 4
PACE = 150, 40_000  # messages a second from one sender; deliveries a second, at most
IDLE, JOINING = 1000, 500  # people
SMALL = 10  # people in one of many channels

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    peers: tuple[Peer, ...]
    rates: tuple[int, ...]
    precision: (
        float  # of the largest number of people: the least that was too many, by it
    )
    receivers: tuple[int, ...]
    seconds: float
    times: int
    patience: float  # seconds for one search


QUICK = Plan((OURS, NODE, PLAIN), (30,), 1.1, (50, 200), 1, 1, 10)
FULL = Plan(
    (OURS, NODE, PLAIN, UVICORN, DAPHNE),
    (30, 60),
    1.05,
    (10, 50, 200, 1000),
    1.5,
    2,
    15,
)


def run(quick: bool) -> Figures:
    """Print what was measured; return the figures."""
    plan = QUICK if quick else FULL
    with tempfile.TemporaryDirectory() as folder:
        load = built(Path(folder))
        stages = [Stage(peer, load) for peer in plan.peers]
        figures = drawers(stages, plan) | fan_out(stages, plan)
        if not quick:
            figures |= half_load(stages, figures) | idle(stages)
            figures |= join(stages, plan) | channels(stages)
    return figures


def drawers(stages: list[Stage], plan: Plan) -> Figures:
    """Find how many can all draw at once in one channel."""
    figures: Figures = {}
    for hz in plan.rates:
        heading(
            f"all draw at {hz} Hz, p99 < {LATE} ms",
            "people",
            "p99 ms",
            "its CPU",
            "crowd CPU",
        )
        for name, people, seen in largest_crowds(stages, hz, plan):
            row(name, people, seen.p99_ms, f"{seen.server_share:.0%}", mark(seen))
            figures[f"drawers_{hz}_{name}"] = people
            figures[f"server_cpu_of_drawers_{hz}_{name}"] = round(seen.server_share, 2)
            figures[f"crowd_cpu_of_drawers_{hz}_{name}"] = round(seen.own_share, 2)
    names = [f"drawers_{hz}" for hz in plan.rates]
    return figures | compared("drawers", names, figures)


def largest_crowds(
    stages: list[Stage], hz: int, plan: Plan
) -> Iterator[tuple[str, int, Seen]]:
    """Yield every server's largest crowd, and what it saw."""
    for stage in stages:
        with contextlib.closing(stage):
            search = Search(stage, hz, plan)
            people, seen = search.largest(stage.peer.likely * 30 // hz)
            yield stage.peer.name, people, seen


class Search:
    """The search for the largest crowd a server carries."""

    def __init__(self, stage: Stage, hz: int, plan: Plan):
        self._stage = stage
        self._hz = hz
        self._plan = plan
        self._end = time.monotonic() + plan.patience
        self._seen: Seen | None = None  # by the largest that was carried

    def largest(self, first: int) -> tuple[int, Seen]:
        """Go from a first guess in steps, then halve what is in doubt, while there is time."""
        low, high = self._bounds(first)
        while self._in_doubt(low, high):
            middle = (low + high) // 2
            low, high = (middle, high) if self._carries(middle) else (low, middle)
        if self._seen is None:
            raise RuntimeError(f"{self._stage.peer.name} carries nobody")
        return low, self._seen

    def _bounds(self, people: int) -> tuple[int, int]:
        """Return how many are carried for certain, and how many are not."""
        low, high = 0, MOST
        while low < people < high:
            if self._carries(people):
                low, people = people, round(people * STEP) + 1
            else:
                high, people = people, round(people / STEP)
        return low, high

    def _in_doubt(self, low: int, high: int) -> bool:
        if low and time.monotonic() > self._end:
            return False
        return high - low > 1 and high > low * self._plan.precision

    def _carries(self, people: int) -> bool:
        """Say whether everybody hears everybody soon; another try forgives the machine a bad moment."""
        crowd = Crowd(people, people, self._hz, self._plan.seconds, limit=LATE)
        fair = 0
        for _ in range(MOST_TRIES):
            seen = self._stage.meet(crowd)
            if seen.good:
                self._seen = seen
                return True
            fair += seen.server_share > BUSY
            if fair == FAIR_TRIES:
                break
        return False


def fan_out(stages: list[Stage], plan: Plan) -> Figures:
    """Measure what a delivery costs when one speaks and many hear."""
    figures: Figures = {}
    heading(
        "one sends, deliveries a CPU second",
        *(f"to {number}" for number in plan.receivers),
    )
    for stage in stages:
        with contextlib.closing(stage):
            costs = [delivered(stage, number, plan) for number in plan.receivers]
            row(stage.peer.name, *costs)
            for number, cost in zip(plan.receivers, costs, strict=True):
                figures[f"fanout_{number}_{stage.peer.name}"] = cost
    names = [f"fanout_{number}" for number in plan.receivers]
    return figures | compared("fanout", names, figures)


def delivered(stage: Stage, receivers: int, plan: Plan) -> float:
    """Return deliveries per CPU second of the server, from one to so many."""
    hz = min(PACE[0], PACE[1] // receivers)
    crowd = Crowd(receivers + 1, 1, hz, plan.seconds)
    return round(median(stage.meet(crowd).per_cpu for _ in range(plan.times)))


def compared(what: str, names: list[str], figures: Figures) -> Figures:
    """Return how ours stands to the best of the others, in each figure and where it stands worst."""
    ratios = {name: over_best(name, figures) for name in names}
    worst = min(ratios.values())
    print(f"{what} over best peer: {worst}")
    each = {f"{name}_over_best_peer": ratio for name, ratio in ratios.items()}
    return {**each, f"{what}_over_best_peer": worst}


def over_best(name: str, figures: Figures) -> float:
    ours = f"{name}_{OURS.name}"
    others = (
        figures[key] for key in figures if key.startswith(f"{name}_") and key != ours
    )
    return round(figures[ours] / max(others), 2)


def half_load(stages: list[Stage], figures: Figures) -> Figures:
    """Measure how soon one hears the others when half as many draw as could."""

    def measure(stage: Stage) -> list[float]:
        people = int(figures[f"drawers_30_{stage.peer.name}"]) // 2
        seen = stage.meet(Crowd(people, people, seconds=3))
        return [people, seen.p50_ms, seen.p99_ms]

    columns = ["half_load_people", "half_load_p50_ms", "half_load_p99_ms"]
    return table(stages, columns, measure)


def idle(stages: list[Stage]) -> Figures:
    """Measure what people cost who are there and say nothing."""

    def measure(stage: Stage) -> list[float]:
        seen = stage.meet(Crowd(IDLE, 0, seconds=10))
        return [
            round(seen.kb / IDLE, 1),
            round(100 * seen.server_cpu / seen.seconds, 2),
        ]

    return table(stages, ["idle_kb_each", f"idle_cpu_percent_of_{IDLE}"], measure)


def join(stages: list[Stage], plan: Plan) -> Figures:
    """Measure how long it takes until many who come at once are all there."""

    def measure(stage: Stage) -> list[float]:
        crowd = Crowd(JOINING, 0, seconds=0.1)
        return [median(stage.meet(crowd).joined_ms for _ in range(plan.times))]

    return table(stages, [f"join_ms_{JOINING}"], measure)


def channels(stages: list[Stage]) -> Figures:
    """Measure what a delivery costs in one small channel, and in one of many."""
    counts = (1, 10, 100)

    def measure(stage: Stage) -> list[float]:
        crowds = [Crowd(SMALL * many, many, 10, channels=many) for many in counts]
        return [round(1e6 / stage.meet(crowd).per_cpu, 1) for crowd in crowds]

    return table(
        stages, [f"delivery_us_in_{many}_channels" for many in counts], measure
    )


def table(
    stages: list[Stage], columns: list[str], measure: Callable[[Stage], list[float]]
) -> Figures:
    """Print a line for every server; return its figures by column and name."""
    figures: Figures = {}
    heading("", *columns)
    for stage in stages:
        with contextlib.closing(stage):
            values = measure(stage)
            row(stage.peer.name, *values)
            named = zip(columns, values, strict=True)
            figures |= {f"{column}_{stage.peer.name}": value for column, value in named}
    return figures


def mark(seen: Seen) -> str:
    """Return how much of a core the crowd took, with a star where it may have been the limit."""
    return f"{seen.own_share:.0%}{'*' if seen.limited else ''}"


def heading(title: str, *columns: str) -> None:
    print(f"\n{title:<36}" + "".join(f"  {column:>12}" for column in columns))


def row(name: str, *values: object) -> None:
    print(f"{name:<36}" + "".join(f"  {value:>12}" for value in values), flush=True)
