"""Reading from one socket without a greenlet that waits for it."""

from collections.abc import Callable
from typing import Any

from gevent import get_hub
from gevent.event import Event

from django_socketio.transport.crew import Crew

READABLE = 1


class Reader:
    """Has a crew read whenever there is something to read, one task at a time, until reading says that it is over."""

    def __init__(self, fd: int, read: Callable[[], bool], crew: Crew):
        self._read = read
        self._crew = crew
        self._watcher: Any = get_hub().loop.io(fd, READABLE)
        self._over = Event()
        self._is_called = False

    def run(self) -> None:
        """Return when it is over."""
        self._watcher.start(self._call)
        try:
            self._over.wait()
        finally:
            self._over.set()
            self._watcher.stop()
            self._watcher.close()

    def _call(self) -> None:
        if self._is_called:
            self._watcher.stop()  # it would be called all the while the task takes
        else:
            self._is_called = True
            self._crew.call(self._task)

    def _task(self) -> None:
        if self._over.is_set():
            return  # the descriptor may be another socket's by now
        goes_on = False
        try:
            goes_on = self._read()
        finally:
            self._is_called = False
            if not goes_on:
                self._watcher.stop()
                self._over.set()
        if not self._over.is_set() and not self._watcher.active:
            self._watcher.start(self._call)
