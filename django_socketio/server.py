"""Socket.IO beside a Django application, in one gevent process."""

import logging
import signal
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from gevent import get_hub, monkey, pywsgi
from gevent import signal_handler as on_signal
from gevent.event import Event

from django_socketio import requests
from django_socketio.bridge import DjangoServer
from django_socketio.collector import spare_the_collector
from django_socketio.conf import Options
from django_socketio.transport.takeover import Handler
from django_socketio.utils import channels

PATH = "/socket.io/"
BACKLOG = 4096  # connections waiting to be taken in: a whole room may come back at once

Environ = dict[str, Any]
Start = Callable[..., Any]
logger = logging.getLogger("django_socketio")
Wsgi = Callable[[Environ, Start], Iterable[bytes]]


class Application:
    """A WSGI application: Socket.IO at its path, Django's pages everywhere else."""

    def __init__(self, pages: Wsgi, options: Options):
        registry = channels()
        registry.end_of_turn = soon
        self._relay = registry.relay
        self._pages = pages
        self._sockets = DjangoServer(registry, options)
        if self._relay:
            self._relay.serve()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer a request."""
        if not environ["PATH_INFO"].startswith(PATH):
            return self._pages(environ, start_response)
        if not requests.allows_host(environ):
            start_response("400 Bad Request", [("Content-Length", "0")])
            return []
        return self._sockets.handle_request(environ, start_response)

    def finish(self) -> None:
        """Send every browser away, because the server stops."""
        self._sockets.finish()
        if self._relay:
            self._relay.close()


def soon(flush: Callable[[], None]) -> None:
    """Call flush when the event loop's turn ends."""
    get_hub().loop.run_callback(flush)


def application(pages: Wsgi | None = None) -> Application:
    """Return the whole site as one WSGI application, for gevent's server or gunicorn's gevent workers."""
    check_patched()
    if pages is None:
        pages = get_wsgi_application()
        if settings.DEBUG:
            pages = StaticFilesHandler(pages)
    return Application(pages, Options.from_settings())


def check_patched() -> None:
    """Raise unless every socket of this process is cooperative."""
    if not monkey.is_module_patched("socket"):
        raise ImproperlyConfigured(
            "gevent.monkey.patch_all() must run on the first lines of the program, before Django is imported."
        )


class Site:
    """Pages and sockets at one address."""

    def __init__(self, host: str, port: int):
        self._application = application()
        options = Options.from_settings()
        self._server = pywsgi.WSGIServer(
            (host, port),
            self._application,
            backlog=BACKLOG,
            handler_class=handler(options),
            log="default" if settings.DEBUG else None,
            error_log=pywsgi.LoggingLogAdapter(logger, logging.DEBUG),
        )

    def start(self) -> None:
        """Begin to serve; raise OSError where the address cannot be had."""
        self._server.start()

    @property
    def address(self) -> str:
        """Return where the site is to be found."""
        return f"http://{self._server.server_host}:{self._server.server_port}/"

    def stop(self) -> None:
        """Take nobody in any more, finish every socket, and close."""
        self._server.close()
        self._application.finish()
        self._server.stop(timeout=1)


def handler(options: Options) -> type[Handler]:
    """Return gevent's request handler with this project's patience."""
    patience = {
        "head_timeout": options.head_timeout,
        "idle_timeout": options.idle_timeout,
    }
    return type("Handler", (Handler,), patience)


def serve(host: str, port: int, started: Callable[[str], None] = logger.info) -> None:
    """Serve until told to stop by SIGTERM or SIGINT; `started` hears the address."""
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        on_signal(number, stopping.set)
    site = Site(host, port)
    site.start()
    spare_the_collector()
    started(site.address)
    stopping.wait()
    site.stop()
