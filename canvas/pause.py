"""When people pause in drawing."""

from collections.abc import Callable
from time import monotonic

import gevent

PAUSE = 3.0  # seconds without a stroke
# Where thirty people draw, one of them always is.
LONGEST = 30.0  # seconds


class Pause:
    """Does something whenever a burst of drawing is over, or has gone on for long."""

    def __init__(self, do: Callable[[], None]):
        self._do = do
        self._timer: gevent.Greenlet | None = None
        self._began = self._last = 0.0

    def drawn(self) -> None:
        """Note that something was drawn just now."""
        self._last = monotonic()
        if self._timer is None:
            self._began = self._last
            self._timer = gevent.spawn_later(PAUSE, self._look)

    def cancel(self) -> None:
        """Wait for nothing any more."""
        if self._timer is not None:
            self._timer.kill(block=False)
            self._timer = None

    def _look(self) -> None:
        left = min(self._last + PAUSE, self._began + LONGEST) - monotonic()
        if left > 0:
            self._timer = gevent.spawn_later(left, self._look)
            return
        self._timer = None
        self._do()
