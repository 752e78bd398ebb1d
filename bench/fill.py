"""Fill a drawing of a running server with strokes, and wait for no picture: `python -m bench.fill KEY COUNT`."""

import sys

from e2e import filler


def main(key: str, count: int) -> None:
    """Append so many strokes, a part in each commit."""
    filled = filler.Drawing.objects.get(key=key)
    entries = list(filler.log(filled, count))
    for start in range(0, count, filler.PART):
        with filler.transaction.atomic():
            filler.append(filled, entries[start : start + filler.PART])


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
