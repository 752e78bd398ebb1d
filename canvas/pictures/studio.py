"""The painter's process: takes orders from a worker, one after the other, until it hangs up.

It has no database and no secrets. Whatever a stranger's op does in here, it does it alone,
within limits the kernel keeps.
"""

import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

from canvas.engine.render import Unrenderable
from canvas.pictures import images, svg, talk, timelapse
from canvas.pictures.album import Album
from canvas.pictures.checkpoint import checkpoint
from canvas.pictures.limits import allow, confine, end_with_parent
from canvas.pictures.paintings import Numbered, Painting, Paintings, allowed
from canvas.pictures.recipes import CHECKPOINT, PREVIEW, Recipe

TOO_LARGE = "too-large"
MADE = "made"  # the name of a file, before its suffix
READ = 50  # percent of a picture, when its log has been read


class Studio:
    """Makes what is ordered, of the log the worker hands in."""

    def __init__(self, line: talk.Line) -> None:
        self._line = line
        self._album = Album(self._ask)
        self._paintings = Paintings(self._album)

    def serve(self, order: talk.Order) -> None:
        """Make what is ordered, or say why not."""
        try:
            files = self._make(order, Recipe(order.kind, order.size))
        except Unrenderable as refused:
            self._line.say(talk.Failed(refused.code))
        except MemoryError:
            self._line.say(talk.Failed(TOO_LARGE))
            raise SystemExit from None  # what was kept may be what took the room
        else:
            self._line.say(talk.Done(files))

    def _make(self, order: talk.Order, recipe: Recipe) -> list[str]:
        """Make the files of an order; return their names."""
        if recipe.is_timelapse:
            return self._film(order, recipe)
        painting = self._painting(order)
        if recipe.kind == PREVIEW:
            return images.preview(painting, Path(order.folder))
        if recipe.kind == CHECKPOINT:
            return checkpoint(painting, Path(order.folder))
        return self._file(painting, order, recipe)

    def _painting(self, order: talk.Order) -> Painting:
        """Return the drawing as it was ordered, and keep it for the next order."""
        size = order.width, order.height
        painting = self._paintings.of(order.drawing, size, order.seq)
        for ops in self._ops_since(painting.head):
            painting.take(ops)
            self._line.say(talk.Progress(READ * painting.head // order.seq))
        self._paintings.keep(order.drawing, painting)
        return painting

    def _file(self, painting: Painting, order: talk.Order, recipe: Recipe) -> list[str]:
        path = Path(order.folder, MADE + recipe.suffix)
        match recipe.kind:
            case "svg":
                path.write_text("".join(self._svg(painting, recipe)), encoding="utf-8")
            case "pdf":
                images.page(painting, path)
            case _:
                images.image(painting, recipe, path)
        return [path.name]

    def _svg(self, painting: Painting, recipe: Recipe) -> Iterator[str]:
        return svg.svg(
            painting.strokes,
            painting.size,
            recipe.paper,
            painting.stack,
            images=self._album,
        )

    def _film(self, order: talk.Order, recipe: Recipe) -> list[str]:
        ops = allowed([op for part in self._ops_since(0) for op in part])
        path = Path(order.folder, MADE + recipe.suffix)
        frames = timelapse.Frames(ops, (order.width, order.height), self._album)
        timelapse.timelapse(frames, path, self._tell)
        return [path.name]

    def _tell(self, percent: int) -> None:
        self._line.say(talk.Progress(percent))

    def _ask(self, name: str) -> bytes:
        """Return the file of an image, as the worker hands it in."""
        self._line.say(talk.Wanted(name))
        match self._line.hear():
            case talk.File(data=data):
                return data
            case word:
                raise TypeError(word)

    def _ops_since(self, seq: int) -> Iterator[list[Numbered]]:
        """Yield the ops after a seq, up to the one ordered, as the worker reads them."""
        while ops := self._next_ops(seq):
            yield ops
            seq = ops[-1][0]

    def _next_ops(self, seq: int) -> list[Numbered]:
        # One question, one answer: taking ops in may take an image, which is asked for, too.
        self._line.say(talk.Since(seq))
        match self._line.hear():
            case talk.Ops(ops=ops):
                return ops
            case word:
                raise TypeError(word)


def main() -> None:
    """Serve the worker at the other end of a line, as long as it lives."""
    number, memory, file, seconds = map(int, sys.argv[1:])
    confine(memory, file)
    Thread(target=end_with_parent, daemon=True).start()
    line = talk.Line(Connection(number))
    studio = Studio(line)
    while True:
        try:
            order = line.hear()
        except EOFError:
            return
        allow(seconds)
        studio.serve(order)


if __name__ == "__main__":
    main()
