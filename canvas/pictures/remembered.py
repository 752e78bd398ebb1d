"""What the pictures of a drawing's layers do not show, and joining at a checkpoint needs to know."""

from collections.abc import Iterable

from canvas.engine.ops import Hide, Op, Show, author_of

LAYER = "layer"


class Remembered:
    """The ops in force that speak of layers; who has an op in the log, and what the last of each does."""

    def __init__(self) -> None:
        self.authors: dict[str, str] = {}
        self._layers: dict[str, tuple[int, bytes]] = {}
        self._hidden: set[str] = set()

    def take(self, seq: int, op: Op, data: bytes) -> None:
        """Take in one more op, which is encoded as data."""
        self.authors[author_of(op.id)] = op.t
        match op:
            case Hide(ops=ops):
                self._hidden.update(self._among(ops))
            case Show(ops=ops):
                self._hidden.difference_update(ops)
            case _ if op.t == LAYER:
                self._layers[op.id] = (seq, data)

    @property
    def layers(self) -> list[tuple[int, bytes]]:
        """The ops in force that speak of layers, each with its seq."""
        known = self._layers.items()
        return [numbered for name, numbered in known if name not in self._hidden]

    def _among(self, ops: Iterable[str]) -> Iterable[str]:
        return (op for op in ops if op in self._layers)
