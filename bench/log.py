"""How long a stroke takes to be safe on both databases, what a live drawing weighs, and how a drawing grows with its log:
how long it takes to be read and to be seen, and an undo in it.

Beside the strokes stands what this disk takes to have written anything at all: no commit can be sooner.
"""

import contextlib
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
from websockets.sync.client import ClientConnection, connect

from bench import log_browser
from e2e import services
from e2e.drawer import CHUNK, CONNECT, EVENT, Drawer, Guest
from e2e.server import Server

PEOPLE = 4  # who draw at once, sharing the rate
RATES = [1, 100, 500, 1000]  # ops a second
FEWEST = 30  # strokes to be measured, however few a second
Figures = dict[str, float]


class Timed(Drawer):
    """A drawer that notes how long each stroke waited to be confirmed, from the moment it was drawn."""

    def __init__(self, url: str, key: str, seed: int, pace: float):
        super().__init__(url, key, seed, pace)
        self.waits: list[float] = []
        self._since: dict[str, float] = {}

    def draw(self, op: dict) -> None:
        self._since[op["id"]] = time.perf_counter()
        super().draw(op)

    def confirm(self, op_id: str) -> None:
        super().confirm(op_id)
        if op_id in self._since:
            self.waits.append(time.perf_counter() - self._since.pop(op_id))


def run(quick: bool) -> Figures:
    """Print what was measured; return the figures."""
    figures = measure_disk()
    with server("postgresql") as running:
        print(f"{'database':<12}{'ops/s':>8}{'reached':>9}{'p50 ms':>9}{'p99 ms':>9}")
        for rate in [500] if quick else RATES:
            figures |= measure_confirming(running, "postgresql", rate, 10 - 8 * quick)
    with server("sqlite") as running:
        for rate in [100, 500] if quick else RATES:
            figures |= measure_confirming(running, "sqlite", rate, 10 - 8 * quick)
        figures |= measure_weight(running, 50 if quick else 200)
        figures |= measure_growth(running, quick)
    return figures


def measure_growth(running: Server, quick: bool) -> Figures:
    """Print and return how long drawings of different lengths take to be read, seen and changed."""
    lengths = [100, 10_000] if quick else [100, 10_000, 100_000]
    drawings = {length: log_browser.fill(running, length) for length in lengths}
    figures: Figures = {}
    for length, (key, guest) in drawings.items():
        figures |= measure_reading(guest, key, length)
    return figures | log_browser.measure(running, drawings, 3 if quick else 7)


def measure_disk(times: int = 200) -> Figures:
    """Print and return how long this disk takes to have 4 kB written for good."""
    with tempfile.NamedTemporaryFile() as file:
        took = [synced(file.fileno()) * 1000 for _ in range(times)]
    p50, p99 = quantiles_of(took)
    print(f"fsync alone: {p50:.2f} ms, p99 {p99:.2f} ms", flush=True)
    return {"fsync_p50_ms": round(p50, 2), "fsync_p99_ms": round(p99, 2)}


def synced(file: int) -> float:
    """Return how many seconds a write took to be on the disk."""
    began = time.perf_counter()
    os.write(file, bytes(4096))
    os.fsync(file)
    return time.perf_counter() - began


def quantiles_of(times: list[float]) -> tuple[float, float]:
    """Return the median, and what 99 of 100 stay below."""
    found = statistics.quantiles(times, n=100, method="inclusive")
    return found[49], found[98]


@contextlib.contextmanager
def server(database: str) -> Iterator[Server]:
    """Serve on a database of its own."""
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder, environment = Path(name), {}
        if database == "postgresql":
            service = stack.enter_context(services.postgres())
            environment["DATABASE_URL"] = service.url
        (folder / "data").mkdir()
        running = Server(folder / "data", **environment)
        stack.callback(running.stop)
        # Only where there are long drawings are pictures to be made, and workers to be there.
        is_bare = database == "postgresql"
        yield running.prepare().start_bare() if is_bare else running.start()


# Confirming


def measure_confirming(
    running: Server, name: str, rate: int, seconds: float
) -> Figures:
    """Draw at a rate for a while; print and return how long strokes waited to be confirmed."""
    seconds = max(seconds, FEWEST / rate)
    waits = draw_for(running.url, rate, seconds)
    p50, p99 = quantiles_of([wait * 1000 for wait in waits])
    reached = len(waits) / seconds
    print(f"{name:<12}{rate:>8}{reached:>9.0f}{p50:>9.1f}{p99:>9.1f}", flush=True)
    key = f"{name}_{rate}"
    return {
        f"confirm_p50_ms_{key}": round(p50, 2),
        f"confirm_p99_ms_{key}": round(p99, 2),
    }


def draw_for(url: str, rate: int, seconds: float) -> list[float]:
    """Draw at a rate for a while; return how long each stroke waited, in seconds."""
    key = Guest(url).starts_a_drawing()
    people = min(PEOPLE, rate)
    drawers = [Timed(url, key, seed, people / rate) for seed in range(people)]
    for drawer in drawers:
        drawer.start()
    while not all(drawer.waits for drawer in drawers):
        time.sleep(0.01)
    for drawer in drawers:
        drawer.waits.clear()  # the first waited for the door too
    time.sleep(seconds)
    for drawer in drawers:
        drawer.stop_drawing.set()
    while any(drawer.pending for drawer in drawers):
        time.sleep(0.01)
    for drawer in drawers:
        drawer.leave.set()
        drawer.join()
    return [wait for drawer in drawers for wait in drawer.waits]


# What a live drawing weighs


def measure_weight(running: Server, count: int) -> Figures:
    """Print and return what a drawing with somebody in it costs the server, beyond that somebody."""
    guest = Guest(running.url)
    keys = [guest.starts_a_drawing() for _ in range(count)]
    visit(running, guest, keys[:1] * count)  # so that what is made once is there
    together = visit(running, guest, keys[:1] * count)
    apart = visit(running, guest, keys)
    kilobytes = max(0.0, (apart - together) / count / 1000)
    print(f"{count} live drawings: {kilobytes:.1f} kB each", flush=True)
    return {"live_drawing_kb": round(kilobytes, 1)}


def visit(running: Server, guest: Guest, keys: list[str]) -> int:
    """Join drawings, each by a socket of its own; return how much more the server holds then."""
    before = running.memory()
    with contextlib.ExitStack() as stack:
        for key in keys:
            join(stack.enter_context(line(running.url, guest)), key)
        return running.memory() - before


def line(url: str, guest: Guest) -> ClientConnection:
    """Return a connection of somebody's."""
    address = url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
    headers = {"Cookie": guest.cookie, "Origin": url}
    # Nobody reads what the others' comings and goings are told by; a full queue would hold up the close.
    return connect(address, additional_headers=headers, max_queue=None)


def join(socket: ClientConnection, key: str) -> None:
    """Subscribe to a drawing, and wait until one is in."""
    socket.send(CONNECT)
    socket.send(f'{EVENT}["subscribe","drawing-{key}"]')
    while "welcome" not in socket.recv():
        pass


# Reading a log


def measure_reading(guest: Guest, key: str, length: int) -> Figures:
    """Print and return how long the whole log of a drawing takes to be read over HTTP, and how large it is."""
    began = time.perf_counter()
    sizes = [len(body) for body in read(guest, key, length)]
    seconds, kilobytes = time.perf_counter() - began, sum(sizes) / 1000
    print(
        f"{length:>7} strokes read: {seconds * 1000:.0f} ms, {kilobytes:.0f} kB",
        flush=True,
    )
    return {
        f"read_log_ms_{length}": round(seconds * 1000, 1),
        f"read_log_kb_{length}": round(kilobytes, 1),
    }


def read(guest: Guest, key: str, length: int) -> Iterator[bytes]:
    """Yield a log's full chunks, then its end, and see that nothing is missing."""
    seq = 0
    while seq < length // CHUNK * CHUNK:
        body = guest.get(f"/d/{key}/log/{seq // CHUNK}")
        seq = msgspec.json.decode(body)[-1][0]
        yield body
    body = guest.get(f"/d/{key}/log/tail?since={seq}")
    assert seq + len(msgspec.json.decode(body)) == length
    yield body
