"""manage.py runserver_socketio."""

import os
import select
import signal
import socket
import subprocess
import sys

import pytest
from django.core.management import CommandError

from django_socketio.management.commands.runserver_socketio import parse
from django_socketio.tests.site import Raw, Site, tab, until

MANAGE = "django_socketio.tests.project.manage"
LOOKS = 10  # seconds, in which Django looks at every file more than once


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("", "here", 81),
        ("9000", "here", 9000),
        ("192.0.2.1", "192.0.2.1", 81),
        ("192.0.2.1:9000", "192.0.2.1", 9000),
        ("[::1]:9000", "::1", 9000),
        (":9000", "here", 9000),
    ],
)
def test_arguments_win_over_settings(settings, address, host, port):
    settings.SOCKETIO_HOST, settings.SOCKETIO_PORT = "here", 81
    assert parse(address) == (host, port)


def test_what_is_no_port_is_said_to_be_none():
    with pytest.raises(CommandError, match='"http" is not a port'):
        parse("localhost:http")


class Runserver(Site):
    """The command, on a port the kernel gives."""

    command = ("-m", MANAGE, "runserver_socketio", "127.0.0.1:0")
    ready = "Serving"


@pytest.mark.server
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_stops_cleanly(number):
    site = Runserver()
    ann = tab(site)
    site.process.send_signal(number)
    assert ann.closed_with() == 1012
    status, _ = site.stop(number)
    assert status == 0
    assert f"finish {ann.sid}" in site.lines


@pytest.mark.server
@pytest.mark.parametrize("debug", [False, True])
def test_a_taken_port_is_one_clear_line(debug):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = subprocess.run(
            [sys.executable, "-m", MANAGE, "runserver_socketio", address],
            env=environment(debug),
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    line = f"Cannot serve at {address}: Address already in use."
    assert done.stderr.strip().splitlines()[-1] in (line, f"CommandError: {line}")
    assert "Traceback" not in done.stderr


def environment(debug):
    settings = "django_socketio.tests.project.settings"
    test_settings = '{"DEBUG": true}' if debug else "{}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": settings,
        "TEST_SETTINGS": test_settings,
    }


@pytest.mark.server
def test_with_debug_it_starts_anew_when_the_code_changes(tmp_path):
    package = tmp_path / "notes"
    package.mkdir()
    (package / "__init__.py").touch()
    handlers = package / "events.py"
    handlers.write_text("")
    installed = [
        "django.contrib.staticfiles",
        "django_socketio",
        "django_socketio.tests.project",
        "notes",
    ]
    before = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(tmp_path), os.getcwd(), before])
    try:
        site = Runserver(
            DEBUG=True,
            INSTALLED_APPS=installed,
            MIDDLEWARE=[],
            SOCKETIO_MIDDLEWARE=[],
            SOCKETIO_PING_INTERVAL=60,
        )
    finally:
        os.environ["PYTHONPATH"] = before
    ann = tab(site)
    handlers.write_text("print('anew', flush=True)\n")
    until(lambda: is_noticed(handlers, ann))
    assert ann.closed_with() == 1012
    assert site.until(f"finish {ann.sid}")
    assert site.until("anew")
    assert site.until("Serving")
    status, _ = site.stop(signal.SIGINT)
    assert status == 0


def is_noticed(file, ann):
    """Change a file, and say whether the server has ended: a change before its first look is none to it."""
    file.touch()
    return select.select([ann.socket], [], [], LOOKS)[0]


@pytest.mark.server
def test_with_debug_it_serves_the_apps_static_files():
    site = Runserver(DEBUG=True)
    script = "/static/django_socketio/socketio.js"
    status, _, body = Raw(site.port).request("GET", script)
    site.stop(signal.SIGINT)
    assert status == 200
    assert "io.Socket = Socket" in body
