"""Workers as processes: killed, stopped and served by."""

import os
import signal
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import count

import psutil
import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from canvas import tasks
from canvas.models import Picture, Worker
from canvas.pictures.recipes import Recipe
from canvas.tasks.workers import MOST_CLAIMS, hand_back, hand_back_lost
from canvas.tasks.workers import Worker as Runner
from canvas.tests import generate
from canvas.tests.test_tasks import put
from e2e.server import ROOT, Server
from e2e.waiting import PATIENCE, until

LEASE = 2.0

MANY = 600  # strokes: a second of painting


@pytest.fixture
def worker(settings, tmp_path):
    """Return a function that starts a worker on this test's database and files."""
    settings.MEDIA_ROOT = tmp_path / "media"
    database = f"sqlite:///{connection.settings_dict['NAME']}"
    environment = {"DATA_DIR": str(tmp_path), "DATABASE_URL": database}
    command = [sys.executable, "manage.py", "work", f"--lease={LEASE}"]
    started, log = [], tmp_path / "worker.log"

    def start():
        options = ["--no-startup-delay", "--interval=0.1"]
        with log.open("ab") as out:
            process = psutil.Popen(
                [*command, *options],
                env={**os.environ, **environment},
                cwd=ROOT,
                stdout=out,
                stderr=out,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        with suppress(psutil.NoSuchProcess):
            process.kill()
        process.wait()


class Asked(Runner):
    """A worker that is asked how long its commits wait, and then stops."""

    def _runs(self):
        with connection.cursor() as cursor:
            (self.waits,) = cursor.execute("PRAGMA synchronous").fetchone()
        return True


def are_gone(processes):
    """Wait until processes have ended, and say whether they have."""
    return not psutil.wait_procs(processes, PATIENCE)[1]


@pytest.mark.django_db(transaction=True)
def test_a_workers_commits_do_not_hold_the_lock_until_they_are_on_the_disk():
    """Source: https://www.sqlite.org/pragma.html#pragma_synchronous; 1 is NORMAL, 2 FULL."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no lock that everybody waits for")
    asked = Asked(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=1,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="asked",
    )
    asked.run()
    assert asked.waits == 1
    connection.close()
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)


@pytest.fixture
def interrupt(drawing, ann):
    """Return a function that stops a worker's painter in the middle of a timelapse; it returns both."""
    strokes = generate.drawing(MANY, seed=1)
    put(drawing, ann, *[replace(stroke, id=ann.op_id()) for stroke in strokes])
    moments = count(MANY, -1)

    def stop(working):
        if not drawing.pictures.exclude(state=Picture.State.MADE).exists():
            tasks.ask(drawing, next(moments), Recipe("timelapse-webp"))
        [painter] = until(working.children)
        painter.suspend()
        if picture := is_painting(drawing):
            return picture, painter
        painter.resume()
        return None

    return lambda working: until(lambda: stop(working))


def is_painting(drawing):
    """Return the picture a worker has had its painter begin, if it has."""
    begun = {"state": Picture.State.MAKING, "progress__range": (1, 50)}
    return drawing.pictures.filter(**begun).first()


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_a_picture_whose_worker_is_killed_is_made_by_the_next(interrupt, worker):
    killed = worker()
    picture, painter = interrupt(killed)
    killed.kill()
    painter.resume()
    assert are_gone([painter])
    picture.refresh_from_db()
    assert picture.state == Picture.State.MAKING

    worker()
    made = Picture.objects.filter(pk=picture.pk, state=Picture.State.MADE)
    assert until(made.first).tries == 2
    picture.refresh_from_db()
    with picture.file.open() as file:
        assert file.read(4) == b"RIFF"
    result = DBTaskResult.objects.latest("enqueued_at")
    assert len(set(result.worker_ids)) == 2


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_a_workers_painter_is_there_before_it_is_needed_and_goes_with_it(worker):
    idle = worker()
    [painter] = until(idle.children)
    assert not Picture.objects.exists()
    idle.kill()
    assert are_gone([painter])


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_stop_hands_back_what_it_has(interrupt, worker):
    stopped = worker()
    picture, painter = interrupt(stopped)
    stopped.send_signal(signal.SIGTERM)
    assert stopped.wait(PATIENCE) == 0
    assert are_gone([painter])
    picture.refresh_from_db()
    assert picture.tries == 0
    assert DBTaskResult.objects.ready().count() == 1
    assert not Worker.objects.exists()


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_a_painter_killed_by_the_system_costs_one_try(drawing, interrupt, worker):
    working = worker()
    picture, painter = interrupt(working)
    painter.kill()
    until(lambda: drawing.pictures.filter(code="crashed", tries=1).exists())
    picture.refresh_from_db()
    assert picture.state == Picture.State.WAITING
    assert working.is_running()


@pytest.fixture
def server(tmp_path):
    """A server of its own, and a function that finds its two workers."""
    served = Server(tmp_path)
    try:
        served.start()
        running = psutil.Process(served.pid)
        yield served, lambda: until(lambda: two(running.children(recursive=True)))
    finally:
        served.stop()


def two(processes):
    """Return processes once they have got so far as to be the two workers."""
    ready = [one for one in processes if is_worker(one)]
    return ready if len(ready) == 2 else None


def is_worker(process):
    """Say whether a process is a worker, and still there."""
    with suppress(psutil.NoSuchProcess):
        return "work" in process.cmdline()
    return False


@pytest.mark.server
@pytest.mark.parametrize("how", ["kill", "stop"])
def test_nothing_is_left_of_a_server_that_is_gone(server, how):
    served, workers = server
    found = workers()
    getattr(served, how)()
    assert are_gone(found)


@pytest.mark.server
def test_a_server_replaces_a_worker_that_died(server):
    _, workers = server
    first = workers()
    first[0].kill()
    assert are_gone(first[:1])
    second = workers()
    assert first[1] in second
    assert first[0] not in second


@pytest.mark.server
@pytest.mark.django_db(transaction=True)
def test_a_worker_waits_for_a_database_that_is_away(drawing, ann, worker, tmp_path):
    put(drawing, ann, ann.stroke())
    patient, log = worker(), tmp_path / "worker.log"
    until(Worker.objects.exists)
    with transaction.atomic():
        picture = tasks.ask(drawing, 1, Recipe("svg", "1x"))
        # Longer than anybody waits for the lock of this transaction.
        until(lambda: "locked" in log.read_text())
    until(lambda: drawing.pictures.filter(state=Picture.State.MADE).exists())
    assert patient.is_running()
    assert picture.pk


@pytest.fixture
def held(drawing, ann):
    """A task that Ann's worker holds."""
    put(drawing, ann, ann.stroke())
    tasks.ask(drawing, 1, Recipe("png", "1x"))
    result = DBTaskResult.objects.get()
    result.claim("ann")
    return result


def seen(name, seconds_ago):
    seen_at = timezone.now() - timedelta(seconds=seconds_ago)
    Worker.objects.create(name=name, host="here", pid=1, seen_at=seen_at)


@pytest.mark.django_db
def test_a_worker_that_lives_keeps_its_task(held):
    seen("ann", seconds_ago=10)
    hand_back_lost(timedelta(hours=1))
    assert DBTaskResult.objects.running().get() == held


@pytest.mark.django_db
def test_a_worker_that_has_not_been_seen_for_a_lease_loses_its_task(held):
    seen("ann", seconds_ago=30)
    hand_back_lost(timedelta(seconds=20))
    assert DBTaskResult.objects.ready().get() == held


@pytest.mark.django_db
def test_a_task_that_was_done_meanwhile_is_not_handed_back(held):
    late = DBTaskResult.objects.get()
    held.set_successful(None)
    hand_back(late)
    assert DBTaskResult.objects.successful().get() == held


@pytest.mark.django_db
def test_a_task_that_ends_every_worker_ends_itself(held):
    for number in range(1, MOST_CLAIMS):
        held.claim(f"bob-{number}")
    hand_back_lost(timedelta(seconds=20))
    [failed] = DBTaskResult.objects.failed()
    assert "Every worker" in failed.traceback
