"""What is kept, and whose it is."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from accounts.people import Person, person_of
from canvas.models import Drawing, author_for, authors_of, claim
from canvas.tests.conftest import Someone
from canvas.tests.history import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return get_user_model().objects.create_user("ann")


def test_keys_are_long_and_never_the_same(ann):
    author = author_for(ann.person)
    keys = {Drawing.objects.create(owner=author).key for _ in range(20)}
    assert len(keys) == 20
    assert {len(key) for key in keys} == {22}


def test_an_author_is_shown_by_the_name_they_have_now(ann):
    author_for(ann.person)
    renamed = Person(ann.person.key, "Anna", "#112233")
    assert author_for(renamed).name == "Anna"
    assert authors_of(ann.person).get().colour == "#112233"


def test_a_guest_who_signs_in_keeps_what_they_drew(ann, user, drawing):
    claim(ann.person.key, user)
    signed_in = Person(user.key, "ann", "#112233", user)
    assert drawing.is_owned_by(signed_in)
    assert list(Drawing.objects.of(signed_in)) == [drawing]


def test_who_drew_as_a_guest_and_then_as_a_user_is_credited_once(
    ann, bob, user, drawing
):
    put(drawing, ann, ann.stroke())
    put(drawing, bob, bob.stroke())
    claim(ann.person.key, user)
    signed_in = Someone(user.key, str(user))
    signed_in.person = person_of(user)
    put(drawing, signed_in, signed_in.stroke())
    assert [one.name for one in drawing.credits()] == [str(user), "Bob"]
    assert drawing.drawers().count() == 3


def test_nobody_can_claim_what_is_somebodys_already(ann, user, drawing):
    claim(ann.person.key, user)
    thief = get_user_model().objects.create_user("thief")
    claim(ann.person.key, thief)
    assert authors_of(ann.person).get().user == user


def test_a_private_drawing_is_seen_by_its_owner_alone(ann, stranger, drawing):
    drawing.visibility = Drawing.Visibility.PRIVATE
    assert drawing.may_be_seen_by(ann.person)
    assert not drawing.may_be_seen_by(stranger.person)


def test_an_unlisted_drawing_is_seen_by_whoever_has_the_link(stranger, drawing):
    assert drawing.may_be_seen_by(stranger.person)


def test_the_gallery_shows_public_finished_drawings_with_something_on_them(ann):
    owner, public = author_for(ann.person), Drawing.Visibility.PUBLIC
    done = {"owner": owner, "finished_at": timezone.now()}
    Drawing.objects.create(owner=owner, visibility=public, head=1)
    Drawing.objects.create(**done, head=1)
    Drawing.objects.create(**done, visibility=public)
    finished = [
        Drawing.objects.create(**done, visibility=public, head=1) for _ in range(2)
    ]
    Drawing.objects.filter(pk=finished[0].pk).update(
        finished_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    assert list(Drawing.objects.gallery()) == finished[::-1]


def test_credits_name_who_drew_in_the_order_of_their_first_op(drawing, ann, bob):
    put(drawing, bob, bob.stroke())
    put(drawing, ann, ann.stroke())
    put(drawing, bob, bob.stroke())
    assert [author.name for author in drawing.credits()] == ["Bob", "Ann"]


def test_who_only_removed_what_others_drew_is_not_credited(drawing, ann, bob):
    put(drawing, bob, bob.stroke())
    put(drawing, ann, ann.remove(), moderates=True)
    assert [author.name for author in drawing.credits()] == ["Bob"]
    assert [author.name for author in drawing.authors()] == ["Bob", "Ann"]


def test_what_is_hidden_hangs_nowhere(drawing, ann):
    Drawing.objects.update(visibility="public", is_hidden=True, head=1)
    assert not Drawing.objects.in_progress().exists()
    Drawing.objects.update(finished_at=timezone.now())
    assert not Drawing.objects.gallery().exists()
