"""A drawing as one file: a gzipped text of JSON lines.

The first line is the Header, the last one the Seal; between them stand the images on the
drawing in Pieces, and then one op a line,
[seq, time, op] as in the protocol (P32), null in the place of an op that was damaged.
"""

import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Literal

from msgspec import Meta, Raw, Struct, json

from canvas.engine.ops import MOST_OPS
from canvas.history.chain import GENESIS, link
from canvas.models import Drawing, Image
from canvas.store import DAMAGED, Entry, since

PART = 1000  # ops read and compressed at once
LEVEL = 1  # nine times as fast as the usual level, for a file an eighth larger
GZIP = 31  # zlib's word for a gzip file with the largest window
LONGEST_PIECE = 45_000  # bytes: a line of 60,000
LARGEST_SIDE = 4096  # px: where coordinates end

AuthorKey = Annotated[str, Meta(pattern=r"^[0-9a-z]{1,12}\Z")]
Name = Annotated[str, Meta(min_length=1, max_length=40)]
Colour = Annotated[str, Meta(pattern=r"^#[0-9a-f]{6}\Z")]
Side = Annotated[int, Meta(ge=1, le=LARGEST_SIDE)]
Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


class Credit(Struct, frozen=True):
    """Somebody the drawing is drawn by."""

    key: AuthorKey
    name: Name
    colour: Colour


class Header(Struct, frozen=True):
    """What a file says of its drawing before the ops come."""

    format: Literal["drawnby"]
    version: Literal[1]
    title: Annotated[str, Meta(max_length=120)]
    width: Side
    height: Side
    created: str
    head: Annotated[int, Meta(ge=0, le=MOST_OPS)]
    hash: Hash
    authors: list[Credit]


class Piece(Struct, frozen=True, forbid_unknown_fields=True):
    """Some bytes of an image's file; all those of one name are the file, in their order."""

    image: Hash
    data: Annotated[bytes, Meta(min_length=1, max_length=LONGEST_PIECE)]


class Seal(Struct, frozen=True):
    """The hash of the ops as they stand in the file; the Header's, if none was damaged."""

    hash: Hash


def pack(drawing: Drawing) -> Iterator[bytes]:
    """Yield the file that holds a drawing up to its head, part by part."""
    gzip = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    for text in texts(drawing):
        yield gzip.compress(text)
    yield gzip.flush()


def texts(drawing: Drawing) -> Iterator[bytes]:
    """Yield the lines of a file, many at once."""
    yield line(header(drawing))
    for image in drawing.images.order_by("pk"):
        yield from map(line, pieces(image))
    seal = GENESIS
    for part in parts(drawing):
        for one in part:
            seal = link(seal, filed(one))
        yield b"".join(line([one.seq, one.time, Raw(one.data)]) for one in part)
    yield line(Seal(seal.hex()))


def header(drawing: Drawing) -> Header:
    """Return what is said of a drawing before its ops."""
    return Header(
        format="drawnby",
        version=1,
        title=drawing.title,
        width=drawing.width,
        height=drawing.height,
        created=drawing.created_at.isoformat(),
        head=drawing.head,
        hash=bytes(drawing.head_hash).hex(),
        authors=[Credit(one.key, one.name, one.colour) for one in drawing.authors()],
    )


def pieces(image: Image) -> Iterator[Piece]:
    """Yield an image's file, piece by piece."""
    with image.file.open() as file:
        while data := file.read(LONGEST_PIECE):
            yield Piece(image.name, data)


def parts(drawing: Drawing) -> Iterator[list[Entry]]:
    """Yield the log up to the head as it was when the drawing was read."""
    for seq in range(0, drawing.head, PART):
        yield since(drawing.pk, seq, min(PART, drawing.head - seq))


def filed(entry: Entry) -> Entry:
    """Return an entry as a file can tell it: a damaged op has lost its name."""
    return replace(entry, name="") if entry.data == DAMAGED else entry


def line(value: object) -> bytes:
    """Return a value as a line of JSON."""
    return json.encode(value) + b"\n"
