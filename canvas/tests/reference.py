"""How much of each pixel an outline covers, found the slow and plain way."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PIL import Image

from canvas.engine.geometry import OUTLINE_UNIT, Box, Vertex

SAMPLES = 16  # a side of a pixel
STEP = OUTLINE_UNIT // SAMPLES

Crossing = tuple[int, int]  # the first sample right of an edge, and which way it runs


def coverage(points: Sequence[Vertex], part: Box) -> Image.Image:
    """Return the share of samples inside an outline, nonzero, for pixels of a part."""
    width = (part.right - part.left) * SAMPLES
    height = (part.bottom - part.top) * SAMPLES
    samples = bytearray(width * height)
    for row, crossings in enumerate(rows(points, part)):
        for start, stop in spans(crossings):
            start, stop = max(0, start), min(width, stop)
            if start < stop:
                at = row * width
                samples[at + start : at + stop] = b"\xff" * (stop - start)
    return Image.frombytes("L", (width, height), bytes(samples)).reduce(SAMPLES)


def rows(points: Sequence[Vertex], part: Box) -> list[list[Crossing]]:
    """Return for every row of samples where edges cross it."""
    found: list[list[Crossing]] = [
        [] for _ in range((part.bottom - part.top) * SAMPLES)
    ]
    x0, y0 = part.left * OUTLINE_UNIT, part.top * OUTLINE_UNIT
    moved = [(x - x0, y - y0) for x, y in points]
    for a, b in pairwise([*moved, moved[0]]):
        for row, crossing in crossings_of(a, b, len(found)):
            found[row].append(crossing)
    return found


def crossings_of(a: Vertex, b: Vertex, count: int) -> Iterator[tuple[int, Crossing]]:
    """Yield the rows an edge crosses, and where."""
    way = 1 if a[1] < b[1] else -1
    (ax, ay), (bx, by) = (a, b) if way == 1 else (b, a)
    first = max(0, -(-(ay - STEP // 2) // STEP))
    last = min(count, -(-(by - STEP // 2) // STEP))
    for row in range(first, last):
        x = ax + (bx - ax) * (row * STEP + STEP // 2 - ay) / (by - ay)
        yield row, (int(-(-(x - STEP / 2) // STEP)), way)


def spans(crossings: list[Crossing]) -> Iterator[tuple[int, int]]:
    """Yield where a row of samples is inside."""
    winding, start = 0, 0
    for sample, way in sorted(crossings):
        if winding == 0:
            start = sample
        winding += way
        if winding == 0:
            yield start, sample
