"""A new drawing that begins as another one was."""

import pytest
from django.urls import reverse

from canvas.history import fork
from canvas.history.verify import verify
from canvas.models import Drawing, author_for
from canvas.tests.history import log_of, put, scene_of
from canvas.tests.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drawn(drawing, ann, bob):
    """A drawing with four ops, by Ann and Bob."""
    stroke = ann.stroke()
    put(drawing, ann, stroke, ann.stroke())
    put(drawing, bob, bob.stroke())
    put(drawing, ann, ann.hide(stroke.id))
    return drawing


@pytest.fixture
def carol():
    return Visitor()


def forked(visitor, drawing, seq):
    """Return the drawing that somebody's fork leads to."""
    response = visitor.post(reverse("fork", args=[drawing.key]), {"seq": seq})
    assert response.status_code == 302
    return Drawing.objects.get(key=response.url.strip("/").rpartition("/")[2])


def test_a_fork_has_the_log_up_to_the_moment_it_was_made_at(drawn, carol):
    child = forked(carol, drawn, 3)
    assert log_of(child) == log_of(drawn)[:3]
    assert (child.head, child.parent, child.parent_seq) == (3, drawn, 3)
    assert child.is_owned_by(carol.person)


def test_a_fork_credits_those_who_drew_before(drawn, carol):
    names = [author.name for author in forked(carol, drawn, 4).credits()]
    assert names == ["Ann", "Bob"]


def test_a_fork_goes_on_where_it_begins_and_its_parent_does_not_notice(
    drawn, carol, ann
):
    child = forked(carol, drawn, 3)
    put(child, ann, ann.stroke())
    put(drawn, ann, ann.stroke())
    assert (child.head, drawn.head) == (4, 5)
    assert log_of(child)[3] != log_of(drawn)[3]
    assert verify(child) is None
    assert verify(drawn) is None


def test_ones_own_strokes_can_be_undone_in_a_fork(drawn, carol, ann):
    child = forked(carol, drawn, 3)
    own = log_of(child)[1][2]
    put(child, ann, ann.hide(own))
    assert own not in [stroke.id for stroke in scene_of(child).strokes()]
    assert own in [stroke.id for stroke in scene_of(drawn).strokes()]


def test_what_a_moderator_has_removed_since_is_not_in_a_fork(drawn, carol, ann, bob):
    theirs = log_of(drawn)[2][2]
    put(drawn, ann, ann.remove(theirs), moderates=True)
    child = forked(carol, drawn, 3)
    assert (child.head, child.parent_seq) == (4, 3)
    assert theirs not in [stroke.id for stroke in scene_of(child).strokes()]
    assert verify(child) is None


def test_nor_what_was_brought_back_only_before_and_removed_again(drawn, carol, ann):
    remove = ann.remove(author="bobbobbobbob")
    put(drawn, ann, remove, ann.hide(remove.id), moderates=True)
    assert forked(carol, drawn, 5).head == 5
    assert forked(carol, drawn, 3).head == 3
    put(drawn, ann, ann.show(remove.id), moderates=True)
    child = forked(carol, drawn, 6)
    assert all(not one.id.startswith("bob") for one in scene_of(child).strokes())


def test_a_fork_of_a_hidden_drawing_is_hidden(drawn, carol, ann):
    put(drawn, ann, ann.remove(), moderates=True)
    child = forked(carol, drawn, 3)
    assert child.is_hidden
    assert scene_of(child).strokes() == []


def test_a_removed_stroke_is_in_no_fork_from_before_it_was_drawn(drawn, carol, ann):
    put(drawn, ann, ann.remove(log_of(drawn)[2][2]), moderates=True)
    assert forked(carol, drawn, 2).head == 2


def test_a_fork_of_many_ops_is_a_whole_drawing_after_each_commit(
    drawing, ann, bob, monkeypatch
):
    put(drawing, ann, *[ann.stroke() for _ in range(7)])
    monkeypatch.setattr(fork, "PART", 3)
    copied, copy = [], fork.copy

    def watch(parent, child, seq):
        copy(parent, child, seq)
        copied.append((child.head, child.parent_seq, verify(child)))

    monkeypatch.setattr(fork, "copy", watch)
    fork.fork(drawing, 7, author_for(bob.person))
    assert copied == [(3, 3, None), (6, 6, None), (7, 7, None)]


def test_a_fork_from_before_the_first_op_is_empty(drawn, carol):
    child = forked(carol, drawn, 0)
    assert (child.head, log_of(child), verify(child)) == (0, [], None)


def test_a_fork_of_a_fork_remembers_its_own_parent(drawn, carol):
    child = forked(carol, drawn, 3)
    assert forked(carol, child, 2).parent == child


@pytest.mark.parametrize("seq", ["5", "-1", "", "x"])
def test_there_is_no_fork_from_a_moment_that_was_not(drawn, carol, seq):
    response = carol.post(reverse("fork", args=[drawn.key]), {"seq": seq})
    assert response.status_code == 400
    assert Drawing.objects.count() == 1


def test_a_private_drawing_is_forked_by_nobody_else(drawn, carol):
    Drawing.objects.update(visibility=Drawing.Visibility.PRIVATE)
    private = carol.post(reverse("fork", args=[drawn.key]), {"seq": 1})
    missing = carol.post(reverse("fork", args=["x" * 22]), {"seq": 1})
    assert private.status_code == missing.status_code == 404
    assert private.content == missing.content
    assert Drawing.objects.count() == 1


def test_a_fork_of_ones_private_drawing_is_private(carol, ann):
    own = carol.starts()
    put(own, ann, ann.stroke())
    Drawing.objects.update(visibility=Drawing.Visibility.PRIVATE)
    assert forked(carol, own, 1).visibility == Drawing.Visibility.PRIVATE


def test_following_a_link_forks_nothing(drawn, carol):
    assert carol.get(reverse("fork", args=[drawn.key])).status_code == 405


def test_a_fork_says_where_it_comes_from_and_leads_there(drawn, carol):
    Drawing.objects.update(title="Sunset")
    page = replay_of(carol, forked(carol, drawn, 3))
    assert f'href="/d/{drawn.key}/replay/?at=3"' in page
    assert "at step 3" in page


def test_a_fork_keeps_to_itself_what_is_private_by_now(drawn, carol):
    child = forked(carol, drawn, 3)
    Drawing.objects.filter(pk=drawn.pk).update(visibility="private", title="Secret")
    page = replay_of(carol, child)
    assert "from another drawing at step 3" in page
    assert "Secret" not in page
    assert drawn.key not in page


def test_a_fork_outlives_its_parent(drawn, carol):
    child = forked(carol, drawn, 3)
    drawn.delete()
    assert "from another drawing at step 3" in replay_of(carol, child)
    child.refresh_from_db()
    assert verify(child) is None


def replay_of(visitor, drawing):
    """Return a drawing's replay page as HTML."""
    return visitor.get(reverse("replay", args=[drawing.key])).content.decode()
