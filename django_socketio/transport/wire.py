"""Bytes on their way to one socket, without ever waiting for it."""

import os
import socket
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from gevent import get_hub

WRITABLE = 2
CHUNK = 1 << 18
MOST_PARTS = 512  # below the kernel's IOV_MAX


class Wire:
    """Writes at once what the kernel takes; the rest waits here, in order, up to a bound."""

    def __init__(self, sock: Any, bound: int, lost: Callable[[str], None]):
        self.backlog = 0
        self._sock = sock
        self._fd = sock.fileno()
        self._bound = bound
        self._lost = lost
        self._waiting: deque[bytes] = deque()
        self._watcher: Any = None
        self._open = True
        self._shut = False  # nothing more is taken in
        self._written = self._seen_written = 0

    def write(self, data: bytes | memoryview) -> None:
        """Send data, or as much as goes, and keep the rest."""
        self.write_parts((data,))

    def write_parts(self, parts: Sequence[bytes | memoryview]) -> None:
        """Send several pieces in one write, copying nothing that goes at once."""
        if len(parts) > MOST_PARTS:
            parts = (b"".join(parts),)
        sent = 0 if self._waiting or self._shut else self._taken(parts)
        if sent < sum(map(len, parts)):
            self._keep(b"".join(parts)[sent:])

    def _taken(self, parts: Sequence[bytes | memoryview]) -> int:
        """Return how many bytes the kernel takes now."""
        try:
            sent = os.writev(self._fd, parts)
        except BlockingIOError:
            return 0
        except OSError:
            self._lost("gone")
            return 0
        self._written += sent
        return sent

    def _keep(self, data: bytes) -> None:
        if self._shut:
            return
        self._waiting.append(data)
        self.backlog += len(data)
        if self.backlog > self._bound:
            self._lost("slow")
        elif self._watcher is None:
            self._watcher = get_hub().loop.io(self._fd, WRITABLE)
            self._watcher.start(self._drain)

    def _drain(self) -> None:
        data = self._next_chunk()
        sent = self._taken((data,))
        if not self._open:
            return
        self.backlog -= sent
        if sent < len(data):
            self._waiting.appendleft(data[sent:])
        elif not self._waiting:
            self._stop_watching()
            if self._shut:
                self._half_close()

    def _next_chunk(self) -> bytes:
        chunk = [self._waiting.popleft()]
        size = len(chunk[0])
        while self._waiting and size < CHUNK:
            chunk.append(self._waiting.popleft())
            size += len(chunk[-1])
        return b"".join(chunk)

    def is_stuck(self) -> bool:
        """Say whether nothing has moved since the last time of asking, though something waits."""
        stuck = bool(self._waiting) and self._written == self._seen_written
        self._seen_written = self._written
        return stuck

    def finish(self) -> None:
        """Say that nothing follows, once what waits has gone."""
        self._shut = True
        if not self._waiting and self._open:
            self._half_close()

    def _half_close(self) -> None:
        with suppress(OSError):  # the other side was quicker
            self._sock.shutdown(socket.SHUT_WR)

    def abort(self) -> None:
        """Stop at once, dropping what waits; whoever reads from the socket sees its end."""
        if not self._open:
            return
        self.close()
        with suppress(OSError):  # the other side was quicker
            self._sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let go of the socket; from now on nothing is written to it."""
        self._open = False
        self._shut = True
        self._waiting.clear()
        self.backlog = 0
        self._stop_watching()

    def _stop_watching(self) -> None:
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher.close()
            self._watcher = None
