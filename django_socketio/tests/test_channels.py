"""Sending and broadcasting, from a socket and out of band."""

import pytest

import django_socketio
from django_socketio import NoSocket, Refused


def test_send_reaches_the_socket_alone(ann, bob):
    ann.socket.send("hello")
    assert (ann.received, bob.received) == (["hello"], [])


def test_broadcast_reaches_all_others(ann, bob, stranger):
    ann.socket.broadcast("hello")
    assert (ann.received, bob.received, stranger.received) == ([], ["hello"], ["hello"])


def test_broadcast_channel_reaches_the_others_in_it(ann, bob, stranger):
    ann.subscribe("room-1")
    bob.subscribe("room-1")
    ann.socket.broadcast_channel("hello", "room-1")
    assert (ann.received, bob.received, stranger.received) == ([], ["hello"], [])
    assert bob.inbox == [("hello", "room-1")]


def test_broadcast_channel_without_a_channel_uses_all_the_sockets_own(
    ann, bob, stranger
):
    for channel in ("room-1", "room-2"):
        ann.subscribe(channel)
    bob.subscribe("room-1")
    stranger.subscribe("room-2")
    ann.socket.broadcast_channel("hello")
    assert bob.inbox == [("hello", "room-1")]
    assert stranger.inbox == [("hello", "room-2")]
    assert ann.received == []


def test_send_and_broadcast_reaches_everybody(ann, bob):
    ann.socket.send_and_broadcast("hello")
    assert (ann.received, bob.received) == (["hello"], ["hello"])


def test_send_and_broadcast_channel_reaches_the_channel_and_the_sender(
    ann, bob, stranger
):
    bob.subscribe("room-1")
    ann.socket.send_and_broadcast_channel("from outside", "room-1")
    ann.subscribe("room-1")
    ann.socket.send_and_broadcast_channel("from inside")
    assert ann.received == bob.received == ["from outside", "from inside"]
    assert stranger.received == []


def test_who_unsubscribes_hears_no_more(ann, bob):
    ann.subscribe("room-1")
    ann.unsubscribe("room-1")
    bob.socket.broadcast_channel("hello", "room-1")
    assert ann.received == []


def test_a_handler_may_subscribe_a_socket_itself(ann, bob):
    ann.socket.subscribe("room-1")
    bob.socket.broadcast_channel("hello", "room-1")
    ann.socket.unsubscribe("room-1")
    bob.socket.broadcast_channel("anybody?", "room-1")
    assert ann.received == ["hello"]


def test_subscribing_twice_is_subscribing_once(ann, bob):
    ann.subscribe("room-1")
    ann.subscribe("room-1")
    bob.socket.broadcast_channel("hello", "room-1")
    assert ann.received == ["hello"]


@pytest.mark.parametrize("channel", ["", "x" * 201, 7, None, ["room-1"]])
def test_what_is_no_channel_cannot_be_subscribed_to(ann, channel):
    with pytest.raises(Refused, match="malformed"):
        ann.subscribe(channel)


def test_a_socket_is_in_so_many_channels_and_no_more(ann, settings):
    for number in range(100):
        ann.subscribe(f"room-{number}")
    with pytest.raises(Refused, match="too-many-channels"):
        ann.subscribe("room-100")


@pytest.mark.parametrize(
    "message",
    [
        "text",
        "",
        7,
        2.5,
        True,
        None,
        [1, [2]],
        {"a": {"b": "é"}},
        b"bytes",
        {"in": [b"\0"]},
    ],
)
def test_a_message_arrives_as_what_it_was_sent_as(ann, heard, message):
    ann.send(message)
    ann.socket.send(message)
    assert heard == [message] == ann.received
    assert type(heard[0]) is type(message)


def test_out_of_band_reaches_a_socket_by_its_session_id(ann, bob):
    django_socketio.send(ann.socket.session.session_id, "psst")
    assert (ann.received, bob.received) == (["psst"], [])


def test_out_of_band_reaches_everybody(ann, bob):
    django_socketio.broadcast("hello")
    assert (ann.received, bob.received) == (["hello"], ["hello"])


def test_out_of_band_reaches_a_channel(ann, bob):
    ann.subscribe("room-1")
    django_socketio.broadcast_channel("hello", "room-1")
    assert (ann.received, bob.received) == (["hello"], [])


def test_out_of_band_says_when_nobody_is_there(ann):
    session_id = ann.socket.session.session_id
    ann.disconnect()
    with pytest.raises(NoSocket):
        django_socketio.send(session_id, "psst")
    with pytest.raises(NoSocket):
        django_socketio.broadcast("hello")
    with pytest.raises(NoSocket):
        django_socketio.broadcast_channel("hello", "room-1")
