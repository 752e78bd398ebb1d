"""What is asked for: each thing once, whoever asks, and however often."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from canvas import checkpoints
from canvas.models import Drawing, Picture
from canvas.pictures.painter import TOO_LONG
from canvas.pictures.recipes import CHECKPOINT, PREVIEW, UNASKED, Recipe
from canvas.pictures.studio import TOO_LARGE
from canvas.tasks.making import UNSETTLED, enqueue

MOST_WAITING = 8  # of one drawing
# What failed once would mostly fail again; an hour later something may have changed.
GIVEN_UP_FOR = timedelta(hours=1)
LONG_ENOUGH = timedelta(seconds=30)  # for somebody who looks at it and wants it
BEYOND = [TOO_LARGE, TOO_LONG]


class TooMany(Exception):
    """So much of this drawing is being made already that no more is taken on."""


def ask_preview(pk: int) -> None:
    """Have a drawing's picture and thumbnail made, unless they show all of it already."""
    drawing = Drawing.objects.filter(pk=pk).first()
    if drawing is None or not drawing.head:
        return
    # First of the two: what is kept of the drawing can go on to a preview, but not back to a checkpoint.
    if checkpoints.is_due(drawing):
        ask_checkpoint(drawing)
    if not drawing.is_shown and not is_beyond(drawing):
        wanted(drawing, drawing.head, Recipe(PREVIEW))


def ask_checkpoint(drawing: Drawing) -> None:
    """Have a checkpoint made, in the place of an older one nobody has begun with."""
    waiting = drawing.pictures.filter(kind=CHECKPOINT, state=Picture.State.WAITING)
    waiting.exclude(seq=drawing.head).delete()
    wanted(drawing, drawing.head, Recipe(CHECKPOINT))


def is_beyond(drawing: Drawing) -> bool:
    """Say whether a preview lately went beyond the limits: the next, of more, would too."""
    lately = timezone.now() - GIVEN_UP_FOR
    failed = drawing.pictures.filter(kind=PREVIEW, code__in=BEYOND)
    return failed.filter(settled_at__gte=lately).exists()


def ask_preview_again(pk: int) -> None:
    """Have a drawing's picture and thumbnail made whatever there is."""
    drawing = Drawing.objects.get(pk=pk)
    drawing.pictures.filter(kind=PREVIEW).delete()
    if drawing.head:
        wanted(drawing, drawing.head, Recipe(PREVIEW))


def ask_preview_after_all(drawing: Drawing) -> None:
    """Have a picture made that could not be, unless that was just now or is being tried."""
    lately = timezone.now() - LONG_ENOUGH
    tried = Q(state__in=UNSETTLED) | Q(settled_at__gt=lately)
    if not drawing.pictures.filter(tried, kind=PREVIEW).exists():
        ask_preview_again(drawing.pk)


def ask(drawing: Drawing, seq: int, recipe: Recipe) -> Picture:
    """Return what somebody wants, made or being made, or raise TooMany."""
    waiting = drawing.pictures.filter(state__in=UNSETTLED).exclude(kind__in=UNASKED)
    key = {"seq": seq, "kind": recipe.kind, "size": recipe.size}
    known = drawing.pictures.filter(**key)
    if not known.exists() and waiting.count() >= MOST_WAITING:
        raise TooMany
    forgotten = timezone.now() - GIVEN_UP_FOR
    known.filter(state=Picture.State.FAILED, settled_at__lt=forgotten).delete()
    return wanted(drawing, seq, recipe)


def wanted(drawing: Drawing, seq: int, recipe: Recipe) -> Picture:
    """Return the one picture of its key, and have it made if it is new."""
    with transaction.atomic():
        picture, is_new = Picture.objects.get_or_create(
            drawing=drawing, seq=seq, kind=recipe.kind, size=recipe.size
        )
        if is_new:
            enqueue(picture)
        else:
            Picture.objects.filter(pk=picture.pk).update(asked_at=timezone.now())
    return picture
