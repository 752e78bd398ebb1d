"""What moderators take out of a picture, and bring back (P69)."""

import pytest
from django.urls import reverse

from canvas import live
from canvas.history.verify import verify
from canvas.models import Drawing
from canvas.pictures.paintings import allowed
from canvas.tests.history import log_of, put, scene_of
from canvas.tests.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def quiet(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    yield
    live.drawings.store.close()


@pytest.fixture
def drawn(drawing, ann, bob):
    """A public drawing by Ann and Bob."""
    put(drawing, ann, ann.stroke())
    put(drawing, bob, bob.stroke(), bob.clear())
    put(drawing, ann, ann.stroke())
    drawing.visibility = "public"
    drawing.save()
    return drawing


def rules(who, drawing, act, what=""):
    """Have somebody ask for a ruling."""
    address = reverse("moderation", args=[drawing.key])
    return who.post(address, {"act": act, "what": what})


def seen(drawing):
    """Return whose marks one sees."""
    return [one.id.partition(".")[0][:3] for one in scene_of(drawing).strokes()]


def last_name(drawing):
    return log_of(drawing)[-1][2]


def test_all_that_somebody_drew_is_taken_out_and_brought_back(sue, drawn, bob):
    assert seen(drawn) == ["ann"]
    assert rules(sue, drawn, "remove-author", bob.person.key).status_code == 302
    assert seen(drawn) == ["ann", "ann"]  # the clear is gone with its author
    removed = last_name(drawn)
    rules(sue, drawn, "bring-back", removed)
    assert seen(drawn) == ["ann"]
    rules(sue, drawn, "remove-again", removed)
    assert seen(drawn) == ["ann", "ann"]
    drawn.refresh_from_db()
    assert verify(drawn) is None


def test_a_single_stroke_is_taken_out(sue, drawn):
    rules(sue, drawn, "remove-op", last_name(drawn))
    assert seen(drawn) == []


def test_a_drawing_taken_out_whole_leaves_home_and_gallery(sue, drawn):
    rules(sue, drawn, "remove-all")
    assert seen(drawn) == []
    assert not Drawing.objects.in_progress().exists()
    rules(sue, drawn, "bring-back", last_name(drawn))
    assert Drawing.objects.in_progress().exists()


def test_those_who_are_there_see_it_at_once(sue, drawn, ann):
    ann.joins(drawn)
    rules(sue, drawn, "remove-all")
    [[_, _, op]] = ann.heard("ops")[-1]["ops"]
    assert (op["t"], op["ops"], op["author"]) == ("remove", None, None)
    ann.socket.disconnect()


def test_the_author_brings_nothing_back_themself(sue, drawn, bob):
    rules(sue, drawn, "remove-author", bob.person.key)
    bob.joins(drawn)
    bob.draws(bob.hide(last_name(drawn)))
    assert bob.heard("rejected")[-1]["code"] == "not-yours"
    bob.socket.disconnect()


def test_nobody_else_moderates_or_learns_that_there_is_such_a_page(drawn, ann):
    visitor = Visitor()
    address = reverse("moderation", args=[drawn.key])
    assert visitor.get(address).status_code == 404
    assert rules(visitor, drawn, "remove-all").status_code == 404
    assert seen(drawn) == ["ann"]
    assert address not in visitor.get(reverse("replay", args=[drawn.key])).text


@pytest.mark.parametrize(
    ("act", "what"),
    [
        ("burn", ""),
        ("remove-op", ""),
        ("remove-op", "nonsense"),
        ("remove-author", "No Key!"),
        ("bring-back", ""),
    ],
)
def test_what_makes_no_sense_is_not_done(sue, drawn, act, what):
    assert rules(sue, drawn, act, what).status_code == 422
    assert len(log_of(drawn)) == 4


def test_what_is_not_there_is_said_to_be_so(sue, drawn):
    address = reverse("moderation", args=[drawn.key])
    given = {"act": "remove-op", "what": "nobody.1"}
    assert "nothing like that" in sue.post(address, given, follow=True).text
    assert len(log_of(drawn)) == 4


def test_the_page_tells_who_drew_and_what_was_taken_out(sue, drawn, bob):
    rules(sue, drawn, "remove-author", bob.person.key)
    page = sue.get(reverse("moderation", args=[drawn.key])).text
    assert "All that <bdi>Bob</bdi> had drawn" in page
    assert "2 steps" in page
    assert "sue" in page
    assert (
        reverse("moderation", args=[drawn.key])
        in sue.get(reverse("replay", args=[drawn.key])).text
    )


def test_a_film_shows_nothing_that_was_taken_out(sue, drawn, bob):
    everything = list(drawn.ops.order_by("seq").values_list("seq", "data"))
    assert allowed(everything) == everything
    rules(sue, drawn, "remove-author", bob.person.key)
    numbered = list(drawn.ops.order_by("seq").values_list("seq", "data"))
    assert [seq for seq, _ in allowed(numbered)] == [1, 4]


def test_no_picture_is_made_of_a_moment_that_shows_what_was_taken_out(sue, drawn):
    past = f"{reverse('picture', args=[drawn.key])}?seq=2"
    assert Visitor().get(past).status_code == 202
    rules(sue, drawn, "remove-op", log_of(drawn)[1][2])
    assert Visitor().get(past).status_code == 400
    rules(sue, drawn, "bring-back", last_name(drawn))
    assert Visitor().get(past).status_code == 202


def test_whoever_moderates_is_not_credited(sue, drawn):
    rules(sue, drawn, "remove-all")
    assert [one.name for one in drawn.credits()] == ["Ann", "Bob"]
