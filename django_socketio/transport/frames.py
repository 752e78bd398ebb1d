"""WebSocket frames as they lie in a buffer, at their most ordinary: short, whole and text."""

from typing import NamedTuple

from websockets.frames import Opcode
from websockets.speedups import apply_mask

WHOLE_TEXT = 0x81
MASKED = 0x80
OPCODE = 0x0F


def frame(payload: bytes, opcode: int = Opcode.TEXT) -> bytes:
    """Return payload as one unmasked frame."""
    size = len(payload)
    if size < 126:
        head = bytes((0x80 | opcode, size))
    elif size < 65536:
        head = bytes((0x80 | opcode, 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((0x80 | opcode, 127)) + size.to_bytes(8, "big")
    return head + payload


def plain(data: bytes, at: int) -> tuple[bytes, int] | None:
    """Return the payload and the end of the whole, masked, unfragmented text frame at `at`, if that is what stands there."""
    available = len(data) - at
    if available < 6 or data[at] != WHOLE_TEXT:
        return None
    size, start = data[at + 1] - MASKED, at + 6
    if size == 126 and available >= 8:
        size, start = data[at + 2] << 8 | data[at + 3], at + 8
        if size < 126:
            return None
    elif not 0 <= size < 126:
        return None
    end = start + size
    if end > len(data):
        return None
    return apply_mask(data[start:end], data[start - 4 : start]), end


class Head(NamedTuple):
    """What a frame says of itself before its payload."""

    opcode: int
    length: int  # of the head itself, in bytes
    size: int  # of the payload, in bytes


def head_at(data: bytes, at: int) -> Head | None:
    """Return the head of the frame at `at`, or None while it is not all there."""
    if len(data) < at + 2:
        return None
    size = data[at + 1] & 0x7F
    wide = {126: 2, 127: 8}.get(size, 0)
    length = 2 + wide + (4 if data[at + 1] & MASKED else 0)
    if len(data) < at + length:
        return None
    if wide:
        size = int.from_bytes(data[at + 2 : at + 2 + wide], "big")
    return Head(data[at] & OPCODE, length, size)


def shortened(data: bytes, at: int, head: Head, keep: int) -> bytes:
    """Return the frame at `at` as if its payload ended after `keep` bytes, fewer than 126."""
    masked = data[at + 1] & MASKED
    start = at + head.length
    mask = data[start - 4 : start] if masked else b""
    return bytes((data[at], masked | keep)) + mask + data[start : start + keep]
