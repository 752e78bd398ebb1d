"""How long an op takes to come back while workers make pictures as fast as they can.

Idle and busy take turns on one server, with the same person drawing: what else the machine
does falls on both alike. The pictures are asked for between the turns, because a question
takes the server's time and not a worker's; while it is idle their painters are stopped.
"""

import tempfile
import time
import urllib.error
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from itertools import count
from pathlib import Path
from statistics import median, quantiles

import psutil

from e2e.drawer import Drawer, Guest
from e2e.server import Server

PACE = 0.02  # seconds between two ops of somebody who draws without a pause
TURNS = 6  # of each
BEFORE = 200  # ops the pictures show at least
KINDS = (("png", "4x"), ("webp", "2x"), ("timelapse-webp", ""))
PAINTER = "canvas.pictures.studio"  # in the command of one


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

    def timed(self, seconds: float) -> list[float]:
        """Return how long each op took that came back in the next seconds, in ms."""
        self.times = []
        time.sleep(seconds)
        times, self.times = self.times, []
        return times


class Asker(Guest):
    """Somebody who has pictures made of a drawing, each another one."""

    def __init__(self, url: str):
        super().__init__(url)
        self._numbers = count()

    def fills_the_queue(self, key: str) -> None:
        """Ask for pictures until as many wait as may."""
        try:
            while True:
                self._asks(key, next(self._numbers))
        except urllib.error.HTTPError as error:
            if error.code != HTTPStatus.TOO_MANY_REQUESTS:
                raise

    def _asks(self, key: str, number: int) -> None:
        kind, size = KINDS[number % len(KINDS)]
        token = next(one.value for one in self._jar if one.name == "csrftoken")
        seq = str(BEFORE - number % BEFORE)
        form = {"csrfmiddlewaretoken": token, "kind": kind, "size": size, "seq": seq}
        data = urllib.parse.urlencode(form).encode()
        address = f"{self.url}/d/{key}/pictures/"
        with self._opener.open(address, data, timeout=30):
            pass


class Painters:
    """The processes that make a server's pictures."""

    def __init__(self, server: Server):
        self._server = psutil.Process(server.pid)

    def rest(self) -> None:
        """Have them stop in the middle of whatever they make."""
        for one in self._all():
            one.suspend()

    def go_on(self) -> None:
        """Have them go on, and wait until one does."""
        for one in self._all():
            one.resume()
        before = self.seconds()
        wait_for(lambda: self.seconds() > before + 0.1)

    def seconds(self) -> float:
        """Return the CPU seconds they have taken."""
        times = [one.cpu_times() for one in self._all()]
        return sum(one.user + one.system for one in times)

    def _all(self) -> list[psutil.Process]:
        children = self._server.children(recursive=True)
        return [one for one in children if PAINTER in one.cmdline()]


def beside_workers(seconds: float) -> dict[str, float]:
    """Return p50 and p99 of an op's way there and back, idle and with the workers busy."""
    idle, busy, work = [], [], 0.0
    with drawing_on() as (drawer, asker, painters):
        for _ in range(TURNS):
            painters.rest()
            idle += drawer.timed(seconds)
            asker()
            painters.go_on()
            before = painters.seconds()
            busy += drawer.timed(seconds)
            work += painters.seconds() - before
    return {
        "painters_cores": work / (TURNS * seconds),
        "op_ms_p50_idle": median(idle),
        "op_ms_p50_beside_workers": median(busy),
        "op_ms_p99_idle": p99(idle),
        "op_ms_p99_beside_workers": p99(busy),
        "op_p99_beside_workers_over_idle": p99(busy) / p99(idle),
    }


@contextmanager
def drawing_on() -> Iterator[tuple[Timed, Callable[[], None], Painters]]:
    """Have a server with its workers, and somebody drawing there; yield also what fills the queue."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder)).start()
        asker = Asker(server.url)
        key = asker.starts_a_drawing()
        drawer = Timed(server.url, key)
        drawer.start()
        try:
            wait_for(lambda: drawer.head > BEFORE)
            yield drawer, partial(asker.fills_the_queue, key), Painters(server)
        finally:
            drawer.leave.set()
            drawer.join()
            server.stop()


def wait_for(holds) -> None:
    """Wait until something holds."""
    while not holds():
        time.sleep(0.05)


def p99(times: list[float]) -> float:
    """Return what all but one in a hundred stay below."""
    return quantiles(times, n=100)[-1]
