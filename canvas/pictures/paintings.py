"""Drawings as the painter knows them, and the ones it keeps so that new ops cost little."""

import logging
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import reduce
from typing import NamedTuple

from PIL import Image

from canvas.engine import codec
from canvas.engine.geometry import Box
from canvas.engine.ops import Mark, Op, Rejected
from canvas.engine.render import WHITE, Raster, Unrenderable, bounds, render
from canvas.engine.rulings import ruled_out
from canvas.engine.scene import Change, Scene
from canvas.engine.stack import Level
from canvas.pictures.album import EMPTY, Album
from canvas.pictures.remembered import Remembered

logger = logging.getLogger(__name__)

Size = tuple[int, int]
Numbered = tuple[int, bytes]  # an op as codec.encode writes it, and its seq

TOO_MANY_LAYERS = "too-many-layers"

MOST_KEPT = 8
MOST_KEPT_BYTES = 768 * 2**20
# What an op takes in a scene, measured by strokes of a hand, to what it takes in the log.
BYTES_A_BYTE = 12
BYTES_A_PIXEL = 4 * 3  # two layers, and what they are laid on


class Painting:
    """A drawing up to a seq: its scene, and from the first look on its raster."""

    def __init__(self, size: Size, scale: float = 1.0, album: Album = EMPTY) -> None:
        self.size = size
        self.album = album
        self.head = 0
        self.remembered = Remembered()
        self.weight = size[0] * size[1] * BYTES_A_PIXEL
        self._scale = scale
        self._scene = Scene()
        self._raster: Raster | None = None

    @property
    def strokes(self) -> list[Mark]:
        """What one sees, in paint order."""
        return self._scene.strokes()

    @property
    def stack(self) -> list[Level]:
        """How the layers stand, the lowest first."""
        return self._scene.stack()

    def take(self, ops: Iterable[Numbered]) -> None:
        """Take ops in, in their order."""
        news = News([], [])
        for seq, data in ops:
            self.head = seq
            self.weight += len(data) * BYTES_A_BYTE
            op = readable(seq, data)
            if op is not None:
                news.add(op, self._scene.apply(seq, op))
                self.remembered.take(seq, op, data)
        if self._raster is not None:
            self._repaint(self._raster, news)

    def image(self, paper: str | None = WHITE) -> Image.Image:
        """Return the picture: RGB on paper, RGBA without."""
        try:
            return self._painted().image(paper, self.stack)
        except Unrenderable as refused:
            if refused.code != TOO_MANY_LAYERS:
                raise
        # A raster keeps every layer; what is made whole needs one at a time.
        return render(
            self.strokes,
            self.size,
            scale=self._scale,
            paper=paper,
            stack=self.stack,
            images=self.album,
        )

    def layers(self) -> Iterator[tuple[int, Image.Image]]:
        """Yield the number of each layer and its picture by itself, RGBA."""
        return self._painted().layers()

    def _painted(self) -> Raster:
        if self._raster is None:
            raster = Raster(self.size, self._scale, self.album)
            raster.draw(self.strokes)
            self._raster = raster
        return self._raster

    def _repaint(self, raster: Raster, news: "News") -> None:
        """Draw what is new on top, then make right what came or went below."""
        try:
            raster.draw(news.on_top)
            if news.below:
                raster.redraw(reduce(union, map(bounds, news.below)), self.strokes)
        except Unrenderable:
            self._raster = None  # whoever looks at it next hears why, if it matters


def allowed(ops: list[Numbered]) -> list[Numbered]:
    """Return the ops but those that moderators have removed: a film would show them."""
    if not any(b'"remove"' in data for _, data in ops):
        return ops
    read = [(numbered, readable(*numbered)) for numbered in ops]
    out = ruled_out(op for _, op in read if op is not None)
    return [numbered for numbered, op in read if op is None or op.id not in out]


class News(NamedTuple):
    """What some ops did to a picture: the strokes put on top, and those changed below."""

    on_top: list[Mark]
    below: list[Mark]

    def add(self, op: Op, change: Change) -> None:
        """Take in what one op did."""
        if change.added == [op]:
            self.on_top.extend(change.added)
        else:
            self.below.extend([*change.added, *change.removed])


class Paintings:
    """The paintings looked at last; those there is no room for begin anew when needed."""

    def __init__(self, album: Album = EMPTY) -> None:
        self._album = album
        self._kept: OrderedDict[str, Painting] = OrderedDict()

    def of(self, drawing: str, size: Size, seq: int) -> Painting:
        """Return a painting of a drawing that can be brought to a seq."""
        kept = self._kept.get(drawing)
        if kept is not None and kept.size == size and kept.head <= seq:
            return kept
        return Painting(size, album=self._album)

    def keep(self, drawing: str, painting: Painting) -> None:
        """Keep a painting, unless a newer one of its drawing is kept."""
        kept = self._kept.setdefault(drawing, painting)
        if kept.head < painting.head or kept.size != painting.size:
            self._kept[drawing] = painting
        self._kept.move_to_end(drawing)
        while self._are_too_many():
            self._kept.popitem(last=False)

    def _are_too_many(self) -> bool:
        weight = sum(painting.weight for painting in self._kept.values())
        return len(self._kept) > MOST_KEPT or weight > MOST_KEPT_BYTES


def readable(seq: int, data: bytes) -> Op | None:
    """Return an op, or None for a damaged row: it keeps its seq and changes nothing."""
    try:
        return codec.decode_bytes(data)
    except Rejected:
        logger.error("Op %s cannot be read", seq)
        return None


def union(a: Box, b: Box) -> Box:
    """Return the smallest box around two."""
    return Box(
        min(a.left, b.left),
        min(a.top, b.top),
        max(a.right, b.right),
        max(a.bottom, b.bottom),
    )
