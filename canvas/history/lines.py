"""The lines of a file that somebody sent: hostile until read here."""

import zlib
from collections.abc import Iterator
from gzip import BadGzipFile, GzipFile
from typing import BinaryIO, TypeVar

from msgspec import DecodeError
from msgspec.json import Decoder

from canvas.history.aside import Answered

GZIPPED = b"\x1f\x8b"
LONGEST_HEADER = 1_048_576  # bytes
LONGEST_LINE = 65_536  # bytes of any other line, as of a message (P7)
LARGEST_TEXT = 256 * 1_048_576  # bytes: some 500,000 strokes

Decoded = TypeVar("Decoded")


class Unreadable(Answered):
    """A file, or a line of it, that is not what it should be; the code says why."""

    def __init__(self, code: str, line: int):
        super().__init__(f"line {line}: {code}")
        self.code = code
        self.line = line


class Lines:
    """The lines of a file, gzipped or not, counted as they are read."""

    def __init__(self, file: BinaryIO):
        self.number = 0
        self._text = opened(file)
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        while line := self._next():
            yield line

    def decode(self, line: bytes, decoder: Decoder[Decoded], code: str) -> Decoded:
        """Return what the line just read says, or raise Unreadable with the code."""
        try:
            return decoder.decode(line)
        except DecodeError:
            raise self.unreadable(code) from None

    def unreadable(self, code: str) -> Unreadable:
        """Return what is wrong with the line just read."""
        return Unreadable(code, self.number)

    def _next(self) -> bytes:
        self.number += 1
        longest = LONGEST_LINE if self.number > 1 else LONGEST_HEADER
        line = self._read(longest + 1)
        self._size += len(line)
        if len(line) > longest or self._size > LARGEST_TEXT:
            raise self.unreadable("too-long")
        return line

    def _read(self, limit: int) -> bytes:
        try:
            return self._text.readline(limit)
        except (BadGzipFile, EOFError, zlib.error):
            raise self.unreadable("cut-off") from None


def opened(file: BinaryIO) -> BinaryIO:
    """Return the text of a file, unzipped bit by bit if it is gzipped."""
    is_gzipped = file.read(len(GZIPPED)) == GZIPPED
    file.seek(0)
    return GzipFile(fileobj=file) if is_gzipped else file
