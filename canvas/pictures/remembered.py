"""What the pictures of a drawing's layers do not show, and joining at a checkpoint needs to know."""

from canvas.engine.ops import Layer, Op, author_of
from canvas.engine.stack import Layers


class Remembered:
    """The ops in force that speak of layers; who has an op in the log, and what the last of each does."""

    def __init__(self) -> None:
        self.authors: dict[str, str] = {}
        self._known = Layers()
        self._told: dict[str, tuple[int, bytes]] = {}

    def take(self, seq: int, op: Op, data: bytes) -> None:
        """Take in one more op, which is encoded as data."""
        self.authors[author_of(op.id)] = op.t
        self._known.apply(seq, op)
        if isinstance(op, Layer):
            self._told[op.id] = (seq, data)

    @property
    def layers(self) -> list[tuple[int, bytes]]:
        """The ops in force that speak of layers, each with its seq."""
        return [self._told[name] for name in self._known.in_force]
