"""A stream of bytes, cut into what the WebSocket protocol has to see of it."""

from typing import NamedTuple

from websockets.frames import Opcode

from django_socketio.transport.frames import Head, head_at, shortened

LONG = 65536  # bytes; a longer frame goes to the protocol in parts
KEPT = 64  # bytes of a message too long to be kept, which say what it was


class TooBig(Exception):
    """A message is longer than anything that is read past."""


class Piece(NamedTuple):
    """Bytes for the protocol, and where in the buffer the rest begins."""

    data: bytes
    end: int


class Trimmer:
    """Gives whole frames, long ones in parts, and of a message longer than `message` bytes only the beginning.

    What it leaves out, up to `passed_over` bytes a message, is read and kept nowhere.
    """

    def __init__(self, message: int, passed_over: int):
        self._message = message
        self._most = max(message, passed_over)
        self._owed = 0  # bytes to come of a frame that was given in part
        self._excess = 0  # bytes to come that are left out
        self._size = 0  # bytes of the message so far

    @property
    def is_within(self) -> bool:
        """Say whether a frame has begun and not ended."""
        return bool(self._owed or self._excess)

    @property
    def has_cut(self) -> bool:
        """Say whether the message read last was too long."""
        return self._size > self._message

    def piece(self, data: bytes, at: int) -> Piece | None:
        """Return the piece at `at`, or None to wait for more; raise TooBig."""
        available = len(data) - at
        if self._excess:
            skipped = min(available, self._excess)
            self._excess -= skipped
            return Piece(b"", at + skipped)
        if self._owed:
            part = min(available, self._owed)
            self._owed -= part
            return Piece(data[at : at + part], at + part)
        head = head_at(data, at)
        return None if head is None else self._first(data, at, head)

    def _first(self, data: bytes, at: int, head: Head) -> Piece | None:
        """Return the piece a frame begins with."""
        if head.opcode >= Opcode.CLOSE:
            return self._uncut(data, at, head)
        size = head.size + (self._size if head.opcode == Opcode.CONT else 0)
        if size > self._most:
            raise TooBig
        cut = self._cut if size > self._message else self._uncut
        piece = cut(data, at, head)
        if piece:
            self._size = size
        return piece

    def _uncut(self, data: bytes, at: int, head: Head) -> Piece | None:
        end = at + head.length + head.size
        if end > len(data) and head.size <= LONG:
            return None
        self._owed = max(0, end - len(data))
        return Piece(data[at:end], min(end, len(data)))

    def _cut(self, data: bytes, at: int, head: Head) -> Piece | None:
        kept = 0 if head.opcode == Opcode.CONT else min(KEPT, head.size)
        end = at + head.length + kept
        if end > len(data):
            return None
        self._excess = head.size - kept
        return Piece(shortened(data, at, head, kept), end)
