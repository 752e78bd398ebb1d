"""Which ops a drawing takes; rules.js makes honest input fit them beforehand."""

from collections.abc import Container, Iterable
from typing import Protocol

from canvas.engine.ops import (
    MOST_OPS,
    Clear,
    Hide,
    Op,
    Rejected,
    Shape,
    Show,
    Stroke,
    author_of,
)


class Drawn(Protocol):
    """What the rules need to know of a drawing; a Scene knows it."""

    @property
    def head(self) -> int: ...

    @property
    def layers(self) -> Container[int]: ...

    def has(self, ops: Iterable[str], /) -> bool: ...

    def authors(self, ops: Iterable[str], /) -> set[str]: ...


def check(scene: Drawn, op: Op, mine: frozenset[str]) -> None:
    """Raise Rejected unless somebody with these author keys may apply op to scene."""
    match op:
        case _ if author_of(op.id) not in mine:
            raise Rejected("not-yours")
        case _ if scene.head >= MOST_OPS:
            raise Rejected("drawing-full")
        case Stroke(layer=layer) | Shape(layer=layer) | Clear(layer=layer) if (
            layer not in scene.layers
        ):
            raise Rejected("no-such-layer")
        case Hide(ops=ops) | Show(ops=ops) if not scene.has(ops):
            raise Rejected("no-such-op")
        case Hide(ops=ops) | Show(ops=ops) if not scene.authors(ops) <= mine:
            raise Rejected("not-yours")
