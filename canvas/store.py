"""The one writer of the log: the ops waiting at a moment go into one commit, off the event loop."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

import gevent
import msgspec
from django.db import Error, connection, transaction
from django.utils import timezone
from gevent.threadpool import ThreadPool

from canvas.engine import codec, rules
from canvas.engine.ops import HIDEABLE, Op, Rejected, author_of
from canvas.history.chain import link
from canvas.models import Drawing
from canvas.models import Op as Row
from canvas.patience import is_locked, leave_what_is_gone
from canvas.standing import Standings

logger = logging.getLogger(__name__)

BATCH = 500  # ops in one commit: keeps a commit short enough for the next to wait on
NOT_SAVED = "not-saved"


@dataclass(frozen=True, slots=True)
class Entry:
    """An op in the log: `data` is the op as codec.encode writes it, `time` in ms since 1970."""

    seq: int
    time: int
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Proposal:
    """An op that wants into a drawing's log; `done` is told its Entry, or its Rejected."""

    drawing: int
    op: Op
    mine: frozenset[str]
    done: Callable[["Entry | Rejected"], None]
    moderates: bool = False


class Store:
    """Commit proposals in the order they come, many in one transaction."""

    def __init__(self):
        self._waiting: list[Proposal] = []
        self._writer: gevent.Greenlet | None = None
        # A thread of its own: a database write would otherwise hold up every socket.
        self._thread = ThreadPool(1)
        self._standings = Standings()  # that thread's

    def append(self, proposal: Proposal) -> None:
        """Take a proposal in; `proposal.done` is called once its commit has come back."""
        self._waiting.append(proposal)
        if self._writer is None:
            self._write_on()

    def drain(self) -> None:
        """Wait until nothing is waiting."""
        while self._writer is not None:
            self._writer.join()

    def close(self) -> None:
        """Finish what is waiting and let the database go; the next op opens it again."""
        self.drain()
        self._thread.apply(lambda: connection.close())  # the writer thread's own

    def _write_on(self) -> None:
        """Let the writer write, if there is something to be written."""
        self._writer = gevent.spawn(self._write) if self._waiting else None

    def _write(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
                self._settle(batch)
        finally:
            self._write_on()

    def _settle(self, batch: list[Proposal]) -> None:
        """Commit a batch; whatever goes wrong, nobody is left without an answer."""
        outcomes: list[Entry | Rejected] = refusals(batch)
        try:
            outcomes = self._thread.apply(commit, [batch, self._standings])
        finally:
            tell(batch, outcomes)
            self._refuse_behind(batch, outcomes)

    def _refuse_behind(
        self, batch: list[Proposal], outcomes: list["Entry | Rejected"]
    ) -> None:
        """Refuse what waits behind an op that was not saved: an undo must not come before its stroke."""
        settled = zip(batch, outcomes, strict=True)
        failed = {proposal.drawing for proposal, outcome in settled if missed(outcome)}
        behind = [one for one in self._waiting if one.drawing in failed]
        self._waiting = [one for one in self._waiting if one.drawing not in failed]
        tell(behind, refusals(behind))


def refusals(batch: list[Proposal]) -> list[Rejected]:
    """Return that nothing of a batch was saved."""
    return [Rejected(NOT_SAVED) for _ in batch]


def missed(outcome: Entry | Rejected) -> bool:
    """Say whether an op was not saved, and is to be sent again."""
    return isinstance(outcome, Rejected) and outcome.code == NOT_SAVED


def tell(batch: list[Proposal], outcomes: Iterable[Entry | Rejected]) -> None:
    """Tell those who proposed a batch what came of it."""
    for proposal, outcome in zip(batch, outcomes, strict=True):
        proposal.done(outcome)


def commit(batch: list[Proposal], standings: Standings) -> list[Entry | Rejected]:
    """Commit a batch; should that fail, each drawing's part alone, so that only the failing one is refused."""
    try:
        return commit_together(batch, standings)
    except Error as error:
        logger.warning("The log could not be written: %s", error)
        connection.close()
        if is_away(error):
            return refusals(batch)
    outcomes = {}
    for part in by_drawing(batch):
        outcomes.update(zip(map(id, part), commit_part(part, standings), strict=True))
    return [outcomes[id(proposal)] for proposal in batch]


def is_away(error: Error) -> bool:
    """Say whether no drawing can be written: each would wait in vain for as long as the first did."""
    if is_locked(connection, error):
        return True
    try:
        connection.ensure_connection()
    except Error:
        return True
    return False


def commit_part(part: list[Proposal], standings: Standings) -> list[Entry | Rejected]:
    """Commit the proposals of one drawing, or refuse them all."""
    try:
        return commit_together(part, standings)
    except Error:
        connection.close()
        return refusals(part)


def commit_together(
    batch: list[Proposal], standings: Standings
) -> list[Entry | Rejected]:
    """Commit a batch in one transaction, in its order."""
    outcomes = {}
    leave_what_is_gone(connection)
    with standings.trusted(), transaction.atomic():
        for part in by_drawing(batch):
            appended = append_part(part, standings)
            outcomes.update(zip(map(id, part), appended, strict=True))
    return [outcomes[id(proposal)] for proposal in batch]


def by_drawing(batch: list[Proposal]) -> Iterable[list[Proposal]]:
    """Split a batch by drawing, in one order everywhere so that two writers never deadlock."""
    ordered = sorted(batch, key=lambda proposal: proposal.drawing)
    return [list(part) for _, part in groupby(ordered, lambda p: p.drawing)]


def append_part(part: list[Proposal], standings: Standings) -> list[Entry | Rejected]:
    """Append one drawing's proposals to its log, inside the caller's transaction."""
    drawing = Drawing.objects.select_for_update().filter(pk=part[0].drawing).first()
    if drawing is None:
        return [Rejected("no-such-drawing") for _ in part]
    tail = Tail(drawing, standings, [proposal.op.id for proposal in part])
    outcomes = [tail.append(proposal) for proposal in part]
    tail.save()
    return outcomes


class Tail:
    """The end of a drawing's log during a transaction: what the rules look at, and what is new."""

    def __init__(self, drawing: Drawing, standings: Standings, names: list[str]):
        self._drawing = drawing
        self._standing = standings.at_head(drawing)
        self._new: list[tuple[Entry, str]] = []  # each with the kind of op it is
        known = drawing.ops.filter(name__in=names).values_list(*ENTRY_FIELDS)
        self._known = {found.name: found for found in map(entry, known)}

    @property
    def head(self) -> int:
        return self._drawing.head + len(self._new)

    @property
    def layers(self) -> frozenset[int]:
        return self._standing.layers.layers

    @property
    def locked(self) -> frozenset[int]:
        return self._standing.layers.locked

    @property
    def images(self) -> set[tuple[str, int, int]]:
        """What an op may show: found out when one wants to."""
        found = self._drawing.images.values_list("name", "width", "height")
        return set(found)

    def has(self, names: Iterable[str]) -> bool:
        """Say whether all these are in the log, and no hides or shows."""
        new = {one.name for one, kind in self._new if kind in HIDEABLE}
        older = set(names) - new
        found = self._drawing.ops.filter(name__in=older, kind__in=HIDEABLE)
        return not older or found.count() == len(older)

    def authors(self, names: Iterable[str]) -> set[str]:
        """Return whose these ops are."""
        return {author_of(name) for name in names}

    def append(self, proposal: Proposal) -> Entry | Rejected:
        """Give an op the next seq, unless it has one already or the rules turn it down."""
        op = proposal.op
        if op.id in self._known:
            return self._known[op.id]
        try:
            self._check(proposal)
        except Rejected as rejected:
            return rejected
        new = Entry(self.head + 1, now(), op.id, codec.encode(op))
        self._known[op.id] = new
        self._new.append((new, op.t))
        self._standing.take(new.seq, op)
        return new

    def _check(self, proposal: Proposal) -> None:
        moderates = proposal.moderates
        if self._drawing.is_finished and not moderates:
            raise Rejected("watch-only")
        rules.check(self, proposal.op, proposal.mine, moderates=moderates)

    def save(self) -> None:
        """Write the new ops and the drawing's new head."""
        if not self._new:
            return
        rows = list(linked(self._drawing, self._new))
        Row.objects.bulk_create(rows)
        Drawing.objects.filter(pk=self._drawing.pk).update(
            head=self.head,
            head_hash=rows[-1].hash,
            drawn_at=timezone.now(),
            is_hidden=self._standing.layers.is_removed,
        )


DAMAGED = b"null"  # what a damaged op is read as
ENTRY_FIELDS = ["seq", "time", "name", "data"]


def linked(drawing: Drawing, new: Iterable[tuple[Entry, str]]) -> Iterable[Row]:
    """Yield the rows that keep new entries of a kind, each linked to the one before."""
    previous = bytes(drawing.head_hash)
    for one, kind in new:
        previous = link(previous, one)
        yield Row(
            drawing_id=drawing.pk,
            author_id=author_of(one.name),
            seq=one.seq,
            time=one.time,
            name=one.name,
            kind=kind,
            data=one.data,
            hash=previous,
        )


def now() -> int:
    """Return the time in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def since(drawing: int, seq: int, limit: int) -> list[Entry]:
    """Return at most `limit` ops after `seq`, in order and without gaps."""
    rows = Row.objects.filter(drawing=drawing, seq__gt=seq).order_by("seq")
    found = [entry(row) for row in rows.values_list(*ENTRY_FIELDS)[:limit]]
    if not found or found[-1].seq == seq + len(found):
        return found
    logger.error("Drawing %s lacks ops after %s", drawing, seq)
    return filled(found, range(seq + 1, min(found[-1].seq, seq + limit) + 1))


def filled(found: list[Entry], seqs: Iterable[int]) -> list[Entry]:
    """Return an entry for each seq; a row that is gone reads as a damaged one."""
    there = {one.seq: one for one in found}
    return [there.get(seq) or Entry(seq, 0, "", DAMAGED) for seq in seqs]


def entry(row: tuple) -> Entry:
    """Return the entry that a row's ENTRY_FIELDS hold."""
    seq, time, name, data = row
    return Entry(seq, time, name, readable(name, bytes(data)))


def readable(name: str, data: bytes) -> bytes:
    """Return an op's data, or null for a damaged row: one bad row must not close the drawing."""
    try:
        codec.WIRE_OPS.decode(data)
    except msgspec.DecodeError:
        logger.error("Op %s cannot be read", name)
        return DAMAGED
    return data
