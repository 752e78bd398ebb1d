"""How many drawings somebody makes at once of others, and of files."""

import io

import pytest
from django.urls import reverse

from canvas.history.pack import pack
from canvas.models import Drawing
from canvas.tests.history import put
from canvas.tests.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def few(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.ACCOUNT_RATE_LIMITS = {"fork": "2/h", "import": "2/h"}


@pytest.fixture
def drawn(drawing, ann):
    put(drawing, ann, ann.stroke())
    return drawing


def fork(visitor, drawing, address="10.0.0.1"):
    there = reverse("fork", args=[drawing.key])
    return visitor.post(there, {"seq": 1}, REMOTE_ADDR=address)


def bring(visitor, drawing):
    file = io.BytesIO(b"".join(pack(drawing)))
    file.name = "drawing.drawnby"
    return visitor.post(reverse("import"), {"file": file})


def test_a_drawing_is_forked_so_often_from_one_address(drawn):
    assert [fork(Visitor(), drawn).status_code for _ in range(3)] == [302, 302, 429]
    assert Drawing.objects.filter(parent=drawn).count() == 2
    assert fork(Visitor(), drawn, "10.0.0.2").status_code == 302


def test_whoever_forks_too_often_is_told_so(drawn):
    for _ in range(2):
        fork(Visitor(), drawn)
    page = fork(Visitor(), drawn).text
    assert "forked many drawings in a short time" in page
    assert "try again" in page


def test_what_cannot_be_forked_does_not_count(drawn):
    visitor = Visitor()
    for _ in range(3):
        visitor.post(reverse("fork", args=[drawn.key]), {"seq": 9})
    assert fork(visitor, drawn, "127.0.0.1").status_code == 302


def test_files_are_imported_so_often_from_one_address(drawn):
    visitor = Visitor()
    assert [bring(visitor, drawn).status_code for _ in range(3)] == [302, 302, 429]
    assert Drawing.objects.exclude(pk=drawn.pk).count() == 2
    assert "imported many drawings" in bring(visitor, drawn).text
    assert visitor.get(reverse("import")).status_code == 200
