"""A log in memory: the pure model of what a store does."""

from canvas.engine.ops import Op


class Log:
    """A drawing's ops in the one order, numbered from 1."""

    def __init__(self) -> None:
        self._ops: list[Op] = []
        self._seqs: dict[str, int] = {}

    @property
    def head(self) -> int:
        """The seq of the last op, 0 when there is none."""
        return len(self._ops)

    def append(self, op: Op) -> int:
        """Give an op the next seq, or the one it has had since it was first appended."""
        if op.id not in self._seqs:
            self._ops.append(op)
            self._seqs[op.id] = self.head
        return self._seqs[op.id]

    def seq_of(self, op_id: str) -> int | None:
        """Return the seq of an op, None when it is not in the log."""
        return self._seqs.get(op_id)

    def since(self, seq: int) -> list[tuple[int, Op]]:
        """Return the ops after seq, each with its own."""
        return list(enumerate(self._ops[seq:], start=seq + 1))
