"""What one sees after which ops (P41 to P43, P48, P49, P69)."""

import json

from canvas.engine.codec import decode, encode
from canvas.engine.matrix import ONE
from canvas.engine.moves import MOST_MOVES
from canvas.engine.ops import Hide, Move, Show
from canvas.engine.scene import Scene
from canvas.engine.stack import Layers
from canvas.tests.engine.cases import cases
from canvas.tests.engine.strokes import mark


@cases("scene.json")
def test_it_shows_what_the_log_adds_up_to(case):
    scene = Scene()
    for seq, (wire, changes) in enumerate(
        zip(case["ops"], case["changes"], strict=True), 1
    ):
        assert [ids(part) for part in scene.apply(seq, decode(wire))] == changes
    assert ids(scene.strokes()) == case["strokes"]
    assert scene.head == len(case["ops"])


@cases("scene.json", "stack")
def test_layers_stand_as_the_log_says(case):
    scene = scene_of(case)
    assert [level._asdict() for level in scene.stack()] == case["stack"]


@cases("scene.json", "stack")
def test_the_layers_of_a_log_are_known_without_its_marks(case):
    scene, layers = scene_of(case), Layers()
    for seq, wire in enumerate(case["ops"], 1):
        layers.apply(seq, decode(wire))
    assert set(scene.layers) == layers.layers
    assert set(scene.locked) == layers.locked


@cases("scene.json", "wires")
def test_marks_are_where_their_moves_have_led(case):
    scene = scene_of(case)
    assert [json.loads(encode(mark)) for mark in scene.strokes()] == case["wires"]
    assert [scene.seen(one.id) for one in scene.strokes()] == scene.strokes()


def test_of_too_many_moves_the_last_are_passed_over():
    scene = Scene()
    scene.apply(1, mark("ann.1", (0, 0)))
    step = (ONE, 0, 0, ONE, 16, 0)
    for number in range(2, MOST_MOVES + 12):
        scene.apply(number, Move(f"ann.{number}", ("ann.1",), step))
    (stroke,) = scene.strokes()
    assert stroke.points[0].x == 16 * MOST_MOVES


def scene_of(case):
    scene = Scene()
    for seq, wire in enumerate(case["ops"], 1):
        scene.apply(seq, decode(wire))
    return scene


def test_it_says_what_is_painted_over_a_stroke():
    scene = Scene()
    for seq, op_id in enumerate(["ann.1", "bob.1", "ann.2", "bob.2"], start=1):
        scene.apply(seq, mark(op_id, (0, 0)))
    scene.apply(5, Hide("ann.3", ("ann.2",)))
    assert ids(scene.above("ann.1")) == ["bob.1", "bob.2"]
    assert ids(scene.above("ann.2")) == ["bob.2"]
    assert scene.above("bob.2") == []


def test_it_keeps_who_made_what():
    scene = Scene()
    scene.apply(1, mark("ann.1", (0, 0)))
    scene.apply(2, mark("bob.1", (0, 0)))
    assert scene.has(["ann.1", "bob.1"])
    assert not scene.has(["ann.1", "ann.2"])
    assert scene.authors(["ann.1", "bob.1"]) == {"ann", "bob"}


def test_showing_and_hiding_many_strokes_goes_by_paint_order():
    scene = Scene()
    names = [f"ann.{number}" for number in range(100)]
    for seq, name in enumerate(names, start=1):
        scene.apply(seq, mark(name, (0, 0)))
    assert ids(scene.apply(101, Hide("ann.h", tuple(names[::-1]))).removed) == names
    assert ids(scene.apply(102, Show("ann.s", tuple(names[::-1]))).added) == names


def ids(strokes):
    return [stroke.id for stroke in strokes]
