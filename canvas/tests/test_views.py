"""The pages of the drawing app."""

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from accounts.middleware import COOKIE
from canvas.models import Drawing, author_for
from canvas.tests.test_tasks import make_preview, put
from canvas.tests.visitor import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def other():
    return Visitor()


def test_a_drawing_is_started_in_one_click_without_an_account(visitor):
    response = visitor.post("/new/", follow=True)
    assert response.status_code == 200
    assert response.templates[0].name == "canvas/draw.html"
    drawing = Drawing.objects.get()
    assert drawing.is_owned_by(visitor.person)


def test_following_a_link_starts_no_drawing(visitor):
    assert visitor.get("/new/").status_code == 405
    assert not Drawing.objects.exists()


def test_whoever_has_the_link_may_draw(visitor, other):
    response = other.get(visitor.starts().get_absolute_url())
    assert response.status_code == 200
    assert response.templates[0].name == "canvas/draw.html"


@pytest.fixture
def blue():
    """Return a function that makes a visitor whom chance, or they themselves, gave the colour Ann has."""

    def visit(ann, *, is_new):
        guest = ["blueblueblue", "Blue", ann.person.colour, is_new]
        visitor = Visitor()
        visitor.cookies[COOKIE] = signing.dumps(guest, salt=COOKIE)
        return visitor

    return visit


@pytest.mark.django_db(transaction=True)  # who joins is asked about by a thread
def test_a_new_guest_is_told_apart_from_whom_they_find_in_a_drawing(ann, drawing, blue):
    ann.joins(drawing)
    visitor = blue(ann, is_new=True)
    visitor.get(drawing.get_absolute_url())
    first = visitor.person
    assert first.colour != ann.person.colour
    visitor.get(drawing.get_absolute_url())
    assert visitor.person == first


@pytest.mark.django_db(transaction=True)  # who joins is asked about by a thread
def test_a_guest_who_has_a_colour_for_good_keeps_it(ann, drawing, blue):
    ann.joins(drawing)
    visitor = blue(ann, is_new=False)
    visitor.get(drawing.get_absolute_url())
    assert visitor.person.colour == ann.person.colour


@pytest.mark.parametrize("page", ["drawing", "picture", "thumbnail"])
def test_a_private_drawing_is_not_told_from_none(visitor, other, page):
    drawing = visitor.starts()
    drawing.visibility = Drawing.Visibility.PRIVATE
    drawing.save()
    private = other.get(reverse(page, args=[drawing.key]))
    missing = other.get(reverse(page, args=["x" * 22]))
    assert private.status_code == missing.status_code == 404
    assert private.content == missing.content


@pytest.mark.parametrize("action", ["finish", "reopen", "share"])
def test_only_the_owner_finishes_reopens_and_shares(visitor, other, action):
    drawing = visitor.starts()
    data = {"title": "Mine now", "visibility": "public"}
    response = other.post(reverse(action, args=[drawing.key]), data)
    assert response.status_code == 404
    drawing.refresh_from_db()
    assert (drawing.title, drawing.is_public, drawing.is_finished) == ("", False, False)


def test_finishing_hangs_a_drawing_in_the_gallery(visitor, other, ann):
    drawing = visitor.starts()
    put(drawing, ann, ann.stroke())
    address = reverse("finish", args=[drawing.key])
    response = visitor.post(address, {"title": "Sunset", "in_gallery": "on"})
    assert response.url == drawing.get_absolute_url()
    assert "Sunset" in other.get("/gallery/").content.decode()
    assert other.get(response.url).templates[0].name == "canvas/finished.html"


def test_whoever_is_shown_a_finished_drawing_may_start_one(visitor, other, ann):
    drawing = visitor.starts()
    put(drawing, ann, ann.stroke())
    visitor.post(reverse("finish", args=[drawing.key]), {"title": "Sunset"})
    page, own = (
        one.get(drawing.get_absolute_url()).content.decode() for one in (other, visitor)
    )
    assert f'action="{reverse("start")}"' in page
    assert f'action="{reverse("start")}"' not in own


def test_a_drawing_can_be_finished_for_those_with_the_link_alone(visitor, other):
    drawing = visitor.starts()
    visitor.post(reverse("finish", args=[drawing.key]), {"title": "Ours"})
    assert "Ours" not in other.get("/gallery/").content.decode()
    assert "Ours" in other.get(drawing.get_absolute_url()).content.decode()


def test_a_drawing_that_everyone_saw_being_drawn_need_not_hang_in_the_gallery(
    visitor, other, ann
):
    drawing = visitor.starts()
    put(drawing, ann, ann.stroke())
    visitor.post(reverse("share", args=[drawing.key]), {"visibility": "public"})
    visitor.post(reverse("finish", args=[drawing.key]), {"title": "Ours"})
    assert "Ours" not in other.get("/gallery/").content.decode()
    assert other.get(drawing.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("visibility", ["private", "unlisted", "public"])
def test_a_private_drawing_goes_into_the_gallery_only_when_one_says_so(
    visitor, visibility
):
    drawing = visitor.starts()
    visitor.post(reverse("share", args=[drawing.key]), {"visibility": visibility})
    form = visitor.get(drawing.get_absolute_url()).context["finish_form"]
    assert form["in_gallery"].value() is (visibility != "private")


@pytest.mark.parametrize("title", ["  ", "\u200b\u202e", "\u200d"])
def test_a_drawing_needs_a_title_to_be_finished(visitor, title):
    drawing = visitor.starts()
    response = visitor.post(reverse("finish", args=[drawing.key]), {"title": title})
    assert response.status_code == 422
    drawing.refresh_from_db()
    assert not drawing.is_finished


def test_a_finished_drawing_can_be_reopened(visitor):
    drawing = visitor.starts()
    visitor.post(reverse("finish", args=[drawing.key]), {"title": "Not yet"})
    visitor.post(reverse("reopen", args=[drawing.key]))
    drawing.refresh_from_db()
    assert not drawing.is_finished


def test_the_picture_is_served_with_the_seq_it_shows(visitor, ann):
    drawing = visitor.starts()
    put(drawing, ann, ann.stroke())
    make_preview(drawing)
    response = visitor.get(reverse("picture", args=[drawing.key]))
    assert response["Content-Type"] == "image/png"
    assert response["ETag"] == '"1"'
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")


def test_the_picture_can_be_downloaded(visitor, ann):
    drawing = visitor.starts()
    put(drawing, ann, ann.stroke())
    make_preview(drawing)
    response = visitor.get(reverse("picture", args=[drawing.key]), {"download": ""})
    assert response["Content-Disposition"].startswith("attachment")
    response.close()


def test_a_full_chunk_of_the_log_never_changes(visitor, ann, monkeypatch):
    monkeypatch.setattr("canvas.views.history.LOG_CHUNK", 2)
    drawing = visitor.starts()
    put(drawing, ann, *[ann.stroke() for _ in range(5)])
    response = visitor.get(reverse("log_chunk", args=[drawing.key, 1]))
    assert [seq for seq, _, _ in response.json()] == [3, 4]
    assert "immutable" in response["Cache-Control"]
    unfinished = visitor.get(reverse("log_chunk", args=[drawing.key, 2]))
    assert unfinished.status_code == 404


def test_home_shows_public_drawings_in_progress_and_no_others(visitor, ann):
    author = author_for(ann.person)
    shown = {"owner": author, "head": 1}
    Drawing.objects.create(title="Come in", visibility="public", **shown)
    Drawing.objects.create(title="Ours alone", **shown)
    page = visitor.get("/").content.decode()
    assert "Come in" in page
    assert "Ours alone" not in page


def test_the_gallery_has_pages(visitor, ann):
    author = author_for(ann.person)
    for number in range(30):
        Drawing.objects.create(
            title=f"Number {number}.",
            owner=author,
            visibility="public",
            head=1,
            finished_at=timezone.now(),
        )
    first = visitor.get("/gallery/").content.decode()
    second = visitor.get("/gallery/?page=2").content.decode()
    assert "Number 29." in first
    assert "Number 0." not in first
    assert "Number 0." in second


def test_the_server_says_whether_it_is_well(visitor):
    assert visitor.get("/health/").json() == {"ok": True}


def test_pages_may_load_nothing_from_elsewhere(visitor):
    policy = visitor.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db(transaction=True)
def test_finishing_is_told_to_those_who_are_there(visitor, ann):
    """Protocol P46."""
    drawing = visitor.starts()
    ann.joins(drawing)
    visitor.post(reverse("finish", args=[drawing.key]), {"title": "Done"})
    assert ann.heard("finished")
    ann.socket.disconnect()
    response = visitor.post(reverse("reopen", args=[drawing.key]))
    assert response.status_code == 302
