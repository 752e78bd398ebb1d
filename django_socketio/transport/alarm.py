"""A timer that costs no greenlet."""

from collections.abc import Callable
from typing import Any

from gevent import get_hub


class Alarm:
    """Calls back from the event loop, once, unless it is set anew or stopped; what it calls must not wait."""

    __slots__ = ("_timer",)

    def __init__(self) -> None:
        self._timer: Any = None

    def ring_in(
        self, seconds: float, callback: Callable[..., None], *args: Any
    ) -> None:
        """Call back after so many seconds."""
        self.stop()
        self._timer = get_hub().loop.timer(seconds, ref=False)
        self._timer.start(callback, *args)

    def stop(self) -> None:
        """Call nobody."""
        if self._timer is not None:
            self._timer.stop()
            self._timer.close()
            self._timer = None
