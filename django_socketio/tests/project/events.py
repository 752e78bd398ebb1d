"""Handlers that do what a message tells them, and tell a journal what happens."""

import gc
import itertools
import sys

import gevent

import django_socketio
from django_socketio import Refused, events


def journal(*words):
    """Write a line the test can read."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


@events.on_connect
def connect(request, socket, context):
    context["heard"] = 0
    journal("connect", socket.session.session_id, request.COOKIES.get("who", "nobody"))


@events.on_subscribe
def subscribe(request, socket, context, channel):
    if channel.startswith("private"):
        raise Refused("members-only")
    journal("subscribe", channel)


@events.on_unsubscribe
def unsubscribe(request, socket, context, channel):
    journal("unsubscribe", channel)


@events.on_message
def message(request, socket, context, message):
    context["heard"] += 1
    if isinstance(message, dict) and message.get("do") in DEEDS:
        return DEEDS[message["do"]](socket, context, message)
    return message


@events.on_error
def error(request, socket, context, exception):
    journal("error", repr(exception))


@events.on_disconnect
def disconnect(request, socket, context):
    journal("disconnect", socket.session.session_id)


@events.on_finish
def finish(request, socket, context):
    journal("finish", socket.session.session_id)


def to_channel(socket, context, message):
    volatile = message.get("volatile", False)
    socket.broadcast_channel(message["say"], message.get("channel"), volatile=volatile)


def to_channel_and_me(socket, context, message):
    socket.send_and_broadcast_channel(message["say"], message.get("channel"))


def to_others(socket, context, message):
    socket.broadcast(message["say"])


def to_all(socket, context, message):
    socket.send_and_broadcast(message["say"])


def to_me(socket, context, message):
    for _ in range(message.get("times", 1)):
        socket.send(message["say"])


def out_of_band(socket, context, message):
    django_socketio.broadcast_channel(message["say"], message["channel"])


def fail(socket, context, message):
    raise ValueError("as told")


def wait(socket, context, message):
    gevent.sleep(message["seconds"])
    return context["heard"]


def kick(socket, context, message):
    socket.disconnect()


def greenlets(socket, context, message):
    return sum(
        isinstance(one, gevent.Greenlet) and not one.dead for one in gc.get_objects()
    )


def frozen(socket, context, message):
    return gc.get_freeze_count()


def metrics(socket, context, message):
    return django_socketio.metrics()


def presence(socket, context, message):
    return sorted(one.user for one in django_socketio.presence(message["channel"]))


def tick(socket, context, message):
    return next(TICKS)


def echo_later(socket, context, message):
    gevent.sleep(message["seconds"])
    socket.send(message["say"])


TICKS = itertools.count()
DEEDS = {
    "greenlets": greenlets,
    "frozen": frozen,
    "metrics": metrics,
    "presence": presence,
    "tick": tick,
    "echo_later": echo_later,
    "to_channel": to_channel,
    "to_channel_and_me": to_channel_and_me,
    "to_others": to_others,
    "to_all": to_all,
    "to_me": to_me,
    "out_of_band": out_of_band,
    "fail": fail,
    "wait": wait,
    "kick": kick,
}
