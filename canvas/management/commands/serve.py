"""Serve DrawnBy on one machine."""

import os
import subprocess
import sys
from contextlib import contextmanager
from threading import Event, Thread

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV

from canvas.tasks.making import DOWNLOADS, PREVIEWS

PAUSE = 1  # seconds before a worker that died is replaced


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
    """Have a worker running, another one whenever one dies."""
    keeper = Keeper(queue)
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()


class Keeper(Thread):
    """Keeps a worker, a child that goes when this process goes, however that happens."""

    def __init__(self, queue):
        super().__init__(daemon=True)
        options = ["--until-eof", "--verbosity=0", f"--queue-name={queue}"]
        self._command = [sys.executable, sys.argv[0], "work", *options]
        self._stopped = Event()
        self._process = None

    def run(self):
        while not self._stopped.is_set():
            with subprocess.Popen(self._command, stdin=subprocess.PIPE) as process:  # noqa: S603
                self._process = process
                process.wait()
            self._stopped.wait(PAUSE)

    def stop(self):
        """End the worker, and do not replace it."""
        self._stopped.set()
        while self.is_alive():
            if self._process is not None:
                self._process.terminate()
            self.join(PAUSE)  # in case another was just being started
