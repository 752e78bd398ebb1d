"""The layers of a drawing as they stand, and in which order.

Each property of a layer is what the last op in force that names it has said: whoever has
the same log has the same stack.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any, Generic, NamedTuple, TypeVar

from canvas.engine.ops import (
    FULL_ALPHA,
    LAYER_STEP,
    LAYERS,
    NORMAL,
    Hide,
    Layer,
    Op,
    Show,
)

Kind = TypeVar("Kind", bound=Op)


@dataclass(slots=True, eq=False)
class Held(Generic[Kind]):
    """An op in the scene, and whether it was last hidden or shown."""

    seq: int
    op: Kind
    hidden: bool = False


class Level(NamedTuple):
    """A layer as it stands; opacity is 0 to 255."""

    number: int
    name: str = ""
    opacity: int = FULL_ALPHA
    blend: str = NORMAL
    hidden: bool = False
    locked: bool = False
    deleted: bool = False
    position: int = 0


@dataclass(slots=True)
class Told:
    """What was told of a layer, and what comes of it."""

    level: Level
    ops: list[Held[Layer]] = field(default_factory=list)
    is_there: bool = False  # whether an op in force speaks of it

    def settle(self) -> None:
        """Find out anew how the layer stands."""
        self.level, self.is_there = plain(self.level.number), False
        for held in self.ops:
            self.heed(held)

    def heed(self, held: Held[Layer]) -> None:
        """Change the layer by one more op, if it is in force."""
        if not held.hidden:
            self.is_there = True
            self.level = self.level._replace(**said(held.op))


class Stack:
    """The layers that ops speak of."""

    def __init__(self) -> None:
        self._told: dict[int, Told] = {}

    def put(self, held: Held[Layer]) -> None:
        """Take in one more op."""
        number = held.op.layer
        told = self._told.setdefault(number, Told(plain(number)))
        told.ops.append(held)
        told.heed(held)

    def settle(self, number: int) -> None:
        """Find out anew how a layer stands, some of its ops having been hidden or shown."""
        self._told[number].settle()

    def level(self, number: int) -> Level:
        """Return a layer as it stands."""
        told = self._told.get(number)
        return plain(number) if told is None else told.level

    def levels(self, used: Iterable[int]) -> list[Level]:
        """Return the layers in use and those ops speak of, the lowest first."""
        told = {number for number, told in self._told.items() if told.is_there}
        found = [self.level(number) for number in told | set(used)]
        there = [level for level in found if not level.deleted]
        return sorted(there, key=lambda level: (level.position, level.number))

    @property
    def locked(self) -> frozenset[int]:
        """The layers nobody may draw on now."""
        return frozenset(n for n, told in self._told.items() if told.level.locked)

    @property
    def deleted(self) -> frozenset[int]:
        """The layers that are gone."""
        return frozenset(n for n, told in self._told.items() if told.level.deleted)


class Layers:
    """The layers of a log without its marks: all that is needed to hold the rules."""

    def __init__(self) -> None:
        self._stack = Stack()
        self._held: dict[str, Held[Layer]] = {}

    @property
    def layers(self) -> frozenset[int]:
        """The numbers of the layers there may be."""
        return frozenset(range(LAYERS)) - self._stack.deleted

    @property
    def locked(self) -> frozenset[int]:
        """The numbers of the layers nobody may draw on now."""
        return self._stack.locked

    def apply(self, seq: int, op: Op) -> None:
        """Take in the op numbered seq."""
        match op:
            case Layer():
                self._held[op.id] = Held(seq, op)
                self._stack.put(self._held[op.id])
            case Hide(ops=ops):
                self._turn(ops, hidden=True)
            case Show(ops=ops):
                self._turn(ops, hidden=False)

    def _turn(self, ops: Iterable[str], *, hidden: bool) -> None:
        turned = [self._held[op] for op in ops if op in self._held]
        for held in turned:
            held.hidden = hidden
        for number in {held.op.layer for held in turned}:
            self._stack.settle(number)


def plain(number: int) -> Level:
    """Return a layer that nothing was told of."""
    return Level(number, position=number * LAYER_STEP)


def said(op: Layer) -> dict[str, Any]:
    """Return the properties that an op sets."""
    values = {one.name: getattr(op, one.name) for one in fields(op)}
    del values["id"], values["layer"]
    return {name: value for name, value in values.items() if value is not None}
