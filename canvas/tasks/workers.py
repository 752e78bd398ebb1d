"""Workers, and what becomes of a task whose worker died.

A worker says every few seconds that it lives. What is held by one that has not said so for
a lease is handed back, by whichever worker notices first. A worker that was only asleep, on
a closed laptop, makes its picture all the same: the same one, so no harm is done.
"""

import logging
import os
import socket
import sys
import time
from datetime import timedelta
from threading import Event, Thread

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.backends.signals import connection_created
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from canvas.models import Worker as Row
from canvas.tasks import keeping, making, taking

logger = logging.getLogger(__name__)

LEASE = 20.0  # seconds
BEATS = 4  # in a lease
MOST_CLAIMS = 5  # of a task; one that ends its worker every time must end somewhere
PRUNE_EVERY = timedelta(hours=1)
TASKS_KEPT = {"min_age_days": 1, "failed_min_age_days": 14}


class Worker(db_worker.Worker):
    """The tasks' own worker, which says that it lives, and stops at once when told to."""

    def __init__(self, *, lease: float = LEASE, **options):
        super().__init__(**options)
        self._heart = Heart(self.worker_id, lease)

    def run(self):
        connection_created.connect(be_quick, dispatch_uid="quick")
        connection.close()
        making.painter.open()
        self._heart.start()
        self._heart.beats.wait()
        try:
            while self.running and not self._runs():
                time.sleep(self.interval)
        finally:
            self._heart.stop()
            making.painter.close()
            connection_created.disconnect(dispatch_uid="quick")

    def _runs(self) -> bool:
        """Do what waits, as long as it is asked to; False when the database went away."""
        try:
            super().run()
        except DatabaseError as error:
            logger.warning("A worker waits for the database: %s", error)
            connection.close()
            return False
        return True

    def run_task(self, db_task_result):
        """Run a task; one that was cut short is handed back."""
        super().run_task(db_task_result)
        if db_task_result.exception_class_path == "builtins.SystemExit":
            hand_back(db_task_result)

    def shutdown(self, signum, frame):
        """Stop, whatever is being made."""
        if self.running:
            self.running = False
            sys.exit(0)


def be_quick(sender, connection, **kwargs):
    """Have a worker's commits not wait for the disk: meanwhile they hold the only lock of a SQLite, and ops wait for it.

    What a power cut takes of them is made again. A later commit of somebody's ops takes them to the disk with it.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")


class Heart(Thread):
    """Says again and again that a worker lives, and looks after those that do not."""

    def __init__(self, name: str, lease: float):
        super().__init__(daemon=True)
        self.beats = Event()
        self._worker = name
        self._lease = lease
        self._stopped = Event()
        self._pruned_at = timezone.now()

    def run(self):
        while not self._stopped.is_set():
            self._try(self._beat)
            self._stopped.wait(self._lease / BEATS)
        self._try(Row.objects.filter(pk=self._worker).delete)
        connection.close()

    def stop(self) -> None:
        """Let the worker go."""
        self._stopped.set()
        self.join()

    def _try(self, do) -> None:
        try:
            do()
        except DatabaseError as error:
            logger.warning("A worker could not say that it lives: %s", error)
            connection.close()

    def _beat(self) -> None:
        """Say that the worker lives, and hand back what dead ones held."""
        said = {"host": socket.gethostname(), "pid": os.getpid()}
        said["seen_at"] = timezone.now()
        Row.objects.update_or_create(pk=self._worker, defaults=said)
        self.beats.set()
        hand_back_lost(timedelta(seconds=self._lease))
        if timezone.now() - self._pruned_at > PRUNE_EVERY:
            self._pruned_at = timezone.now()
            prune()


def hand_back_lost(lease: timedelta) -> None:
    """Hand back the tasks of workers that have not been seen for a lease."""
    Row.objects.filter(seen_at__lt=timezone.now() - lease).delete()
    alive = set(Row.objects.values_list("pk", flat=True))
    for running in DBTaskResult.objects.running():
        if alive.isdisjoint(running.worker_ids[-1:]):
            hand_back(running)


def hand_back(result: DBTaskResult) -> None:
    """Let another worker have a task, unless too many have had it."""
    status, text = TaskResultStatus.READY, ""
    if len(result.worker_ids) >= MOST_CLAIMS:
        status, text = TaskResultStatus.FAILED, "Every worker that had it died.\n"
    held = DBTaskResult.objects.filter(pk=result.pk, status=result.status)
    held.filter(worker_ids=result.worker_ids).update(
        status=status, started_at=None, finished_at=None, traceback=text
    )


def prune() -> None:
    """Let go of files and results nobody asks for, and of what killed workers left."""
    keeping.prune()
    taking.prune()
    making.sweep()
    call_command("prune_db_task_results", queue_name="*", verbosity=0, **TASKS_KEPT)
