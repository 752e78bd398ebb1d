"""How the layers of drawings stand, and what is removed of them, as the writer of the log has to know.

Each process keeps it from commit to commit and brings it up to the drawing's head inside the next one, which has the
drawing's row locked: so it is right whoever wrote in between. After a commit that failed nothing is believed.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from canvas.engine import codec
from canvas.engine.ops import Hide, Layer, Op, Rejected, Remove, Show
from canvas.engine.stack import Layers
from canvas.models import Drawing

KEPT = 1000  # drawings; the one not written to for longest is forgotten first
TELLING = frozenset({Layer.t, Remove.t, Hide.t, Show.t})  # kinds of op that matter here


class Standing:
    """The layers of one drawing up to a seq."""

    def __init__(self) -> None:
        self.head = 0
        self.layers = Layers()

    def follow(self, drawing: Drawing) -> None:
        """Take in what the log of a drawing has after this, up to the drawing's head."""
        later = drawing.ops.filter(seq__gt=self.head, kind__in=TELLING).order_by("seq")
        for seq, op in readable(later.values_list("seq", "data")):
            self.layers.apply(seq, op)
        self.head = drawing.head

    def take(self, seq: int, op: Op) -> None:
        """Take in the op that comes next."""
        if op.t in TELLING:
            self.layers.apply(seq, op)
        self.head = seq


def readable(rows: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, Op]]:
    """Yield the ops in rows; a damaged one says nothing."""
    for seq, data in rows:
        try:
            yield seq, codec.decode_bytes(bytes(data))
        except Rejected:
            continue


class Standings:
    """What one writer knows of the drawings it writes to."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, Standing] = OrderedDict()

    @contextmanager
    def trusted(self) -> Iterator[None]:
        """Believe what is learnt in this block if it ends well, and otherwise nothing any more."""
        has_ended_well = False
        try:
            yield
            has_ended_well = True
        finally:
            if not has_ended_well:
                self._known.clear()

    def at_head(self, drawing: Drawing) -> Standing:
        """Return how a drawing stands whose row the caller has locked."""
        known = self._known.pop(drawing.pk, None)
        if known is None or known.head > drawing.head:
            known = Standing()
        if known.head < drawing.head:
            known.follow(drawing)
        self._known[drawing.pk] = known
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        return known


def note_hidden(drawing: Drawing) -> None:
    """Note in a drawing's row whether everything drawn on it is removed, its log being new."""
    standing = Standing()
    standing.follow(drawing)
    drawing.is_hidden = standing.layers.is_removed
    drawing.save(update_fields=["is_hidden"])


def open_up(drawing: Drawing) -> None:
    """Let people draw on a drawing that was finished only until its log was whole."""
    drawing.finished_at = None
    drawing.save(update_fields=["finished_at"])
