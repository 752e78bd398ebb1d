"""Render pictures, beside whoever serves the pages."""

import os
import signal
import sys
from threading import Thread

from django_tasks_db.management.commands import db_worker


class Command(db_worker.Command):
    """The tasks' own worker, which can also go when the one who started it does."""

    help = "Do the waiting tasks: render pictures."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--until-eof",
            action="store_true",
            help="stop when standard input closes, as it does when the parent dies",
        )

    def handle(self, *, until_eof, **options):
        if until_eof:
            Thread(target=stop_at_eof, daemon=True).start()
        super().handle(**options)


def stop_at_eof():
    """Ask this process to stop once nobody holds the other end of standard input."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)
