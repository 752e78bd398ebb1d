"""What pages get: the template tag, and an address that explains itself."""

import pytest
from django.template import Context, Template

from django_socketio import Refused, events, utils

TAG = Template("{% load socketio_tags %}{% socketio %}")


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Need no collected files."""
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    settings.STATIC_URL = "/static/"


def test_the_tag_loads_socket_io_and_what_makes_new_io_socket_work(settings):
    settings.SOCKETIO_CLIENT_JS = "somewhere/socket.io.min.js"
    assert TAG.render(Context()).splitlines() == [
        '<script src="/static/somewhere/socket.io.min.js"></script>',
        '<script src="/static/django_socketio/socketio.js"></script>',
    ]


def test_the_tag_takes_socket_io_from_another_server(settings):
    settings.SOCKETIO_CLIENT_JS = "https://cdn.example/socket.io.min.js"
    assert 'src="https://cdn.example/socket.io.min.js"' in TAG.render(Context())


@pytest.mark.urls("django_socketio.urls")
def test_a_server_that_only_serves_pages_says_how_sockets_are_served(client):
    response = client.get("/socket.io/?EIO=4&transport=polling")
    assert response.status_code == 501
    assert "runserver_socketio" in response.content.decode()


def test_messages_are_logged_in_the_projects_format(settings, handlers, ann, caplog):
    settings.SOCKETIO_MESSAGE_LOG_FORMAT = "%(REMOTE_ADDR)s [%(TIME)s] %(MESSAGE)s"
    reconnected = type(ann)(request=ann.connection.request).connect()
    with caplog.at_level("INFO", logger="django_socketio.messages"):
        reconnected.send({"a": 1})
    assert caplog.messages[0].startswith("127.0.0.1 [")
    assert caplog.messages[0].endswith("] {'a': 1}")


def test_without_a_format_no_message_is_logged(settings, ann, caplog):
    settings.SOCKETIO_MESSAGE_LOG_FORMAT = None
    with caplog.at_level("INFO", logger="django_socketio.messages"):
        ann.send("a secret")
    assert caplog.messages == []


class Tally:
    """A project's own way of counting."""

    def __init__(self):
        self.seen = []

    def add(self, name, amount=1):
        self.seen.append((name, amount))


def test_what_happens_is_counted(handlers, monkeypatch, bob):
    tally = Tally()
    monkeypatch.setattr(utils.channels(), "metrics", tally)

    @handlers.on(events.on_subscribe)
    def refuse(*args):
        raise Refused("full")

    bob.send("hello")
    bob.socket.send_and_broadcast("hello")
    with pytest.raises(Refused, match="full"):
        bob.subscribe("room-1")
    bob.disconnect()
    assert tally.seen == [
        ("messages", 1),
        ("delivered", 1),
        ("refused-full", 1),
        ("disconnected", 1),
    ]
