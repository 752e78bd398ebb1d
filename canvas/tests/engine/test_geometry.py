"""A mark's outlines cover what they should, and are the same in both languages (P38, P40, P47)."""

import hashlib
import json
import math
from itertools import accumulate, combinations, pairwise

import pytest

from canvas.engine.coats import coats
from canvas.engine.codec import decode, encode
from canvas.engine.geometry import (
    OUTLINE_UNIT,
    STEEPEST,
    Box,
    box,
    centreline,
    length,
    outline,
)
from canvas.engine.lettering import ABOVE, BELOW, LINE, WIDEST, typeface
from canvas.engine.ops import FULL_PRESSURE, Point
from canvas.tests.engine.cases import cases
from canvas.tests.engine.strokes import (
    any_area,
    any_image,
    any_pencil,
    any_shape,
    any_stroke,
    any_text,
    figure,
    mark,
    wander,
    wrote,
)

BLUR = 0.2  # px: how near the edge a place counts neither as inside nor as outside


@cases("geometry.json", "outline")
def test_an_outline_is_what_it_was(case):
    points, simple = outline(decode(case["op"]))
    assert [number for point in points for number in point] == case["outline"]
    assert simple == case["simple"]


@cases("geometry.json", "coats")
def test_the_coats_of_a_mark_are_what_they_were(case):
    assert said(coats(decode(case["op"]))) == case["coats"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("made", "count"),
    [
        (any_stroke, 3000),
        (any_pencil, 200),
        (any_shape, 3000),
        (any_text, 1000),
        (any_area, 3000),
        (any_image, 3000),
    ],
)
def test_the_browser_gives_every_fresh_mark_the_same_coats(node, random, made, count):
    marks = [made(random) for _ in range(count)]
    ops = [json.loads(encode(mark)) for mark in marks]
    assert node.ask("digest", ops=ops) == digest(marks)


def digest(marks):
    """Return the md5 of all coats, each as the browser writes it."""
    md5 = hashlib.md5(usedforsecurity=False)
    for one in marks:
        md5.update(json.dumps(said(coats(one)), separators=(",", ":")).encode())
    return md5.hexdigest()


def said(coats):
    """Return coats as the cases and the browser write them: each contour is one flat list."""
    return [
        {
            "contours": [[n for point in c for n in point] for c in coat.contours],
            "colour": coat.colour,
            "alpha": coat.alpha,
            "erases": coat.erases,
        }
        for coat in coats
    ]


@pytest.mark.slow
@pytest.mark.parametrize("pressure", [False, True])
def test_a_place_is_inside_the_outline_when_the_brush_went_over_it(random, pressure):
    for _ in range(20):
        stroke = drawn_by_hand(random, pressure)
        polygon = outline(stroke).points
        for place in places(random, polygon):
            covered = depth(place, centreline(stroke))
            if abs(covered) > BLUR:
                assert (winding(place, polygon) != 0) == (covered > 0), (stroke, place)


def drawn_by_hand(random, pressure):
    """Return a stroke such as people make."""
    path = wander(random)
    points = [(round(x), round(y)) for _, (x, y) in zip(range(20), path, strict=False)]
    if pressure:
        points = [(x, y, random.randint(0, 255)) for x, y in points]
    return mark("ann.1", *points, width=random.randint(16, 400))


def places(random, polygon):
    """Return places near a polygon, in px."""
    for _ in range(60):
        x, y = random.choice(polygon)
        yield (
            x / OUTLINE_UNIT + random.gauss(0, 6),
            y / OUTLINE_UNIT + random.gauss(0, 6),
        )


def depth(place, nodes):
    """Return how deep inside the tapered capsules between nodes a place is, in px."""
    x, y = place
    return max(
        node[2] - math.dist((x, y), node[:2])
        for a, b in pairwise(nodes)
        for node in between(a, b)
    )


def between(a, b):
    """Return nodes from a to b, so many that the discs around them are the capsule."""
    for i in range(33):
        yield [p + (q - p) * i / 32 for p, q in zip(a, b, strict=True)]


def winding(place, polygon):
    """Return how often a polygon goes round a place."""
    x, y = place[0] * OUTLINE_UNIT, place[1] * OUTLINE_UNIT
    turns = 0
    for (ax, ay), (bx, by) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        if (ay <= y) != (by <= y):
            left = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            if (left > 0) == (by > ay):
                turns += 1 if by > ay else -1
    return turns


def test_any_stroke_has_an_outline_round_its_beginning(random):
    for _ in range(500):
        stroke = any_stroke(random)
        points, _ = outline(stroke)
        first, around = stroke.points[0], box(points)
        assert len(points) >= 4
        assert around.left <= first.x * 4 <= around.right
        assert around.top <= first.y * 4 <= around.bottom


def test_radii_never_change_faster_than_a_capsule_can(random):
    for _ in range(200):
        nodes = centreline(any_stroke(random))
        for a, b in pairwise(nodes):
            allowed = STEEPEST * math.dist(a[:2], b[:2])
            assert abs(b[2] - a[2]) <= allowed + 1e-9


def test_a_dot_is_as_wide_as_its_brush():
    assert box(outline(mark("ann.1", (160, 320), width=32)).points) == Box(
        left=9 * 64, top=19 * 64, right=11 * 64, bottom=21 * 64
    )


def test_pressing_harder_draws_wider():
    light, hard = (mark("ann.1", (160, 160, p), width=160) for p in (0, FULL_PRESSURE))
    assert box(outline(light).points).right < box(outline(hard).points).right


def test_a_straight_line_is_simple_and_a_loop_is_not():
    assert outline(mark("ann.1", (0, 0), (800, 0), (1600, 0))).simple
    ring = [(round(800 * math.cos(i)), round(800 * math.sin(i))) for i in range(8)]
    assert not outline(mark("ann.1", *ring)).simple


@pytest.mark.parametrize("width", [32, 320])
def test_a_wave_and_a_spiral_are_simple_when_their_parts_keep_apart(width):
    wave = [(200 * i, round(160 * math.sin(i / 2))) for i in range(40)]
    assert outline(mark("ann.1", *wave, width=width)).simple
    spiral = [(i / 4, 800 + 120 * i) for i in range(24)]
    arms = [(round(r * math.cos(t)), round(r * math.sin(t))) for t, r in spiral]
    assert outline(mark("ann.1", *arms, width=width)).simple


def test_a_ring_nearly_closed_is_simple_only_while_its_ends_keep_apart():
    ring = [(2000 * math.cos(i / 10), 2000 * math.sin(i / 10)) for i in range(58)]
    thin, thick = (
        mark("ann.1", *((round(x), round(y)) for x, y in ring), width=width)
        for width in (160, 1600)
    )
    assert outline(thin).simple
    assert not outline(thick).simple


def test_a_bend_tighter_than_its_brush_is_not_simple():
    bend = [(300 * math.cos(i / 10), 300 * math.sin(i / 10)) for i in range(18)]
    thin, thick = (
        mark("ann.1", *((round(x), round(y)) for x, y in bend), width=width)
        for width in (160, 800)
    )
    assert outline(thin).simple
    assert not outline(thick).simple


@pytest.mark.parametrize("pressure", [False, True])
def test_no_stroke_that_is_simple_crosses_itself(random, pressure):
    strokes = [drawn_by_hand(random, pressure) for _ in range(100)]
    simple = [stroke for stroke in strokes if outline(stroke).simple]
    assert len(simple) > 30
    for stroke in simple:
        assert not crosses_itself(outline(stroke).points), stroke


def crosses_itself(polygon):
    """Say whether two edges of a polygon cross."""
    edges = pairwise([*polygon, polygon[0]])
    return any(cross(*one, *other) for one, other in combinations(edges, 2))


def cross(a, b, c, d):
    """Say whether the lines from a to b and from c to d cross."""
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def side(a, b, place):
    """Return a number above 0 for a place at the right of the line from a to b, below 0 at its left."""
    return (b[0] - a[0]) * (place[1] - a[1]) - (b[1] - a[1]) * (place[0] - a[0])


def test_a_rectangle_goes_through_its_fourth_corner():
    (coat,) = coats(figure("ann.1", "rectangle", (0, 0), (160, 0), (160, 80), width=32))
    assert box(coat.contours[0]) == Box(-64, -64, 11 * 64, 6 * 64)


def test_an_ellipse_is_round(random):
    corners = (0, 0), (3200, 0), (3200, 3200)
    shape = figure("ann.1", "ellipse", *corners, colour=None, fill="#000000")
    (coat,) = coats(shape)
    for x, y in coat.contours[0]:
        assert math.dist((x, y), (6400, 6400)) == pytest.approx(6400, abs=1)


def test_an_arrow_is_a_shaft_and_a_head_with_no_hole_between(random):
    for _ in range(50):
        ends = [(random.randint(0, 3000), random.randint(0, 3000)) for _ in range(2)]
        (coat,) = coats(figure("ann.1", "arrow", *ends, width=random.randint(8, 99)))
        shaft, head = coat.contours
        tip = [4 * number for number in ends[1]]
        assert list(head[1]) == tip
        middle = sum(x for x, _ in head) / 192, sum(y for _, y in head) / 192
        assert winding(middle, head) > 0
        assert winding(middle, shaft) >= 0


def test_letters_are_kerned_and_stand_on_their_lines():
    apart = width_of("A") + width_of("V")
    assert width_of("AV") < apart
    one, two = box_of("n"), box_of("\nn")
    assert two.top - one.top == pytest.approx(LINE * 24 * OUTLINE_UNIT, abs=2)
    assert one.bottom == pytest.approx(20 * OUTLINE_UNIT, abs=1)


def test_what_the_font_lacks_is_a_box_with_an_advance():
    assert box_of("雨") == box_of("\u0530")
    assert box_of("雨x").right > box_of("x").right


def test_no_letter_reaches_further_than_its_limits():
    font = typeface()
    assert font.line / font.unit <= LINE
    for advance, parts in [*font.glyphs.values(), font.missing]:
        assert 0 <= advance <= WIDEST * font.unit
        for steps in parts:
            xs = list(accumulate(step >> 1 for step in steps[0::2]))
            ys = list(accumulate(steps[1::2]))
            assert min(xs) >= -0.5 * font.unit
            assert max(xs) <= advance + 0.5 * font.unit
            assert min(ys) >= -ABOVE * font.unit
            assert max(ys) <= BELOW * font.unit


def width_of(text):
    around = box_of(text)
    return around.right - around.left


def box_of(text):
    (coat,) = coats(wrote("ann.1", text))
    return box([point for contour in coat.contours for point in contour])


def test_the_length_of_a_path_is_measured_in_pixels():
    assert length([Point(0, 0)]) == 0
    assert length([Point(0, 0), Point(48, 64), Point(48, 0)]) == 9
