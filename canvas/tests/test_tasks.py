"""Pictures from the log."""

import pytest
from django_tasks_db.models import DBTaskResult
from PIL import Image

from canvas import tasks
from canvas.engine import codec
from canvas.models import author_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Keep the pictures of a test to itself."""
    settings.MEDIA_ROOT = tmp_path


def put(drawing, who, *ops):
    """Put ops into a drawing's log."""
    author = author_for(who.person)
    for op in ops:
        drawing.head += 1
        drawing.ops.create(
            seq=drawing.head,
            name=op.id,
            author=author,
            time=0,
            kind=op.t,
            data=codec.encode(op),
        )
    drawing.save()


def picture_of(drawing):
    drawing.refresh_from_db()
    with drawing.picture.open() as file:
        return Image.open(file).convert("RGB")


def test_the_picture_shows_what_was_drawn(drawing, ann):
    put(drawing, ann, ann.stroke((100, 100), (300, 100), width=160))
    tasks.render_if_stale.call(drawing.pk)
    picture = picture_of(drawing)
    assert picture.size == (1920, 1080)
    assert picture.getpixel((200, 100)) == (0x1A, 0x2B, 0x3C)
    assert picture.getpixel((200, 200)) == (255, 255, 255)
    assert drawing.is_shown


def test_a_hidden_stroke_is_not_in_the_picture(drawing, ann):
    stroke = ann.stroke((100, 100), (300, 100))
    put(drawing, ann, stroke, ann.hide(stroke.id))
    tasks.render_if_stale.call(drawing.pk)
    assert picture_of(drawing).getpixel((200, 100)) == (255, 255, 255)


def test_those_who_drew_are_credited(drawing, ann, bob, stranger):
    put(drawing, bob, bob.stroke())
    put(drawing, ann, ann.stroke())
    tasks.render_if_stale.call(drawing.pk)
    assert {author.name for author in drawing.contributors.all()} == {"Ann", "Bob"}


def test_a_new_picture_takes_the_place_of_the_old_one(drawing, ann):
    put(drawing, ann, ann.stroke())
    tasks.render_if_stale.call(drawing.pk)
    drawing.refresh_from_db()
    old = drawing.picture.path
    put(drawing, ann, ann.stroke())
    tasks.render_if_stale.call(drawing.pk)
    drawing.refresh_from_db()
    assert drawing.picture_seq == 2
    assert not drawing.picture.storage.exists(old)


def test_rendering_again_keeps_the_picture_it_makes(drawing, ann):
    put(drawing, ann, ann.stroke())
    for _ in range(2):
        tasks.render_again.call(drawing.pk)
    assert picture_of(drawing).size == (1920, 1080)


def test_a_drawing_whose_picture_is_fresh_is_left_alone(drawing, ann):
    put(drawing, ann, ann.stroke())
    tasks.render_if_stale.call(drawing.pk)
    drawing.refresh_from_db()
    made = drawing.picture.storage.get_modified_time(drawing.picture.name)
    tasks.render_if_stale.call(drawing.pk)
    assert drawing.picture.storage.get_modified_time(drawing.picture.name) == made


def test_an_empty_drawing_needs_no_picture(drawing):
    tasks.render_if_stale.call(drawing.pk)
    drawing.refresh_from_db()
    assert not drawing.picture


def test_a_damaged_row_leaves_the_rest_of_the_picture(drawing, ann):
    put(drawing, ann, ann.stroke((100, 100), (300, 100)), ann.stroke())
    drawing.ops.filter(seq=2).update(data=b"{")
    tasks.render_if_stale.call(drawing.pk)
    assert picture_of(drawing).getpixel((200, 100)) == (0x1A, 0x2B, 0x3C)


def test_what_is_enqueued_waits_in_the_database(drawing):
    tasks.render_if_stale.enqueue(drawing.pk)
    assert DBTaskResult.objects.ready().count() == 1
