"""The whole product under gunicorn."""

import subprocess
from urllib.error import HTTPError

import pytest

from e2e.drawer import Guest
from e2e.server import Server

SOCKETS = ["-c", "python:django_socketio.gunicorn"]
PAGES_ALONE = ["--worker-class", "gthread"]


class Gunicorn(Server):
    """gunicorn in place of the project's own command."""

    def start_with(self, options: list[str]) -> "Gunicorn":
        command = ["gunicorn", *options, "--bind", self.address, "drawnby.wsgi"]
        self._process = self._popen(command, stdin=subprocess.DEVNULL)
        self._wait()
        return self


@pytest.fixture
def gunicorn(tmp_path):
    server = Gunicorn(tmp_path).prepare()
    yield server
    server.stop()


def test_people_draw_together_under_gunicorn(gunicorn, visit):
    gunicorn.start_with(SOCKETS)
    ann, bob = visit(gunicorn), visit(gunicorn)
    bob.opens(ann.starts_a_drawing())
    ann.draws((200, 200), (600, 400))
    ann.sees_saved()
    bob.sees_ink_at(400, 300)


def test_a_worker_of_threads_serves_the_pages_and_says_where_sockets_are(gunicorn):
    gunicorn.start_with(PAGES_ALONE)
    assert b"<html" in Guest(gunicorn.url).get("/")
    with pytest.raises(HTTPError) as told:
        Guest(gunicorn.url).get("/socket.io/?EIO=4&transport=polling")
    assert told.value.code == 501
    assert b"gevent worker" in told.value.read()
