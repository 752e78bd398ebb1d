"""WebSocket frames at their most ordinary: short, whole and text."""

from websockets.frames import Opcode
from websockets.speedups import apply_mask

WHOLE_TEXT = 0x81
MASKED = 0x80
LONGEST_HEAD = 14


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


def extent(data: bytes, at: int) -> int | None:
    """Return how long the frame at `at` says it is, head and all, or None while its head is not all there."""
    if len(data) < at + 2:
        return None
    masking = 4 if data[at + 1] & MASKED else 0
    size = data[at + 1] & 0x7F
    wide = {126: 2, 127: 8}.get(size, 0)
    if len(data) < at + 2 + wide:
        return None
    if wide:
        size = int.from_bytes(data[at + 2 : at + 2 + wide], "big")
    return 2 + wide + masking + size
