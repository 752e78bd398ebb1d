"""The layers of a drawing as they stand, and in which order.

Each property of a layer is what the last op in force that names it has said: whoever has
the same log has the same stack.
"""

from collections.abc import Iterable, Mapping
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
    Remove,
    Show,
    author_of,
)

Kind = TypeVar("Kind", bound=Op)


@dataclass(slots=True, eq=False)
class Held(Generic[Kind]):
    """An op in the scene: out of the picture when it was last hidden, or as long as a remove strikes it."""

    seq: int
    op: Kind
    hidden: bool = False
    undone: bool = False
    struck: int = 0

    def turn(self, undone: bool) -> None:
        """Take in that it was hidden, or shown."""
        self.undone = undone
        self.hidden = undone or self.struck > 0

    def strike(self, times: int) -> None:
        """Take in that so many more removes in force are about it."""
        self.struck += times
        self.hidden = self.undone or self.struck > 0


@dataclass(slots=True, eq=False)
class Removal(Held[Remove]):
    """A remove in the scene, and the ops it is about."""

    targets: list[Held[Any]] = field(default_factory=list)

    def begin(self, targets: list[Held[Any]]) -> None:
        """Strike the ops it is about."""
        self.targets = targets
        self._strike(1)

    def turn(self, undone: bool) -> None:
        """Take in that it was hidden, or shown."""
        if undone != self.undone:
            self._strike(-1 if undone else 1)
        Held.turn(self, undone)

    def _strike(self, times: int) -> None:
        for held in self.targets:
            held.strike(times)


def removed_by(remove: Remove, earlier: Mapping[str, Held[Any]]) -> list[Held[Any]]:
    """Return those of the earlier ops, by id, that a remove is about: never another remove."""
    named = dict.fromkeys(remove.ops or earlier)
    found = (earlier[op] for op in named if op in earlier)
    return [
        held
        for held in found
        if not isinstance(held, Removal)
        and remove.author in (None, author_of(held.op.id))
    ]


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
        self._held: dict[str, Held[Layer] | Removal] = {}
        self._of_everything: list[Removal] = []

    @property
    def layers(self) -> frozenset[int]:
        """The numbers of the layers there may be."""
        return frozenset(range(LAYERS)) - self._stack.deleted

    @property
    def locked(self) -> frozenset[int]:
        """The numbers of the layers nobody may draw on now."""
        return self._stack.locked

    @property
    def in_force(self) -> list[str]:
        """The ids of the ops in force that speak of layers."""
        known = self._held.items()
        return [op for op, held in known if not held.hidden and held.op.t == Layer.t]

    @property
    def is_removed(self) -> bool:
        """Whether everything up to some op is out of the picture, whoever drew it."""
        return any(not removal.hidden for removal in self._of_everything)

    def apply(self, seq: int, op: Op) -> None:
        """Take in the op numbered seq."""
        match op:
            case Layer():
                held = Held(seq, op)
                self._held[op.id] = held
                self._stack.put(held)
            case Remove():
                self._remove(Removal(seq, op))
            case Hide(ops=ops):
                self._turn(ops, hidden=True)
            case Show(ops=ops):
                self._turn(ops, hidden=False)

    def _remove(self, removal: Removal) -> None:
        removal.begin(removed_by(removal.op, self._held))
        self._held[removal.op.id] = removal
        if removal.op.ops is None and removal.op.author is None:
            self._of_everything.append(removal)
        self._settle([removal])

    def _turn(self, ops: Iterable[str], *, hidden: bool) -> None:
        turned = [self._held[op] for op in ops if op in self._held]
        for held in turned:
            held.turn(hidden)
        self._settle(turned)

    def _settle(self, turned: Iterable[Held[Any]]) -> None:
        for number in {held.op.layer for held in reach(turned)}:
            self._stack.settle(number)


def reach(turned: Iterable[Held[Any]]) -> list[Held[Any]]:
    """Return the ops that may come or go with those turned: what removes are about, in their place."""
    reached: list[Held[Any]] = []
    for held in turned:
        reached += held.targets if isinstance(held, Removal) else [held]
    return list(dict.fromkeys(reached))


def plain(number: int) -> Level:
    """Return a layer that nothing was told of."""
    return Level(number, position=number * LAYER_STEP)


def said(op: Layer) -> dict[str, Any]:
    """Return the properties that an op sets."""
    values = {one.name: getattr(op, one.name) for one in fields(op)}
    del values["id"], values["layer"]
    return {name: value for name, value in values.items() if value is not None}
