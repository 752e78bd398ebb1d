"""How long a stroke takes to be safe: from a browser's send to the confirmation, on both databases."""

import contextlib
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from e2e import services
from e2e.drawer import Drawer, Guest
from e2e.server import Server

PEOPLE = 4  # who draw at once, sharing the rate


class Timed(Drawer):
    """A drawer that notes how long each stroke waited to be confirmed."""

    def __init__(self, url: str, key: str, seed: int, pace: float):
        super().__init__(url, key, seed, pace)
        self.sent: dict[str, float] = {}
        self.waits: list[float] = []

    def propose(self, op: dict) -> None:
        self.sent[op["id"]] = time.perf_counter()
        super().propose(op)

    def confirm(self, op_id: str) -> None:
        super().confirm(op_id)
        if op_id in self.sent:
            self.waits.append(time.perf_counter() - self.sent.pop(op_id))


def run(quick: bool) -> dict[str, float]:
    """Print confirm latency by rate and database; return the figures."""
    seconds, rates = (3, [1, 100, 500]) if quick else (10, [1, 100, 500, 1000])
    figures: dict[str, float] = {}
    print(f"{'database':<12}{'ops/s':>8}{'reached':>9}{'p50 ms':>9}{'p99 ms':>9}")
    for name in ("sqlite", "postgresql"):
        with server(name) as running:
            for rate in rates:
                waits = measure(running.url, rate, seconds)
                figures |= report(name, rate, len(waits) / seconds, waits)
    return figures


@contextlib.contextmanager
def server(database: str) -> Iterator[Server]:
    """Serve on a database of its own."""
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder, environment = Path(name), {}
        if database == "postgresql":
            (folder / "postgres").mkdir()
            service = services.postgres(folder / "postgres")
            environment["DATABASE_URL"] = stack.enter_context(service)
        (folder / "data").mkdir()
        running = Server(folder / "data", **environment).start()
        stack.callback(running.stop)
        yield running


def measure(url: str, rate: int, seconds: float) -> list[float]:
    """Draw at a rate for a while; return how long each stroke waited, in seconds."""
    key = Guest(url).starts_a_drawing()
    people = min(PEOPLE, rate)
    drawers = [Timed(url, key, seed, people / rate) for seed in range(people)]
    for drawer in drawers:
        drawer.start()
    time.sleep(seconds)
    for drawer in drawers:
        drawer.stop_drawing.set()
    while any(drawer.pending for drawer in drawers):
        time.sleep(0.01)
    for drawer in drawers:
        drawer.leave.set()
        drawer.join()
    return [wait for drawer in drawers for wait in drawer.waits]


def report(
    name: str, rate: int, reached: float, waits: list[float]
) -> dict[str, float]:
    """Print one line; return its figures by name."""
    quantiles = statistics.quantiles([wait * 1000 for wait in waits], n=100)
    p50, p99 = quantiles[49], quantiles[98]
    print(f"{name:<12}{rate:>8}{reached:>9.0f}{p50:>9.1f}{p99:>9.1f}")
    key = f"{name}_{rate}"
    return {
        f"confirm_p50_ms_{key}": round(p50, 2),
        f"confirm_p99_ms_{key}": round(p99, 2),
    }
