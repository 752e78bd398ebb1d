"""Which ops a drawing takes; rules.js makes honest input fit them beforehand."""

from collections.abc import Container, Iterable
from typing import Protocol

from canvas.engine.ops import (
    MOST_OPS,
    Hide,
    Layer,
    Move,
    Op,
    Rejected,
    Show,
    author_of,
)


class Drawn(Protocol):
    """What the rules need to know of a drawing; a Scene knows it."""

    @property
    def head(self) -> int: ...

    @property
    def layers(self) -> Container[int]: ...

    @property
    def locked(self) -> Container[int]: ...

    def has(self, ops: Iterable[str], /) -> bool: ...

    def authors(self, ops: Iterable[str], /) -> set[str]: ...


def check(scene: Drawn, op: Op, mine: frozenset[str]) -> None:
    """Raise Rejected unless somebody with these author keys may apply op to scene."""
    match op:
        case _ if author_of(op.id) not in mine:
            raise Rejected("not-yours")
        case _ if scene.head >= MOST_OPS:
            raise Rejected("drawing-full")
        case Layer(deleted=False):
            pass  # it may bring back a layer that is gone
        case Layer(layer=layer):
            if layer not in scene.layers:
                raise Rejected("no-such-layer")
        case Hide(ops=ops) | Show(ops=ops) | Move(ops=ops):
            check_targets(scene, ops, mine)
        case _:
            check_open(scene, op.layer)


def check_open(scene: Drawn, layer: int) -> None:
    """Raise Rejected unless a layer is there to be drawn on."""
    if layer not in scene.layers:
        raise Rejected("no-such-layer")
    if layer in scene.locked:
        raise Rejected("layer-locked")


def check_targets(scene: Drawn, ops: Iterable[str], mine: frozenset[str]) -> None:
    """Raise Rejected unless these ops are there, and one's own."""
    if not scene.has(ops):
        raise Rejected("no-such-op")
    if not scene.authors(ops) <= mine:
        raise Rejected("not-yours")
