"""Serve pages and sockets from one process."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import autoreload

from django_socketio.conf import Options
from django_socketio.server import Site, serve


class Command(BaseCommand):
    """Serves Django's pages and Socket.IO with gevent; with DEBUG on, starts anew when the code changes."""

    help = __doc__
    site: Site | None = None

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address; what is left out comes from SOCKETIO_HOST and SOCKETIO_PORT."""
        parser.add_argument("address", nargs="?", default="", metavar="host:port")
        parser.add_argument("--noreload", action="store_true", help="Never start anew.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until stopped."""
        host, port = parse(options["address"])
        if settings.DEBUG and not options["noreload"]:
            self._serve_reloading(host, port)
            return
        try:
            serve(host, port, self._announce)
        except OSError as error:
            raise CommandError(why_not(host, port, error)) from None

    def _announce(self, address: str) -> None:
        self.stdout.write(f"Serving {address}")

    def _serve_reloading(self, host: str, port: int) -> None:
        try:
            autoreload.run_with_reloader(self._start, host, port)
        finally:
            if self.site is not None:
                self.site.stop()

    def _start(self, host: str, port: int) -> None:
        self.site = Site(host, port)
        try:
            self.site.start()
        except OSError as error:
            self.stderr.write(why_not(host, port, error))
            sys.stderr.flush()
            os._exit(1)  # the reloader would wait for a change
        self._announce(self.site.address)


def parse(address: str) -> tuple[str, int]:
    """Return the host and port of `host:port`, `host` or `port`, the rest from the settings."""
    options = Options.from_settings()
    host, colon, port = address.rpartition(":")
    if not colon:
        host, port = ("", address) if address.isdigit() else (address, "")
    if port and not port.isdigit():
        raise CommandError(f'"{port}" is not a port.')
    return host.strip("[]") or options.host, int(port or options.port)


def why_not(host: str, port: int, error: OSError) -> str:
    """Return one line on why an address cannot be had."""
    return f"Cannot serve at {host}:{port}: {os.strerror(error.errno or 0)}."
