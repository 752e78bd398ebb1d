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
ROUNDS = 2  # of a search; between them the others have theirs
LISTENINGS = 3  # of which the middle one counts

Figures = dict[str, float]


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table has a column for, and what all of it is about."""

    names: list[str]
    about: str

    def figures(self, server: str, values: list[float]) -> Figures:
        """Return a line's figures by what they are."""
        named = zip(self.names, values, strict=True)
        return {f"{name}_{self.about}_{server}": value for name, value in named}


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
    patience: float  # seconds for one round of a search


QUICK = Plan((OURS, NODE, PLAIN), (30,), 1.1, (50, 200), 1, 1, 8)
FULL = Plan(
    (OURS, NODE, PLAIN, UVICORN, DAPHNE),
    (30, 60),
    1.05,
    (10, 50, 200, 1000),
    1.5,
    2,
    9,
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
    searches = [Search(stage, hz, plan) for stage in stages]
    for _ in range(ROUNDS):
        for search in searches:
            search.go_on()
    for search in searches:
        people, seen = search.found
        yield search.name, people, seen


class Search:
    """The search for the largest crowd a server carries."""

    def __init__(self, stage: Stage, hz: int, plan: Plan):
        self.name = stage.peer.name
        self._stage = stage
        self._hz = hz
        self._plan = plan
        self._end = 0.0
        self._people = 0  # in the largest crowd that was carried
        self._seen: Seen | None = None  # by it

    @property
    def found(self) -> tuple[int, Seen]:
        """Return how many were carried, and what they saw."""
        if self._seen is None:
            raise RuntimeError(f"{self.name} carries nobody")
        return self._people, self._seen

    def go_on(self) -> None:
        """Look for a larger crowd for a while; what was too many before may have met a bad moment of the machine."""
        self._end = time.monotonic() + self._plan.patience
        with contextlib.closing(self._stage):
            low, high = self._bounds()
            while self._in_doubt(low, high):
                middle = (low + high) // 2
                low, high = (middle, high) if self._carries(middle) else (low, middle)

    def _bounds(self) -> tuple[int, int]:
        """Go in steps; return how many are carried for certain, and how many are not."""
        low, high = self._people, MOST
        people = round(low * STEP) if low else self._stage.peer.likely * 30 // self._hz
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
                self._people, self._seen = people, seen
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
    """Measure how soon one hears the others: half as many people as a server carries, then half as many as the best other does."""
    carried = {stage: int(figures[f"drawers_30_{stage.peer.name}"]) for stage in stages}
    best = max(people for stage, people in carried.items() if stage.peer is not OURS)
    able = {stage: best for stage in stages if carried[stage] >= best // 2}
    return latencies("half_load", carried) | latencies("half_load_of_best_peer", able)


def latencies(when: str, carried: dict[Stage, int]) -> Figures:
    """Measure how soon one hears the others when half as many draw as are given for each server."""

    def measure(stage: Stage) -> list[float]:
        people = carried[stage] // 2
        crowd = Crowd(people, people, seconds=1.5)
        seen = [stage.meet(crowd) for _ in range(LISTENINGS)]
        p50, p99 = (one.p50_ms for one in seen), (one.p99_ms for one in seen)
        return [people, median(p50), median(p99)]

    names = ["people", "p50_ms", "p99_ms"]
    return table(list(carried), Columns(names, when), measure)


def idle(stages: list[Stage]) -> Figures:
    """Measure what people cost who are there and say nothing."""

    def measure(stage: Stage) -> list[float]:
        seen = stage.meet(Crowd(IDLE, 0, seconds=10))
        return [
            round(seen.kb / IDLE, 1),
            round(100 * seen.server_cpu / seen.seconds, 2),
        ]

    return table(stages, Columns(["kb_each", "cpu_percent"], f"{IDLE}_idle"), measure)


def join(stages: list[Stage], plan: Plan) -> Figures:
    """Measure how long it takes until many who come at once are all there."""

    def measure(stage: Stage) -> list[float]:
        crowd = Crowd(JOINING, 0, seconds=0.1)
        times = [stage.meet(crowd).joined_ms for _ in range(plan.times)]
        return [round(median(times), 1)]

    return table(stages, Columns(["ms"], f"{JOINING}_join"), measure)


def channels(stages: list[Stage]) -> Figures:
    """Measure what a delivery costs in one small channel, and in one of many."""
    counts = (1, 10, 100)

    def measure(stage: Stage) -> list[float]:
        crowds = [Crowd(SMALL * many, many, 10, channels=many) for many in counts]
        return [round(1e6 / stage.meet(crowd).per_cpu, 1) for crowd in crowds]

    names = [f"{many}_channels" for many in counts]
    return table(stages, Columns(names, "delivery_us"), measure)


def table(
    stages: list[Stage], columns: Columns, measure: Callable[[Stage], list[float]]
) -> Figures:
    """Print a line for every server; return its figures by column and name."""
    figures: Figures = {}
    heading(columns.about.replace("_", " "), *columns.names)
    for stage in stages:
        with contextlib.closing(stage):
            values = measure(stage)
            row(stage.peer.name, *values)
            figures |= columns.figures(stage.peer.name, values)
    return figures


def mark(seen: Seen) -> str:
    """Return how much of a core the crowd took, with a star where it may have been the limit."""
    return f"{seen.own_share:.0%}{'*' if seen.limited else ''}"


def heading(title: str, *columns: str) -> None:
    print(f"\n{title:<36}" + "".join(f"  {column:>12}" for column in columns))


def row(name: str, *values: object) -> None:
    print(f"{name:<36}" + "".join(f"  {value:>12}" for value in values), flush=True)
