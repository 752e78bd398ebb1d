"""Where what was made is kept, and for how long."""

from datetime import timedelta
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.db.models import F, Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from canvas import checkpoints
from canvas.models import Drawing, Picture
from canvas.pictures.recipes import CHECKPOINT, PREVIEW

KEPT = timedelta(days=7)  # since it was last asked for
KEPT_OUTDATED = timedelta(days=1)  # when the drawing has gone on since


def keep(picture: Picture, files: list[Path]) -> None:
    """Keep a picture's files, in the places of older ones."""
    match picture.kind:
        case "preview":
            keep_preview(picture, *files)
        case "checkpoint":
            checkpoints.keep(picture, *files)
        case _:
            keep_file(picture, *files)


def keep_preview(preview: Picture, picture: Path, thumbnail: Path) -> None:
    """Keep a drawing's picture, its thumbnail, and the names of who drew it."""
    # Found before the lock is held: it takes long in a long log, and nobody's strokes are saved meanwhile.
    people = Drawing(pk=preview.drawing_id).credits()
    with transaction.atomic():
        drawings = Drawing.objects.select_for_update()
        drawing = drawings.filter(pk=preview.drawing_id).first()
        if drawing is None or (drawing.picture_seq or 0) > preview.seq:
            return
        old = [field.name for field in (drawing.picture, drawing.thumbnail) if field]
        name = f"{drawing.key}-{preview.seq}"
        with picture.open("rb") as large, thumbnail.open("rb") as small:
            drawing.picture.save(f"{name}.png", File(large), save=False)
            drawing.thumbnail.save(f"{name}.webp", File(small), save=False)
        drawing.picture_seq = preview.seq
        drawing.save(update_fields=["picture", "thumbnail", "picture_seq"])
        drawing.contributors.set(people)
        drawing.pictures.filter(kind=PREVIEW, seq__lte=preview.seq).delete()
    for name in old:
        drawing.picture.storage.delete(name)


def keep_file(picture: Picture, file: Path) -> None:
    """Keep the file of a picture, unless nobody can want it any more."""
    name = "-".join(filter(None, [str(picture.seq), picture.kind, picture.size]))
    with file.open("rb") as made:
        picture.file.save(f"{name}{file.suffix}", File(made), save=False)
    known = {"file": picture.file.name, "state": Picture.State.MADE, "progress": 100}
    known |= {"code": "", "settled_at": timezone.now()}
    if not Picture.objects.filter(pk=picture.pk).update(**known):
        picture.file.delete(save=False)


def prune() -> None:
    """Let go of what nobody has asked for in a while."""
    now = timezone.now()
    outdated = Q(asked_at__lt=now - KEPT_OUTDATED, seq__lt=F("drawing__head"))
    unwanted = Picture.objects.filter(outdated | Q(asked_at__lt=now - KEPT))
    # The newest checkpoint is wanted for as long as the drawing is there.
    unwanted.exclude(kind=CHECKPOINT).delete()


@receiver(post_delete, sender=Picture)
def delete_file(sender, instance, **kwargs):
    """Let a picture's file go with it."""
    remove(instance.file)


@receiver(post_delete, sender=Drawing)
def delete_pictures(sender, instance, **kwargs):
    """Let a drawing's pictures go with it."""
    remove(instance.picture)
    remove(instance.thumbnail)


def remove(file) -> None:
    """Remove a file once what said that it is there is gone for good."""
    if file:
        transaction.on_commit(lambda: file.storage.delete(file.name))
