"""A log is what it was when it was drawn, or it is known that it is not (P55)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from canvas.history import jobs
from canvas.history.chain import GENESIS, link
from canvas.history.verify import verify
from canvas.models import Drawing, author_for
from canvas.store import since
from canvas.tests.history import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(drawing, ann, bob):
    """A drawing with four ops, by Ann and Bob."""
    stroke = ann.stroke()
    put(drawing, ann, stroke, ann.stroke())
    put(drawing, bob, bob.stroke())
    put(drawing, ann, ann.hide(stroke.id))
    return drawing


def test_the_last_hash_stands_for_the_whole_log(drawn):
    expected = GENESIS
    for one in since(drawn.pk, 0, 10):
        expected = link(expected, one)
    assert bytes(drawn.head_hash) == expected


def test_ops_that_share_a_commit_are_linked_as_others_are(drawing, ann):
    put(drawing, ann, *[ann.stroke() for _ in range(5)])
    assert len({bytes(row.hash) for row in drawing.ops.all()}) == 5
    assert verify(drawing) is None


def test_a_log_that_nobody_touched_is_whole(drawn):
    assert verify(drawn) is None
    drawn.refresh_from_db()
    assert (drawn.checked_seq, drawn.fault) == (4, "")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        ({"data": b'{"t": "str'}, "unreadable"),
        ({"data": b"\xff\xfe"}, "unreadable"),
        ({"time": 1}, "wrong-hash"),
        ({"hash": GENESIS}, "wrong-hash"),
        ({"kind": "clear"}, "wrong-kind"),
        ({"name": "annannannann.99"}, "wrong-name"),
        ({"author_id": "bobbobbobbob"}, "wrong-author"),
        ({"seq": 9}, "missing"),
    ],
)
def test_it_names_the_first_bad_op(drawn, damage, code):
    drawn.ops.filter(seq=2).update(**damage)
    fault = verify(drawn)
    assert (fault.seq, fault.code) == (2, code)
    drawn.refresh_from_db()
    assert (drawn.checked_seq, drawn.fault) == (2, f"op 2: {code}")


def test_a_stroke_that_was_moved_a_little_is_noticed(drawn):
    row = drawn.ops.get(seq=3)
    drawn.ops.filter(seq=3).update(data=bytes(row.data).replace(b"144", b"145"))
    assert str(verify(drawn)) == "op 3: wrong-hash"


def test_an_op_that_was_taken_out_is_noticed(drawn):
    drawn.ops.filter(seq=3).delete()
    assert str(verify(drawn)) == "op 3: missing"


def test_a_log_that_was_cut_short_is_noticed(drawn):
    drawn.ops.filter(seq=4).delete()
    assert str(verify(drawn)) == "op 4: missing"
    Drawing.objects.filter(pk=drawn.pk).update(head=3)
    assert str(verify(drawn)) == "op 3: wrong-head"


def test_an_op_behind_the_head_is_noticed(drawn):
    Drawing.objects.filter(pk=drawn.pk).update(head=3)
    assert str(verify(drawn)) == "op 4: beyond-head"


def test_a_log_longer_than_it_is_read_at_once_is_read_whole(drawing, ann, monkeypatch):
    monkeypatch.setattr("canvas.history.verify.PART", 3)
    put(drawing, ann, *[ann.stroke() for _ in range(8)])
    assert verify(drawing) is None
    drawing.ops.filter(seq=8).update(data=b"")
    assert str(verify(drawing)) == "op 8: unreadable"


def test_the_command_names_bad_drawings_and_fails(drawn, bob):
    whole = Drawing.objects.create(owner=author_for(bob.person))
    drawn.ops.filter(seq=2).update(data=b"")
    told = StringIO()
    with pytest.raises(CommandError, match="1 of 2 drawings have a bad op") as failed:
        call_command("verify_drawings", stdout=told)
    assert failed.value.returncode == 1
    assert told.getvalue() == f"{drawn.key} op 2: unreadable\n"
    assert verify(whole) is None


def test_the_command_verifies_only_the_drawings_named(drawn, bob):
    whole = Drawing.objects.create(owner=author_for(bob.person))
    drawn.ops.filter(seq=2).update(data=b"")
    told = StringIO()
    call_command("verify_drawings", whole.key, stdout=told)
    assert told.getvalue() == "1 drawings are whole.\n"


def test_the_command_does_not_pass_over_a_drawing_that_is_not_there():
    with pytest.raises(CommandError, match="no drawing nowhere"):
        call_command("verify_drawings", "nowhere")


def test_an_administrator_has_logs_verified_and_sees_what_came_of_it(
    admin_client, drawn
):
    drawn.ops.filter(seq=2).update(data=b"")
    page = reverse("admin:canvas_drawing_changelist")
    asked = {"action": "verify_log", "_selected_action": [drawn.pk]}
    admin_client.post(page, asked)
    [waiting] = DBTaskResult.objects.ready()
    jobs.verify_log.call(*waiting.args_kwargs["args"])
    assert "op 2: unreadable" in admin_client.get(page).content.decode()


def test_a_drawing_may_be_gone_when_its_turn_to_be_verified_comes(drawing):
    pk = drawing.pk
    drawing.delete()
    jobs.verify_log.call(pk)
    assert not Drawing.objects.exists()
