"""The chain of hashes: each op's hash stands for that op and for all before it."""

from hashlib import sha256
from typing import Protocol

GENESIS = bytes(32)  # stands before the first op


class Linked(Protocol):
    """As much of an op in the log as its hash stands for."""

    @property
    def seq(self) -> int: ...

    @property
    def time(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def data(self) -> bytes: ...


def link(previous: bytes, op: Linked) -> bytes:
    """Return the hash of the op that comes after the op of the previous hash."""
    # A name has no spaces, so no two ops are written alike.
    head = b"%d %d %b " % (op.seq, op.time, op.name.encode())
    return sha256(previous + head + op.data).digest()
