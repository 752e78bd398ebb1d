"""Make pictures, beside whoever serves the pages."""

import os
import signal
import sys
from threading import Thread

from django_tasks_db.management.commands import db_worker

from canvas.tasks.workers import LEASE, Worker


class Command(db_worker.Command):
    """The tasks' own worker, which can also go when the one who started it does."""

    help = "Do the waiting tasks: make pictures."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(queue_name="*", interval=0.5)
        parser.add_argument(
            "--lease",
            type=float,
            default=LEASE,
            help="seconds after which a worker that says nothing is taken for dead",
        )
        parser.add_argument(
            "--until-eof",
            action="store_true",
            help="stop when standard input closes, as it does when the parent dies",
        )

    def handle(self, *, until_eof, **options):
        self.configure_logging(options["verbosity"])
        worker = worker_of(options)
        worker.configure_signals()
        if until_eof:
            Thread(target=stop_at_eof, daemon=True).start()
        worker.run()


def worker_of(options) -> Worker:
    """Return the worker that the options describe."""
    excluded = options["exclude_queues"]
    kept = ["interval", "batch", "backend_name", "startup_delay", "max_tasks"]
    return Worker(
        queue_names=options["queue_name"].split(","),
        excluded_queue_names=excluded.split(",") if excluded else [],
        **{name: options[name] for name in [*kept, "worker_id", "lease"]},
    )


def stop_at_eof():
    """Ask this process to stop once nobody holds the other end of standard input."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)
