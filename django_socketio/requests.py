"""From a handshake to a Django request, by way of the project's own middleware."""

import io
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import is_same_domain
from django.utils.module_loading import import_string

from django_socketio.errors import Refused
from django_socketio.transport.takeover import GUNICORN, HANDLER

Environ = dict[str, Any]
SERVERS_OWN = (HANDLER, GUNICORN)


class LetIn(HttpResponse):
    """What the middleware's innermost view answers: nobody on the way out objected."""

    status_code = 204


class Door:
    """Where requests become Django's, and are checked as Django would."""

    def __init__(self, middleware: tuple[str, ...] | list[str]):
        self._chain: Callable[[HttpRequest], HttpResponseBase] = lambda request: LetIn()
        for path in reversed(middleware):
            self._chain = import_string(path)(self._chain)

    def request(self, environ: Environ) -> HttpRequest:
        """Return the request of a handshake, after the middleware has seen it."""
        request = bare_request(environ)
        response = self._chain(request)
        if not isinstance(response, LetIn):
            raise Refused("forbidden")
        return request


def bare_request(environ: Environ) -> HttpRequest:
    """Return Django's view of an environ, without what belongs to the server's own work."""
    kept = {key: value for key, value in environ.items() if key not in SERVERS_OWN}
    return WSGIRequest({**kept, "wsgi.input": io.BytesIO()})


def allows_host(environ: Environ) -> bool:
    """Say whether the host asked for is one of ALLOWED_HOSTS."""
    try:
        bare_request(environ).get_host()
    except DisallowedHost:
        return False
    return True


def allows_origin(origin: str, environ: Environ) -> bool:
    """Say whether a page from origin may connect: one from this host, or from CSRF_TRUSTED_ORIGINS."""
    request = bare_request(environ)
    scheme = "https" if request.is_secure() else "http"
    if origin == f"{scheme}://{request.get_host()}":
        return True
    return any(is_covered(origin, trusted) for trusted in settings.CSRF_TRUSTED_ORIGINS)


def is_covered(origin: str, trusted: str) -> bool:
    """Say whether a trusted origin, which may begin with *., covers this one."""
    if "*" not in trusted:
        return origin == trusted
    one, other = urlsplit(origin), urlsplit(trusted)
    return one.scheme == other.scheme and is_same_domain(
        one.netloc, other.netloc.lstrip("*")
    )


def identity(environ: Environ) -> str:
    """Return what all requests of one long-polling connection must have in common: the session cookie."""
    return bare_request(environ).COOKIES.get(settings.SESSION_COOKIE_NAME, "")
