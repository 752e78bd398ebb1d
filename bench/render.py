"""The renderer beside others: likeness to Chromium, speed, memory, undo."""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import replace
from math import nan
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page
from psutil import Process

from bench.beside import beside_workers
from bench.renderers import BOXED, NAIVE, PYCAIRO, SKIA, Renderer, installed, naive
from canvas.engine.geometry import outline
from canvas.engine.ops import Mark, Stroke
from canvas.engine.render import Raster, Unrenderable, bounds, render
from canvas.tests.browser import chromium, painted
from canvas.tests.compare import Difference, compare
from canvas.tests.fuzz import SMALL
from canvas.tests.generate import (
    FULL_HD,
    areas,
    by_hand,
    drawing,
    hostile,
    hostile_area,
    hostile_shape,
    hostile_text,
    images,
    mixed,
    of_every_brush,
    opened,
    pencils,
    photographs,
    shading,
    shapes,
    texts,
    translucent,
)

OURS = "DrawnBy"
TARGETS = ("mean_abs_error", "share_within_16", "ssim", "speed_over_pycairo")
SEEN_THROUGH = ("1,000 markers", "1,000 pencils")  # every stroke, so it is rounded more
BATCH = 1000

NAIVE_WAYS = """
Two renderers supersample with Pillow's polygons, four by four samples a pixel. The naive one
is what one writes first: the canvas four times too large, and every stroke a mask over all of
it. The boxed one is that made quick: each stroke in its own box, made smaller before it is
pasted. Both fill even-odd, so a stroke over itself has holes; neither holds up against a
browser's picture, as the table above shows for the boxed one. Nothing can be three times as
fast as that one: the outlines, which all renderers here share, take half of its time."""


def run(quick: bool) -> dict[str, float]:
    """Print what was measured; return the figures that have targets."""
    renderers = {OURS: render, **installed()}
    figures = likeness(renderers, seeds=(101,) if quick else (101, 102, 103))
    figures |= speed(renderers, quick)
    figures |= speed_of_many(renderers)
    figures |= speed_of_pencils(1 if quick else 5)
    figures |= growth((500, 2_000) if quick else (1_000, 10_000, 100_000))
    figures |= change(undone=20 if quick else 100)
    figures |= fuzz(100 if quick else 5_000)
    if not quick:
        figures |= sockets(5)
    return dict(sorted(figures.items(), key=lambda one: one[0] in TARGETS))


def likeness(renderers: dict[str, Renderer], seeds: Sequence[int]) -> dict[str, float]:
    """Hold every renderer's picture against Chromium's; return how ours did at worst."""
    heading("1920 x 1080, against Chromium", "MAE /255", "within 16", "SSIM")
    ours = []
    with chromium() as page:
        for name, marks in other_kinds(seeds):
            found = compare(render(marks, FULL_HD), painted(page, marks, FULL_HD))
            row(f"{name}: {OURS}", *in_words(found))
            ours.append((name, found))
        for name, strokes in pictures(seeds):
            theirs = painted(page, strokes, FULL_HD)
            for renderer, draw in renderers.items():
                found = compare(draw(strokes, FULL_HD), theirs)
                row(f"{name}: {renderer}", *in_words(found))
                if renderer == OURS:
                    ours.append((name, found))
        with_images = [one for seed in seeds for one in likeness_of_images(page, seed)]
    mixed_ones = [found for name, found in ours if not name.startswith(SEEN_THROUGH)]
    return {
        "mean_abs_error_images": max(found.mean_abs_error for found in with_images),
        "share_within_16_images": min(found.share_within_16 for found in with_images),
        "ssim_images": min(found.ssim for found in with_images),
        "mean_abs_error_markers": max(found.mean_abs_error for _, found in ours),
        "mean_abs_error": max(found.mean_abs_error for found in mixed_ones),
        "share_within_16": min(found.share_within_16 for _, found in ours),
        "ssim": min(found.ssim for _, found in ours),
    }


def likeness_of_images(page: Page, seed: int) -> Iterator[Difference]:
    """Hold images among strokes against Chromium's: opaque ones, then also some that are seen through."""
    with TemporaryDirectory() as folder:
        files = photographs(Path(folder))
        pixels = opened(files)
        some = images(15, seed, pixels)
        opaque = [
            replace(one, alpha=255) for one in some if pixels[one.image].mode == "RGB"
        ]
        for name, placed in (("opaque images", opaque), ("images", some)):
            marks = [*placed, *drawing(20, seed)]
            Random(seed).shuffle(marks)
            theirs = painted(page, marks, FULL_HD, images=files)
            found = compare(render(marks, FULL_HD, images=pixels), theirs)
            row(
                f"{len(placed)} {name}, 20 strokes, seed {seed}: {OURS}",
                *in_words(found),
            )
            yield found


def pictures(seeds: Sequence[int]) -> Iterator[tuple[str, list[Stroke]]]:
    """Yield the drawings to hold against Chromium's, each with its name."""
    for seed in seeds:
        yield f"100 strokes, seed {seed}", drawing(100, seed)
        yield f"1,000 strokes, seed {seed}", drawing(1_000, seed)
    yield f"1,000 markers, seed {seeds[0]}", translucent(1_000, seeds[0])


def other_kinds(seeds: Sequence[int]) -> Iterator[tuple[str, list[Mark]]]:
    """Yield drawings of what the other renderers do not know."""
    yield f"1,000 pencils, seed {seeds[0]}", pencils(1_000, seeds[0])
    for seed in seeds:
        yield f"100 of every brush, seed {seed}", of_every_brush(100, seed)
        yield f"1,000 of every brush, seed {seed}", of_every_brush(1_000, seed)
        yield f"100 shapes, seed {seed}", shapes(100, seed)
        yield f"60 texts, seed {seed}", texts(60, seed)
        yield f"60 areas, seed {seed}", areas(60, seed)


def in_words(found: Difference) -> tuple[str, str, str]:
    """Return a difference as it stands in a table."""
    share = f"{found.share_within_16:.4%}"
    return f"{found.mean_abs_error:.3f}", share, f"{found.ssim:.5f}"


def speed(renderers: dict[str, Renderer], quick: bool) -> dict[str, float]:
    """Time every renderer from strokes to picture; return our speed over the others."""
    print(NAIVE_WAYS)
    heading("from strokes to picture", "s, 1,000", "strokes/s")
    strokes = drawing(1_000, seed=7)
    outlines = cpu(lambda: [outline(stroke) for stroke in strokes])
    row("of it the outlines", f"{outlines:.3f}")
    times = {
        name: best(draw, strokes, 2 if quick else 5) for name, draw in renderers.items()
    }
    for name, seconds in times.items():
        row(name, f"{seconds:.3f}", f"{1000 / seconds:,.0f}")
    over = {name: seconds / times[OURS] for name, seconds in times.items()}
    return {
        "speed_over_pycairo": over.get(PYCAIRO, nan),
        "speed_over_skia": over.get(SKIA, nan),
        "speed_over_boxed": over[BOXED],
        **speed_over_naive(strokes[:20]),
    }


def speed_over_naive(strokes: list[Stroke]) -> dict[str, float]:
    """Time the naive renderer with a few strokes: it is too slow for many."""
    seconds, ours = best(naive, strokes, 1), best(render, strokes, 3)
    heading("from strokes to picture", f"s, {len(strokes)}", "strokes/s")
    row(NAIVE, f"{seconds:.3f}", f"{len(strokes) / seconds:,.0f}")
    row(OURS, f"{ours:.3f}", f"{len(strokes) / ours:,.0f}")
    return {"speed_over_naive": seconds / ours}


def speed_of_many(renderers: dict[str, Renderer]) -> dict[str, float]:
    """Time ours and Cairo with ten thousand strokes."""
    heading("from strokes to picture", "s, 10,000", "strokes/s")
    strokes = drawing(10_000, seed=7)
    times = {}
    for name in renderers.keys() & {OURS, PYCAIRO}:
        times[name] = seconds = best(renderers[name], strokes, 1)
        row(name, f"{seconds:.2f}", f"{10_000 / seconds:,.0f}")
    return {"speed_over_pycairo_10000": times.get(PYCAIRO, nan) / times[OURS]}


def speed_of_pencils(rounds: int) -> dict[str, float]:
    """Time pencils, upright and leaning, beside pens; return the ms that a stroke takes."""
    heading("from strokes to picture", "ms a stroke", "times a pen's")
    kinds = {"pen": drawing, "pencil": pencils, "leaning_pencil": shading}
    costs = {}
    for name, made in kinds.items():
        costs[name] = best(render, made(100, seed=7), rounds) * 1e3 / 100
        row(name, f"{costs[name]:.2f}", f"{costs[name] / costs['pen']:.1f}")
    return {f"{name}_ms": cost for name, cost in costs.items()}


def best(draw: Renderer, strokes: list[Stroke], rounds: int) -> float:
    """Return the least CPU time of some rounds, in seconds."""
    return min(cpu(lambda: draw(strokes, FULL_HD)) for _ in range(rounds))


def growth(counts: Sequence[int]) -> dict[str, float]:
    """Draw more and more strokes; return how time and memory grew."""
    heading("onto a kept raster", "s", "strokes/s", "MB more")
    costs = {}
    # A process of its own for each, so that memory starts anew.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, spawn, max_tasks_per_child=1) as pool:
        for count, (seconds, more) in zip(counts, pool.map(drawn, counts), strict=True):
            costs[count] = seconds, more
            row(
                f"{count:,}", f"{seconds:.2f}", f"{count / seconds:,.0f}", f"{more:.0f}"
            )
    (first, (start, _)), *_, (last, (end, more)) = costs.items()
    return {
        "seconds_per_stroke_growth": (end / last) / (start / first),
        "megabytes_growth": more,
    }


def drawn(count: int) -> tuple[float, float]:
    """Return the CPU seconds and the MB it took to draw so many strokes."""
    random = Random(7)
    raster = Raster(FULL_HD)
    raster.draw(drawing(BATCH, seed=1))
    before, most, seconds = memory(), 0.0, 0.0
    for start in range(0, count, BATCH):
        batch = [
            mixed(by_hand(random, start + i, FULL_HD), random) for i in range(BATCH)
        ]
        seconds += cpu(lambda: raster.draw(batch))  # noqa: B023 called at once
        most = max(most, memory() - before)
    return seconds, most


def memory() -> float:
    """Return the memory this process has now, in MB."""
    return Process().memory_info().rss / 2**20


def change(undone: int) -> dict[str, float]:
    """Add strokes to a drawing and take some away; return the cost beside a full render."""
    heading("changing a drawing", "ms", "most", "of a full render")
    raster, thousand = Raster(FULL_HD), drawing(1_000, seed=7)
    few_seconds = cpu(lambda: raster.draw(thousand))
    added = [cpu(lambda s=s: raster.draw([s])) for s in drawing(100, seed=8)]
    raster, many = Raster(FULL_HD), drawing(10_000, seed=7)
    many_seconds = cpu(lambda: raster.draw(many))
    numbers = range(0, len(many), len(many) // undone)
    gone = [cpu(lambda n=n: undo(raster, many, n)) for n in numbers]
    changes("a stroke onto 1,000", added, few_seconds)
    changes("an undo in 10,000", gone, many_seconds)
    return {
        "stroke_share_of_render": median(added) / few_seconds,
        "undo_share_of_render": median(gone) / many_seconds,
    }


def changes(name: str, times: list[float], whole: float) -> None:
    """Print what a kind of change costs beside drawing it all."""
    middle = median(times)
    share = f"{middle / whole:.2%}"
    row(name, f"{middle * 1e3:.2f}", f"{max(times) * 1e3:.1f}", share)


def undo(raster: Raster, strokes: list[Stroke], number: int) -> None:
    """Take one stroke out of the picture."""
    rest = strokes[:number] + strokes[number + 1 :]
    raster.redraw(bounds(strokes[number]), rest)


def fuzz(count: int) -> dict[str, float]:
    """Render marks at the limits of the protocol; return the longest any one took.

    `python -m canvas.tests.fuzz` goes on from here: moves, layers, images and their files.
    """
    heading("marks meant to hurt", "mean ms", "most", "MB more")
    random, before, times = Random(7), memory(), []
    made = hostile, hostile_shape, hostile_text, hostile_area
    for number in range(count):
        stroke = random.choice(made)(random, number)
        times.append(cpu(lambda s=stroke: rendered_or_refused(s)))
    mean, most = sum(times) / count * 1e3, max(times) * 1e3
    row(f"{count:,}", f"{mean:.1f}", f"{most:.0f}", f"{memory() - before:.0f}")
    return {"hostile_stroke_most_ms": most}


def rendered_or_refused(mark: Mark) -> None:
    """Render a mark, if it is one that the renderer takes on."""
    with suppress(Unrenderable):
        render([mark], SMALL)


def sockets(seconds: float) -> dict[str, float]:
    """Time ops on their way there and back, idle and while workers render flat out."""
    heading("an op there and back, ms", "median", "p99")
    found = beside_workers(seconds)
    for name, end in (("idle", "idle"), ("while workers render", "beside_workers")):
        row(
            name, f"{found[f'op_ms_p50_{end}']:.2f}", f"{found[f'op_ms_p99_{end}']:.2f}"
        )
    row("of it, cores taken by painters", f"{found['painters_cores']:.2f}")
    return found


def cpu(work: Callable[[], Image.Image | list | None]) -> float:
    """Return the CPU seconds that work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def heading(title: str, *columns: str) -> None:
    """Print the head of a table."""
    print()
    row(title, *columns)


def row(name: str, *columns: str) -> None:
    """Print a line of a table."""
    print(f"{name:<48}" + "".join(f"{column:>18}" for column in columns))
