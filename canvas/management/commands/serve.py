"""Serve DrawnBy on one machine."""

import os
import subprocess
import sys
from contextlib import contextmanager

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from canvas.tasks.making import DOWNLOADS, PREVIEWS


class Command(BaseCommand):
    """Everything in one go: the database, the static files, workers, pages and sockets."""

    help = "Serve DrawnBy on one machine: pages, sockets, and workers for the pictures."

    def add_arguments(self, parser):
        parser.add_argument("addrport", nargs="?", default="")

    def handle(self, *, addrport, **options):
        if settings.DEBUG and DJANGO_AUTORELOAD_ENV not in os.environ:
            call_command("runserver_socketio", addrport)  # comes back here, reloading
            return
        call_command("migrate", verbosity=0, interactive=False)
        if not settings.DEBUG:
            call_command("collectstatic", verbosity=0, interactive=False)
        with worker(PREVIEWS), worker(DOWNLOADS):
            call_command("runserver_socketio", addrport)


@contextmanager
def worker(queue):
    """Run a worker as a child that goes when this process goes, however that happens."""
    options = ["--until-eof", "--verbosity=0", f"--queue-name={queue}"]
    command = [sys.executable, sys.argv[0], "work", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:  # noqa: S603
        try:
            yield
        finally:
            process.terminate()
