"""The one task: make what is asked for, in a process of its own, and keep it."""

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from django.db import DatabaseError
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from canvas import store
from canvas.models import Picture
from canvas.pictures.limits import Limits
from canvas.pictures.painter import (
    CRASHED,
    Files,
    Log,
    Painter,
    Source,
    Unpaintable,
)
from canvas.pictures.paintings import Numbered
from canvas.pictures.recipes import PREVIEW, UNASKED
from canvas.pictures.talk import Order
from canvas.tasks.keeping import keep

PREVIEWS, DOWNLOADS = "default", "downloads"  # queues

UNSETTLED = [Picture.State.WAITING, Picture.State.MAKING]
MOST_TRIES = 3
NEXT_TRY = timedelta(seconds=5)  # and so much longer after every try
LOG_PART = 1000  # ops read at once
NEWS = 0.5  # seconds between two notes of progress
FOLDER = "drawnby-"  # begins the names of the folders files are made in
FORGOTTEN = 24 * 3600  # seconds; nothing takes so long to make

painter = Painter(Limits())


@task()
def make(pk: int) -> None:
    """Make a picture that is asked for, unless it is not wanted any more."""
    picture = claim(pk)
    if picture is None:
        return
    try:
        paint(picture)
    except Unpaintable as failed:
        fail(picture, failed.code, may_pass=failed.code == CRASHED)
        raise
    except (OSError, DatabaseError):
        fail(picture, "not-kept", may_pass=True)
        raise
    except SystemExit:  # the worker is told to stop; that is no try
        Picture.objects.filter(pk=pk).update(tries=F("tries") - 1)
        raise


def enqueue(picture: Picture) -> None:
    """Put a picture on its queue."""
    wait = NEXT_TRY * picture.tries
    make.using(
        queue_name=PREVIEWS if picture.kind in UNASKED else DOWNLOADS,
        run_after=timezone.now() + wait if wait else None,
    ).enqueue(picture.pk)


def claim(pk: int) -> Picture | None:
    """Return a picture that is still to be made, having noted that it is being made."""
    waiting = Picture.objects.filter(pk=pk, state__in=UNSETTLED)
    picture = waiting.select_related("drawing").first()
    if picture is None:
        return None
    if is_overtaken(picture):
        picture.delete()
        return None
    if picture.tries >= MOST_TRIES:  # each ended with its worker: see workers.py
        fail(picture, "given-up", may_pass=False)
        return None
    picture.tries += 1
    waiting.update(state=Picture.State.MAKING, tries=picture.tries, progress=0)
    return picture


def is_overtaken(picture: Picture) -> bool:
    """Say whether a newer preview is wanted, or there already."""
    if picture.kind != PREVIEW:
        return False
    shown = picture.drawing.picture_seq or 0
    newer = picture.drawing.pictures.filter(kind=PREVIEW, seq__gt=picture.seq)
    return shown > picture.seq or newer.exists()


def paint(picture: Picture) -> None:
    """Have a picture's files made and keep them."""
    with TemporaryDirectory(prefix=FOLDER) as folder:
        source = Source(log_of(picture), files_of(picture))
        files = painter.paint(order(picture, folder), source, Note(picture))
        keep(picture, files)


def sweep() -> None:
    """Remove the folders of those who were killed while they made something."""
    for folder in Path(gettempdir()).glob(f"{FOLDER}*"):
        with suppress(FileNotFoundError):  # another worker sweeps, too
            if time.time() - folder.stat().st_mtime > FORGOTTEN:
                shutil.rmtree(folder)


def order(picture: Picture, folder: str) -> Order:
    """Return a picture as its painter wants it told."""
    drawing = picture.drawing
    return Order(
        drawing=drawing.key,
        seq=picture.seq,
        width=drawing.width,
        height=drawing.height,
        kind=picture.kind,
        size=picture.size,
        folder=folder,
    )


def log_of(picture: Picture) -> Log:
    """Return how to read the ops of a picture after a seq, part by part."""

    def parts(seq: int) -> Iterator[list[Numbered]]:
        while seq < picture.seq:
            limit = min(LOG_PART, picture.seq - seq)
            entries = store.since(picture.drawing_id, seq, limit)
            yield [(one.seq, one.data) for one in entries]
            seq += limit

    return parts


def files_of(picture: Picture) -> Files:
    """Return how to read the images of a picture's drawing; one that is gone reads as nothing."""

    def file(name: str) -> bytes:
        image = picture.drawing.images.filter(name=name).first()
        if image is None:
            return b""
        with image.file.open() as kept:
            return kept.read()

    return file


class Note:
    """Notes how far a picture is, not oftener than somebody would look."""

    def __init__(self, picture: Picture):
        self._picture = Picture.objects.filter(pk=picture.pk)
        self._next = time.monotonic() + NEWS

    def __call__(self, percent: int) -> None:
        if time.monotonic() >= self._next:
            self._picture.update(progress=percent)
            self._next = time.monotonic() + NEWS


def fail(picture: Picture, code: str, *, may_pass: bool) -> None:
    """Note that a try failed; what may pass is tried again a few times."""
    again = may_pass and picture.tries < MOST_TRIES
    state = Picture.State.WAITING if again else Picture.State.FAILED
    known = {"state": state, "code": code}
    known["settled_at"] = None if again else timezone.now()
    is_wanted = Picture.objects.filter(pk=picture.pk).update(**known)
    if again and is_wanted:
        enqueue(picture)
