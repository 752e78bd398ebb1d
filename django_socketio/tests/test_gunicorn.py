"""The same sockets under gunicorn's gevent workers."""

import os
import shutil
import ssl
import subprocess
import sys

import pytest

from django_socketio.tests.site import ENGINE, Polling, Raw, Site, Tab, frame, tab

pytestmark = pytest.mark.server


class Gunicorn(Site):
    """gunicorn with the settings this package brings."""

    command = (
        "-m",
        "gunicorn",
        "-c",
        "python:django_socketio.gunicorn",
        "-b",
        "127.0.0.1:0",
        "django_socketio.tests.project.wsgi",
    )
    ready = "Listening at"


@pytest.fixture(scope="module")
def gunicorn():
    site = Gunicorn()
    yield site
    site.stop()


def test_websockets_work(gunicorn):
    ann, bob = tab(gunicorn), tab(gunicorn)
    for one in (ann, bob):
        assert one.ask_for("subscribe", "room-1") == {"ok": None}
    ann.emit("message", {"do": "to_channel", "say": "hello"})
    assert bob.event() == ["message", "hello", "room-1"]


def test_long_polling_works(gunicorn):
    polling = Polling(gunicorn.port)
    assert polling.post("40") == (200, "ok")
    assert polling.post('421["message",{"a":1}]') == (200, "ok")
    body = ""
    while "431" not in body:
        body += polling.poll()[1]
    assert '431[{"ok":{"a":1}}]' in body


def test_the_garbage_collector_leaves_alone_what_is_loaded(gunicorn, site):
    for server in (gunicorn, site):
        frozen = tab(server).ask_for("message", {"do": "frozen"})["ok"]
        assert frozen > 10_000


def test_pages_work(gunicorn):
    assert Raw(gunicorn.port).request("GET", "/")[::2] == (200, "a page")


def test_nothing_behind_a_close_is_taken_for_http(gunicorn):
    ann = tab(gunicorn)
    ann.send(frame(b"\x03\xe8", 8) + b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    assert ann.closed_with() == 1000


def test_a_bad_handshake_is_answered_in_http(gunicorn):
    assert Tab(gunicorn.port, Sec_WebSocket_Key="short").status == 400


def test_a_worker_that_stops_finishes_every_socket():
    site = Gunicorn()
    ann = tab(site)
    site.process.terminate()
    assert ann.closed_with() == 1012
    status, _ = site.stop()
    assert status == 0
    assert f"finish {ann.sid}" in site.lines


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_a_process_that_ends_tls_speaks_long_polling_only(tmp_path):
    certificate = tmp_path / "certificate.pem"
    made = [
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        certificate,
        "-out",
        certificate,
    ]
    subject = ["-x509", "-subj", "/CN=localhost", "-days", "2"]
    subprocess.run(["openssl", "req", *made, *subject], check=True, capture_output=True)
    site = Secure(certificate)
    tls = ssl.create_default_context(cafile=certificate)
    assert Tab(site.port, tls=tls).status == 501
    raw = Raw(site.port, tls=tls)
    status, _, body = raw.request("GET", f"{ENGINE}polling")
    raw.close()
    site.stop()
    assert (status, body[:1]) == (200, "0")


class Secure(Gunicorn):
    """gunicorn that ends TLS itself."""

    def __init__(self, certificate):
        *options, application = Gunicorn.command
        files = ["--certfile", certificate, "--keyfile", certificate]
        self.command = (*options, *files, application)
        super().__init__()


def test_an_unpatched_process_says_so_and_serves_nothing():
    settings = "django_socketio.tests.project.settings"
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    program = "import django_socketio.tests.project.wsgi"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environ, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "gevent.monkey.patch_all() must run on the first lines" in done.stderr
