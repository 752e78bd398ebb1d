"""Make README's picture: two people draw one landscape, each in a real browser."""

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

# What they draw: colour, size on the slider, points.
SKY = [
    ("#f6c453", 100, [(1480, 250), (1482, 250)]),
    ("#f6c453", 30, [(1480, 90), (1480, 60)]),
    ("#f6c453", 30, [(1620, 140), (1650, 115)]),
    ("#f6c453", 30, [(1340, 140), (1312, 115)]),
    ("#f6c453", 30, [(1670, 260), (1708, 262)]),
    ("#f6c453", 30, [(1290, 260), (1252, 262)]),
]
HILLS = [
    (
        "#9cc08b",
        100,
        [(0, 640), (300, 560), (700, 660), (1100, 570), (1500, 670), (1920, 590)],
    ),
    ("#9cc08b", 100, [(0, 760), (640, 740), (1280, 730), (1920, 720)]),
    ("#9cc08b", 100, [(0, 690), (960, 700), (1920, 660)]),
    ("#6fa36a", 100, [(0, 800), (420, 720), (900, 840), (1400, 740), (1920, 830)]),
    ("#6fa36a", 100, [(0, 920), (640, 900), (1280, 930), (1920, 900)]),
    ("#6fa36a", 100, [(0, 860), (960, 890), (1920, 840)]),
    ("#4c8553", 100, [(0, 1020), (640, 980), (1280, 1030), (1920, 980)]),
    ("#4c8553", 100, [(0, 1060), (1920, 1060)]),
]
HOUSE = [
    ("#f3e3c7", 93, [(1160, 640), (1330, 640)]),
    ("#f3e3c7", 93, [(1160, 730), (1330, 730)]),
    ("#b4533c", 70, [(1080, 580), (1245, 470), (1410, 580)]),
    ("#7a4a3a", 75, [(1250, 700), (1250, 760)]),
    ("#5b8fb9", 66, [(1150, 650), (1152, 650)]),
    ("#5b8fb9", 66, [(1345, 650), (1347, 650)]),
]
TREE = [
    ("#6b4a33", 66, [(560, 800), (556, 660), (566, 560)]),
    ("#3f7d3c", 100, [(500, 520), (620, 510)]),
    ("#4f9448", 100, [(560, 430), (562, 430)]),
    ("#d94f4f", 40, [(500, 500), (501, 500)]),
    ("#d94f4f", 40, [(610, 460), (611, 460)]),
    ("#d94f4f", 40, [(560, 400), (561, 400)]),
]
KITE_TAIL = [
    (180, 420),
    (260, 330),
    (330, 390),
    (420, 280),
    (500, 300),
    (640, 190),
    (760, 170),
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
    for who, part in ((bob, SKY), (ann, HILLS), (bob, HOUSE), (ann, TREE)):
        for colour, size, points in part:
            who.paints(colour, size, smooth(points))
        for one in (ann, bob):
            one.sees_saved(seq=who.head)
    ann.picks_ink("#6d28d9", 45)
    ann.puts_pen_down(smooth(KITE_TAIL))
    bob.moves_to(1640, 420)
    bob.sees_ink_at(640, 190)
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


def side_by_side(left: Image.Image, right: Image.Image) -> Image.Image:
    """Put two windows beside each other."""
    size = (left.width + right.width + 3 * GAP, left.height + 2 * GAP)
    both = Image.new("RGB", size, GROUND)
    both.paste(left, (GAP, GAP))
    both.paste(right, (left.width + 2 * GAP, GAP))
    return both


if __name__ == "__main__":
    main(Path(sys.argv[1]))
