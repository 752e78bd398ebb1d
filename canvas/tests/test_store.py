"""The one writer of the log."""

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from canvas import store
from canvas.engine import codec
from canvas.history.verify import verify
from canvas.models import Drawing, author_for
from canvas.standing import Standing
from canvas.store import Entry, Proposal, Store

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def log():
    """A store, and what came of each op put into it."""
    kept = Log()
    yield kept
    kept.store.close()


class Log:
    """A store with the outcomes of what it was given."""

    def __init__(self):
        self.store = Store()
        self.outcomes = []

    def append(self, drawing, who, *ops, moderates=False):
        author_for(who.person)
        mine = frozenset({who.person.key})
        for op in ops:
            done = self.outcomes.append
            proposal = Proposal(drawing.pk, op, mine, done, moderates)
            self.store.append(proposal)

    def results(self):
        """Return the seq each op got, or the code it was rejected with."""
        self.store.drain()
        return [
            one.seq if isinstance(one, Entry) else one.code for one in self.outcomes
        ]


def test_it_numbers_ops_from_one_without_gaps(log, drawing, ann, bob):
    log.append(drawing, ann, ann.stroke(), ann.stroke())
    log.append(drawing, bob, bob.stroke())
    assert log.results() == [1, 2, 3]
    assert list(drawing.ops.values_list("seq", "author_id")) == [
        (1, ann.person.key),
        (2, ann.person.key),
        (3, bob.person.key),
    ]
    drawing.refresh_from_db()
    assert drawing.head == 3


def test_what_it_keeps_is_the_op_as_it_was_encoded(log, drawing, ann):
    stroke = ann.stroke((1, 2), (30, 40))
    log.append(drawing, ann, stroke)
    log.results()
    [kept] = store.since(drawing.pk, 0, 10)
    assert codec.decode_bytes(kept.data) == stroke


def test_each_drawing_has_its_own_numbers(log, drawing, ann, bob):
    other = Drawing.objects.create(owner=author_for(bob.person))
    log.append(drawing, ann, ann.stroke())
    log.append(other, bob, bob.stroke())
    log.append(drawing, ann, ann.stroke())
    assert log.results() == [1, 1, 2]


def test_an_op_sent_twice_is_kept_once_with_the_seq_it_has(log, drawing, ann):
    stroke = ann.stroke()
    log.append(drawing, ann, stroke, stroke)
    log.append(drawing, ann, ann.stroke(), stroke)
    assert log.results() == [1, 1, 2, 1]
    assert drawing.ops.count() == 2


def test_a_stroke_may_be_hidden_as_soon_as_it_was_proposed(log, drawing, ann):
    stroke = ann.stroke()
    log.append(drawing, ann, stroke, ann.hide(stroke.id))
    assert log.results() == [1, 2]


def test_the_rules_are_held_against_the_log(log, drawing, ann, bob):
    stroke = ann.stroke()
    hide = ann.hide(stroke.id)
    log.append(drawing, ann, stroke, ann.hide("annannannann.zz"), hide)
    log.append(drawing, bob, bob.hide(stroke.id))
    log.append(drawing, ann, ann.hide(hide.id))
    assert log.results() == [1, "no-such-op", 2, "not-yours", "no-such-op"]


def test_nothing_is_drawn_on_a_locked_or_a_deleted_layer(log, drawing, ann, bob):
    log.append(drawing, ann, ann.layer(1, locked=True), ann.layer(2, deleted=True))
    log.append(drawing, bob, bob.stroke(layer=1), bob.clear(1), bob.stroke(layer=2))
    log.append(drawing, bob, bob.layer(2, name="Sky"), bob.stroke(layer=3))
    locked, gone = "layer-locked", "no-such-layer"
    assert log.results() == [1, 2, locked, locked, gone, gone, 3]


def test_a_layer_unlocked_or_brought_back_is_drawn_on_again(log, drawing, ann, bob):
    lock, delete = ann.layer(1, locked=True), ann.layer(2, deleted=True)
    log.append(drawing, ann, lock, delete, ann.hide(lock.id))
    log.append(drawing, bob, bob.stroke(layer=1), bob.layer(2, deleted=False))
    log.append(drawing, bob, bob.stroke(layer=2))
    log.append(drawing, ann, ann.show(lock.id))
    log.append(drawing, bob, bob.stroke(layer=1))
    assert log.results() == [1, 2, 3, 4, 5, 6, 7, "layer-locked"]


def test_a_lock_holds_in_every_process_and_after_a_restart(log, drawing, ann, bob):
    log.append(drawing, bob, bob.stroke(layer=1))
    log.results()
    other, lock = Log(), ann.layer(1, locked=True)
    other.append(drawing, ann, lock)
    assert other.results() == [2]
    log.append(drawing, bob, bob.stroke(layer=1))
    assert log.results() == [1, "layer-locked"]
    other.append(drawing, ann, ann.hide(lock.id))
    assert other.results() == [2, 3]
    log.append(drawing, bob, bob.stroke(layer=1), bob.layer(1, locked=True))
    assert log.results() == [1, "layer-locked", 4, 5]
    restarted = Log()
    restarted.append(drawing, ann, ann.stroke(layer=1))
    assert restarted.results() == ["layer-locked"]
    other.store.close()
    restarted.store.close()


def test_a_lock_that_was_not_saved_locks_nothing(log, drawing, ann, bob, monkeypatch):
    append = store.append_part

    def fail_afterwards(*part):
        append(*part)
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr(store, "append_part", fail_afterwards)
        log.append(drawing, ann, ann.layer(1, locked=True))
        assert log.results() == ["not-saved"]
    log.append(drawing, bob, bob.stroke(layer=1))
    assert log.results() == ["not-saved", 1]


def test_a_damaged_layer_op_says_nothing(log, drawing, ann, bob):
    log.append(drawing, ann, ann.layer(1, locked=True), ann.layer(2, locked=True))
    log.results()
    drawing.ops.filter(seq=1).update(data=b"{")
    drawing.refresh_from_db()
    standing = Standing()
    standing.follow(drawing)
    assert standing.layers.locked == {2}


def test_only_somebody_who_moderates_removes_what_others_drew(log, drawing, ann, bob):
    stroke = bob.stroke()
    log.append(drawing, bob, stroke)
    log.append(drawing, ann, ann.remove(stroke.id), ann.remove(author=bob.person.key))
    log.append(drawing, ann, ann.remove(stroke.id), moderates=True)
    log.append(drawing, bob, bob.show(stroke.id), bob.hide(f"{ann.person.key}.3"))
    assert log.results() == [1, "not-yours", "not-yours", 2, 3, "not-yours"]


def test_a_drawing_all_of_which_is_removed_is_hidden_until_that_is_undone(
    log, drawing, ann, bob
):
    log.append(drawing, bob, bob.stroke())
    remove = ann.remove()
    for op, is_hidden in (
        (remove, True),
        (ann.hide(remove.id), False),
        (ann.show(remove.id), True),
    ):
        log.append(drawing, ann, op, moderates=True)
        log.results()
        drawing.refresh_from_db()
        assert drawing.is_hidden == is_hidden


def test_a_finished_drawing_can_be_moderated(log, drawing, ann, bob):
    log.append(drawing, bob, bob.stroke())
    log.results()
    Drawing.objects.update(finished_at=timezone.now())
    log.append(drawing, ann, ann.remove())
    log.append(drawing, ann, ann.remove(), moderates=True)
    assert log.results() == [1, "watch-only", 2]


def test_nothing_is_drawn_on_a_finished_drawing(log, drawing, ann):
    Drawing.objects.update(finished_at=timezone.now())
    log.append(drawing, ann, ann.stroke())
    assert log.results() == ["watch-only"]


def test_a_drawing_that_is_gone_takes_nothing(log, drawing, ann):
    drawing.delete()
    log.append(drawing, ann, ann.stroke())
    assert log.results() == ["no-such-drawing"]


def test_ops_waiting_together_share_a_commit(log, drawing, ann, monkeypatch):
    commits = []
    commit = store.commit
    monkeypatch.setattr(
        store,
        "commit",
        lambda batch, *about: commits.append(len(batch)) or commit(batch, *about),
    )
    log.append(drawing, ann, *[ann.stroke() for _ in range(20)])
    assert log.results() == list(range(1, 21))
    assert commits == [20]


def test_a_drawing_whose_rows_fail_does_not_hold_up_another(
    log, drawing, ann, bob, monkeypatch
):
    broken = Drawing.objects.create(owner=author_for(bob.person))
    append = store.append_part

    def fail_for_broken(part, *about):
        if part[0].drawing == broken.pk:
            raise DatabaseError
        return append(part, *about)

    monkeypatch.setattr(store, "append_part", fail_for_broken)
    log.append(drawing, ann, ann.stroke())
    log.append(broken, bob, bob.stroke())
    log.append(drawing, ann, ann.stroke())
    assert log.results() == [1, "not-saved", 2]
    assert broken.ops.count() == 0


def test_a_database_that_comes_back_takes_the_op_again(log, drawing, ann, monkeypatch):
    stroke = ann.stroke()
    with monkeypatch.context() as broken:
        broken.setattr(store, "append_part", fail)
        log.append(drawing, ann, stroke)
        assert log.results() == ["not-saved"]
    log.append(drawing, ann, stroke)
    assert log.results() == ["not-saved", 1]


def test_what_waits_behind_an_op_that_was_not_saved_is_not_saved_either(
    log, drawing, ann, bob, monkeypatch
):
    other = Drawing.objects.create(owner=author_for(bob.person))
    append, failures = store.append_part, iter([fail, fail])
    monkeypatch.setattr(store, "BATCH", 1)
    monkeypatch.setattr(
        store, "append_part", lambda *part: next(failures, append)(*part)
    )
    stroke = ann.stroke()
    log.append(drawing, ann, stroke, ann.hide(stroke.id))
    log.append(other, bob, bob.stroke())
    assert sorted(map(str, log.results())) == ["1", "not-saved", "not-saved"]
    log.append(drawing, ann, stroke, ann.hide(stroke.id))
    assert log.results()[3:] == [1, 2]


def test_a_mistake_of_ours_leaves_nobody_without_an_answer(
    log, drawing, ann, monkeypatch
):
    with monkeypatch.context() as broken:
        broken.setattr(
            store, "append_part", lambda part, *about: part.nothing_like_that
        )
        log.append(drawing, ann, ann.stroke())
        assert log.results() == ["not-saved"]
    log.append(drawing, ann, ann.stroke())
    assert log.results() == ["not-saved", 1]


def fail(rows, standings):
    raise DatabaseError


@pytest.mark.parametrize("data", [b'{"t": "str', b"{}", b"[]", b"\xff\xfe", b""])
def test_a_damaged_row_is_passed_over(log, drawing, ann, data):
    log.append(drawing, ann, ann.stroke(), ann.stroke())
    log.results()
    drawing.ops.filter(seq=1).update(data=data)
    damaged, whole = store.since(drawing.pk, 0, 10)
    assert damaged.data == b"null"
    assert codec.decode_bytes(whole.data).t == "stroke"


def test_rows_that_are_gone_are_passed_over_like_damaged_ones(log, drawing, ann):
    log.append(drawing, ann, *[ann.stroke() for _ in range(6)])
    log.results()
    drawing.ops.filter(seq__in=[1, 4]).delete()
    found = store.since(drawing.pk, 0, 10)
    assert [one.seq for one in found] == [1, 2, 3, 4, 5, 6]
    assert [one.seq for one in found if one.data == b"null"] == [1, 4]
    assert [one.seq for one in store.since(drawing.pk, 2, 3)] == [3, 4, 5]


def test_a_commit_that_fails_leaves_the_chain_as_it_was(log, drawing, ann, monkeypatch):
    log.append(drawing, ann, ann.stroke())
    log.results()
    with monkeypatch.context() as broken:
        broken.setattr(store.Row.objects, "bulk_create", fail)
        log.append(drawing, ann, ann.stroke())
        log.results()
    log.append(drawing, ann, ann.stroke())
    assert log.results() == [1, "not-saved", 2]
    assert verify(drawing) is None


def test_a_commit_is_on_the_disk_when_it_returns(db):
    """Source: https://www.sqlite.org/pragma.html#pragma_synchronous; 2 is FULL."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's synchronous_commit is on unless switched off")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
