"""A worker's painter: a process of its own, started when needed, and again after it went."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from canvas.pictures import talk
from canvas.pictures.limits import Limits
from canvas.pictures.paintings import Numbered
from canvas.pictures.studio import TOO_LARGE

TOO_LONG = "too-long"
CRASHED = "crashed"

FATAL = (talk.Failed(TOO_LARGE), talk.Failed(TOO_LONG), talk.Failed(CRASHED))
UNLESS_TOLD = Limits()

ROOT = Path(__file__).resolve().parents[2]

Log = Callable[[int], Iterable[list[Numbered]]]  # the ops after a seq, in parts
Files = Callable[[str], bytes]  # the file of an image, empty when there is none
Tell = Callable[[int], None]  # how many percent are done
Answer = talk.Done | talk.Failed


class Source(NamedTuple):
    """What a drawing's pictures are made of: its log, and the images in it."""

    log: Log
    files: Files = lambda name: b""


class Unpaintable(Exception):
    """A picture that could not be made; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Painter:
    """Has pictures made within limits; one that exceeds them takes nothing else with it."""

    def __init__(self, limits: Limits = UNLESS_TOLD) -> None:
        self._limits = limits
        self._child: Child | None = None

    def paint(self, order: talk.Order, source: Source, tell: Tell) -> list[Path]:
        """Return the files of an order, or raise Unpaintable."""
        is_new = self._child is None
        answer = self._answer(order, source, tell)
        if answer == talk.Failed(TOO_LARGE) and not is_new:
            # What was kept of other drawings may be what took the room.
            answer = self._answer(order, source, tell)
        if isinstance(answer, talk.Failed):
            raise Unpaintable(answer.code)
        return [Path(order.folder, name) for name in answer.files]

    def open(self) -> None:
        """Start the process before there is anything to paint: nobody has to wait for that."""
        if self._child is None:
            self._child = Child(self._limits)

    def close(self) -> None:
        """End the process, whatever it is in the middle of."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def _answer(self, order: talk.Order, source: Source, tell: Tell) -> Answer:
        """Give out an order; whoever has not answered it well takes no other."""
        child, self._child = self._child or Child(self._limits), None
        try:
            answer = child.answer(order, source, tell)
            if answer not in FATAL:
                self._child = child
        finally:
            if self._child is None:
                child.end()
        return answer


class Child:
    """The process, and the line to it."""

    def __init__(self, limits: Limits) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            self._process = subprocess.Popen(  # noqa: S603
                command(number, limits),
                stdin=subprocess.PIPE,
                cwd=ROOT,
                pass_fds=[number],
            )
        self._line = talk.Line(Connection(ours.detach()))
        self._limits = limits

    def answer(self, order: talk.Order, source: Source, tell: Tell) -> Answer:
        """Return what comes of an order, in time."""
        deadline = time.monotonic() + self._limits.patience
        try:
            self._line.say(order)
            while True:
                match self._line.hear(deadline):
                    case talk.Since(seq):
                        self._line.say(talk.Ops(next_of(source.log(seq))))
                    case talk.Wanted(name):
                        self._line.say(talk.File(source.files(name)))
                    case talk.Progress(percent):
                        tell(percent)
                    case talk.Done() | talk.Failed() as answer:
                        return answer
        except TimeoutError:
            return talk.Failed(TOO_LONG)
        except (EOFError, ConnectionError):
            return talk.Failed(self._cause())

    def end(self) -> None:
        """End the process at once."""
        self._line.close()
        self._process.stdin.close()
        self._process.kill()
        self._process.wait()

    def _cause(self) -> str:
        """Say why the process ended."""
        used_up = self._process.wait() == -signal.SIGXCPU
        return TOO_LONG if used_up else CRASHED


def next_of(log: Iterable[list[Numbered]]) -> list[Numbered]:
    """Return the next ops there are; a part that is all damaged has none."""
    return next((part for part in log if part), [])


def command(number: int, limits: Limits) -> list[str]:
    """Return how to start the process."""
    numbers = [number, limits.memory, limits.file, limits.seconds]
    return [sys.executable, "-m", "canvas.pictures.studio", *map(str, numbers)]
