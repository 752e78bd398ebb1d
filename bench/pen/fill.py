"""Fill a server's database, as a child with its DATA_DIR: drawings of many strokes, and guests to draw.

`python -m bench.pen.fill '{"strokes": [100, 10000], "guests": 20}'` ends with one line of JSON.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drawnby.settings")
django.setup()

from django.core import signing  # noqa: E402
from django.db import transaction  # noqa: E402

from accounts.middleware import COOKIE  # noqa: E402
from accounts.people import new_guest  # noqa: E402
from canvas.engine import codec  # noqa: E402
from canvas.engine.ops import Stroke  # noqa: E402
from canvas.history.unpack import append  # noqa: E402
from canvas.models import Author, Drawing, Picture, author_for  # noqa: E402
from canvas.store import Entry, now  # noqa: E402
from canvas.tasks import ask_preview  # noqa: E402
from canvas.tests.generate import drawing  # noqa: E402

PART = 1000  # ops in one commit
DIFFERENT = 2000  # strokes; more are these over again
PATIENCE = 600  # seconds for the pictures of all of it
UNSETTLED = [Picture.State.WAITING, Picture.State.MAKING]


def main(strokes: list[int], guests: int) -> None:
    """Make the drawings and the guests, and say how to find them."""
    owner = author_for(new_guest())
    drawings = [filled(owner, count) for count in strokes]
    for made in drawings:
        ask_preview(made.pk)
    settle()
    keys = [made.key for made in drawings]
    print(json.dumps({"keys": keys, "guests": [guest() for _ in range(guests)]}))


def settle() -> None:
    """Wait for what the server's workers make of a drawing once people have left it."""
    deadline = time.monotonic() + PATIENCE
    while Picture.objects.filter(state__in=UNSETTLED).exists():
        if time.monotonic() > deadline:
            raise RuntimeError("The pictures are not made.")
        time.sleep(0.1)


def filled(owner: Author, count: int) -> Drawing:
    """Return a new drawing of so many strokes."""
    made = Drawing.objects.create(owner=owner)
    entries = list(log(owner, count))
    for start in range(0, count, PART):
        with transaction.atomic():
            append(made, entries[start : start + PART])
    return made


def log(owner: Author, count: int) -> Iterator[tuple[Entry, str]]:
    """Yield the log of a drawing of so many strokes."""
    strokes = cycle(drawing(min(count, DIFFERENT), seed=7))
    for seq, stroke in enumerate(islice(strokes, count), 1):
        op = replace(stroke, id=f"{owner.key}.{seq:x}")
        yield Entry(seq, now(), op.id, codec.encode(op)), Stroke.t


def guest() -> dict[str, str]:
    """Return a guest's author key, and the cookie that says so."""
    person = new_guest()
    signed = signing.dumps([person.key, person.name, person.colour], salt=COOKIE)
    return {"author": person.key, "cookie": f"{COOKIE}={signed}"}


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
