"""Which ops a drawing takes; rules.js makes honest input fit them beforehand."""

from collections.abc import Container, Iterable
from typing import Protocol

from canvas.engine.ops import (
    MOST_OPS,
    Hide,
    Image,
    Layer,
    Move,
    Op,
    Rejected,
    Remove,
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

    @property
    def images(self) -> Container[tuple[str, int, int]]: ...

    def has(self, ops: Iterable[str], /) -> bool: ...

    def authors(self, ops: Iterable[str], /) -> set[str]: ...


def check(
    scene: Drawn, op: Op, mine: frozenset[str], *, moderates: bool = False
) -> None:
    """Raise Rejected unless somebody with these author keys may apply op to scene.

    Whoever moderates may also remove what is not theirs, and bring back what was removed.
    """
    match op:
        case _ if author_of(op.id) not in mine:
            raise Rejected("not-yours")
        case _ if scene.head >= MOST_OPS:
            raise Rejected("drawing-full")
        case Layer():
            check_layer(scene, op)
        case Remove(ops=None) if not moderates:
            raise Rejected("not-yours")
        case Remove() | Hide() | Show():
            check_targets(scene, op.ops or (), None if moderates else mine)
        case Move(ops=ops):
            check_targets(scene, ops, mine)
        case _:
            check_open(scene, op.layer)
            check_image(scene, op)


def check_layer(scene: Drawn, op: Layer) -> None:
    """Raise Rejected unless a layer is there, or is to be brought back."""
    if op.layer not in scene.layers and op.deleted is not False:
        raise Rejected("no-such-layer")


def check_open(scene: Drawn, layer: int) -> None:
    """Raise Rejected unless a layer is there to be drawn on."""
    if layer not in scene.layers:
        raise Rejected("no-such-layer")
    if layer in scene.locked:
        raise Rejected("layer-locked")


def check_image(scene: Drawn, op: Op) -> None:
    """Raise Rejected if op shows an image that is not there."""
    if isinstance(op, Image) and op.content not in scene.images:
        raise Rejected("no-such-image")


def check_targets(
    scene: Drawn, ops: Iterable[str], mine: frozenset[str] | None
) -> None:
    """Raise Rejected unless these ops are there, and one's own if it matters whose they are."""
    if not scene.has(ops):
        raise Rejected("no-such-op")
    if mine is not None and not scene.authors(ops) <= mine:
        raise Rejected("not-yours")
