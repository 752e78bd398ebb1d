"""Engine.IO 4, hardened: python-engineio's server with a transport of its own.

Only this module, engine_socket.py and server.py beside it lean on what python-engineio and python-socketio do not document;
tests/test_internals.py fails when that changes.
"""

import secrets
import urllib.parse
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import engineio
from engineio import packet

from django_socketio.transport.crew import Crew
from django_socketio.transport.engine_socket import (
    NOTHING,
    POLICY,
    EngineSocket,
    Environ,
    Start,
    wants_websocket,
)
from django_socketio.transport.websocket import Bounds, WebSocket


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What an Engine can be told."""

    ping_interval: float = 5.0
    ping_timeout: float = 5.0
    connect_timeout: float = 10.0
    count: Callable[..., None] = lambda name, amount=1: None
    max_event: int = 1_000_000  # characters of JSON, or bytes beside it
    max_depth: int = 100
    bounds: Bounds = field(default_factory=Bounds)
    identity: Callable[[Environ], str] = lambda environ: ""
    allows_origin: Callable[[str, Environ], bool] | None = None


class Engine(engineio.Server):  # type: ignore[misc]
    """An Engine.IO server whose sockets are EngineSockets."""

    def __init__(self, options: EngineOptions | None = None, **kwargs: Any):
        self.options = options or EngineOptions()
        self.crew = Crew()
        super().__init__(
            async_mode="gevent",
            ping_interval=self.options.ping_interval,
            ping_timeout=self.options.ping_timeout,
            max_http_buffer_size=self.options.bounds.message,
            cors_allowed_origins=self.options.allows_origin or [],
            monitor_clients=False,  # every socket has a timer of its own
            **kwargs,
        )

    def generate_id(self) -> str:
        """Return 192 random bits."""
        return secrets.token_urlsafe(24)

    def handle_request(
        self, environ: Environ, start_response: Start
    ) -> Iterable[bytes]:
        """Answer one HTTP request, if it is one of the protocol's."""
        query = urllib.parse.parse_qs(environ.get("QUERY_STRING", ""))
        if not is_sensible(environ, query):
            return answer(self._bad_request("bad request"), start_response)
        known = self.sockets.get(query.get("sid", [""])[0])
        if known is None:
            return super().handle_request(environ, start_response)  # type: ignore[no-any-return]
        if known.identity != self.options.identity(environ):
            return answer(self._bad_request("not yours"), start_response)
        if known.owes_last_answer(environ):
            return answer(self._ok([NOTHING]), start_response)
        if not known.check_ping_timeout():
            return answer(self._bad_request("closed"), start_response)
        if wants_websocket(environ) and (known.upgraded or known.upgrading):
            return known.speak(environ, start_response, refuse_second)
        return super().handle_request(environ, start_response)  # type: ignore[no-any-return]

    def _handle_connect(
        self,
        environ: Environ,
        start_response: Start,
        transport: str,
        _jsonp: None = None,
    ) -> Any:
        socket = EngineSocket(self, self.generate_id(), self.options.identity(environ))
        if transport == "websocket":
            return socket.speak(environ, start_response, socket.begin)
        socket.open(environ)
        return self._ok(socket.poll())

    def _ok(
        self, packets: Any = None, headers: Any = None, jsonp_index: None = None
    ) -> Any:
        response = super()._ok(packets, headers, jsonp_index)
        if packets is None:
            response["response"] = b"ok"
        response["headers"] += [
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
        ]
        return response

    def _log_error_once(self, message: str, message_key: str) -> None:
        self.logger.info(message)  # what a stranger sends is no error of ours

    def announcement(self, socket: "EngineSocket") -> packet.Packet:
        """Return the packet that opens a connection; engineio's own rounds fractions of seconds to none."""
        opening = {
            "sid": socket.sid,
            "upgrades": [] if socket.upgraded else ["websocket"],
            "pingInterval": int(self.ping_interval * 1000),
            "pingTimeout": int(self.ping_timeout * 1000),
            "maxPayload": self.max_http_buffer_size,
        }
        return packet.Packet(packet.OPEN, opening)

    def disconnect(self, sid: str | None = None) -> None:
        """Close one socket, or all."""
        for socket in list(self.sockets.values()):
            if sid in (None, socket.sid):
                socket.close(reason=self.reason.SERVER_DISCONNECT)


def is_sensible(environ: Environ, query: dict[str, list[str]]) -> bool:
    """Say no to what engineio is lax about: a missing transport, JSONP, other methods."""
    method = environ["REQUEST_METHOD"]
    if "transport" not in query or "j" in query:
        return False
    return method == "GET" or (
        method in ("POST", "OPTIONS") and "HTTP_UPGRADE" not in environ
    )


def answer(response: dict[str, Any], start_response: Start) -> list[bytes]:
    """Send a response made by engineio."""
    start_response(response["status"], response["headers"])
    return [response["response"]]


def refuse_second(environ: Environ, websocket: WebSocket) -> None:
    """Close a WebSocket for a session that has one already."""
    websocket.close(POLICY, "already upgraded")
