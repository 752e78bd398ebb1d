"""A real server and real connections: docs/protocol.md, P1 to P7."""

import json
import signal
import socket

import pytest

from django_socketio.tests.site import (
    BINARY,
    ENGINE,
    PING,
    PONG,
    Polling,
    Raw,
    Tab,
    frame,
    tab,
)

pytestmark = pytest.mark.server


@pytest.fixture
def ann(site):
    return tab(site)


@pytest.fixture
def bob(site):
    return tab(site)


# P1: a connection, and who it is


def test_a_connection_has_a_public_name_that_is_not_its_secret_one(site):
    ann = tab(site)
    assert ann.sid != ann.opening["sid"]


def test_who_is_connecting_is_read_from_the_request(site):
    ann = tab(site, Cookie="who=ann")
    assert site.until(f"connect {ann.sid}") == f"connect {ann.sid} ann"


def test_pages_are_served_beside_sockets(site):
    assert Raw(site.port).request("GET", "/")[::2] == (200, "a page")


@pytest.mark.parametrize("transport", ["polling", "websocket"])
def test_another_host_is_not_served(site, transport):
    assert Tab(site.port, ENGINE + transport, Host="evil.example").status == 400


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "https://127.0.0.1",
        "http://127.0.0.1.evil.example",
        "https://evilfamily.example",
        "http://ann.family.example",
    ],
)
@pytest.mark.parametrize("transport", ["polling", "websocket"])
def test_a_page_from_elsewhere_may_not_connect(site, origin, transport):
    forged = {"X_Forwarded_Host": "evil.example", "X_Forwarded_Proto": "http"}
    assert Tab(site.port, ENGINE + transport, Origin=origin, **forged).status == 400


@pytest.mark.parametrize(
    "origin",
    ["http://127.0.0.1", "https://friend.example", "https://ann.family.example"],
)
def test_a_page_from_here_or_from_a_trusted_origin_may(site, origin):
    assert Tab(site.port, Origin=origin).status == 101


def test_only_the_same_session_may_go_on_polling(site):
    polling = Polling(site.port, Cookie="sessionid=ann; other=1")
    assert polling.post("40", Cookie="sessionid=stranger")[0] == 400
    assert polling.post("40", Cookie="")[0] == 400
    assert polling.post("40", Cookie="sessionid=ann; other=2")[0] == 200


# P2 and P3: three events, and their acknowledgements


def test_the_three_events_are_acknowledged(ann):
    assert ann.ask_for("subscribe", "room-1") == {"ok": None}
    assert ann.ask_for("message", {"hello": [1, 2.5, None, "é"]}) == {
        "ok": {"hello": [1, 2.5, None, "é"]}
    }
    assert ann.ask_for("unsubscribe", "room-1") == {"ok": None}


def test_an_event_that_asks_for_no_acknowledgement_gets_none(ann):
    ann.emit("message", "hello")
    assert ann.ask_for("message", "next") == {"ok": "next"}


def test_bytes_are_acknowledged_with_bytes(ann):
    ann.write('451-7["message",{"_placeholder":true,"num":0}]')
    ann.send(frame(b"\1\2", BINARY))
    assert ann.text() == '461-7[{"ok":{"_placeholder":true,"num":0}}]'
    assert ann.read_frame() == (BINARY, b"\1\2")


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (["subscribe", "private-1"], "members-only"),
        (["subscribe"], "malformed"),
        (["subscribe", 7], "malformed"),
        (["subscribe", ""], "malformed"),
        (["subscribe", "x" * 201], "malformed"),
        (["unsubscribe", "room-1"], "not-subscribed"),
        (["message"], "malformed"),
        (["message", 1, 2], "malformed"),
        (["drive", 1], "unknown-event"),
        (["message", {"do": "fail"}], "error"),
    ],
)
def test_a_refusal_says_why_asked_or_not(ann, event, code):
    assert ann.ask_for(*event) == {"refused": code}
    ann.emit(*event)
    assert ann.event() == ["refused", code]
    assert ann.ask_for("message", "still here") == {"ok": "still here"}


@pytest.mark.parametrize("event", ["connect", "disconnect", "connect_error"])
def test_a_reserved_event_closes_the_connection_and_runs_no_handler(a_site, event):
    site = a_site()
    ann = tab(site)
    ann.emit(event, {"REMOTE_ADDR": "6.6.6.6"}, {})
    assert ann.closed_with() == 1008
    site.until("finish")
    assert site.lines[1:] == [
        f"connect {ann.sid} nobody",
        f"disconnect {ann.sid}",
        f"finish {ann.sid}",
    ]


# P4: what the server sends


def test_a_message_comes_with_its_channel_if_it_has_one(ann, bob):
    for one in (ann, bob):
        one.ask_for("subscribe", "room-1")
    ann.emit("message", {"do": "to_channel", "say": "to the room"})
    assert bob.event() == ["message", "to the room", "room-1"]
    ann.emit("message", {"do": "to_me", "say": "to me"})
    assert ann.event() == ["message", "to me"]


def test_broadcasts_reach_whom_they_should(a_site):
    site = a_site()
    ann, bob, stranger = tab(site), tab(site), tab(site)
    for one in (ann, bob):
        one.ask_for("subscribe", "room-1")
    for deed in ("to_channel", "to_channel_and_me", "to_others", "to_all"):
        ann.ask_for("message", {"do": deed, "say": deed})
    assert {ann.event()[1] for _ in range(2)} == {"to_channel_and_me", "to_all"}
    assert {stranger.event()[1] for _ in range(2)} == {"to_others", "to_all"}
    assert {bob.event()[1] for _ in range(4)} == {
        "to_channel",
        "to_channel_and_me",
        "to_others",
        "to_all",
    }


def test_bytes_come_down_a_channel_as_attachments(site, ann):
    polling = Polling(site.port)
    polling.post("40")
    polling.post('420["subscribe","bytes"]')
    ann.ask_for("subscribe", "bytes")
    ann.write('451-["message",{"do":"to_channel","say":{"_placeholder":true,"num":0}}]')
    ann.send(frame(b"\1\2", BINARY))
    body = ""
    while "bAQI=" not in body:
        body += polling.poll()[1] + "\x1e"
    assert '451-["message",{"_placeholder":true,"num":0},"bytes"]\x1ebAQI=' in body


# P5 and P6: order


def test_messages_of_one_socket_are_handled_in_their_order(ann):
    ann.emit("message", {"do": "wait", "seconds": 0.2})
    ann.write('421["message",{"do":"wait","seconds":0}]')
    ann.write('422["message",{"do":"wait","seconds":0}]')
    assert ann.text() == '431[{"ok":2}]'
    assert ann.text() == '432[{"ok":3}]'


def test_a_channels_messages_come_in_their_order_to_everybody(site):
    tabs = [tab(site) for _ in range(5)]
    for one in tabs:
        one.ask_for("subscribe", "order")
    for number in range(200):
        for speaker, one in enumerate(tabs):
            one.emit(
                "message",
                {"do": "out_of_band", "say": [speaker, number], "channel": "order"},
            )
    orders = [[one.event()[1] for _ in range(1000)] for one in tabs]
    assert all(order == orders[0] for order in orders)
    for speaker in range(5):
        assert [n for s, n in orders[0] if s == speaker] == list(range(200))


def test_what_a_handler_says_to_a_channel_comes_before_what_it_says_after(
    site, ann, bob
):
    for one in (ann, bob):
        one.ask_for("subscribe", "before-after")
    for number in range(50):
        deed = {"say": number, "channel": "before-after"}
        ann.emit("message", {"do": "to_channel_and_me", **deed})
        ann.emit("message", {"do": "to_me", "say": "and then"})
    for number in range(50):
        assert ann.event() == ["message", number, "before-after"]
        assert ann.event() == ["message", "and then"]
        assert bob.event() == ["message", number, "before-after"]


def test_the_others_hear_a_speaker_who_does_not_hear_itself(site):
    tabs = [tab(site) for _ in range(4)]
    for one in tabs:
        one.ask_for("subscribe", "round")
    for speaker, one in enumerate(tabs):
        data = [{"do": "to_channel", "say": [speaker, n]} for n in range(20)]
        one.send(b"".join(frame("42" + json.dumps(["message", deed])) for deed in data))
    for listener, one in enumerate(tabs):
        heard = [one.event()[1] for _ in range(60)]
        assert {speaker for speaker, _ in heard} == {0, 1, 2, 3} - {listener}
        for speaker in {0, 1, 2, 3} - {listener}:
            assert [n for s, n in heard if s == speaker] == list(range(20))


# P7: what is too much


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
def test_a_number_that_is_not_finite_is_refused_and_goes_nowhere(ann, bob, number):
    for one in (ann, bob):
        one.ask_for("subscribe", "numbers")
    ann.write(f'427["message",{{"do":"to_channel","say":{number}}}]')
    assert ann.text() == '437[{"refused":"malformed"}]'
    ann.write(f'42["message",{number}]')
    assert ann.event() == ["refused", "malformed"]
    assert bob.ask_for("message", "nothing came") == {"ok": "nothing came"}


def test_a_message_of_64_kib_is_taken_and_one_more_character_is_not(ann):
    most = 64 * 1024 - len('["message",""]')
    ann.write('421["message","' + "x" * most + '"]')
    assert ann.text() == '431[{"ok":"' + "x" * most + '"}]'
    ann.write('422["message","' + "x" * (most + 1) + '"]')
    assert ann.text() == '432[{"refused":"too-large"}]'


TEN_MEGABYTES = 10 * 1024 * 1024


def test_a_message_of_ten_megabytes_is_refused_and_the_connection_stays(ann, site):
    before = site.memory()
    ann.write('427["message","' + "x" * TEN_MEGABYTES + '"]')
    assert ann.text() == '437[{"refused":"too-large"}]'
    ann.write('42["message","' + "x" * TEN_MEGABYTES + '"]')
    assert ann.event() == ["refused", "too-large"]
    assert ann.ask_for("message", "still here") == {"ok": "still here"}
    assert site.memory() - before < 4_000_000


@pytest.mark.parametrize("part", [1, 64, 65_536, 900_000, 1_100_000])
def test_a_message_too_long_may_come_in_fragments(ann, part):
    data = b'427["message","' + b"x" * 1_500_000 + b'"]'
    parts = [data[at : at + part] for at in range(0, len(data), part)][:500]
    ann.send(frame(parts[0], fin=False))
    for one in parts[1:]:
        ann.send(frame(one, 0, fin=False) + frame("?", PING))
        assert ann.read_frame() == (PONG, b"?")
    ann.send(frame(data[part * 500 :], 0))
    assert ann.text() == '437[{"refused":"too-large"}]'
    assert ann.ask_for("message", "still here") == {"ok": "still here"}


def test_an_attachment_of_ten_megabytes_is_refused_after_the_last_one(ann):
    ann.write('452-7["message",{"_placeholder":true,"num":0}]')
    ann.send(frame(b"x" * TEN_MEGABYTES, BINARY) + frame(b"x", BINARY))
    assert ann.text() == '437[{"refused":"too-large"}]'
    assert ann.ask_for("message", "still here") == {"ok": "still here"}


@pytest.mark.parametrize("start", ["3", "40", "4", "42/other,", "451-", "437", "2"])
def test_what_is_too_long_and_no_message_closes_the_connection(ann, bob, start):
    ann.write(start + '["message","' + "x" * 1_000_000 + '"]')
    assert ann.closed_with() == 1008
    assert bob.ask_for("message", "undisturbed") == {"ok": "undisturbed"}


def test_a_message_of_more_than_16_megabytes_closes_the_connection(ann, bob):
    ann.send(frame("", size=16_000_001))
    assert ann.closed_with() == 1009
    assert bob.ask_for("message", "undisturbed") == {"ok": "undisturbed"}


def test_a_message_nested_too_deep_is_refused(ann):
    deep = "[" * 15 + "]" * 15
    ann.write(f'421["message",{deep}]')
    assert ann.acknowledgement() == {"ok": json.loads(deep)}
    ann.write(f'422["message",[{deep}]]')
    assert ann.acknowledgement() == {"refused": "malformed"}


def test_brackets_in_a_string_are_no_nesting(ann):
    assert ann.ask_for("message", "[" * 100) == {"ok": "[" * 100}


def test_who_talks_too_fast_is_refused_until_slower(a_site):
    ann = tab(a_site(SOCKETIO_RATE=[10, 5]))
    ann.send(frame('42["message","hello"]') * 100)
    assert ann.event() == ["refused", "too-fast"]
    answers = []
    while {"ok": "again"} not in answers:
        ann.acks += 1
        ann.write(f'42{ann.acks}["message","again"]')
        text = ann.text()
        if text.startswith("43"):
            answers.append(json.loads(text[text.index("[") :])[0])


# Coming and going


def test_a_browser_sent_away_is_told_so(ann):
    ann.emit("message", {"do": "kick"})
    assert ann.text() == "41"
    assert ann.closed_with() == 1000


def test_a_refused_connection_is_told_why(a_site):
    site = a_site(
        SOCKETIO_MIDDLEWARE=["django_socketio.tests.project.middleware.Bouncer"]
    )
    ann = Tab(site.port, Cookie="who=banned")
    ann.text()
    ann.write("40")
    assert ann.text() == '44{"message":"forbidden"}'


@pytest.mark.parametrize("leave", ["close", "reset", "packet", "disconnect"])
def test_whoever_goes_is_gone_at_once(site, leave):
    ann = tab(site)
    ann.ask_for("subscribe", "room-1")
    if leave == "reset":
        ann.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    if leave in ("close", "reset"):
        ann.socket.close()
    else:
        ann.write("1" if leave == "packet" else "41")
    assert site.until(f"disconnect {ann.sid}")
    assert site.until(f"finish {ann.sid}")


def test_a_polling_browser_lives_through_the_same_events(a_site):
    site = a_site()
    polling = Polling(site.port, Cookie="who=ann")
    assert polling.post("40") == (200, "ok")
    site.until("connect")
    polling.post('421["subscribe","polled"]')
    assert site.until("subscribe") == "subscribe polled"
    assert polling.post("1") == (200, "ok")
    assert site.until("unsubscribe") == "unsubscribe polled"
    assert site.until("finish")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_stops_finishes_every_socket(a_site, number):
    site = a_site()
    ann, bob = tab(site), tab(site)
    polling = Polling(site.port)
    polling.post("40")
    ann.ask_for("subscribe", "room-1")
    site.process.send_signal(number)
    assert ann.closed_with() == 1012
    assert bob.closed_with() == 1012
    status, _ = site.stop(number)
    assert status == 0
    assert len([line for line in site.lines if line.startswith("finish")]) == 3
    assert site.lines[-1] == "stopped"
