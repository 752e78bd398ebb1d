"""What a worker and its painter say to each other, and the line they say it on."""

import time
from multiprocessing.connection import Connection

import msgspec


class Order(msgspec.Struct, frozen=True, tag="order"):
    """Make this of a drawing up to a seq, as files in a folder."""

    drawing: str
    seq: int
    width: int
    height: int
    kind: str
    size: str
    folder: str


class Since(msgspec.Struct, frozen=True, tag="since"):
    """The painter needs the ops that come next after this seq."""

    seq: int


class Ops(msgspec.Struct, frozen=True, tag="ops"):
    """The next ops, each with its seq, as many as are read at once; none: there are no more."""

    ops: list[tuple[int, bytes]]


class Wanted(msgspec.Struct, frozen=True, tag="wanted"):
    """The painter needs the file of an image."""

    name: str


class File(msgspec.Struct, frozen=True, tag="file"):
    """The file asked for; empty when there is none."""

    data: bytes


class Progress(msgspec.Struct, frozen=True, tag="progress"):
    """So much is done."""

    percent: int


class Done(msgspec.Struct, frozen=True, tag="done"):
    """The order is in its folder, in these files."""

    files: list[str]


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The order cannot be made; the code says why."""

    code: str


Word = Order | Since | Ops | Wanted | File | Progress | Done | Failed

DECODER = msgspec.msgpack.Decoder(Word)


class Line:
    """One end of the line between a worker and its painter."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def say(self, word: Word) -> None:
        """Send a word, or raise OSError when nobody is there."""
        self._connection.send_bytes(msgspec.msgpack.encode(word))

    def hear(self, deadline: float | None = None) -> Word:
        """Wait for a word; raise TimeoutError at the deadline, EOFError when nobody is there."""
        if deadline is not None:
            left = max(0.0, deadline - time.monotonic())
            if not self._connection.poll(left):
                raise TimeoutError
        return DECODER.decode(self._connection.recv_bytes())

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
