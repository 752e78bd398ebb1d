"""Which ops a drawing takes (P31, P38 to P45, P47 to P49, P66, P69), and that what a browser clamps is taken."""

import json

from canvas.engine.codec import decode, encode
from canvas.engine.ops import Rejected
from canvas.engine.rules import check
from canvas.engine.scene import Scene
from canvas.tests.engine.cases import cases
from canvas.tests.engine.strokes import mark


@cases("rules.json", "code")
def test_a_drawing_takes_an_op_or_says_why_not(case):
    scene = scene_of(case)
    op, mine = decode(case["op"]), frozenset(case["mine"])
    assert refusal(scene, op, mine, case.get("moderates", False)) == case["code"]


@cases("rules.json", "clamped")
def test_what_a_browser_clamps_is_taken(case):
    scene = scene_of({"log": [EARLIER], **case})
    for wire in case["clamped"]:
        check(scene, decode(wire), frozenset(["ann"]))


def test_whatever_a_hand_draws_is_taken_once_clamped(node, random):
    wild = [wild_stroke(random) for _ in range(100)]
    clamped = node.ask("clamp", ops=wild, layers=[0, 1])
    scene = Scene(layers=[0, 1])
    assert len(clamped) >= len(wild)
    for wire in clamped:
        check(scene, decode(wire), frozenset(["ann"]))


def wild_stroke(random):
    """Return a stroke as a browser might make it before it is clamped."""
    numbers = [0, -0.4, 1.5, 255, 3e4, -7e4, 1e300, random.uniform(-1e5, 1e5)]
    count = random.choice([1, 2, 30, 999, 1000, 1001, 2500])
    style = {name: random.choice(numbers) for name in ("alpha", "width", "layer")}
    points = [
        {name: random.choice(numbers) for name in ("x", "y", "pressure", "lean")}
        for _ in range(count)
    ]
    style |= {"brush": random.choice(["pen", "pencil"]), "colour": "#ABCDEF"}
    style |= {name: random.random() < 0.5 for name in ("pressure", "leans")}
    return {"t": "stroke", "id": "ann.1", **style, "points": points}


EARLIER = json.loads(encode(mark("ann.1", (0, 0))))


def scene_of(case):
    """Return the scene a case begins with; the last op of its log has the seq `head`."""
    log = case["log"]
    images = {tuple(content) for content in case.get("images", [])}
    scene = Scene(case.get("layers", [0]), images)
    first = case.get("head", len(log)) - len(log) + 1
    for seq, wire in enumerate(log, start=first):
        scene.apply(seq, decode(wire))
    return scene


def refusal(scene, op, mine, moderates):
    """Return the code with which the rules turn an op down, None when they take it."""
    try:
        check(scene, op, mine, moderates=moderates)
    except Rejected as rejected:
        return rejected.code
    return None
