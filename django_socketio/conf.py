"""The settings of this app, and what holds without them."""

import logging
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

logger = logging.getLogger("django_socketio.messages")
MIDDLEWARE = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
)


@dataclass(frozen=True, slots=True)
class Options:
    """What a project may say, as SOCKETIO_ and the option's name in capitals."""

    host: str = "127.0.0.1"
    port: int = 8000
    middleware: tuple[str, ...] = MIDDLEWARE
    user: str = "django_socketio.conf.signed_in"
    redis_url: str | None = None  # REDIS_URL serves too
    message_log_format: str | None = None
    metrics: str = "django_socketio.metrics.Metrics"
    client_js: str = "vendor/socket.io-client/socket.io.min.js"

    # Seconds. A dead browser counts as there for interval and timeout together; a connect_timeout of 3 turned
    # honest browsers away when 1,000 came at once.
    ping_interval: float = 5.0
    ping_timeout: float = 5.0
    connect_timeout: float = 10.0
    head_timeout: float = 10.0  # for a request's head to arrive
    idle_timeout: float = 15.0  # between two requests of one connection

    max_message: int = 64 * 1024  # characters in one message
    max_packet: int = 1_000_000  # bytes that are kept of what arrives
    max_passed_over: int = 16_000_000  # bytes that are read past so as to refuse a message; beyond, the connection closes
    max_depth: int = 16  # lists in lists
    max_backlog: int = 4_000_000  # bytes waiting for a browser that does not read
    max_channels: int = 100  # one socket is in
    max_channel_name: int = 200
    max_sockets_per_user: int = 100
    max_sockets_per_address: int = 5_000
    rate: tuple[float, float] = (200, 1_000)  # messages a second, and at once

    @classmethod
    def from_settings(cls) -> "Options":
        """Read the project's settings."""
        given = {
            name: getattr(settings, f"SOCKETIO_{name.upper()}")
            for name in cls.__slots__  # type: ignore[attr-defined]
            if hasattr(settings, f"SOCKETIO_{name.upper()}")
        }
        given.setdefault("redis_url", getattr(settings, "REDIS_URL", None) or None)
        return cls(**given)

    def user_of(self, request: HttpRequest) -> str:
        """Return the name a request's user goes by, empty for nobody in particular."""
        return import_string(self.user)(request)  # type: ignore[no-any-return]

    def log(self, request: HttpRequest, message: Any) -> None:
        """Log a message in the project's format, if it has one."""
        if self.message_log_format is None:
            return
        now = time.strftime("%d/%b/%Y %H:%M:%S")
        words = {**request.META, "TIME": now, "MESSAGE": message}
        logger.info("%s", self.message_log_format % words)


def signed_in(request: HttpRequest) -> str:
    """Return the primary key of the user who has signed in."""
    user = getattr(request, "user", None)
    return str(user.pk) if user is not None and user.is_authenticated else ""
