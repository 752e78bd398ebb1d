"""A drawing made again from its file, by authors nobody here is."""

import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, BinaryIO

from django.db import transaction
from django.utils import timezone
from msgspec import Meta, Raw
from msgspec.json import Decoder

from canvas.engine import codec, rules
from canvas.engine.ops import (
    HIDEABLE,
    Hide,
    Move,
    Op,
    Rejected,
    Remove,
    Show,
    author_of,
)
from canvas.engine.stack import Layers
from canvas.history.chain import GENESIS, link
from canvas.history.enclosed import Enclosed
from canvas.history.lines import Lines
from canvas.history.pack import Credit, Header, Piece, Seal
from canvas.models import Author, Drawing
from canvas.models import Op as Row
from canvas.seen import seen
from canvas.standing import note_hidden, open_up
from canvas.store import DAMAGED, Entry, linked

PART = 1000  # ops in one commit
KEY_LETTERS = string.ascii_lowercase + string.digits
NAMELESS = "Somebody"

Seq = Annotated[int, Meta(ge=1, lt=2**31)]
Time = Annotated[int, Meta(ge=0, lt=253_402_300_800_000)]  # ms: the year 10,000
HEADER = Decoder(Header)
FILED = Decoder(tuple[Seq, Time, Raw])
SEAL = Decoder(Seal)
PIECE = Decoder(Piece)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a file holds, its authors under new keys; `lost` ops it has no more."""

    header: Header
    authors: list[Credit]
    log: list[tuple[Entry, str]]  # each with the kind of op it is
    lost: int
    images: Enclosed


def unpack(file: BinaryIO) -> Parcel:
    """Return what a file holds, or raise Unreadable."""
    lines = Lines(file)
    unpacking = Unpacking(lines, lines.decode(head_of(lines), HEADER, "not-a-drawing"))
    for line in lines:
        if unpacking.is_sealed:
            raise lines.unreadable("after-the-end")
        unpacking.take(line)
    if not unpacking.is_sealed:
        raise lines.unreadable("cut-off")
    unpacking.images.check_names()
    return unpacking.parcel()


def head_of(lines: Lines) -> bytes:
    """Return the first line."""
    return next(iter(lines), b"")


class Unpacking:
    """A file being read: what came of the lines so far."""

    def __init__(self, lines: Lines, header: Header):
        self.is_sealed = False
        self._lines = lines
        self._header = header
        self._keys = {credit.key: new_author_key() for credit in header.authors}
        if len(self._keys) < len(header.authors):
            raise lines.unreadable("not-a-drawing")
        self.images = Enclosed()
        self._log: list[tuple[Entry, str]] = []
        self._kinds: dict[str, str] = {}
        self._layers = Layers()
        self._seq = 0
        self._hash = GENESIS

    # What the rules need to know

    @property
    def head(self) -> int:
        return len(self._log)

    @property
    def layers(self) -> frozenset[int]:
        return self._layers.layers

    @property
    def locked(self) -> frozenset[int]:
        return self._layers.locked

    def has(self, names: Iterable[str]) -> bool:
        """Say whether all these ops that can be hidden came before."""
        return all(self._kinds.get(name) in HIDEABLE for name in names)

    def authors(self, names: Iterable[str]) -> set[str]:
        """Return whose these ops are."""
        return {author_of(name) for name in names}

    # Reading

    def take(self, line: bytes) -> None:
        """Take in an op, a piece of an image, or the seal."""
        if line.startswith(b'{"image"') and self._seq == 0:
            piece = self._lines.decode(line, PIECE, "not-an-op")
            self.images.add(piece.image, piece.data, self._lines.number)
            return
        if line.startswith(b"{"):
            self._break_seal(line)
            return
        seq, time, raw = self._lines.decode(line, FILED, "not-an-op")
        if not self._seq < seq <= self._header.head:
            raise self._lines.unreadable("wrong-seq")
        self._seq = seq
        self._take_op(Entry(seq, time, "", bytes(raw)))

    def _take_op(self, filed: Entry) -> None:
        if filed.data == DAMAGED:
            self._hash = link(self._hash, filed)
            return
        try:
            op = codec.decode_bytes(filed.data)
            self._hash = link(self._hash, replace(filed, name=op.id))
            self._append(filed.time, self._rekeyed(op))
        except Rejected as rejected:
            raise self._lines.unreadable(rejected.code) from None

    def _append(self, time: int, op: Op) -> None:
        if op.id in self._kinds:
            raise self._lines.unreadable("twice")
        # Whoever moderated was allowed to, where it was drawn.
        rules.check(self, op, frozenset(self._keys.values()), moderates=True)
        self._kinds[op.id] = op.t
        entry = Entry(self.head + 1, time, op.id, codec.encode(op))
        self._log.append((entry, op.t))
        self._layers.apply(self.head, op)

    def _rekeyed(self, op: Op) -> Op:
        own = replace(op, id=self._renamed(op.id))
        if isinstance(own, Remove) and own.author is not None:
            # Of somebody who has drawn nothing it removes nothing; they need not be in the file.
            return replace(own, author=self._keys.get(own.author, new_author_key()))
        if isinstance(own, Hide | Show | Move | Remove) and own.ops is not None:
            return replace(own, ops=tuple(map(self._renamed, own.ops)))
        return own

    def _renamed(self, op_id: str) -> str:
        author, _, suffix = op_id.partition(".")
        if author not in self._keys:
            raise self._lines.unreadable("unknown-author")
        return f"{self._keys[author]}.{suffix}"

    def _break_seal(self, line: bytes) -> None:
        seal = self._lines.decode(line, SEAL, "not-an-op")
        if seal.hash != self._hash.hex():
            raise self._lines.unreadable("wrong-hash")
        self.is_sealed = True

    def parcel(self) -> Parcel:
        """Return what was in it."""
        drew = self.authors(self._kinds)
        authors = [self._foreign(credit) for credit in self._header.authors]
        credited = [one for one in authors if one.key in drew]
        lost = self._header.head - self.head
        return Parcel(self._header, credited, self._log, lost, self.images)

    def _foreign(self, credit: Credit) -> Credit:
        name = seen(credit.name, NAMELESS)
        return Credit(self._keys[credit.key], name, credit.colour)


def keep(parcel: Parcel, owner: Author) -> Drawing:
    """Keep what a file held as a drawing of the owner's, whole after each commit."""
    drawing = begin(parcel, owner)
    parcel.images.hang(drawing)
    for start in range(0, len(parcel.log), PART):
        with transaction.atomic():
            append(drawing, parcel.log[start : start + PART])
    with transaction.atomic():
        note_hidden(drawing)
        open_up(drawing)
    return drawing


@transaction.atomic
def begin(parcel: Parcel, owner: Author) -> Drawing:
    """Return an empty drawing as large as the one in the file, on which nobody draws yet; its authors exist."""
    Author.objects.bulk_create(
        Author(key=one.key, name=one.name, colour=one.colour) for one in parcel.authors
    )
    header = parcel.header
    title = seen(header.title, "")
    size = {"width": header.width, "height": header.height}
    return Drawing.objects.create(
        owner=owner, title=title, finished_at=timezone.now(), **size
    )


def append(drawing: Drawing, part: list[tuple[Entry, str]]) -> None:
    """Append ops to a drawing's log, inside the caller's transaction."""
    rows = list(linked(drawing, part))
    Row.objects.bulk_create(rows)
    drawing.head, drawing.head_hash = rows[-1].seq, rows[-1].hash
    drawing.save(update_fields=["head", "head_hash"])


def new_author_key() -> str:
    """Make up an author's key that nobody has."""
    return "".join(secrets.choice(KEY_LETTERS) for _ in range(12))
