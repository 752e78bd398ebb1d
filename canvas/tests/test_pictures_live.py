"""Pictures that follow the drawing."""

import gevent
import pytest
from gevent.event import Event

from canvas import live, pause
from canvas.pause import Pause

PATIENCE = 30  # seconds, on a busy machine
HOUR = 3600


@pytest.fixture
def going_home(ann, bob):
    """Have everybody leave and every op written before the database is emptied."""
    yield
    for one in (ann, bob):
        if one.socket.is_connected:
            one.socket.disconnect()
    live.drawings.store.close()


def wanted(drawing):
    """Return the seqs of the previews that are waited for."""
    return list(drawing.pictures.order_by("seq").values_list("seq", flat=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("going_home")
def test_a_picture_is_wanted_once_ann_pauses(ann, drawing, monkeypatch):
    monkeypatch.setattr(pause, "PAUSE", 0.2)
    ann.joins(drawing)
    ann.draws(ann.stroke(), ann.stroke(), ann.stroke())
    with gevent.Timeout(PATIENCE):
        while 3 not in wanted(drawing):
            gevent.sleep(0.02)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("going_home")
def test_a_picture_is_wanted_at_once_when_the_last_one_leaves(
    ann, bob, drawing, monkeypatch
):
    monkeypatch.setattr(pause, "PAUSE", HOUR)
    monkeypatch.setattr(pause, "LONGEST", HOUR)
    ann.joins(drawing)
    bob.joins(drawing)
    ann.draws(ann.stroke())
    ann.socket.disconnect()
    assert wanted(drawing) == []
    bob.socket.disconnect()
    assert wanted(drawing) == [1]


def test_a_burst_of_strokes_is_one_pause(monkeypatch):
    monkeypatch.setattr(pause, "PAUSE", 0.01)
    clock = [0.0]  # stands still in the burst, however busy the machine is
    monkeypatch.setattr(pause, "monotonic", lambda: clock[0])
    over, times = Event(), []
    bursts = Pause(lambda: (times.append(1), over.set()))
    for _ in range(5):
        bursts.drawn()
        gevent.sleep(0.01)
    assert not times
    clock[0] += 1
    assert over.wait(PATIENCE)
    assert len(times) == 1


def test_where_nobody_pauses_there_is_a_picture_all_the_same(monkeypatch):
    monkeypatch.setattr(pause, "PAUSE", 0.2)
    monkeypatch.setattr(pause, "LONGEST", 0.3)
    over = Event()
    drawn = Pause(over.set)
    with gevent.Timeout(PATIENCE):
        while not over.is_set():
            drawn.drawn()
            gevent.sleep(0.01)


def test_nothing_is_done_after_the_end(monkeypatch):
    monkeypatch.setattr(pause, "PAUSE", 0.01)
    calls, later = [], Event()
    ended = Pause(lambda: calls.append("ended"))
    ended.drawn()
    ended.cancel()
    Pause(later.set).drawn()
    assert later.wait(PATIENCE)
    assert calls == []
