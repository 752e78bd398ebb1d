"""Socket.IO 5, rule by rule: events come back as `message-back`."""

import json

import pytest

from django_socketio.tests.site import BINARY, Tab, frame

pytestmark = pytest.mark.server


@pytest.fixture
def unconnected(conform):
    tab = Tab(conform.port)
    tab.text()
    return tab


@pytest.fixture
def tab(unconnected):
    unconnected.write("40")
    unconnected.text()
    assert unconnected.text() == '42["auth",{}]'
    return unconnected


@pytest.mark.parametrize(
    ("connect", "answer", "auth"),
    [
        ("40", "40{", '42["auth",{}]'),
        ('40{"token":"123"}', "40{", '42["auth",{"token":"123"}]'),
        ("40/custom,", "40/custom,{", '42/custom,["auth",{}]'),
        ('40/custom,{"token":"a"}', "40/custom,{", '42/custom,["auth",{"token":"a"}]'),
    ],
)
def test_a_client_connects_to_a_namespace(unconnected, connect, answer, auth):
    unconnected.write(connect)
    welcome = unconnected.text()
    assert welcome.startswith(answer)
    assert set(json.loads(welcome[welcome.index("{") :])) == {"sid"}
    assert unconnected.text() == auth


def test_an_unknown_namespace_is_named_as_such(unconnected):
    unconnected.write("40/random")
    assert unconnected.text() == '44/random,{"message":"Invalid namespace"}'


def test_connecting_twice_is_refused_and_harms_nothing(tab):
    tab.write("40")
    assert tab.text() == '44{"message":"Already connected"}'
    tab.write('42["message",1]')
    assert tab.text() == '42["message-back",1]'


def test_a_volley_of_connects_connects_once(tab):
    tab.send(frame("40") * 200 + frame('42["message",1]'))
    answers = [tab.text() for _ in range(201)]
    assert answers == ['44{"message":"Already connected"}'] * 200 + [
        '42["message-back",1]'
    ]


def test_a_client_leaves_one_namespace_and_stays_in_the_other(tab):
    tab.write("40/custom")
    assert tab.text().startswith("40/custom,")
    tab.text()
    tab.write("41/custom")
    tab.write('42["message","to the main one"]')
    assert tab.text() == '42["message-back","to the main one"]'


def test_a_client_that_left_every_namespace_still_has_its_heart(hasty):
    tab = Tab(hasty.port).open()
    assert tab.text() == '42["auth",{}]'
    tab.write("41")
    assert tab.read_frame() == (1, b"2")


def test_an_event_carries_any_arguments(tab):
    tab.write('42["message",1,"2",{"3":[true]},null]')
    assert tab.text() == '42["message-back",1,"2",{"3":[true]},null]'


def test_an_event_carries_bytes(tab):
    tab.write(
        '452-["message",{"_placeholder":true,"num":0},[{"_placeholder":true,"num":1}]]'
    )
    tab.send(frame(b"\1\2\3", BINARY) + frame(b"\4\5", BINARY))
    assert (
        tab.text()
        == '452-["message-back",{"_placeholder":true,"num":0},[{"_placeholder":true,"num":1}]]'
    )
    assert tab.read_frame() == (BINARY, b"\1\2\3")
    assert tab.read_frame() == (BINARY, b"\4\5")


def test_an_event_may_ask_for_an_acknowledgement(tab):
    tab.write('42456["message-with-ack",1,"2",{"3":[false]}]')
    assert tab.text() == '43456[1,"2",{"3":[false]}]'


def test_an_acknowledgement_carries_bytes(tab):
    tab.write('451-789["message-with-ack",{"_placeholder":true,"num":0}]')
    tab.send(frame(b"\1\2\3", BINARY))
    assert tab.text() == '461-789[{"_placeholder":true,"num":0}]'
    assert tab.read_frame() == (BINARY, b"\1\2\3")


@pytest.mark.parametrize(
    "packet",
    [
        "4abc",
        "4",
        "42",
        "42{}",
        "42[]",
        "42[1]",
        '42"message"',
        '42abc["message-with-ack",1]',
        '42["message",]',
        '42["message"',
        '42["message"]]',
        '421234567890123456["message-with-ack",1]',
        "43",
        "43[1]",
        "431{}",
        '44{"message":"no"}',
        "47",
        "49",
        '45["message",1]',
        '450-["message",1]',
        '451111111111111111-["message",1]',
        '4511-["message",1]',
        '42/unknown,["message",1]',
        '42["connect",{"REMOTE_ADDR":"6.6.6.6"}]',
        '42["disconnect","x"]',
        '42["connect_error","x"]',
        '42["message",NaN]',
        '42["message",1e999]',
        '42["message",' + "[" * 200 + "]" * 200 + "]",
    ],
)
def test_what_is_no_packet_closes_the_connection(tab, packet):
    tab.write(packet)
    assert tab.closed_with() == 1008


@pytest.mark.parametrize(
    "packet", ["4abc", '42["message",1]', '451-["message",1]', "431[]"]
)
def test_nothing_may_come_before_the_connect(unconnected, packet):
    unconnected.write(packet)
    assert unconnected.closed_with() == 1008


@pytest.mark.parametrize("auth", ['"token"', "[1]", "7", "{"])
def test_authentication_is_an_object(unconnected, auth):
    unconnected.write("40" + auth)
    assert unconnected.closed_with() == 1008


def test_bytes_nobody_announced_close_the_connection(tab):
    tab.send(frame(b"\1\2\3", BINARY))
    assert tab.closed_with() == 1008


def test_text_where_bytes_were_announced_closes_the_connection(tab):
    tab.write('451-["message",{"_placeholder":true,"num":0}]')
    tab.write('42["message",1]')
    assert tab.closed_with() == 1008


@pytest.mark.parametrize("number", ["7", '"0"', "null", "1e9", "[]"])
def test_a_placeholder_for_no_attachment_closes_the_connection(tab, number):
    tab.write(f'451-["message",{{"_placeholder":true,"num":{number}}}]')
    tab.send(frame(b"\1", BINARY))
    assert tab.closed_with() == 1008


def test_an_acknowledgement_nobody_waits_for_is_no_matter(tab):
    tab.write('4312["late"]')
    tab.write('42["message",1]')
    assert tab.text() == '42["message-back",1]'
