"""The seven events, their arguments, and the channels they are bound to."""

import logging

import pytest

from django_socketio import Refused, events
from django_socketio.tests.conftest import client


def note(life, name):
    """Return a handler that writes down its event and what came with it."""
    return lambda request, socket, context, *rest: life.append((name, *rest))


def test_a_socket_lives_through_its_events_in_order(handlers):
    life = []
    for event in vars(events).values():
        if isinstance(event, events.Event):
            handlers.on(event)(note(life, event.name))
    ann = client().connect()
    ann.subscribe("room-1")
    ann.send("hello")
    ann.disconnect()
    assert life == [
        ("on_connect",),
        ("on_subscribe", "room-1"),
        ("on_message", "hello"),
        ("on_disconnect",),
        ("on_unsubscribe", "room-1"),
        ("on_finish",),
    ]


def test_every_handler_gets_the_request_the_socket_and_one_context(handlers):
    @handlers.on(events.on_connect)
    def connect(request, socket, context):
        context["path"] = request.path
        context["socket"] = socket

    @handlers.on(events.on_message)
    def message(request, socket, context, message):
        return [context["path"], socket is context["socket"]]

    assert client().connect().send("?") == ["/socket.io/", True]


def test_a_handler_without_a_pattern_hears_everything(ann, heard):
    ann.send("in no channel")
    ann.subscribe("room-1")
    ann.send("in a channel")
    assert heard == ["in no channel", "in a channel"]


def test_a_handler_that_comes_or_goes_late_counts_from_the_next_message(handlers, ann):
    heard = []
    ann.subscribe("room-1")
    ann.send("before")
    late = handlers.on(events.on_message, channel=r"^room-")(note(heard, "heard"))
    ann.send("now")
    events.on_message.forget(late)
    ann.send("after")
    assert heard == [("heard", "now")]


def test_a_handler_with_a_pattern_hears_sockets_in_a_matching_channel(
    handlers, ann, bob
):
    heard = []
    handlers.on(events.on_message, channel=r"^room-")(note(heard, "heard"))
    ann.subscribe("room-1")
    bob.subscribe("dashboard")
    ann.send("from a room")
    bob.send("from elsewhere")
    assert heard == [("heard", "from a room")]


def test_a_pattern_matches_from_the_beginning_of_the_channel(handlers, ann):
    heard = []
    handlers.on(events.on_message, channel="room-")(note(heard, "heard"))
    ann.subscribe("bathroom-1")
    ann.send("hello")
    assert heard == []


def test_subscribing_concerns_the_handlers_of_that_channel_alone(handlers, ann):
    heard = []
    handlers.on(events.on_subscribe, channel="^room-")(note(heard, "in"))
    handlers.on(events.on_unsubscribe, channel="^room-")(note(heard, "out"))
    ann.subscribe("room-1")
    ann.subscribe("dashboard")
    ann.unsubscribe("dashboard")
    ann.unsubscribe("room-1")
    assert heard == [("in", "room-1"), ("out", "room-1")]


@pytest.mark.parametrize("event", [events.on_disconnect, events.on_finish])
def test_the_end_still_matches_the_channels_a_socket_was_in(handlers, event):
    heard = []
    handlers.on(event, channel="^room-")(
        lambda request, socket, _: heard.append(socket)
    )
    ann, bob = client().connect(), client().connect()
    ann.subscribe("room-1")
    ending = ann.socket
    ann.disconnect()
    bob.disconnect()
    assert heard == [ending]


def test_connecting_takes_no_channel():
    with pytest.raises(TypeError, match="on_connect takes no channel"):
        events.on_connect(channel="^room-")


def test_a_decorated_handler_stays_the_function_it_was(handlers):
    def handler(request, socket, context, message):
        return "called"

    assert events.on_message(handler) is handler
    events.on_message.forget(handler)


def test_the_first_answer_that_is_not_none_is_the_acknowledgement(handlers, ann):
    handlers.on(events.on_message)(lambda *args: None)
    handlers.on(events.on_message)(lambda *args: {"saved": 1})
    handlers.on(events.on_message)(lambda *args: "too late")
    assert ann.send("hello") == {"saved": 1}


def test_a_refused_message_tells_its_sender_why(handlers, ann):
    @handlers.on(events.on_message)
    def refuse(*args):
        raise Refused("watch-only")

    with pytest.raises(Refused) as refused:
        ann.send("hello")
    assert refused.value.code == "watch-only"


def test_a_refused_subscription_leaves_the_socket_outside(handlers, ann, bob):
    @handlers.on(events.on_subscribe, channel="^private")
    def refuse(request, socket, context, channel):
        bob.socket.broadcast_channel("a secret", channel)
        raise Refused("members-only")

    with pytest.raises(Refused, match="members-only"):
        ann.subscribe("private-1")
    assert ann.socket.channels == set()
    assert ann.received == []


def test_a_subscriber_hears_what_was_said_while_its_handlers_decided(
    handlers, ann, bob
):
    @handlers.on(events.on_subscribe)
    def welcome(request, socket, context, channel):
        if socket is ann.socket:
            bob.socket.broadcast_channel("meanwhile", channel)
            socket.send("welcome")

    bob.subscribe("room-1")
    ann.subscribe("room-1")
    assert ann.received == ["welcome", "meanwhile"]


def test_a_refused_connection_is_none(handlers):
    @handlers.on(events.on_connect)
    def refuse(*args):
        raise Refused("banned")

    ann = client()
    with pytest.raises(Refused, match="banned"):
        ann.connect()
    assert not ann.is_connected


def test_an_error_in_a_handler_goes_to_the_error_handlers_and_refuses(
    handlers, ann, caplog
):
    errors = []
    handlers.on(events.on_error)(lambda *args: errors.append(repr(args[3])))

    @handlers.on(events.on_message)
    def fail(*args):
        raise ValueError("a mistake")

    with caplog.at_level(logging.ERROR), pytest.raises(Refused, match="error"):
        ann.send("hello")
    assert errors == ["ValueError('a mistake')"]
    assert len(caplog.records) == 1


def test_an_error_in_an_error_handler_is_logged_too(handlers, ann, caplog):
    @handlers.on(events.on_error)
    @handlers.on(events.on_message)
    def fail(*args):
        raise ValueError("a mistake")

    with caplog.at_level(logging.ERROR), pytest.raises(Refused, match="error"):
        ann.send("hello")
    assert [record.message for record in caplog.records] == [
        "on_message handler failed",
        "on_error handler failed",
    ]


def test_errors_at_the_end_keep_nobody_connected(handlers, ann, bob, caplog):
    @handlers.on(events.on_disconnect)
    def fail(*args):
        raise ValueError("a mistake")

    ann.disconnect()
    bob.socket.broadcast("anybody?")
    assert ann.received == []
    assert "on_disconnect handler failed" in caplog.text
