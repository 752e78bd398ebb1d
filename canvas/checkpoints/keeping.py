"""The rows and files of checkpoints: one row for what is told, and one for every layer, by its number as the size."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.core.files import File
from django.utils import timezone

from canvas.models import Drawing, Picture
from canvas.pictures.recipes import CHECKPOINT

BEHIND = 500  # ops a drawing goes on for until another is due
KEPT = 2  # the one before the newest is for those whose page has just come
GIVEN_UP_FOR = timedelta(hours=1)  # after one could not be made
TOLD = ""  # the size of the row for what is told

MADE, MAKING, FAILED = (
    Picture.State.MADE,
    Picture.State.MAKING,
    Picture.State.FAILED,
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The seq a checkpoint shows, and the layers there are pictures of."""

    seq: int
    layers: list[int]


def is_due(drawing: Drawing) -> bool:
    """Say whether a drawing has gone on so far that another checkpoint pays."""
    told = rows_of(drawing).filter(size=TOLD)
    known = told.filter(state__in=[MADE, MAKING]).order_by("-seq").first()
    if drawing.head - (known.seq if known else 0) < BEHIND:
        return False
    lately = timezone.now() - GIVEN_UP_FOR
    return not told.filter(state=FAILED, settled_at__gte=lately).exists()


def latest(drawing: Drawing) -> Checkpoint | None:
    """Return a drawing's newest checkpoint, if it has one."""
    made = files_of(drawing).values_list("seq", "size")
    seq = max((seq for seq, size in made if size == TOLD), default=None)
    if seq is None:
        return None
    layers = sorted(int(size) for of, size in made if of == seq and size != TOLD)
    return Checkpoint(seq, layers)


def files_of(drawing: Drawing):
    """Return the rows of a drawing's checkpoints whose files are there."""
    return rows_of(drawing).filter(state=MADE)


def rows_of(drawing: Drawing):
    """Return the rows of a drawing's checkpoints."""
    return drawing.pictures.filter(kind=CHECKPOINT)


def keep(told: Picture, file: Path, *layers: Path) -> None:
    """Keep the files of a checkpoint, what is told of it last: it is there when that is."""
    if not rows_of(told.drawing).filter(pk=told.pk).exists():
        return  # nobody can want it any more
    for layer in layers:
        row, _ = Picture.objects.get_or_create(
            drawing=told.drawing, seq=told.seq, kind=CHECKPOINT, size=layer.stem
        )
        keep_file(row, layer)
    keep_file(told, file)
    forget_older(told.drawing)


def keep_file(row: Picture, file: Path) -> None:
    """Keep the file of a row, in the place of one that an earlier try has left."""
    row.file.delete(save=False)
    row.state, row.progress, row.code = MADE, 100, ""
    row.settled_at = timezone.now()
    with file.open("rb") as made:
        row.file.save(f"{row.seq}-{CHECKPOINT}-{file.name}", File(made))


def forget_older(drawing: Drawing) -> None:
    """Let go of all but the newest checkpoints."""
    made = files_of(drawing).filter(size=TOLD).order_by("-seq")
    newest = made.values_list("seq", flat=True)[:KEPT]
    rows_of(drawing).filter(seq__lt=min(newest)).delete()
