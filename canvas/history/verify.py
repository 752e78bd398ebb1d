"""Whether a log is still what it was when it was drawn."""

from collections.abc import Iterator

from canvas.engine import codec
from canvas.engine.ops import Op, Rejected, author_of
from canvas.history.chain import GENESIS, link
from canvas.models import Drawing
from canvas.models import Op as Row
from canvas.store import Entry

PART = 1000  # ops read at once


class Fault(Exception):
    """The first op of a log that is not what it should be; the code says how."""

    def __init__(self, seq: int, code: str):
        super().__init__(f"op {seq}: {code}")
        self.seq = seq
        self.code = code


def verify(drawing: Drawing) -> Fault | None:
    """Return the first fault of a drawing's log, if it has one, and remember it."""
    seq, fault = drawing.head, None
    try:
        seq = examine(drawing)
    except Fault as found:
        seq, fault = found.seq, found
    noted = Drawing.objects.filter(pk=drawing.pk)
    noted.update(checked_seq=seq, fault=str(fault or ""))
    return fault


def examine(drawing: Drawing) -> int:
    """Return the seq up to which a log is whole, or raise its first Fault."""
    # In this order: an op that comes meanwhile is then simply not looked at.
    last = drawing.ops.order_by("-seq").values_list("seq", flat=True).first() or 0
    drawing.refresh_from_db(fields=["head", "head_hash"])
    if last > drawing.head:
        examine_ops(drawing)
        raise Fault(drawing.head + 1, "beyond-head")
    if examine_ops(drawing) != bytes(drawing.head_hash):
        raise Fault(drawing.head, "wrong-head")
    return drawing.head


def examine_ops(drawing: Drawing) -> bytes:
    """Return the hash of the op at a drawing's head, or raise the first Fault."""
    previous, seq = GENESIS, 0
    for seq, row in enumerate(rows(drawing), 1):
        examine_op(row, seq, previous)
        previous = bytes(row.hash)
    if seq < drawing.head:
        raise Fault(seq + 1, "missing")
    return previous


def rows(drawing: Drawing) -> Iterator[Row]:
    """Yield the rows up to the head, in parts: no cursor stays open on the database."""
    log = drawing.ops.filter(seq__lte=drawing.head).order_by("seq")
    part = list(log[:PART])
    while part:
        yield from part
        part = list(log.filter(seq__gt=part[-1].seq)[:PART])


def examine_op(row: Row, seq: int, previous: bytes) -> None:
    """Raise Fault unless the row is the op that belongs at seq."""
    if row.seq != seq:
        raise Fault(seq, "missing")
    op = op_in(row)
    if op.id != row.name:
        raise Fault(seq, "wrong-name")
    if op.t != row.kind:
        raise Fault(seq, "wrong-kind")
    if author_of(row.name) != row.author_id:
        raise Fault(seq, "wrong-author")
    entry = Entry(seq, row.time, row.name, bytes(row.data))
    if link(previous, entry) != bytes(row.hash):
        raise Fault(seq, "wrong-hash")


def op_in(row: Row) -> Op:
    """Return the op a row keeps, or raise Fault."""
    try:
        return codec.decode_bytes(bytes(row.data))
    except Rejected:
        raise Fault(row.seq, "unreadable") from None
