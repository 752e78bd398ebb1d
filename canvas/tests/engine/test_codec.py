"""What decodes to what, and what is turned away with which code.

Strokes and what hides them are P40 to P43, texts P38, areas P39, images P66, shapes P47,
layers P48, moves P49, removes P69; ink and cursors P21 to P23, sketches P28, mirrors P29,
carries P72.
"""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas.engine.codec import (
    decode,
    decode_bytes,
    decode_cursor,
    decode_ink,
    encode,
)
from canvas.engine.ops import Point, Rejected
from canvas.engine.presence import decode_carry, decode_fade, decode_sketch
from canvas.tests.engine.cases import cases
from canvas.tests.engine.strokes import mark


@cases("codec.json", "op")
def test_an_op_reads_the_same_however_it_comes(case):
    op = decode(case["wire"])
    assert {"t": op.t, **plain(op)} == written(case["op"])
    assert json.loads(encode(op)) == case["wire"]
    assert decode_bytes(encode(op)) == op


@cases("codec.json", "ink")
def test_ink_reads_the_same(case):
    assert plain(decode_ink(case["wire"])) == written(case["ink"])


@cases("codec.json", "sketch")
def test_a_sketch_reads_the_same(case):
    sketch = decode_sketch(case["wire"])
    told = {**plain(sketch), "mark": {"t": sketch.mark.t, **plain(sketch.mark)}}
    assert told == {**case["sketch"], "mark": written(case["sketch"]["mark"])}


@cases("codec.json", "carry")
def test_a_carry_reads_the_same(case):
    carry = decode_carry(case["wire"])
    assert {"t": carry.move.t, **plain(carry.move)} == case["carry"]
    assert carry.copies == ("copies" in case["wire"])


@cases("codec.json", "cursor")
def test_a_cursor_reads_the_same(case):
    assert plain(decode_cursor(case["cursor"])) == case["cursor"]


@cases("codec.json", "bad")
def test_a_bad_op_is_turned_away(case):
    assert refusal(decode, json.loads(case["bad"])) == case["code"]
    assert refusal(decode_bytes, case["bad"].encode()) == case["code"]


@cases("codec.json", "bad_ink")
def test_bad_ink_is_turned_away(case):
    assert refusal(decode_ink, json.loads(case["bad_ink"])) == case["code"]


@cases("codec.json", "bad_sketch")
def test_a_bad_sketch_is_turned_away(case):
    assert refusal(decode_sketch, json.loads(case["bad_sketch"])) == case["code"]


@cases("codec.json", "bad_carry")
def test_a_bad_carry_is_turned_away(case):
    assert refusal(decode_carry, json.loads(case["bad_carry"])) == case["code"]


@cases("codec.json", "bad_cursor")
def test_a_bad_cursor_is_turned_away(case):
    assert refusal(decode_cursor, json.loads(case["bad_cursor"])) == case["code"]


def test_a_thousand_points_are_not_too_many():
    stroke = mark("ann.1", *[(i, 0) for i in range(1000)])
    assert decode_bytes(encode(stroke)) == stroke


def test_a_path_of_65536_px_is_not_too_long():
    to_and_fro = [(65_535 * (i % 2), 0) for i in range(17)]
    stroke = mark("ann.1", *to_and_fro, (16, 0))
    assert decode_bytes(encode(stroke)) == stroke


def test_the_same_op_is_always_the_same_bytes():
    wire = {"points": [1, 2, 3, 4], "pressure": False, "layer": 0, "width": 64}
    wire |= {
        "alpha": 9,
        "colour": "#102030",
        "brush": "pen",
        "id": "a.1",
        "t": "stroke",
    }
    assert encode(decode(wire)) == (
        b'{"t":"stroke","id":"a.1","brush":"pen","colour":"#102030","alpha":9,'
        b'"width":64,"layer":0,"pressure":false,"points":[1,2,3,4]}'
    )


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
anything = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@given(anything)
def test_no_value_whatever_breaks_the_codec(value):
    readers = (
        decode,
        decode_ink,
        decode_sketch,
        decode_carry,
        decode_fade,
        decode_cursor,
    )
    for read in readers:
        assert refusal(read, value) == "malformed"


@given(st.binary())
def test_no_bytes_whatever_break_the_codec(data):
    assert refusal(decode_bytes, data) == "malformed"


coordinates = st.integers(-32_768, 65_535)
told = st.integers(0, 255)
points = st.builds(Point, coordinates, coordinates, told, told)


@given(st.lists(points, min_size=1, max_size=9), st.integers(2, 4))
def test_points_come_back_as_they_went(given, stride):
    style = {"brush": "pencil", "pressure": stride > 2, "leans": stride > 3}
    stroke = mark("ann.1", *(point[:stride] for point in given), **style)
    assert decode_bytes(encode(stroke)) == stroke
    ink = {"type": "ink", "id": "ann.1", "start": 0, "stroke": plain_style(stroke)}
    ink["points"] = json.loads(encode(stroke))["points"]
    assert decode_ink(ink).points == stroke.points


def plain_style(stroke):
    """Return the style of a stroke as ink has it."""
    op = json.loads(encode(stroke))
    return {name: op[name] for name in op.keys() - {"t", "id", "points"}}


def refusal(read, value):
    """Return the code with which value is turned away."""
    with pytest.raises(Rejected) as rejected:
        read(value)
    return rejected.value.code


def written(value):
    """Return a case as the engine writes it: of what it says nothing, that does not lean."""
    if value.get("t") == "stroke":
        value = {"leans": False, **value}
    if "points" in value:
        value = {**value, "points": [[*point, 0][:4] for point in value["points"]]}
    return value


def plain(value):
    """Return a value as the cases write it."""
    return json.loads(msgspec.json.encode(value))
