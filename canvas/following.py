"""How far a log has been told in this process: each op in its turn, whichever process wrote it."""

import logging
from collections.abc import Callable

import gevent
from django.db import Error

from canvas.history.aside import aside
from canvas.store import Entry, since

AT_ONCE = 1000  # ops read from the database
RETRY = 1.0  # seconds, when it cannot be read

logger = logging.getLogger(__name__)


class Following:
    """Tells the ops of a log in their order: those committed here at once, those of other processes once it has read them."""

    def __init__(self, drawing: int, head: int, tell: Callable[[list[Entry]], None]):
        self.head = head  # the last seq told
        self._drawing = drawing
        self._tell_all = tell
        self._newest = head  # the last seq heard of
        self._reader: gevent.Greenlet | None = None

    def take(self, entry: Entry) -> None:
        """Tell an op that has been committed here, when it is its turn."""
        if entry.seq == self.head + 1:
            self._tell([entry])
        else:
            self.hear(entry.seq)

    def _tell(self, entries: list[Entry]) -> None:
        self.head = entries[-1].seq
        self._tell_all(entries)

    def hear(self, head: int) -> None:
        """Hear how far the log goes; what is missing is read, and told."""
        self._newest = max(self._newest, head)
        if self.head < self._newest and self._reader is None:
            self._reader = gevent.spawn(self._read)

    def _read(self) -> None:
        try:
            while self.head < self._newest:
                self._read_on()
        finally:
            self._reader = None

    def _read_on(self) -> None:
        try:
            entries = aside(since, self._drawing, self.head, AT_ONCE)
        except Error as error:
            logger.warning("The log could not be read: %s", error)
            gevent.sleep(RETRY)
            return
        if not entries:  # it goes less far than was said
            self._newest = self.head
        # What was committed here meanwhile has been told already.
        fresh = [one for one in entries if one.seq > self.head]
        if fresh:
            self._tell(fresh)

    def close(self) -> None:
        """Read no more."""
        if self._reader:
            self._reader.kill(block=False)
