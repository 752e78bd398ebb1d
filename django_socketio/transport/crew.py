"""Greenlets that serve whichever socket has something to say: a silent one needs none, a busy one no switch of its own."""

from collections import deque
from collections.abc import Callable

from gevent import get_hub
from greenlet import getcurrent, greenlet

MOST_IDLE = 10  # greenlets kept for the next time several tasks wait at once


class Crew:
    """Does tasks one after the other; where one waits, another greenlet goes on with the rest."""

    def __init__(self) -> None:
        self._tasks: deque[Callable[[], None]] = deque()
        self._idle: list[greenlet] = []
        self._is_called = False

    def call(self, task: Callable[[], None]) -> None:
        """Have a task done as soon as the event loop has looked at every socket."""
        self._tasks.append(task)
        self._be_called()

    def _be_called(self) -> None:
        if not self._is_called:
            self._is_called = True
            get_hub().loop.run_callback(self._set_to_work)

    def _set_to_work(self) -> None:
        """Have all tasks done, or begun: in the hub's greenlet, which goes on where a worker waits, or ends."""
        self._is_called = False
        try:
            while self._tasks:
                worker = self._idle.pop() if self._idle else greenlet(self._work)
                worker.switch()
        finally:
            # A task that failed has ended its worker, and is reported by the loop; the others are not to suffer.
            if self._tasks:
                self._be_called()

    def _work(self) -> None:
        while True:
            while self._tasks:
                self._tasks.popleft()()
            if len(self._idle) == MOST_IDLE:
                return
            self._idle.append(getcurrent())
            get_hub().switch()
