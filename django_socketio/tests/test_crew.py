"""What many sockets share: greenlets that read for whoever has something to say."""

import gevent
import pytest
from gevent.event import Event

from django_socketio.transport.crew import MOST_IDLE, Crew


@pytest.fixture
def crew():
    return Crew()


def done(tasks):
    """Wait until every task has noted itself."""
    with gevent.Timeout(10):
        while len(tasks) < 3:
            gevent.sleep(0)
    return tasks


def test_tasks_are_done_in_the_order_they_came(crew):
    noted = []
    for name in ("Ann", "Bob", "stranger"):
        crew.call(lambda name=name: noted.append(name))
    assert done(noted) == ["Ann", "Bob", "stranger"]


def test_a_task_that_waits_keeps_nobody_else_waiting(crew):
    noted, go_on = [], Event()
    crew.call(lambda: (go_on.wait(), noted.append("Ann")))
    crew.call(lambda: noted.append("Bob"))
    crew.call(lambda: (noted.append("stranger"), go_on.set()))
    assert done(noted) == ["Bob", "stranger", "Ann"]


def test_a_task_that_fails_takes_no_other_with_it(crew, capsys):
    noted = []
    crew.call(lambda: noted.append("Ann"))
    crew.call(lambda: 1 / 0)
    crew.call(lambda: noted.append("Bob"))
    crew.call(lambda: noted.append("stranger"))
    assert done(noted) == ["Ann", "Bob", "stranger"]
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_many_that_wait_at_once_leave_few_greenlets_behind(crew):
    noted, go_on = [], Event()
    for name in range(10 * MOST_IDLE):
        crew.call(lambda name=name: (go_on.wait(), noted.append(name)))
    gevent.sleep(0)
    go_on.set()
    with gevent.Timeout(10):
        while len(noted) < 10 * MOST_IDLE:
            gevent.sleep(0)
    assert len(crew._idle) == MOST_IDLE
