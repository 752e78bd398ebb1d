"""The bare transport, as protocol suites expect it: echo at /engine.io/ and /echo, events at /socket.io/."""

# ruff: noqa: E402 - patching comes before all other imports
from gevent import monkey

monkey.patch_all()

import json
import os
import sys
from contextlib import suppress

from gevent import pywsgi

from django_socketio.transport.crew import Crew
from django_socketio.transport.engine import Engine, EngineOptions
from django_socketio.transport.frames import frame
from django_socketio.transport.server import Server
from django_socketio.transport.takeover import Handler, decline, take_over
from django_socketio.transport.websocket import Bounds, handshake

BOUNDS = Bounds(message=1_000_000, frames_per_second=1e9, frames_at_once=1e9)
LARGE = Bounds(20_000_000, 80_000_000, 1_000_000, 1e9, 1e9)
# As the suites have it, unless the environment says otherwise.
HEARTBEAT = {"ping_interval": 0.3, "ping_timeout": 0.2}
HEARTBEAT |= json.loads(os.environ.get("TEST_SETTINGS", "{}"))
OPTIONS = EngineOptions(**HEARTBEAT, bounds=BOUNDS)


def engine():
    """Return an Engine.IO server that echoes."""
    server = Engine(OPTIONS)
    server.on("connect", lambda sid, environ: None)
    server.on("message", lambda sid, data: server.send(sid, data))
    server.on("disconnect", lambda sid, reason: None)
    return server


def events():
    """Return a Socket.IO server that sends events back."""
    server = Server(OPTIONS)
    for name in ("/", "/custom"):

        def connect(sid, environ, auth=None, namespace=name):
            server.emit("auth", auth or {}, to=sid, namespace=namespace)

        server.on("connect", connect, namespace=name)
    server.on("message", lambda sid, *a: server.emit("message-back", a, to=sid))
    server.on("message-with-ack", lambda sid, *arguments: arguments)
    return server


def echo(environ, start_response):
    """Send every WebSocket message back."""
    response = handshake(environ)
    if response.status_code != 101:
        return decline(response, start_response)
    websocket = take_over(environ, response.serialize(), LARGE)

    def send_back(message):
        text = isinstance(message, str)
        payload = message.encode() if text else message
        websocket.wire.write(frame(payload, 1 if text else 2))

    websocket.listen(send_back, CREW)
    websocket.release()
    return ()


ENGINE, EVENTS, CREW = engine(), events(), Crew()


def application(environ, start_response):
    """Find the server asked for."""
    path = environ["PATH_INFO"]
    if path.startswith("/engine.io/"):
        return ENGINE.handle_request(environ, start_response)
    if path.startswith("/socket.io/"):
        return EVENTS.handle_request(environ, start_response)
    return echo(environ, start_response)


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    server = pywsgi.WSGIServer(
        ("127.0.0.1", port), application, handler_class=Handler, log=None
    )
    server.start()
    sys.stdout.write(f"serving http://127.0.0.1:{server.server_port}/\n")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):
        server.serve_forever()
