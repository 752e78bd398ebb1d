import pytest
from django.test import RequestFactory

from django_socketio import events
from django_socketio.testing import SocketClient, disconnect_all
from django_socketio.tests.redis import lasting_redis, redis
from django_socketio.tests.site import Conform, Site

__all__ = ["lasting_redis", "redis"]


class Handlers:
    """Registers handlers for one test."""

    def __init__(self):
        self._registered = []

    def on(self, event, **binding):
        """Return the event's decorator."""

        def subscribe(handler):
            self._registered.append((event, handler))
            return event(**binding)(handler)

        return subscribe

    def forget(self):
        for event, handler in self._registered:
            event.forget(handler)


@pytest.fixture
def handlers():
    """Handlers that are gone after the test."""
    handlers = Handlers()
    yield handlers
    disconnect_all()
    handlers.forget()


@pytest.fixture
def heard(handlers):
    """What on_message handlers without a pattern have heard."""
    heard = []
    handlers.on(events.on_message)(lambda request, socket, context, m: heard.append(m))
    return heard


def client():
    return SocketClient(request=RequestFactory().get("/socket.io/"))


@pytest.fixture
def ann(handlers):
    return client().connect()


@pytest.fixture
def bob(handlers):
    return client().connect()


@pytest.fixture
def stranger(handlers):
    return client().connect()


@pytest.fixture(scope="session")
def site():
    """A server with nothing changed."""
    site = Site()
    yield site
    site.stop()


@pytest.fixture
def a_site():
    """Start servers with settings of their own."""
    sites = []

    def start(**settings):
        sites.append(Site(**settings))
        return sites[-1]

    yield start
    for site in sites:
        site.stop()


@pytest.fixture(scope="session")
def conform():
    """A server that echoes, as protocol suites expect; a busy machine is in time for its heartbeat."""
    site = Conform(ping_interval=25, ping_timeout=20)
    yield site
    site.stop()


@pytest.fixture(scope="session")
def hasty():
    """The same with a heartbeat that can be waited for."""
    site = Conform(ping_interval=0.3, ping_timeout=1.5)
    yield site
    site.stop()
