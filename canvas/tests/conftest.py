"""Ann, Bob, a stranger, and a drawing of Ann's."""

import itertools

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import RequestFactory
from msgspec import json

from accounts.people import Person
from canvas import live
from canvas.engine import codec
from canvas.engine.ops import Clear, Hide, Layer, Point, Remove, Show, Stroke
from canvas.models import Drawing, author_for
from canvas.tasks import making
from canvas.tests.visitor import Visitor
from django_socketio.testing import SocketClient, disconnect_all


class Someone:
    """Somebody who draws: a person, their op ids, and a socket when they are somewhere."""

    def __init__(self, key: str, name: str):
        self.person = Person(key, name, "#1d4ed8")
        request = RequestFactory().get("/socket.io/")
        request.person = self.person
        self.socket = SocketClient(request=request)
        self._suffixes = itertools.count(1)

    def op_id(self) -> str:
        return f"{self.person.key}.{next(self._suffixes)}"

    def stroke(self, *places: tuple[int, int], **changes) -> Stroke:
        """Return a stroke through places in whole pixels, by name of its defaults."""
        points = tuple(
            Point(x * 16, y * 16, 255) for x, y in places or [(0, 0), (9, 9)]
        )
        fields = {
            "brush": "pen",
            "colour": "#1a2b3c",
            "alpha": 255,
            "width": 64,
            "layer": 0,
            "pressure": False,
            "points": points,
        }
        return Stroke(id=self.op_id(), **{**fields, **changes})

    def hide(self, *ops: str) -> Hide:
        return Hide(self.op_id(), ops)

    def show(self, *ops: str) -> Show:
        return Show(self.op_id(), ops)

    def clear(self, layer: int = 0) -> Clear:
        return Clear(self.op_id(), layer)

    def layer(self, number: int, **said) -> Layer:
        return Layer(self.op_id(), number, **said)

    def remove(self, *ops: str, author: str | None = None) -> Remove:
        return Remove(self.op_id(), ops or None, author)

    def joins(self, drawing: Drawing) -> None:
        """Connect, and subscribe to a drawing's channel."""
        self.socket.connect()
        self.socket.subscribe(drawing.channel)

    def draws(self, *ops) -> None:
        """Propose ops and wait until the log has them."""
        for op in ops:
            self.says("op", op=json.decode(codec.encode(op)))
        live.drawings.store.drain()

    def says(self, kind: str, **fields) -> None:
        self.socket.send({"type": kind, **fields})

    def heard(self, kind: str) -> list[dict]:
        """Return the messages of a type that came down the socket."""
        live.drawings.store.drain()
        return [one for one in self.socket.received if one["type"] == kind]


@pytest.fixture(autouse=True)
def nobody_has_come_too_often():
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def nobody_stays():
    """Whoever came in a test leaves before the next."""
    yield
    disconnect_all()


@pytest.fixture
def media(settings, tmp_path):
    """Keep the files of a test to itself."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def visitor():
    return Visitor()


@pytest.fixture
def ann():
    return Someone("annannannann", "Ann")


@pytest.fixture
def bob():
    return Someone("bobbobbobbob", "Bob")


@pytest.fixture
def stranger():
    return Someone("strangerstra", "A stranger")


@pytest.fixture
def drawing(ann):
    return Drawing.objects.create(owner=author_for(ann.person))


@pytest.fixture(scope="session", autouse=True)
def painter():
    """The painter of these tests, which ends with them."""
    yield making.painter
    making.painter.close()


@pytest.fixture
def sue(client):
    """Somebody who looks after this site's drawings."""
    user = get_user_model().objects.create_user("sue", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_drawing"))
    client.force_login(user)
    return client
