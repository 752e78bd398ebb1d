"""What the ops of a log add up to: the marks one sees, and the layers they are on."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Container, Iterable
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, NamedTuple

from canvas.engine.moves import MOST_MOVES, Placing, placed
from canvas.engine.ops import (
    LAYERS,
    Clear,
    Hide,
    Layer,
    Mark,
    Move,
    Op,
    Remove,
    Show,
    author_of,
)
from canvas.engine.stack import Held, Level, Removal, Stack, reach, removed_by


class Change(NamedTuple):
    """What an op did to the picture: the marks that came and went, in paint order.

    A mark that was moved has gone as it was and come as it is.
    """

    added: list[Mark]
    removed: list[Mark]


@dataclass(slots=True, eq=False)
class Drawn(Held[Mark]):
    """A mark in the scene, as it was drawn and as its moves have left it."""

    now: Mark = field(init=False)
    moves: list[Held[Move]] = field(default_factory=list)
    placing: Placing | None = None

    def __post_init__(self) -> None:
        self.now = self.op

    def move(self, held: Held[Move]) -> None:
        """Move the mark once more."""
        if len(self.moves) < MOST_MOVES:
            self.moves.append(held)
            self._go(self.placing or Placing(self.op), [held])

    def replace(self) -> None:
        """Put the mark where those of its moves lead that are in force."""
        self._go(Placing(self.op), self.moves)

    def _go(self, placing: Placing, moves: list[Held[Move]]) -> None:
        was = self.placing.matrix if self.placing else None
        for held in moves:
            if not held.hidden:
                placing.move(held.op.matrix)
        self.placing = placing
        if placing.matrix != was:
            self.now = placed(self.op, placing.matrix)


@dataclass(slots=True)
class Sheet:
    """The marks and clears of a layer, by seq; a mark before its horizon is not seen."""

    marks: list[Drawn] = field(default_factory=list)
    clears: list[Held[Clear]] = field(default_factory=list)
    horizon: int = 0

    @property
    def is_used(self) -> bool:
        """Whether any mark is seen."""
        later = takewhile(lambda mark: mark.seq > self.horizon, reversed(self.marks))
        return any(not mark.hidden for mark in later)

    def settle(self) -> "Settled":
        """Move the horizon to the last clear in force."""
        was = self.horizon
        in_force = (clear.seq for clear in reversed(self.clears) if not clear.hidden)
        self.horizon = next(in_force, 0)
        return Settled(
            self._between(self.horizon, was), self._between(was, self.horizon)
        )

    def _between(self, low: int, high: int) -> list[Drawn]:
        start = bisect_left(self.marks, low, key=seq_of)
        end = bisect_left(self.marks, high, key=seq_of)
        return [mark for mark in self.marks[start:end] if not mark.hidden]


class Settled(NamedTuple):
    """The marks that a moving horizon leaves uncovered, or covers."""

    uncovered: list[Drawn]
    covered: list[Drawn]


class Scene:
    """The marks of a drawing up to a seq, seen and unseen; only ops change it."""

    def __init__(
        self,
        layers: Collection[int] = range(LAYERS),
        images: Container[tuple[str, int, int]] = (),
    ) -> None:
        self.head = 0
        self.images = images  # those there are to be put on the paper
        self._numbers = layers
        self._marks: dict[str, Drawn] = {}
        self._others: dict[str, Held[Clear] | Held[Layer] | Held[Move] | Removal] = {}
        self._sheets: dict[int, Sheet] = {}
        self._stack = Stack()

    @property
    def layers(self) -> Collection[int]:
        """The numbers of the layers there may be."""
        gone = self._stack.deleted
        return [n for n in self._numbers if n not in gone] if gone else self._numbers

    @property
    def locked(self) -> Collection[int]:
        """The numbers of the layers nobody may draw on now."""
        return self._stack.locked

    def stack(self) -> list[Level]:
        """Return the layers there are as they stand, the lowest first."""
        used = (number for number, sheet in self._sheets.items() if sheet.is_used)
        return self._stack.levels({0, *used})

    def apply(self, seq: int, op: Op) -> Change:
        """Take in the op numbered seq; return what that changed in the picture."""
        self.head = seq
        match op:
            case Clear():
                return self._clear(Held(seq, op))
            case Layer():
                return self._arrange(Held(seq, op))
            case Move():
                return self._move(Held(seq, op))
            case Remove():
                return self._remove(Removal(seq, op))
            case Hide(ops=ops):
                return self._turn(ops, hidden=True)
            case Show(ops=ops):
                return self._turn(ops, hidden=False)
            case _:
                return self._draw(Drawn(seq, op))

    def strokes(self) -> list[Mark]:
        """Return the marks one sees, strokes and others, in paint order."""
        return [mark.now for mark in self._marks.values() if self._is_seen(mark)]

    def above(self, op: str) -> list[Mark]:
        """Return the marks one sees that are painted after this one."""
        seq = self._marks[op].seq
        newest_first = reversed(self._marks.values())
        later = takewhile(lambda mark: mark.seq > seq, newest_first)
        return [mark.now for mark in later if self._is_seen(mark)][::-1]

    def seen(self, op: str) -> Mark | None:
        """Return a mark as one sees it, None when one does not."""
        mark = self._marks.get(op)
        return mark.now if mark is not None and self._is_seen(mark) else None

    def has(self, ops: Iterable[str]) -> bool:
        """Say whether all of these are in this scene, and no hides or shows."""
        return all(op in self._marks or op in self._others for op in ops)

    def authors(self, ops: Iterable[str]) -> set[str]:
        """Return whose these ops are."""
        return {author_of(op) for op in ops}

    def _draw(self, mark: Drawn) -> Change:
        self._marks[mark.op.id] = mark
        self._sheet(mark.op.layer).marks.append(mark)
        return Change([mark.op], [])

    def _clear(self, held: Held[Clear]) -> Change:
        self._others[held.op.id] = held
        self._sheet(held.op.layer).clears.append(held)
        before = Before()
        self._settle([held], before)
        return self._change(before)

    def _arrange(self, held: Held[Layer]) -> Change:
        self._others[held.op.id] = held
        self._stack.put(held)
        return Change([], [])

    def _move(self, held: Held[Move]) -> Change:
        self._others[held.op.id] = held
        marks = self._moved_by(held)
        before = self._look(marks)
        for mark in marks:
            mark.move(held)
        return self._change(before)

    def _remove(self, removal: Removal) -> Change:
        targets = removed_by(removal.op, self._marks)
        targets += removed_by(removal.op, self._others)
        self._others[removal.op.id] = removal
        return self._alter(targets, lambda: removal.begin(targets))

    def _turn(self, ops: Iterable[str], *, hidden: bool) -> Change:
        """Hide ops, or show them."""
        turned = [held for held in self._find(ops) if held.undone != hidden]

        def turn() -> None:
            for held in turned:
                held.turn(hidden)

        return self._alter(reach(turned), turn)

    def _alter(self, reached: list[Held[Any]], act: Callable[[], None]) -> Change:
        """Do what may make these ops come or go; return what it changed in the picture."""
        moved = [mark for held in reached for mark in self._moved_by(held)]
        before = self._look([*marks_among(reached), *moved])
        act()
        for mark in dict.fromkeys(moved):
            mark.replace()
        self._settle(reached, before)
        return self._change(before)

    def _find(self, ops: Iterable[str]) -> list[Held[Any]]:
        found = (
            self._marks.get(op) or self._others.get(op) for op in dict.fromkeys(ops)
        )
        return [held for held in found if held is not None]

    def _moved_by(self, held: Held[Any]) -> list[Drawn]:
        if not isinstance(held.op, Move):
            return []
        found = (self._marks.get(op) for op in dict.fromkeys(held.op.ops))
        return [mark for mark in found if mark is not None]

    def _settle(self, turned: Iterable[Held[Any]], before: "Before") -> None:
        """Settle the layers of clears and layer ops that came or went."""
        for number in {held.op.layer for held in turned if isinstance(held.op, Clear)}:
            settled = self._sheet(number).settle()
            before.take(settled.covered, seen=True)
            before.take(settled.uncovered, seen=False)
        for number in {held.op.layer for held in turned if isinstance(held.op, Layer)}:
            self._stack.settle(number)

    def _look(self, marks: Iterable[Drawn]) -> "Before":
        before = Before()
        for mark in marks:
            before.take([mark], seen=self._is_seen(mark))
        return before

    def _change(self, before: "Before") -> Change:
        """Return what differs now from how marks were seen before."""
        change = Change([], [])
        for mark, was in sorted(before.marks.items(), key=lambda item: item[0].seq):
            now = mark.now if self._is_seen(mark) else None
            if now is was:
                continue
            if was is not None:
                change.removed.append(was)
            if now is not None:
                change.added.append(now)
        return change

    def _is_seen(self, mark: Drawn) -> bool:
        return not mark.hidden and mark.seq > self._sheets[mark.op.layer].horizon

    def _sheet(self, number: int) -> Sheet:
        return self._sheets.setdefault(number, Sheet())


class Before:
    """How marks were seen before an op; None for those that were not."""

    def __init__(self) -> None:
        self.marks: dict[Drawn, Mark | None] = {}

    def take(self, marks: Iterable[Drawn], *, seen: bool) -> None:
        """Remember marks that are not remembered yet."""
        for mark in marks:
            self.marks.setdefault(mark, mark.now if seen else None)


def marks_among(held: Iterable[Held[Any]]) -> list[Drawn]:
    """Return those that are marks."""
    return [one for one in held if isinstance(one, Drawn)]


def seq_of(held: Held[Any]) -> int:
    """Return the seq of an op."""
    return held.seq
