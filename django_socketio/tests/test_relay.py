"""Several processes and one Redis are one server."""

import signal

import pytest
import socketio

import django_socketio
from django_socketio import NoSocket, utils
from django_socketio.channels import Channels
from django_socketio.relay import Relay
from django_socketio.tests.site import Site, tab, until

pytestmark = pytest.mark.server
WHO = {"SOCKETIO_USER": "django_socketio.tests.project.middleware.who"}


def pair(url):
    """Return two servers with one Redis."""
    return [Site(SOCKETIO_REDIS_URL=url, **WHO) for _ in range(2)]


@pytest.fixture(scope="module")
def lasting(lasting_redis):
    """Two servers that outlive a test."""
    sites = pair(lasting_redis.url)
    yield sites
    for site in sites:
        site.stop()


@pytest.fixture
def sites(redis):
    """Two servers to be stopped by a test."""
    sites = pair(redis.url)
    yield sites
    for site in sites:
        site.stop()


@pytest.fixture
def ann(lasting):
    return tab(lasting[0], Cookie="who=ann")


@pytest.fixture
def bob(lasting):
    return tab(lasting[1], Cookie="who=bob")


@pytest.fixture
def outside(lasting_redis, monkeypatch):
    """The channels of a process that serves nobody: a view's, or a command's."""
    channels = Channels()
    channels.relay = Relay(lasting_redis.url, channels)
    monkeypatch.setattr(utils, "channels", lambda: channels)
    return channels


def present(one, channel):
    """Return the users one server knows to be in a channel."""
    return one.ask_for("message", {"do": "presence", "channel": channel})["ok"]


def apart(sites):
    """Return Ann and Bob, each at a server of their own."""
    return [
        tab(site, Cookie=f"who={who}")
        for site, who in zip(sites, ["ann", "bob"], strict=True)
    ]


def together(channel, *tabs):
    """Bring tabs into a channel, and wait until everybody knows."""
    for one in tabs:
        one.ask_for("subscribe", channel)
    for one in tabs:
        until(lambda one=one: len(present(one, channel)) == len(tabs))


def test_what_is_said_in_one_process_is_heard_in_the_other(ann, bob):
    together("room-1", ann, bob)
    ann.emit("message", {"do": "to_channel", "say": {"n": 1}, "channel": "room-1"})
    assert bob.event() == ["message", {"n": 1}, "room-1"]
    bob.emit("message", {"do": "to_all", "say": "hello"})
    assert ann.event() == ["message", "hello"]
    assert bob.event() == ["message", "hello"]


def test_the_other_process_hears_it_in_order(ann, bob):
    together("room-1", ann, bob)
    for number in range(300):
        ann.emit("message", {"do": "to_channel", "say": number})
    assert [bob.event()[1] for _ in range(300)] == list(range(300))


def test_bytes_pass_between_processes(ann, bob):
    together("room-1", ann, bob)
    ann.write('451-["message",{"do":"to_channel","say":{"_placeholder":true,"num":0}}]')
    ann.send(b"\x82\x82\0\0\0\0\1\2")
    assert bob.text() == '451-["message",{"_placeholder":true,"num":0},"room-1"]'
    assert bob.read_frame() == (2, b"\1\2")


def test_presence_is_of_all_processes(ann, bob):
    together("room-1", ann, bob)
    assert present(ann, "room-1") == present(bob, "room-1") == ["ann", "bob"]
    bob.ask_for("unsubscribe", "room-1")
    until(lambda: present(ann, "room-1") == ["ann"])


def test_a_process_that_serves_nobody_reaches_everybody(outside, ann, bob):
    together("room-1", ann, bob)
    django_socketio.broadcast_channel("to the room", "room-1")
    django_socketio.broadcast("to all")
    django_socketio.send(bob.sid, "to bob's socket")
    django_socketio.send_to_user("ann", "to ann")
    assert [ann.event()[1] for _ in range(3)] == ["to the room", "to all", "to ann"]
    assert [bob.event()[1] for _ in range(3)] == [
        "to the room",
        "to all",
        "to bob's socket",
    ]
    assert {one.user for one in django_socketio.presence("room-1")} == {"ann", "bob"}


def test_a_user_is_sent_away_from_every_process(outside, lasting, ann, bob):
    anns = [ann, tab(lasting[1], Cookie="who=ann")]
    django_socketio.disconnect_user("ann")
    for one in anns:
        assert one.text() == "41"
        assert one.closed_with() == 1000
    assert bob.ask_for("message", "still here") == {"ok": "still here"}


def test_a_process_that_serves_nobody_knows_when_nobody_is_there(outside):
    until(lambda: not django_socketio.presence(""))
    with pytest.raises(NoSocket):
        django_socketio.broadcast("hello")
    with pytest.raises(NoSocket):
        django_socketio.broadcast_channel("hello", "room-1")
    with pytest.raises(NoSocket):
        django_socketio.send("nobody", "hello")


def test_a_process_that_died_takes_its_sockets_out_of_presence(sites):
    ann, bob = apart(sites)
    together("room-1", ann, bob)
    sites[1].stop(signal.SIGKILL)
    until(lambda: present(ann, "room-1") == ["ann"])


def test_a_process_that_stops_takes_its_sockets_out_of_presence(sites):
    ann, bob = apart(sites)
    together("room-1", ann, bob)
    sites[1].stop()
    assert present(ann, "room-1") == ["ann"]


def test_while_redis_is_away_each_process_goes_on(redis, sites):
    ann, bob = apart(sites)
    together("room-1", ann, bob)
    carol = tab(sites[0], Cookie="who=carol")
    carol.ask_for("subscribe", "room-1")
    redis.stop()
    ann.emit("message", {"do": "to_channel", "say": "before it is back"})
    assert carol.event() == ["message", "before it is back", "room-1"]
    redis.start()
    heard = bob.event()
    assert heard == ["message", "before it is back", "room-1"]
    until(lambda: present(bob, "room-1") == ["ann", "bob", "carol"])


def test_a_plain_python_socketio_manager_reaches_a_channel(lasting_redis, ann):
    ann.ask_for("subscribe", "room-1")
    manager = socketio.RedisManager(lasting_redis.url, write_only=True)
    manager.emit("message", {"n": 1}, room="room-1")
    manager.emit("news", ("a", b"\1"), room="room-1")
    assert ann.event() == ["message", {"n": 1}, "room-1"]
    assert ann.text() == '451-["news","a",{"_placeholder":true,"num":0}]'
