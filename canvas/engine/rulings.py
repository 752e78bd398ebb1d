"""What moderators have removed of a log: nothing made of it brings that back."""

from collections.abc import Iterable

from canvas.engine.ops import HIDEABLE, Hide, Op, Remove, Show, author_of


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

    @property
    def in_force(self) -> list[Remove]:
        """The removes that are not hidden."""
        removes = self.removes.items()
        return [remove for name, remove in removes if name not in self.undone]

    def missing_in(self, other: "Rulings") -> list[Op]:
        """Return the ops after which what is in force here is so there too."""
        lacking = [one for one in self.in_force if one.id not in other.removes]
        shown: dict[str, list[str]] = {}
        for one in self.in_force:
            if one.id in other.undone:
                shown.setdefault(self._shows[one.id], []).append(one.id)
        return [*lacking, *(Show(name, tuple(ops)) for name, ops in shown.items())]


def is_ruling(remove: Remove) -> bool:
    """Say whether a remove is about what somebody else has drawn."""
    if remove.ops is None:
        return True
    return any(author_of(name) != author_of(remove.id) for name in remove.ops)


def ruled_out(ops: Iterable[Op]) -> set[str]:
    """Return the ids of what moderators have removed in the end, and of these removes themselves."""
    rulings, earlier = Rulings(), dict[str, int]()
    for place, op in enumerate(ops):
        rulings.take(op)
        if op.t in HIDEABLE:
            earlier[op.id] = place
    out = set(rulings.removes)
    for remove in rulings.in_force:
        out |= targets(remove, earlier)
    return out


def targets(remove: Remove, places: dict[str, int]) -> set[str]:
    """Return the ids of what a remove is about, of ops that stand at places in a log."""
    if remove.ops is not None:
        return set(remove.ops)
    end = places[remove.id]
    return {
        name
        for name, place in places.items()
        if place < end and remove.author in (None, author_of(name))
    }
