"""The same relay on python-socketio with gevent, as they come: python -m bench.peers.plain_socketio PORT"""

# ruff: noqa: E402 - patching comes before all other imports
from gevent import monkey

monkey.patch_all()

import sys

import socketio
from gevent.pywsgi import WSGIServer
from geventwebsocket.handler import WebSocketHandler


class Relay:
    """What one says in a channel, the others in it hear."""

    def __init__(self, server: socketio.Server):
        self._server = server
        self._channels: dict[str, str] = {}
        for event in (self.subscribe, self.message, self.disconnect):
            server.on(event.__name__, event)

    def subscribe(self, sid: str, channel: str) -> None:
        self._channels[sid] = channel
        self._server.enter_room(sid, channel)

    def message(self, sid: str, message: dict) -> None:
        room = self._channels[sid]
        self._server.emit("message", message, room=room, skip_sid=sid)

    def disconnect(self, sid: str, reason: str) -> None:
        self._channels.pop(sid, None)


def main() -> None:
    """Serve until stopped."""
    server = socketio.Server(async_mode="gevent")
    Relay(server)
    address = ("127.0.0.1", int(sys.argv[1]))
    WSGIServer(
        address,
        socketio.WSGIApp(server),
        log=None,
        backlog=4096,
        handler_class=WebSocketHandler,
    ).serve_forever()


if __name__ == "__main__":
    main()
