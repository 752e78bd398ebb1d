"""What a browser may say on a drawing's channel. The numbers are docs/protocol.md's."""

import math

import pytest
from django.utils import timezone
from msgspec import json

from canvas import live
from canvas.engine import codec
from canvas.events import admit
from canvas.models import Drawing
from django_socketio import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everybody_goes_home(ann, bob, stranger):
    yield
    for one in (ann, bob, stranger):
        if one.socket.is_connected:
            one.socket.disconnect()
    live.drawings.store.close()


def refused(who, message):
    """Return the code a message is refused with."""
    with pytest.raises(Refused) as refusal:
        who.socket.send(message)
    return refusal.value.code


def test_p10_a_drawing_that_is_not_there_is_refused(ann, drawing):
    ann.socket.connect()
    with pytest.raises(Refused, match="no-such-drawing"):
        ann.socket.subscribe("drawing-" + "x" * 22)


def test_p10_what_is_no_key_is_refused_without_asking_the_database(
    ann, django_assert_num_queries
):
    with django_assert_num_queries(0):
        assert admit("\0", ann.person, None)[0] is None


def test_p10_a_private_drawing_is_not_told_from_none(ann, stranger, drawing):
    drawing.visibility = Drawing.Visibility.PRIVATE
    drawing.save()
    stranger.socket.connect()
    with pytest.raises(Refused, match="no-such-drawing"):
        stranger.socket.subscribe(drawing.channel)
    ann.joins(drawing)
    assert ann.heard("welcome")


def test_p12_whoever_joins_is_told_who_is_there(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    [welcome] = bob.heard("welcome")
    assert welcome["may"] == "draw"
    assert welcome["mine"] == [bob.person.key]
    assert [one["name"] for one in welcome["participants"]] == ["Ann", "Bob"]
    assert welcome["me"] == welcome["participants"][1]["id"]


def test_p20_joining_and_leaving_are_told_to_the_others(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    [joined] = ann.heard("joined")
    assert joined["participant"]["name"] == "Bob"
    bob.socket.disconnect()
    assert ann.heard("left") == [{"type": "left", "id": joined["participant"]["id"]}]


def test_p32_an_op_comes_back_to_everybody_with_its_seq(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    stroke = ann.stroke()
    ann.draws(stroke)
    for one in (ann, bob):
        [[seq, time, op]] = one.heard("ops")[0]["ops"]
        assert (seq, op["id"]) == (1, stroke.id)
        assert time > 1_700_000_000_000


def test_p33_an_op_is_told_after_it_is_committed(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    ann.says("op", op=wire(ann.stroke()))
    assert not [one for one in bob.socket.received if one["type"] == "ops"]
    assert bob.heard("ops")
    assert drawing.ops.count() == 1


def test_p34_an_op_sent_twice_is_told_again_to_its_sender_alone(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    stroke = ann.stroke()
    ann.draws(stroke, stroke)
    assert len(ann.heard("ops")) == 2
    assert len(bob.heard("ops")) == 1


def test_p35_an_op_turned_down_by_the_log_comes_back(ann, bob, drawing):
    bob.joins(drawing)
    ann.joins(drawing)
    stroke, hide = ann.stroke(), bob.hide("annannannann.1")
    ann.draws(stroke)
    bob.draws(hide)
    rejected = {"type": "rejected", "id": hide.id, "code": "not-yours"}
    assert bob.heard("rejected") == [rejected]
    assert not ann.heard("rejected")
    assert drawing.ops.count() == 1


def test_p37_since_brings_what_is_missing(ann, bob, drawing):
    ann.joins(drawing)
    ann.draws(*[ann.stroke() for _ in range(5)])
    bob.joins(drawing)
    bob.says("since", seq=2)
    [message] = bob.heard("ops")
    assert [seq for seq, _, _ in message["ops"]] == [3, 4, 5]
    assert bob.heard("caught-up") == [{"type": "caught-up", "head": 5}]


def test_p37_a_long_way_behind_is_caught_up_over_http(ann, drawing, monkeypatch):
    monkeypatch.setattr(live, "LONGEST_CATCH_UP", 3)
    ann.joins(drawing)
    ann.draws(*[ann.stroke() for _ in range(5)])
    ann.says("since", seq=0)
    assert ann.heard("behind") == [{"type": "behind", "head": 5}]


def test_p37_a_large_catch_up_comes_in_parts(ann, bob, drawing, monkeypatch):
    monkeypatch.setattr(live, "LARGEST_MESSAGE", 500)
    ann.joins(drawing)
    ann.draws(*[ann.stroke() for _ in range(9)])
    bob.joins(drawing)
    bob.says("since", seq=0)
    parts = [message["ops"] for message in bob.heard("ops")]
    assert len(parts) > 1
    assert [seq for part in parts for seq, _, _ in part] == list(range(1, 10))


def test_p24_what_is_said_is_heard_by_everybody(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    ann.says("chat", text="More blue?")
    [me] = [one["me"] for one in ann.heard("welcome")]
    said = {"type": "chat", "text": "More blue?", "from": me}
    assert ann.heard("chat") == bob.heard("chat") == [said]


@pytest.mark.parametrize("text", ["", "  ", "x" * 501, "a\x07b", 3, None])
def test_p24_what_cannot_be_read_is_not_said(ann, bob, drawing, text):
    ann.joins(drawing)
    bob.joins(drawing)
    assert refused(ann, {"type": "chat", "text": text}) == "malformed"
    assert not bob.heard("chat")


def test_p25_a_laser_is_seen_by_the_others(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    ann.says("laser", points=[160, 160, 16, 0])
    ann.says("laser", points=[])
    assert [one["points"] for one in bob.heard("laser")] == [[160, 160, 16, 0], []]
    assert not ann.heard("laser")


@pytest.mark.parametrize("points", [[1], [10**6, 0], [0, 0] * 201, ["a", 1], None])
def test_p25_a_laser_stays_near_the_paper(ann, drawing, points):
    ann.joins(drawing)
    code = refused(ann, {"type": "laser", "points": points})
    assert code == "malformed"


def test_p26_everybody_hears_who_follows_whom(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    [welcome] = bob.heard("welcome")
    leader = welcome["participants"][0]["id"]
    bob.says("follow", id=leader)
    bob.says("follow", id=None)
    assert [one["id"] for one in ann.heard("follow")] == [leader, None]
    assert {one["from"] for one in ann.heard("follow")} == {welcome["me"]}


def test_p27_a_view_is_told_to_the_others(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    ann.says("view", x=-160, y=0, width=16000, height=9000)
    [view] = bob.heard("view")
    assert (view["x"], view["width"]) == (-160, 16000)
    empty = {"type": "view", "x": 0, "y": 0, "width": 0, "height": 9}
    assert refused(ann, empty) == "malformed"


def test_p31_nobody_draws_in_anothers_name(ann, bob, drawing):
    bob.joins(drawing)
    assert refused(bob, {"type": "op", "op": wire(ann.stroke())}) == "not-yours"
    assert drawing.ops.count() == 0


def test_p42_what_was_hidden_can_be_shown_again(ann, drawing):
    ann.joins(drawing)
    stroke = ann.stroke()
    ann.draws(stroke, ann.hide(stroke.id), ann.show(stroke.id))
    kinds = [op["t"] for message in ann.heard("ops") for _, _, op in message["ops"]]
    assert kinds == ["stroke", "hide", "show"]


def test_p44_a_finished_drawing_is_looked_at_only(ann, drawing):
    drawing.finished_at = timezone.now()
    drawing.save()
    ann.joins(drawing)
    assert ann.heard("welcome")[0]["may"] == "watch"
    assert refused(ann, {"type": "op", "op": wire(ann.stroke())}) == "watch-only"


def test_p21_ink_goes_to_the_others_and_nowhere_else(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    ann.socket.send(ink(ann))
    [heard] = bob.heard("ink")
    assert heard["from"] == ann.heard("welcome")[0]["me"]
    assert heard["points"] == [0, 0, 16, 16]
    assert not ann.heard("ink")
    assert drawing.ops.count() == 0


def test_p22_that_a_stroke_was_given_up_is_not_dropped(ann, bob, drawing, monkeypatch):
    ann.joins(drawing)
    bob.joins(drawing)
    came = []
    monkeypatch.setattr(bob.socket, "deliver", came.extend)
    stroke = ink(ann)
    ann.socket.send(stroke)
    ann.socket.send({**stroke, "stroke": None, "points": []})
    assert [message.volatile for message in came] == [True, False]


def test_p29_ink_goes_with_the_mirror_it_is_drawn_in(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    ann.socket.send(ink(ann, id=f"{ann.person.key}.tabtabta1z1", mirror="both"))
    [heard] = bob.heard("ink")
    assert heard["mirror"] == "both"


def test_p28_a_sketch_goes_to_the_others_and_nowhere_else(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    ann.says("sketch", mark=written(ann))
    [heard] = bob.heard("sketch")
    assert heard["from"] == ann.heard("welcome")[0]["me"]
    assert heard["mark"]["text"] == "drawn by"
    assert not ann.heard("sketch")
    assert drawing.ops.count() == 0


def test_p28_nobody_sketches_in_anothers_name_or_place(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    theirs = {"type": "sketch", "mark": written(bob)}
    assert refused(ann, theirs) == "not-yours"
    over = {"type": "sketch", "mark": written(ann), "instead": bob.op_id()}
    assert refused(ann, over) == "not-yours"
    assert not bob.heard("sketch")


def test_p28_who_only_watches_sketches_nothing(ann, bob, drawing):
    drawing.finished_at = timezone.now()
    drawing.save()
    ann.joins(drawing)
    bob.joins(drawing)
    assert refused(ann, {"type": "sketch", "mark": written(ann)}) == "watch-only"
    assert not bob.heard("sketch")


def fading(someone) -> dict:
    """Return that somebody is choosing an opacity for the first layer."""
    return {"type": "fade", "id": someone.op_id(), "layer": 0, "opacity": 128}


def test_p74_a_fade_goes_to_the_others_and_nowhere_else(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    told = fading(ann)
    ann.socket.send(told)
    me = ann.heard("welcome")[0]["me"]
    assert bob.heard("fade") == [{**told, "from": me}]
    assert not ann.heard("fade")
    assert drawing.ops.count() == 0


def test_p74_nobody_fades_in_anothers_name_or_where_they_only_watch(ann, bob, drawing):
    ann.joins(drawing)
    assert refused(ann, fading(bob)) == "not-yours"
    ann.socket.disconnect()
    drawing.finished_at = timezone.now()
    drawing.save()
    bob.joins(drawing)
    assert refused(bob, fading(bob)) == "watch-only"


def test_p72_a_carry_goes_to_the_others_and_nowhere_else(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    ann.says("carry", move=taken(ann, ann.op_id()))
    [heard] = bob.heard("carry")
    assert heard["from"] == ann.heard("welcome")[0]["me"]
    assert heard["move"]["matrix"] == [65536, 0, 0, 65536, 160, 320]
    assert not ann.heard("carry")
    assert drawing.ops.count() == 0


def test_p72_nobody_carries_in_anothers_name_or_what_is_anothers(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    for move in (taken(bob, ann.op_id()), taken(ann, ann.op_id(), bob.op_id())):
        assert refused(ann, {"type": "carry", "move": move}) == "not-yours"
    assert not bob.heard("carry")


def test_p72_that_copies_are_carried_is_passed_on(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    move = taken(ann, ann.op_id())
    first = f"{move['id'].partition('.')[0]}.0123456781z1"
    ann.says("carry", move=move | {"id": first}, copies=True)
    [heard] = bob.heard("carry")
    assert heard["copies"] is True


def test_p72_who_only_watches_carries_nothing(ann, bob, drawing):
    drawing.finished_at = timezone.now()
    drawing.save()
    ann.joins(drawing)
    bob.joins(drawing)
    carry = {"type": "carry", "move": taken(ann, ann.op_id())}
    assert refused(ann, carry) == "watch-only"
    assert not bob.heard("carry")


def test_p23_cursors_go_to_the_others(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    ann.says("cursor", x=160, y=320)
    assert [(one["x"], one["y"]) for one in bob.heard("cursor")] == [(160, 320)]


def wire(op):
    """Return an op as a browser sends it."""
    return json.decode(codec.encode(op))


def ink(who, **changes):
    style = {
        "brush": "pen",
        "colour": "#1a2b3c",
        "alpha": 255,
        "width": 64,
        "layer": 0,
        "pressure": False,
    }
    return {
        "type": "ink",
        "id": who.op_id(),
        "stroke": style,
        "start": 0,
        "points": [0, 0, 16, 16],
        **changes,
    }


def written(who):
    """Return a text somebody writes, as it travels."""
    return {
        "t": "text",
        "id": who.op_id(),
        "text": "drawn by",
        "colour": "#1a2b3c",
        "alpha": 255,
        "size": 768,
        "layer": 0,
        "matrix": [65536, 0, 0, 65536, 160, 320],
    }


def taken(who, *ops):
    """Return the move by which somebody takes marks elsewhere, as it travels."""
    matrix = [65536, 0, 0, 65536, 160, 320]
    return {"t": "move", "id": who.op_id(), "ops": ops, "matrix": matrix}


HOSTILE = {
    "no object": [None, 7, "op", [], [1, 2], True],
    "no such type": [{}, {"type": None}, {"type": []}, {"type": "drop table"}],
    "an op that is none": [
        {"type": "op"},
        {"type": "op", "op": None},
        {"type": "op", "op": {}, "more": 1},
        {"type": "op", "op": {"t": "stroke"}},
        {"type": "op", "op": {"t": "explode", "id": "annannannann.1"}},
    ],
    "since nowhere": [
        {"type": "since"},
        {"type": "since", "seq": -1},
        {"type": "since", "seq": "0"},
        {"type": "since", "seq": True},
        {"type": "since", "seq": 2**40},
    ],
    "a sketch that is none": [
        {"type": "sketch"},
        {"type": "sketch", "mark": None},
        {"type": "sketch", "mark": {"t": "stroke"}},
        {"type": "sketch", "mark": {"t": "text"}, "mirror": "both"},
    ],
    "a carry that is none": [
        {"type": "carry"},
        {"type": "carry", "move": None},
        {"type": "carry", "move": {"t": "hide", "id": "annannannann.1", "ops": []}},
    ],
    "a fade that is none": [
        {"type": "fade"},
        {"type": "fade", "id": "annannannann.1", "layer": 0, "opacity": None},
        {"type": "fade", "id": "annannannann.1", "layer": 0, "opacity": 256},
        {"type": "fade", "id": "annannannann.1", "layer": 64, "opacity": 1},
        {"type": "fade", "id": "*", "layer": 0, "opacity": 1},
        {"type": "fade", "id": "annannannann.1", "layer": 0, "opacity": 1, "a": 1},
    ],
    "a cursor that is none": [
        {"type": "cursor", "x": math.nan, "y": 1},
        {"type": "cursor", "x": 10**9, "y": 1},
        {"type": "cursor", "x": 1},
    ],
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_p11_what_is_not_a_message_is_refused_and_harms_nobody(ann, bob, drawing, kind):
    ann.joins(drawing)
    bob.joins(drawing)
    for message in HOSTILE[kind]:
        assert refused(ann, message) == "malformed"
    assert bob.socket.received == bob.heard("welcome")
    assert drawing.ops.count() == 0
    ann.draws(ann.stroke())
    assert bob.heard("ops")


@pytest.mark.parametrize(
    "change",
    [
        {"points": [10**9, 0]},
        {"points": [0.5, 0]},
        {"points": [math.nan, 0]},
        {"points": ["0", 0]},
        {"points": [0]},
        {"points": []},
        {"points": None},
        {"width": 10**9},
        {"alpha": 0},
        {"layer": 64},
        {"layer": -1},
        {"colour": "red"},
        {"colour": "#GGGGGG"},
        {"brush": "spray"},
        {"pressure": 1},
        {"id": "annannannann."},
        {"id": "annannannann.not/ok"},
        {"id": None},
        {"surprise": 1},
    ],
)
def test_p40_a_stroke_out_of_its_bounds_is_refused(ann, drawing, change):
    ann.joins(drawing)
    op = {**wire(ann.stroke()), **change}
    assert refused(ann, {"type": "op", "op": op}) == "malformed"
    assert drawing.ops.count() == 0


def test_the_drawing_is_let_go_when_the_last_one_leaves(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    assert len(live.drawings.people([drawing])[drawing.key]) == 2
    ann.socket.disconnect()
    bob.socket.disconnect()
    assert live.drawings.people([drawing]) == {drawing.key: []}
