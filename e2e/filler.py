"""Fills a drawing of a running server with its owner's strokes: `python -m e2e.filler KEY COUNT`, with its DATA_DIR.

It returns when the workers have made a checkpoint of them.
"""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drawnby.settings")
django.setup()

from django.db import transaction  # noqa: E402

from canvas import checkpoints, tasks  # noqa: E402
from canvas.engine import codec  # noqa: E402
from canvas.engine.ops import Stroke  # noqa: E402
from canvas.history.unpack import append  # noqa: E402
from canvas.models import Drawing  # noqa: E402
from canvas.store import Entry, now  # noqa: E402
from canvas.tests.generate import drawing  # noqa: E402

PART = 1000  # ops in one commit
DIFFERENT = 2000  # strokes; more are these over again
PATIENCE = 600  # seconds for a worker to paint them


def main(key: str, count: int) -> None:
    """Fill a drawing, and wait for its checkpoint."""
    filled = Drawing.objects.get(key=key)
    entries = list(log(filled, count))
    for start in range(0, count, PART):
        with transaction.atomic():
            append(filled, entries[start : start + PART])
    tasks.ask_preview(filled.pk)
    deadline = time.monotonic() + PATIENCE
    while checkpoints.latest(filled) is None:
        if time.monotonic() > deadline:
            raise RuntimeError("No worker has made a checkpoint.")
        time.sleep(0.1)


def log(filled: Drawing, count: int) -> Iterator[tuple[Entry, str]]:
    """Yield so many strokes by a drawing's owner, to follow what is there."""
    strokes = cycle(drawing(min(count, DIFFERENT), seed=7))
    for seq, stroke in enumerate(islice(strokes, count), filled.head + 1):
        op = replace(stroke, id=f"{filled.owner_id}.f{seq:x}")
        yield Entry(seq, now(), op.id, codec.encode(op)), Stroke.t


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
