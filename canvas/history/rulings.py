"""What moderators have removed of a drawing, so that nothing made of its log brings that back."""

from canvas.engine import codec
from canvas.engine.ops import Hide, Op, Remove, Show, author_of
from canvas.models import Drawing
from canvas.models import Op as Row
from canvas.standing import note_hidden, readable
from canvas.store import Entry, linked, now

RULING = (Remove.t, Hide.t, Show.t)  # kinds of op that matter here


class Rulings:
    """The removes of a log that are about what others than their author have drawn."""

    def __init__(self) -> None:
        self.removes: dict[str, Remove] = {}
        self.undone: set[str] = set()
        self._shows: dict[str, str] = {}  # the last show of a remove

    def take(self, op: Op) -> None:
        """Take in the next op."""
        match op:
            case Remove() if is_ruling(op):
                self.removes[op.id] = op
            case Hide(ops=ops):
                self.undone |= self.removes.keys() & ops
            case Show(id=show, ops=ops):
                self.undone -= set(ops)
                self._shows |= dict.fromkeys(self.removes.keys() & ops, show)

    def missing_in(self, other: "Rulings") -> list[Op]:
        """Return the ops after which what is in force here is so there too."""
        in_force = [
            one for name, one in self.removes.items() if name not in self.undone
        ]
        lacking = [one for one in in_force if one.id not in other.removes]
        shown: dict[str, list[str]] = {}
        for one in in_force:
            if one.id in other.undone:
                shown.setdefault(self._shows[one.id], []).append(one.id)
        return [*lacking, *(Show(name, tuple(ops)) for name, ops in shown.items())]


def is_ruling(remove: Remove) -> bool:
    """Say whether a remove is about what somebody else has drawn."""
    if remove.ops is None:
        return True
    return any(author_of(name) != author_of(remove.id) for name in remove.ops)


def rulings_of(drawing: Drawing) -> Rulings:
    """Return what moderators have removed of a drawing."""
    rulings = Rulings()
    rows = drawing.ops.filter(seq__lte=drawing.head, kind__in=RULING).order_by("seq")
    for _, op in readable(rows.values_list("seq", "data")):
        rulings.take(op)
    return rulings


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
