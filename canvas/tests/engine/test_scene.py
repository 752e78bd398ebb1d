"""What one sees after which ops (P41 to P43)."""

from canvas.engine.codec import decode
from canvas.engine.ops import Hide, Show
from canvas.engine.scene import Scene
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
