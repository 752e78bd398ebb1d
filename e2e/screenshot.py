"""Make README's picture: two people draw one landscape, each in a real browser."""

import math
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from e2e.chromium import launch
from e2e.people import Visitor
from e2e.server import Server

WINDOW = {"width": 900, "height": 640}
GAP = 24  # pixels between the two windows
GROUND = "#e9e4da"

HILLS = [
    (
        "#5b8c5a",
        90,
        [(80, 900), (420, 700), (760, 840), (1120, 690), (1500, 880), (1850, 760)],
    ),
    ("#86ac6b", 70, [(60, 1000), (500, 880), (900, 980), (1350, 870), (1860, 980)]),
]
HOUSE = [
    (
        "#8d4f3a",
        14,
        [(1180, 780), (1180, 600), (1320, 500), (1460, 600), (1460, 780), (1180, 780)],
    ),
    ("#8d4f3a", 12, [(1285, 780), (1285, 690), (1350, 690), (1350, 780)]),
    ("#c2703d", 10, [(1150, 620), (1320, 492), (1490, 620)]),
]
TREE = [
    ("#6b4a33", 22, [(560, 820), (568, 640), (560, 560)]),
    (
        "#4d7c0f",
        44,
        [(470, 560), (540, 480), (640, 500), (650, 580), (560, 610), (480, 580)],
    ),
]


def main(path: Path) -> None:
    """Serve, draw, and write the picture to `path`."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder)).start()
        browser = launch(playwright)
        try:
            side_by_side(*photographs(browser, server)).save(path, optimize=True)
        finally:
            browser.close()
            server.stop()


def photographs(browser: Browser, server: Server) -> list[Image.Image]:
    """Return both windows while both people draw."""
    ann, bob = (Visitor(browser, server.url, viewport=WINDOW) for _ in range(2))
    bob.opens(ann.starts_a_drawing())
    for colour, width, points in HILLS:
        ann.paints(colour, width, smooth(points))
    for colour, width, points in HOUSE:
        bob.paints(colour, width, points)
    for colour, width, points in TREE:
        ann.paints(colour, width, smooth(points))
    bob.paints("#e9a23b", 16, circle(1560, 240, 90))
    ann.picks_ink("#6d28d9", 12)
    ann.puts_pen_down(
        smooth([(180, 300), (300, 220), (420, 290), (540, 220), (650, 280)])
    )
    bob.moves_to(1640, 420)
    bob.sees_ink_at(420, 290)
    return [one.photograph() for one in (ann, bob)]


def smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a soft line through the points: Catmull and Rom's spline."""
    padded = [points[0], *points, points[-1]]
    return [
        spline(padded[place : place + 4], step / 8)
        for place in range(len(points) - 1)
        for step in range(9)
    ]


def spline(four: list[tuple[float, float]], t: float) -> tuple[float, float]:
    before, start, end, after = four
    return tuple(
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )
        for a, b, c, d in zip(before, start, end, after, strict=True)
    )


def circle(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    turns = [2 * math.pi * step / 24 for step in range(25)]
    return [
        (x + radius * math.cos(turn), y + radius * math.sin(turn)) for turn in turns
    ]


def side_by_side(left: Image.Image, right: Image.Image) -> Image.Image:
    """Put two windows beside each other."""
    size = (left.width + right.width + 3 * GAP, left.height + 2 * GAP)
    both = Image.new("RGB", size, GROUND)
    both.paste(left, (GAP, GAP))
    both.paste(right, (left.width + 2 * GAP, GAP))
    return both


if __name__ == "__main__":
    main(Path(sys.argv[1]))
