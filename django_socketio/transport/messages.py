"""Messages as they travel, and the messages of one turn: encoded once, for however many sockets."""

from collections.abc import Sequence
from itertools import accumulate

from websockets.frames import Opcode

from django_socketio.transport.frames import frame

MESSAGE = b"4"  # Engine.IO's mark on what belongs to Socket.IO


class Message:
    """A Socket.IO packet, encoded, with the bytes that go beside it."""

    __slots__ = ("attachments", "frames", "number", "payload", "volatile")

    def __init__(
        self, payload: bytes, attachments: Sequence[bytes] = (), volatile: bool = False
    ):
        self.number = 0  # among all that is said: the order in which it is to come
        self.payload = payload
        self.attachments = attachments
        self.volatile = volatile
        self.frames = frame(MESSAGE + payload)
        if attachments:
            beside = [frame(bytes(data), Opcode.BINARY) for data in attachments]
            self.frames = b"".join([self.frames, *beside])


class Part:
    """What one socket is to have of a batch."""

    __slots__ = ("_batch", "_buffers", "_ranges")

    def __init__(self, batch: "Batch", ranges: Sequence[tuple[int, int]]):
        self._batch = batch
        self._ranges = ranges
        self._buffers: list[memoryview] = []

    @property
    def buffers(self) -> list[memoryview]:
        """Return the frames as pieces of the bytes every socket shares."""
        if not self._buffers:
            self._buffers = [
                self._batch.view(start, end) for start, end in self._ranges
            ]
        return self._buffers

    @property
    def messages(self) -> list[Message]:
        """Return the messages one by one."""
        return [
            message
            for start, end in self._ranges
            for message in self._batch.messages[start:end]
        ]


class Batch:
    """The messages of one turn, one behind the other; a socket's own are left out for it."""

    __slots__ = ("_bytes", "_own", "_seen", "_starts", "_whole", "messages")

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self._own: dict[object, list[int]] = {}
        self._seen: dict[object, int] = {}
        self._whole: Part | None = None
        self._starts: list[int] = []
        self._bytes = memoryview(b"")

    def __len__(self) -> int:
        return len(self.messages)

    def add(self, message: Message, sender: object | None = None) -> None:
        """Put a message behind the others; its sender is not to have it."""
        if sender is not None:
            self._own.setdefault(sender, []).append(len(self.messages))
        self.messages.append(message)
        self._whole = None

    def mark_seen(self, socket: object) -> None:
        """Note that a socket has, or is not to have, all there is so far."""
        self._seen[socket] = len(self.messages)

    def part(self, socket: object) -> Part | None:
        """Return what socket is to have, or None when that is nothing."""
        if socket in self._own or socket in self._seen:
            ranges = self._ranges(socket)
            return Part(self, ranges) if ranges else None
        if self._whole is None:
            self._whole = Part(self, [(0, len(self.messages))])
        return self._whole

    def _ranges(self, socket: object) -> list[tuple[int, int]]:
        ranges, start = [], self._seen.get(socket, 0)
        for own in self._own.get(socket, ()):
            if own > start:
                ranges.append((start, own))
            start = max(start, own + 1)
        if start < len(self.messages):
            ranges.append((start, len(self.messages)))
        return ranges

    def view(self, start: int, end: int) -> memoryview:
        """Return the frames of messages start to end, without copying them."""
        if len(self._starts) != len(self.messages) + 1:
            frames = [message.frames for message in self.messages]
            self._starts = list(accumulate(map(len, frames), initial=0))
            self._bytes = memoryview(b"".join(frames))
        return self._bytes[self._starts[start] : self._starts[end]]
