"""How long an op takes to come back while workers make pictures as fast as they can."""

import tempfile
import time
import urllib.error
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread

from e2e.drawer import Drawer, Guest
from e2e.server import Server

PACE = 0.02  # seconds between two ops of somebody who draws without a pause
ROUNDS = 3  # of idle and busy, in turns: what else the machine does falls on both alike
EVERY = 0.5  # seconds between two questions, which themselves take the server's time
BEFORE = 200  # ops the pictures show at least
KINDS = (("png", "4x"), ("webp", "2x"), ("timelapse-webp", ""))


class Timed(Drawer):
    """Somebody who draws, and notes how long each op takes to come back."""

    def __init__(self, url: str, key: str):
        super().__init__(url, key, seed=1, pace=PACE)
        self.times: list[float] = []  # ms
        self._sent_at: dict[str, float] = {}

    def draw(self, op: dict) -> None:
        self._sent_at[op["id"]] = time.perf_counter()
        super().draw(op)

    def confirm(self, op_id: str) -> None:
        super().confirm(op_id)
        if op_id in self._sent_at:
            took = time.perf_counter() - self._sent_at.pop(op_id)
            self.times.append(took * 1000)


class Asker(Thread):
    """Has pictures made of a drawing, moment after moment, so that no worker ever rests."""

    def __init__(self, guest: Guest, key: str):
        super().__init__(daemon=True)
        self.stop = Event()
        self.asked = 0
        self._guest = guest
        self._key = key

    def run(self) -> None:
        while not self.stop.wait(EVERY):
            with suppress(urllib.error.HTTPError):  # as many wait as may
                self._guest.asks_for(self._key, self._form())
                self.asked += 1

    def _form(self) -> dict[str, str]:
        kind, size = KINDS[self.asked % len(KINDS)]
        return {"kind": kind, "size": size, "seq": str(BEFORE - self.asked % BEFORE)}


def beside_workers(seconds: float) -> dict[str, float]:
    """Return p99 of an op's way there and back, idle and with the workers busy."""
    idle, busy = [], []
    with drawing_on() as (drawer, guest, key):
        for _ in range(ROUNDS):
            idle += measured(drawer, seconds)
            asker = Asker(guest, key)
            asker.start()
            wait_for(lambda asker=asker: asker.asked > 2)
            busy += measured(drawer, seconds)
            asker.stop.set()
            wait_for(lambda: guest.is_done(key))
    return {
        "op_ms_p50_idle": median(idle),
        "op_ms_p50_beside_workers": median(busy),
        "op_ms_p99_idle": p99(idle),
        "op_ms_p99_beside_workers": p99(busy),
        "op_p99_beside_workers_over_idle": p99(busy) / p99(idle),
    }


@contextmanager
def drawing_on() -> Iterator[tuple[Timed, "Client", str]]:
    """Have a server with its workers, and somebody drawing there."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder)).start()
        guest = Client(server.url)
        key = guest.starts_a_drawing()
        drawer = Timed(server.url, key)
        drawer.start()
        try:
            wait_for(lambda: drawer.head > BEFORE)
            yield drawer, guest, key
        finally:
            drawer.leave.set()
            drawer.join()
            server.stop()


class Client(Guest):
    """A browser's cookies that ask for pictures, and how far these are."""

    def __init__(self, url: str):
        super().__init__(url)
        self._last = ""

    def asks_for(self, key: str, form: dict[str, str]) -> None:
        """Have something made of a drawing."""
        token = next(one.value for one in self._jar if one.name == "csrftoken")
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **form}).encode()
        with self._opener.open(
            f"{self.url}/d/{key}/pictures/", data, timeout=30
        ) as page:
            self._last = page.headers.get("Location", "") or page.read().decode()

    def is_done(self, key: str) -> bool:
        """Say whether what was asked for last is made, so that nobody works on."""
        address = self._last.partition('"address": "')[2].partition('"')[0]
        return '"made"' in self.get(address).decode() if address else True


def measured(drawer: Timed, seconds: float) -> list[float]:
    """Return how long each op took that came back in the next seconds, in ms."""
    drawer.times = []
    time.sleep(seconds)
    return drawer.times


def wait_for(holds) -> None:
    """Wait until something holds."""
    while not holds():
        time.sleep(0.05)


def p99(times: list[float]) -> float:
    """Return what all but one in a hundred stay below."""
    return quantiles(times, n=100)[-1]
