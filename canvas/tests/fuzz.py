"""Everything strangers may send, at its worst: python -m canvas.tests.fuzz [KIND …] [--count N] [--seed S].

An op is decoded as it would be when it came, moved and laid on layers, and rendered; ink, sketches and carries are decoded, and
what a sketch shows is rendered; a file is made into an image as a worker would have it made. What ends in any other way than by a code ends the run, and the seed tells how to see
it again.
"""

import argparse
import os
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from types import MappingProxyType

from PIL import Image

from canvas.engine import codec
from canvas.engine.ops import Op, Rejected
from canvas.engine.presence import decode_carry, decode_sketch
from canvas.engine.render import Unrenderable, bounds, render
from canvas.engine.scene import Scene
from canvas.pictures.decoding import Undecodable, decode
from canvas.pictures.intake import LIMITS
from canvas.pictures.limits import allow, confine
from canvas.tests.files import mutated, specimens
from canvas.tests.generate import (
    HASHES,
    hostile,
    hostile_area,
    hostile_carry,
    hostile_image,
    hostile_ink,
    hostile_layer,
    hostile_move,
    hostile_shape,
    hostile_sketch,
    hostile_text,
    photograph,
)

# Most on a small paper, that as many as possible go into an hour; coordinates are as wild on it.
SMALL, LARGE = (240, 180), (640, 480)
LARGE_ONES = 16  # one in so many
LONGEST = 10.0  # CPU seconds that any one case may take
KEPT, REFUSED, BROKEN = 0, 3, 1  # how a process ends that was given a file

Case = Callable[[Random, int], str]  # does one, and says how that ended

MARKS: Mapping[str, Callable[[Random, int], Op]] = MappingProxyType(
    {
        "stroke": hostile,
        "shape": hostile_shape,
        "text": hostile_text,
        "area": hostile_area,
        "image": hostile_image,
    }
)


def mark(kind: str) -> Case:
    """Return what decodes and renders one mark of a kind."""

    def case(random: Random, number: int) -> str:
        return painted([MARKS[kind](random, number)], number)

    return case


def moved(random: Random, number: int) -> str:
    """Render marks of every kind, moved again and again."""
    ops = some_marks(random, number)
    names = tuple(op.id for op in ops)
    moves = [hostile_move(random, number * 10 + i, names) for i in range(4)]
    return painted([*ops, *moves], number)


def layered(random: Random, number: int) -> str:
    """Render marks of every kind on layers that are told anything."""
    told = [hostile_layer(random, number * 10 + i) for i in range(5)]
    return painted([*some_marks(random, number), *told], number)


def some_marks(random: Random, number: int) -> list[Op]:
    """Return a few marks of different kinds."""
    return [
        MARKS[kind](random, number * 10 + i)
        for i, kind in enumerate(random.sample(sorted(MARKS), 2))
    ]


def painted(ops: list[Op], number: int) -> str:
    """Take ops in as they come from a stranger, and render what they add up to."""
    size = SMALL if number % LARGE_ONES else LARGE
    scene = Scene()
    for seq, op in enumerate(ops, 1):
        try:
            scene.apply(seq, codec.decode_bytes(codec.encode(op)))
        except Rejected as rejected:
            return rejected.code
    marks = scene.strokes()
    for one in marks:
        bounds(one)
    try:
        render(marks, size, stack=scene.stack(), images=PIXELS)
    except Unrenderable as refused:
        return refused.code
    return "rendered"


def inked(random: Random, number: int) -> str:
    """Take ink in as it comes from a stranger."""
    try:
        codec.decode_ink(hostile_ink(random, number))
    except Rejected as rejected:
        return rejected.code
    return "passed on"


def sketched(random: Random, number: int) -> str:
    """Take a sketch in as it comes from a stranger, and render what the others would see."""
    try:
        sketch = decode_sketch(hostile_sketch(random, number))
    except Rejected as rejected:
        return rejected.code
    return painted([sketch.mark], number)


def carried(random: Random, number: int) -> str:
    """Take a carry in as it comes from a stranger."""
    try:
        decode_carry(hostile_carry(random, number))
    except Rejected as rejected:
        return rejected.code
    return "passed on"


def file(random: Random, number: int) -> str:
    """Give a damaged file to a process of its own, within the limits of the product."""
    data = mutated(random, SPECIMENS)
    with TemporaryDirectory() as folder:
        sent = Path(folder, "sent")
        sent.write_bytes(data)
        child = os.fork()
        if child == 0:
            take(sent, Path(folder))
        _, status, _ = os.wait4(child, 0)
    if os.WIFSIGNALED(status):
        return f"signal {os.WTERMSIG(status)}"
    return {KEPT: "kept", REFUSED: "refused", BROKEN: "broken"}[os.WEXITSTATUS(status)]


def take(sent: Path, folder: Path) -> None:
    """Make an image of a file and end this process, saying how by its exit code."""
    code = BROKEN
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        confine(LIMITS.memory, LIMITS.file)
        allow(LIMITS.seconds)
        decode(sent, folder)
        code = KEPT
    except Undecodable:
        code = REFUSED
    finally:
        os._exit(code)


PIXELS: Mapping[str, Image.Image] = MappingProxyType(
    {name: photograph(Random(1), 40, 30) for name in HASHES}
)
SPECIMENS = specimens()
KINDS: Mapping[str, Case] = MappingProxyType(
    {
        **{kind: mark(kind) for kind in MARKS},
        "move": moved,
        "layer": layered,
        "ink": inked,
        "sketch": sketched,
        "carry": carried,
        "file": file,
    }
)


def run(kind: str, count: int, seed: int) -> Counter:
    """Do so many cases of a kind, print what came of them, and return that."""
    ends, longest, began = Counter(), 0.0, time.monotonic()
    before = getrusage(RUSAGE_SELF).ru_maxrss
    for number in range(count):
        start = time.process_time()
        ends[KINDS[kind](Random(f"{seed} {number}"), number)] += 1
        longest = max(longest, time.process_time() - start)
        assert longest < LONGEST, (
            f"{kind} {number} of seed {seed} takes {longest:.1f} s"
        )
    more = (getrusage(RUSAGE_SELF).ru_maxrss - before) / 1024
    told = ", ".join(f"{end} {times:,}" for end, times in ends.most_common())
    print(  # noqa: T201
        f"{kind:<8}{count:>9,} in {time.monotonic() - began:.0f} s, longest"
        f" {longest * 1e3:.0f} ms, {more:.0f} MB more: {told}"
    )
    return ends


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m canvas.tests.fuzz")
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], metavar="KIND")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for kind in options.kinds or KINDS:
        run(kind, options.count, options.seed)


if __name__ == "__main__":
    main()
