"""From a WSGI request to the socket under it."""

from collections.abc import Callable
from typing import Any

from gevent import Timeout, pywsgi
from websockets.http11 import Response

from django_socketio.transport.websocket import Bounds, WebSocket, send_at_once

HANDLER = "django_socketio.handler"
GUNICORN = "gunicorn.socket"


class TooSlow(ValueError):
    """A request's head took too long."""


class Handler(pywsgi.WSGIHandler):
    """gevent's request handler, which can hand its socket over and waits for nobody for ever."""

    idle_timeout = 15.0  # seconds between two requests of one connection
    head_timeout = 10.0  # seconds for a request's head to arrive

    def __init__(self, sock: Any, *args: Any, **kwargs: Any):
        sock.settimeout(self.idle_timeout)  # for a body that stops coming
        send_at_once(sock)  # a response goes in two parts, its head and its body
        super().__init__(sock, *args, **kwargs)

    def read_requestline(self) -> Any:
        """Read the first line of a request, giving up on a connection left idle."""
        with Timeout(self.idle_timeout, TimeoutError("idle")):
            return super().read_requestline()

    def read_request(self, raw_requestline: str) -> Any:
        """Read the rest of a request's head."""
        with Timeout(self.head_timeout, TooSlow("the request's head took too long")):
            return super().read_request(raw_requestline)

    def MessageClass(self, *args: Any) -> Any:  # noqa: N802 - gevent's name
        """Return a request's headers; two lengths would let one request hide in another."""
        headers: Any = super().MessageClass(*args)
        names = [line.partition(":")[0].strip().lower() for line in headers.headers]
        if names.count("content-length") + names.count("transfer-encoding") > 1:
            raise ValueError("more than one length")
        return headers

    def get_environ(self) -> dict[str, Any]:
        """Let the application find the handler."""
        return {**super().get_environ(), HANDLER: self}

    def finalize_headers(self) -> None:
        """Say so when the connection closes after this response."""
        headers: Any = self.response_headers
        said = any(name.lower() == b"connection" for name, _ in headers)
        if self.close_connection and not said:
            headers.append((b"Connection", b"close"))
        super().finalize_headers()

    def hand_over(self) -> Any:
        """Give the socket away; nothing more is read from or written to it here."""
        self.close_connection = True
        self.headers_sent = True
        self.status, self.code = "101 Switching Protocols", 101
        self.response_headers = []
        return self.socket

    def early_bytes(self) -> bytes:
        """Return what was read from the socket beyond the request's head."""
        timeout = self.socket.gettimeout()
        self.socket.settimeout(0.0)
        try:
            waiting = self.rfile.peek() or b""
            return bytes(self.rfile.read1(len(waiting))) if waiting else b""
        finally:
            self.socket.settimeout(timeout)


def decline(
    response: Response, start_response: Callable[..., Any]
) -> tuple[bytes, ...]:
    """Answer, in HTTP, a handshake that failed."""
    status = f"{response.status_code} {response.reason_phrase}"
    start_response(status, list(response.headers.raw_items()))
    return (bytes(response.body or b""),)


def ends_tls(environ: dict[str, Any]) -> bool:
    """Say whether this very process ends the connection's TLS: its socket cannot be written to plainly."""
    handler = environ.get(HANDLER)
    sock = handler.socket if handler is not None else environ[GUNICORN]
    return hasattr(sock, "getpeercert")


def take_over(environ: dict[str, Any], response: bytes, bounds: Bounds) -> WebSocket:
    """Answer a request and go on as a WebSocket on its socket."""
    handler = environ.get(HANDLER)
    early = b""
    if handler is not None:
        early, sock = handler.early_bytes(), handler.hand_over()
    else:
        sock = environ[GUNICORN]
    sock.settimeout(None)
    send_at_once(sock)
    sock.sendall(response)
    return WebSocket(sock, bounds, early)


def nothing_more(environ: dict[str, Any]) -> tuple[bytes, ...]:
    """Return the rest of the response to a request that was taken over."""
    if GUNICORN in environ:
        raise StopIteration  # gunicorn's way of leaving a connection alone
    return ()
