"""What the ops of a log add up to: the strokes one sees."""

from bisect import bisect_left
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Generic, NamedTuple, TypeVar

from canvas.engine.ops import (
    LAYERS,
    Clear,
    Hide,
    Mark,
    Op,
    Shape,
    Show,
    Stroke,
    author_of,
)

Kind = TypeVar("Kind", Mark, Clear)


class Change(NamedTuple):
    """What an op did to the picture: the marks that came and went, in paint order."""

    added: list[Mark]
    removed: list[Mark]


@dataclass(slots=True)
class Held(Generic[Kind]):
    """A mark or a clear in the scene, and whether it was last hidden or shown."""

    seq: int
    op: Kind
    hidden: bool = False


@dataclass(slots=True)
class Layer:
    """The strokes and clears of a layer, by seq; a stroke before its horizon is not seen."""

    strokes: list[Held[Mark]] = field(default_factory=list)
    clears: list[Held[Clear]] = field(default_factory=list)
    horizon: int = 0

    def settle(self) -> "Settled":
        """Move the horizon to the last clear in force."""
        was = self.horizon
        in_force = (clear.seq for clear in reversed(self.clears) if not clear.hidden)
        self.horizon = next(in_force, 0)
        return Settled(
            self._between(self.horizon, was), self._between(was, self.horizon)
        )

    def _between(self, low: int, high: int) -> list[Held[Mark]]:
        start = bisect_left(self.strokes, low, key=seq_of)
        end = bisect_left(self.strokes, high, key=seq_of)
        return [mark for mark in self.strokes[start:end] if not mark.hidden]


class Settled(NamedTuple):
    """The strokes that a moving horizon leaves uncovered, or covers."""

    uncovered: list[Held[Mark]]
    covered: list[Held[Mark]]


class Scene:
    """The strokes of a drawing up to a seq, seen and unseen; only ops change it."""

    def __init__(self, layers: Container[int] = range(LAYERS)) -> None:
        self.layers = layers
        self.head = 0
        self._strokes: dict[str, Held[Mark]] = {}
        self._clears: dict[str, Held[Clear]] = {}
        self._layers: dict[int, Layer] = {}

    def apply(self, seq: int, op: Op) -> Change:
        """Take in the op numbered seq; return what that changed in the picture."""
        self.head = seq
        match op:
            case Stroke() | Shape():
                return self._draw(Held(seq, op))
            case Clear():
                return self._clear(Held(seq, op))
            case Hide(ops=ops):
                return self._hide(ops)
            case Show(ops=ops):
                return self._show(ops)

    def strokes(self) -> list[Mark]:
        """Return the strokes one sees, in paint order."""
        return [mark.op for mark in self._strokes.values() if self._is_seen(mark)]

    def above(self, op: str) -> list[Mark]:
        """Return the strokes one sees that are painted after this one."""
        seq = self._strokes[op].seq
        newest_first = reversed(self._strokes.values())
        later = takewhile(lambda mark: mark.seq > seq, newest_first)
        return [mark.op for mark in later if self._is_seen(mark)][::-1]

    def has(self, ops: Iterable[str]) -> bool:
        """Say whether all of these are strokes or clears of this scene."""
        return all(op in self._strokes or op in self._clears for op in ops)

    def authors(self, ops: Iterable[str]) -> set[str]:
        """Return whose these ops are."""
        return {author_of(op) for op in ops}

    def _draw(self, mark: Held[Mark]) -> Change:
        self._strokes[mark.op.id] = mark
        self._layer(mark.op.layer).strokes.append(mark)
        return Change([mark.op], [])

    def _clear(self, mark: Held[Clear]) -> Change:
        self._clears[mark.op.id] = mark
        self._layer(mark.op.layer).clears.append(mark)
        return change(self._settle([mark]))

    # Strokes are hidden before clears, and clears shown before strokes: so no stroke both
    # comes and goes by one op.

    def _hide(self, ops: Iterable[str]) -> Change:
        strokes = self._in_sight(turn(self._strokes, ops, hidden=True))
        settled = self._settle(turn(self._clears, ops, hidden=True))
        return change(Settled(settled.uncovered, strokes))

    def _show(self, ops: Iterable[str]) -> Change:
        settled = self._settle(turn(self._clears, ops, hidden=False))
        strokes = self._in_sight(turn(self._strokes, ops, hidden=False))
        return change(Settled(strokes, settled.covered))

    def _settle(self, clears: list[Held[Clear]]) -> Settled:
        layers = [self._layer(number) for number in {mark.op.layer for mark in clears}]
        settled = [layer.settle() for layer in layers]
        return Settled(
            [mark for one in settled for mark in one.uncovered],
            [mark for one in settled for mark in one.covered],
        )

    def _in_sight(self, marks: list[Held[Mark]]) -> list[Held[Mark]]:
        return [mark for mark in marks if self._is_past_horizon(mark)]

    def _is_seen(self, mark: Held[Mark]) -> bool:
        return not mark.hidden and self._is_past_horizon(mark)

    def _is_past_horizon(self, mark: Held[Mark]) -> bool:
        return mark.seq > self._layers[mark.op.layer].horizon

    def _layer(self, number: int) -> Layer:
        return self._layers.setdefault(number, Layer())


def turn(
    marks: dict[str, Held[Kind]], ops: Iterable[str], *, hidden: bool
) -> list[Held[Kind]]:
    """Hide or show those of ops that are among marks; return the ones that turned."""
    turned = []
    for op in ops:
        mark = marks.get(op)
        if mark is not None and mark.hidden != hidden:
            mark.hidden = hidden
            turned.append(mark)
    return turned


def change(settled: Settled) -> Change:
    """Return marks as the change they make, in paint order."""
    return Change(*([mark.op for mark in sorted(s, key=seq_of)] for s in settled))


def seq_of(mark: Held[Kind]) -> int:
    """Return the seq of a mark."""
    return mark.seq
