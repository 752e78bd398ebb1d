"""The log's news on its way to those who are there, whoever wrote it, and however the database fares."""

from contextlib import contextmanager

import gevent
import pytest
from django.db import connection
from msgspec import json

from canvas import live, patience
from canvas.company import LOOKS, Others
from canvas.engine import codec
from canvas.models import author_for
from canvas.store import Proposal, Store
from django_socketio import Refused

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 30  # seconds, on a busy machine


@pytest.fixture(autouse=True)
def everybody_goes_home(ann, bob):
    yield
    for one in (ann, bob):
        if one.socket.is_connected:
            one.socket.disconnect()
    live.drawings.store.close()


@pytest.fixture
def elsewhere():
    """The store of another process."""
    store = Store()
    yield store
    store.close()


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(patience, "PATIENCE", 0.1)


@contextmanager
def locked(table):
    """Hold what another process may hold: all of SQLite, or a table of PostgreSQL's."""
    other = connection.copy()
    other.set_autocommit(False)
    lock = {
        "sqlite": "BEGIN IMMEDIATE",
        "postgresql": f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE",
    }
    with other.cursor() as cursor:
        cursor.execute(lock[other.vendor])
    yield
    other.close()


def write(store, drawing, who, *ops):
    """Write ops of somebody's into the log."""
    author_for(who.person)
    mine = frozenset({who.person.key})
    for op in ops:
        store.append(Proposal(drawing.pk, op, mine, lambda outcome: None))
    store.drain()


def seqs(who):
    """Return the seqs of the ops somebody has heard, in the order they came."""
    return [seq for message in who.heard("ops") for seq, _, _ in message["ops"]]


def codes(who):
    """Return why somebody's ops were turned down, in the order of the answers."""
    return [one["code"] for one in who.heard("rejected")]


def wire(op):
    return json.decode(codec.encode(op))


def until(state):
    """Wait for a state that another thread brings about."""
    with gevent.Timeout(PATIENCE):
        while not state():
            gevent.sleep(0.01)


def test_what_another_process_wrote_comes_first_and_once(ann, bob, drawing, elsewhere):
    ann.joins(drawing)
    write(elsewhere, drawing, bob, bob.stroke(), bob.stroke())
    ann.draws(ann.stroke())
    until(lambda: seqs(ann) == [1, 2, 3])


def test_a_hint_brings_what_another_process_wrote(ann, bob, drawing, elsewhere):
    ann.joins(drawing)
    write(elsewhere, drawing, bob, bob.stroke())
    assert seqs(ann) == []
    live.drawings.hear({drawing.pk: 1})
    until(lambda: seqs(ann) == [1])


def test_a_hint_of_what_is_known_brings_nothing_twice(ann, drawing):
    ann.joins(drawing)
    ann.draws(ann.stroke(), ann.stroke())
    live.drawings.hear({drawing.pk: 1})
    live.drawings.hear({drawing.pk: 2})
    ann.draws(ann.stroke())
    assert seqs(ann) == [1, 2, 3]


def test_a_hint_of_what_is_not_there_does_no_harm(ann, bob, drawing, elsewhere):
    ann.joins(drawing)
    live.drawings.hear({drawing.pk: 7, drawing.pk + 1: 7})
    write(elsewhere, drawing, bob, bob.stroke())
    live.drawings.hear({drawing.pk: 1})
    until(lambda: seqs(ann) == [1])
    ann.draws(ann.stroke())
    assert seqs(ann) == [1, 2]


def test_what_is_read_and_what_is_committed_here_keep_one_order(
    ann, bob, drawing, elsewhere
):
    bob.joins(drawing)
    for _ in range(5):
        write(elsewhere, drawing, ann, ann.stroke())
        bob.says("op", op=wire(bob.stroke()))
        live.drawings.hear({drawing.pk: drawing.ops.count()})
    until(lambda: len(seqs(bob)) >= 10)
    heard = seqs(bob)
    assert [seq for at, seq in enumerate(heard) if seq not in heard[:at]] == [
        *range(1, 11)
    ]


@pytest.mark.usefixtures("impatient")
def test_what_could_not_be_saved_is_saved_when_it_comes_again(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    stroke = ann.stroke()
    with locked("canvas_drawing"):
        ann.draws(stroke)
        assert codes(ann) == ["not-saved"]
    ann.draws(stroke)
    assert seqs(ann) == seqs(bob) == [1]
    assert codes(bob) == []


@pytest.mark.usefixtures("impatient")
def test_an_undo_does_not_overtake_a_stroke_that_was_not_saved(ann, drawing):
    ann.joins(drawing)
    stroke = ann.stroke()
    hide = ann.hide(stroke.id)
    with locked("canvas_drawing"):
        ann.draws(stroke)
    ann.draws(hide)
    assert codes(ann) == ["not-saved", "not-saved"]
    ann.draws(stroke, hide)
    assert codes(ann) == ["not-saved", "not-saved"]
    assert list(drawing.ops.values_list("name", flat=True)) == [stroke.id, hide.id]


@pytest.mark.usefixtures("impatient")
def test_only_those_wait_whose_op_was_not_saved(ann, bob, drawing):
    ann.joins(drawing)
    bob.joins(drawing)
    with locked("canvas_drawing"):
        ann.draws(ann.stroke())
    bob.draws(bob.stroke())
    assert seqs(bob) == [1]
    assert codes(bob) == []


@pytest.mark.usefixtures("impatient")
def test_nobody_waits_for_an_op_that_another_tab_has_brought(ann, drawing, elsewhere):
    ann.joins(drawing)
    stroke = ann.stroke()
    with locked("canvas_drawing"):
        ann.draws(stroke)
    write(elsewhere, drawing, ann, stroke)
    live.drawings.hear({drawing.pk: 1})
    until(lambda: seqs(ann) == [1])
    ann.draws(ann.stroke())
    assert seqs(ann) == [1, 2]


@pytest.mark.usefixtures("impatient")
def test_p10_whoever_comes_while_the_database_is_away_is_to_try_again(bob, drawing):
    bob.socket.connect()
    with locked("canvas_author"), pytest.raises(Refused, match="try-again"):
        bob.socket.subscribe(drawing.channel)
    bob.socket.subscribe(drawing.channel)
    assert bob.heard("welcome")


def test_p20_somebody_of_another_process_is_told_of_once_and_gone_when_missed_for_long():
    told = []
    others, carol = Others(told.append), {"id": "c1", "name": "Carol"}
    for _ in range(2):
        others.update({"c1": carol})
    assert told == [{"type": "joined", "participant": carol}]
    for _ in range(LOOKS - 1):
        others.update({})
    others.update({"c1": carol})
    for _ in range(LOOKS - 1):
        others.update({})
    assert others.shown == [carol]
    others.update({})
    assert others.shown == []
    assert told[1:] == [{"type": "left", "id": "c1"}]
