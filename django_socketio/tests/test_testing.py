"""The in-process client: a browser tab, as far as handlers can tell."""

import pytest
from django.db import connection
from django.test import RequestFactory

import django_socketio
from django_socketio import NoSocket, Refused, events
from django_socketio.testing import SocketClient

DJANGOS = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


@pytest.fixture
def who(handlers, settings):
    """Answer every message with who sent it."""
    settings.SOCKETIO_MIDDLEWARE = DJANGOS

    @handlers.on(events.on_message)
    def say(request, socket, context, message):
        return {"user": str(request.user), "cookie": request.COOKIES.get("colour")}


@pytest.fixture
def ann_herself(django_user_model):
    return django_user_model.objects.create_user(username="ann", password="wonderland")


@pytest.mark.django_db
def test_a_client_comes_as_a_user_with_cookies(who, ann_herself):
    ann = SocketClient(user=ann_herself, cookies={"colour": "blue"}).connect()
    assert ann.send("who am I?")["user"] == "ann"
    assert ann.send("who am I?")["cookie"] == "blue"


@pytest.mark.django_db
def test_a_client_without_a_user_is_anonymous(who):
    assert SocketClient().connect().send("who am I?")["user"] == "AnonymousUser"


def test_a_client_may_come_with_a_request_of_the_tests_own(handlers):
    request = RequestFactory().get("/", headers={"user-agent": "test"})
    handlers.on(events.on_message)(lambda request, *rest: request.headers["User-Agent"])
    assert SocketClient(request=request).connect().send("?") == "test"


@pytest.mark.django_db
def test_a_users_every_socket_is_reached(who, ann_herself):
    one, other = (SocketClient(user=ann_herself).connect() for _ in range(2))
    stranger = SocketClient().connect()
    django_socketio.send_to_user(ann_herself, "for ann")
    assert one.received == other.received == ["for ann"]
    assert stranger.received == []
    assert one.socket.user == str(ann_herself.pk)


@pytest.mark.django_db
def test_a_users_every_socket_is_sent_away(who, ann_herself):
    one, other = (SocketClient(user=ann_herself).connect() for _ in range(2))
    stranger = SocketClient().connect()
    django_socketio.disconnect_user(ann_herself)
    assert [one.is_connected, other.is_connected, stranger.is_connected] == [
        False,
        False,
        True,
    ]


def test_nobody_is_reached_as_a_user_who_is_not_there(handlers):
    django_socketio.send_to_user("nobody", "anybody?")


@pytest.mark.django_db
def test_presence_tells_who_is_in_a_channel(who, ann_herself):
    ann, stranger = SocketClient(user=ann_herself).connect(), SocketClient().connect()
    for one in (ann, stranger):
        one.subscribe("room-1")
    assert {one.user for one in django_socketio.presence("room-1")} == {
        str(ann_herself.pk),
        "",
    }
    ann.disconnect()
    assert [one.session_id for one in django_socketio.presence("room-1")] == [
        stranger.socket.session.session_id
    ]
    assert django_socketio.presence("room-2") == []


@pytest.mark.django_db
def test_handlers_use_the_tests_own_transaction(handlers, ann, django_user_model):
    @handlers.on(events.on_message)
    def create(request, socket, context, message):
        django_user_model.objects.create(username=message)

    ann.send("bob")
    assert django_user_model.objects.filter(username="bob").exists()


@pytest.mark.django_db(transaction=True)
def test_a_handlers_database_connection_is_closed_after_it(
    handlers, ann, django_user_model
):
    used = []

    def count(request, socket, context, message):
        number = django_user_model.objects.count()
        used.append(connection.connection)
        return number

    handlers.on(events.on_message)(count)
    for _ in range(2):
        connection.close()
        assert ann.send("how many?") == 0
        assert connection.connection is None
    assert None not in used


def test_messages_travel_as_they_would(ann, heard):
    ann.send({1: (2, 3)})
    assert heard == [{"1": [2, 3]}]


def test_who_is_sent_away_is_not_there_any_more(ann):
    ann.socket.disconnect()
    assert not ann.is_connected
    with pytest.raises(NoSocket):
        ann.send("anybody?")
    ann.disconnect()


def test_unsubscribing_from_where_one_is_not_is_refused(ann):
    with pytest.raises(Refused, match="not-subscribed"):
        ann.unsubscribe("room-1")
