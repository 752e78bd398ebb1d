"""The admin gallery."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from canvas.models import Worker, author_for
from canvas.tests.test_tasks import enqueued, make_preview, put

pytestmark = pytest.mark.django_db
DRAWINGS = "/admin/canvas/drawing/"


@pytest.fixture
def admin(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(get_user_model().objects.create_superuser("admin"))
    return client


def test_it_shows_drawings_with_their_pictures_and_contributors(admin, drawing, ann):
    put(drawing, ann, ann.stroke())
    make_preview(drawing)
    page = admin.get(DRAWINGS).content.decode()
    assert f"/d/{drawing.key}/thumbnail.webp" in page
    assert f"/d/{drawing.key}/" in page
    assert "Ann" in page


def test_an_administrator_sees_the_picture_of_a_private_drawing(admin, drawing, ann):
    put(drawing, ann, ann.stroke())
    drawing.visibility = "private"
    drawing.save()
    make_preview(drawing)
    response = admin.get(f"/d/{drawing.key}/thumbnail.webp")
    assert response.status_code == 200
    response.close()


def test_drawings_are_filtered_by_being_finished(admin, drawing, ann):
    drawing.title = "In progress"
    drawing.save()
    author_for(ann.person).drawings.create(title="Done", finished_at=timezone.now())
    page = admin.get(DRAWINGS, {"finished_at__isempty": "0"}).content.decode()
    assert "Done" in page
    assert "In progress</a>" not in page


def test_pictures_are_rendered_again_when_asked(admin, drawing, ann):
    put(drawing, ann, ann.stroke())
    make_preview(drawing)
    form = {"action": "render_again", "_selected_action": [drawing.pk]}
    admin.post(DRAWINGS, form)
    assert enqueued()[-1] == drawing.pictures.get().pk


def test_it_tells_what_could_not_be_made_and_why(admin, drawing):
    drawing.pictures.create(
        seq=7, kind="timelapse-gif", state="failed", code="too-long"
    )
    page = admin.get("/admin/canvas/picture/", {"state": "failed"}).content.decode()
    assert "too-long" in page
    assert "timelapse-gif" in page
    assert admin.get("/admin/canvas/picture/add/").status_code == 403


def test_pictures_are_filtered_by_what_went_wrong_where_something_did(admin, drawing):
    drawing.pictures.create(seq=1, kind="png", size="1x")
    drawing.pictures.create(seq=2, kind="png", size="1x", code="too-long")
    page = admin.get("/admin/canvas/picture/").content.decode()
    assert 'href="?code=too-long"' in page
    assert 'href="?code="' not in page


def test_it_shows_the_workers_that_live(admin):
    Worker.objects.create(name="w", host="attic", pid=42, seen_at=timezone.now())
    page = admin.get("/admin/canvas/worker/").content.decode()
    assert "attic" in page


def test_a_drawing_has_a_page_of_its_own(admin, drawing):
    page = admin.get(f"{DRAWINGS}{drawing.pk}/change/").content.decode()
    assert drawing.key in page
