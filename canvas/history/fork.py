"""A new drawing that begins as another one was at some moment; what was removed by a moderator since stays so."""

from django.db import connection, transaction
from django.utils import timezone

from canvas.history.aside import Answered
from canvas.history.rulings import carry
from canvas.models import Author, Drawing
from canvas.models import Op as Row
from canvas.standing import open_up

PART = 2000  # ops in one commit: some 25 ms, which no stroke minds waiting for
COPIED = ["seq", "name", "author", "kind", "time", "data", "hash"]


class Gone(Answered):
    """A drawing that was deleted while it was forked."""


def fork(parent: Drawing, seq: int, owner: Author) -> Drawing:
    """Return a drawing of the owner's that begins as the parent was at seq, or raise Gone.

    What it has after each commit is a whole drawing: the parent at an earlier seq.
    """
    child = begin(parent, owner)
    try:
        fill(child, parent, seq)
    except Gone:
        child.delete()
        raise
    return child


def fill(child: Drawing, parent: Drawing, seq: int) -> None:
    """Give a child all that its parent had at seq, and then let people draw on it."""
    child.images.set(parent.images.all())
    while child.head < seq:
        with transaction.atomic():
            copy(parent, child, min(child.head + PART, seq))
            check_there(parent)
    with transaction.atomic():
        check_there(parent)
        carry(parent, child)
        open_up(child)


def check_there(parent: Drawing) -> None:
    """Raise Gone where a drawing is no more: what was read of it then is not its log."""
    if not Drawing.objects.filter(pk=parent.pk).exists():
        raise Gone


def begin(parent: Drawing, owner: Author) -> Drawing:
    """Return an empty drawing like the parent, and no more open than it, on which nobody draws yet."""
    shown = Drawing.Visibility
    is_private = parent.visibility == shown.PRIVATE
    return Drawing.objects.create(
        owner=owner,
        parent=parent,
        parent_seq=0,
        title=parent.title,
        visibility=shown.PRIVATE if is_private else shown.UNLISTED,
        finished_at=timezone.now(),
        width=parent.width,
        height=parent.height,
    )


def copy(parent: Drawing, child: Drawing, seq: int) -> None:
    """Bring the child up to seq, inside the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(copying(), [child.pk, parent.pk, child.head, seq])
    last = child.ops.order_by("-seq").first()
    child.head = child.parent_seq = seq
    child.head_hash = last.hash if last else child.head_hash
    child.save(update_fields=["head", "head_hash", "parent_seq"])


def copying() -> str:
    """Return the statement that copies ops; the database has them already."""
    fields = Row._meta.get_field
    quote = connection.ops.quote_name
    table, seq = quote(Row._meta.db_table), quote("seq")
    drawing = quote(fields("drawing").column)
    copied = ", ".join(quote(fields(name).column) for name in COPIED)
    # Only names of the model's own are written into it.
    return (
        f"INSERT INTO {table} ({drawing}, {copied}) SELECT %s, {copied} FROM {table} "  # noqa: S608
        f"WHERE {drawing} = %s AND {seq} > %s AND {seq} <= %s ORDER BY {seq}"
    )
