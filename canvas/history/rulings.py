"""What moderators have removed of a drawing, so that nothing made of its log brings that back."""

from canvas.engine import codec
from canvas.engine.ops import Hide, Op, Remove, Show
from canvas.engine.rulings import Rulings
from canvas.models import Drawing
from canvas.models import Op as Row
from canvas.standing import note_hidden, readable
from canvas.store import Entry, linked, now

RULING = (Remove.t, Hide.t, Show.t)  # kinds of op that matter here


def rulings_of(drawing: Drawing) -> Rulings:
    """Return what moderators have removed of a drawing."""
    rulings = Rulings()
    rows = drawing.ops.filter(seq__lte=drawing.head, kind__in=RULING).order_by("seq")
    for _, op in readable(rows.values_list("seq", "data")):
        rulings.take(op)
    return rulings


def would_show_removed(drawing: Drawing, seq: int) -> bool:
    """Say whether a drawing as it was at seq has what a moderator has removed since."""
    if seq >= drawing.head:
        return False
    names = [one.id for one in rulings_of(drawing).in_force]
    return bool(names) and drawing.ops.filter(name__in=names, seq__gt=seq).exists()


def carry(parent: Drawing, child: Drawing) -> None:
    """Remove from a fork what has been removed from its parent since, inside the caller's transaction."""
    parent.refresh_from_db(fields=["head"])
    missing = rulings_of(parent).missing_in(rulings_of(child))
    present = filter(None, (about_what_is_in(child, one) for one in missing))
    entries = [
        (Entry(seq, now(), one.id, codec.encode(one)), one.t)
        for seq, one in enumerate(present, child.head + 1)
    ]
    rows = Row.objects.bulk_create(linked(child, entries))
    if rows:
        child.head, child.head_hash = rows[-1].seq, rows[-1].hash
        child.save(update_fields=["head", "head_hash"])
    note_hidden(child)


def about_what_is_in(drawing: Drawing, op: Op) -> Op | None:
    """Return a remove of no more than a drawing has, None when that is nothing; any other op as it is."""
    if not isinstance(op, Remove) or op.ops is None:
        return op
    found = drawing.ops.filter(name__in=op.ops).values_list("name", flat=True)
    there = set(found)
    kept = tuple(name for name in op.ops if name in there)
    return Remove(op.id, kept, None) if kept else None
