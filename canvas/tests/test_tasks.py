"""Pictures that are asked for, made and kept."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from canvas import tasks
from canvas.engine import codec
from canvas.models import Drawing, Op, Picture, author_for
from canvas.pictures.limits import Limits
from canvas.pictures.painter import Painter, Unpaintable
from canvas.pictures.recipes import Recipe
from canvas.tasks import keeping, making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

MADE, FAILED, WAITING = Picture.State.MADE, Picture.State.FAILED, Picture.State.WAITING


def put(drawing, who, *ops):
    """Put ops into a drawing's log."""
    author = author_for(who.person)
    Op.objects.bulk_create(
        Op(
            drawing=drawing,
            seq=seq,
            name=op.id,
            author=author,
            time=0,
            kind=op.t,
            data=codec.encode(op),
        )
        for seq, op in enumerate(ops, drawing.head + 1)
    )
    drawing.head += len(ops)
    drawing.save()


def make_preview(drawing):
    """Have a drawing's picture and thumbnail made, as a worker would."""
    tasks.ask_preview(drawing.pk)
    work(drawing)


def work(drawing):
    """Do what waits to be made of a drawing."""
    for picture in drawing.pictures.filter(state=WAITING).order_by("pk"):
        tasks.make.call(picture.pk)
    drawing.refresh_from_db()


def made(drawing, seq, recipe):
    """Have something made and return it."""
    picture = tasks.ask(drawing, seq, recipe)
    work(drawing)
    picture.refresh_from_db()
    return picture


def picture_of(drawing):
    drawing.refresh_from_db()
    with drawing.picture.open() as file:
        return Image.open(file).convert("RGB")


def enqueued():
    """Return which pictures wait on the queues, in their order."""
    ready = DBTaskResult.objects.order_by("enqueued_at")
    return [result.args_kwargs["args"][0] for result in ready]


def test_the_picture_shows_what_was_drawn(drawing, ann):
    put(drawing, ann, ann.stroke((100, 100), (300, 100), width=160))
    make_preview(drawing)
    picture = picture_of(drawing)
    assert picture.size == (1920, 1080)
    assert picture.getpixel((200, 100)) == (0x1A, 0x2B, 0x3C)
    assert picture.getpixel((200, 200)) == (255, 255, 255)
    assert drawing.is_shown


def test_a_hidden_stroke_is_not_in_the_picture(drawing, ann):
    stroke = ann.stroke((100, 100), (300, 100))
    put(drawing, ann, stroke, ann.hide(stroke.id))
    make_preview(drawing)
    assert picture_of(drawing).getpixel((200, 100)) == (255, 255, 255)


def test_those_who_drew_are_credited(drawing, ann, bob, stranger):
    put(drawing, bob, bob.stroke())
    put(drawing, ann, ann.stroke())
    make_preview(drawing)
    assert {author.name for author in drawing.contributors.all()} == {"Ann", "Bob"}


def test_a_new_picture_takes_the_place_of_the_old_one(drawing, ann):
    put(drawing, ann, ann.stroke())
    make_preview(drawing)
    drawing.refresh_from_db()
    old = drawing.picture.path
    put(drawing, ann, ann.stroke())
    make_preview(drawing)
    drawing.refresh_from_db()
    assert drawing.picture_seq == 2
    assert not drawing.picture.storage.exists(old)


def test_rendering_again_keeps_the_picture_it_makes(drawing, ann):
    put(drawing, ann, ann.stroke())
    for _ in range(2):
        tasks.ask_preview_again(drawing.pk)
        work(drawing)
    assert picture_of(drawing).size == (1920, 1080)


def test_a_drawing_whose_picture_is_fresh_is_left_alone(drawing, ann):
    put(drawing, ann, ann.stroke())
    make_preview(drawing)
    drawing.refresh_from_db()
    made = drawing.picture.storage.get_modified_time(drawing.picture.name)
    make_preview(drawing)
    assert drawing.picture.storage.get_modified_time(drawing.picture.name) == made


def test_an_empty_drawing_needs_no_picture(drawing):
    make_preview(drawing)
    drawing.refresh_from_db()
    assert not drawing.picture


def test_a_damaged_row_leaves_the_rest_of_the_picture(drawing, ann):
    put(drawing, ann, ann.stroke((100, 100), (300, 100)), ann.stroke())
    drawing.ops.filter(seq=2).update(data=b"{")
    make_preview(drawing)
    assert picture_of(drawing).getpixel((200, 100)) == (0x1A, 0x2B, 0x3C)


def test_what_is_asked_for_waits_in_the_database(drawing, ann):
    put(drawing, ann, ann.stroke())
    tasks.ask_preview(drawing.pk)
    assert enqueued() == [drawing.pictures.get().pk]


def test_asking_twice_makes_one_job(drawing, ann):
    put(drawing, ann, ann.stroke())
    first, second = [tasks.ask(drawing, 1, Recipe("png", "2x")) for _ in range(2)]
    assert first == second
    assert enqueued() == [first.pk]


def test_of_many_previews_wanted_only_the_newest_is_made(drawing, ann):
    for _ in range(3):
        put(drawing, ann, ann.stroke())
        tasks.ask_preview(drawing.pk)
    oldest, middle, newest = drawing.pictures.order_by("seq")
    for late in (oldest, middle):
        tasks.make.call(late.pk)
        drawing.refresh_from_db()
        assert not drawing.picture
    tasks.make.call(newest.pk)
    drawing.refresh_from_db()
    assert drawing.picture_seq == 3
    assert not drawing.pictures.exists()


def test_an_older_preview_never_takes_the_place_of_a_newer_one(drawing, ann):
    put(drawing, ann, ann.stroke(), ann.stroke())
    make_preview(drawing)
    late = drawing.pictures.create(seq=1, kind="preview")
    tasks.make.call(late.pk)
    drawing.refresh_from_db()
    assert drawing.picture_seq == 2


def test_previews_do_not_wait_behind_timelapses(drawing, ann):
    put(drawing, ann, ann.stroke())
    tasks.ask(drawing, 1, Recipe("timelapse-gif"))
    tasks.ask_preview(drawing.pk)
    queues = DBTaskResult.objects.order_by("enqueued_at")
    assert list(queues.values_list("queue_name", flat=True)) == ["downloads", "default"]


def test_a_picture_of_the_past_shows_the_past(drawing, ann):
    stroke = ann.stroke((100, 100), (300, 100))
    put(drawing, ann, stroke, ann.hide(stroke.id))
    for seq, colour in [(1, (0x1A, 0x2B, 0x3C)), (2, (255, 255, 255))]:
        picture = made(drawing, seq, Recipe("png", "1x"))
        with picture.file.open() as file:
            assert Image.open(file).getpixel((200, 100)) == colour


def test_a_picture_beyond_the_limits_fails_with_a_reason(drawing, ann):
    drawing.width = 9000
    put(drawing, ann, ann.stroke())
    picture = tasks.ask(drawing, 1, Recipe("png", "1x"))
    with pytest.raises(Unpaintable, match="too-large"):
        tasks.make.call(picture.pk)
    picture.refresh_from_db()
    assert (picture.state, picture.code) == (FAILED, "too-large")
    assert picture.settled_at is not None


def test_a_picture_too_large_for_the_memory_fails_alone(drawing, ann, monkeypatch):
    small = Painter(Limits(memory=200 * 2**20))
    monkeypatch.setattr(making, "painter", small)
    put(drawing, ann, ann.stroke())
    large = tasks.ask(drawing, 1, Recipe("png", "4x"))
    with pytest.raises(Unpaintable, match="too-large"):
        tasks.make.call(large.pk)
    make_preview(drawing)
    assert drawing.is_shown
    small.close()


@pytest.mark.slow
def test_a_picture_that_takes_too_long_fails_alone(drawing, ann, monkeypatch):
    slow = Painter(Limits(seconds=1))
    monkeypatch.setattr(making, "painter", slow)
    put(drawing, ann, *scribbles(ann, 400))
    with pytest.raises(Unpaintable, match="too-long"):
        make_preview(drawing)
    assert drawing.pictures.get().code == "too-long"
    other = Drawing.objects.create(owner=drawing.owner)
    put(other, ann, ann.stroke())
    make_preview(other)
    assert other.is_shown
    slow.close()


def scribbles(who, count):
    """Return strokes all over the paper, as slow to paint as the rules allow."""
    places = [(17 * i % 1900, 401 * i % 1000) for i in range(60)]
    return [who.stroke(*places, width=400) for _ in range(count)]


def test_a_painter_that_dies_is_replaced_and_its_picture_made(drawing, ann):
    put(drawing, ann, ann.stroke())
    picture = tasks.ask(drawing, 1, Recipe("png", "1x"))
    with pytest.raises(Unpaintable, match="crashed"):
        making.paint(dying(picture))
    tasks.make.call(picture.pk)
    picture.refresh_from_db()
    assert picture.state == MADE


def dying(picture):
    """Return a picture whose painter is told nonsense, on which it ends."""
    picture.drawing.width = "wide"
    return picture


def test_what_cannot_be_kept_is_tried_again_and_then_given_up(
    drawing, ann, settings, tmp_path
):
    put(drawing, ann, ann.stroke())
    settings.MEDIA_ROOT = tmp_path / "file"
    settings.MEDIA_ROOT.write_text("a file where a folder should be")
    picture = tasks.ask(drawing, 1, Recipe("png", "1x"))
    for tries in range(1, making.MOST_TRIES + 1):
        with pytest.raises(OSError, match="file"):
            tasks.make.call(picture.pk)
        picture.refresh_from_db()
        assert (picture.tries, picture.code) == (tries, "not-kept")
    assert picture.state == FAILED
    assert enqueued() == [picture.pk] * making.MOST_TRIES


def test_a_picture_that_ended_every_worker_is_given_up(drawing, ann):
    put(drawing, ann, ann.stroke())
    picture = tasks.ask(drawing, 1, Recipe("png", "1x"))
    Picture.objects.update(state=Picture.State.MAKING, tries=making.MOST_TRIES)
    tasks.make.call(picture.pk)
    picture.refresh_from_db()
    assert (picture.state, picture.code) == (FAILED, "given-up")


def test_what_failed_is_not_tried_again_at_once(drawing, ann):
    put(drawing, ann, ann.stroke())
    failed = tasks.ask(drawing, 1, Recipe("png", "1x"))
    Picture.objects.update(state=FAILED, settled_at=timezone.now())
    assert tasks.ask(drawing, 1, Recipe("png", "1x")) == failed
    Picture.objects.update(settled_at=timezone.now() - timedelta(hours=2))
    assert tasks.ask(drawing, 1, Recipe("png", "1x")) != failed


def test_only_so_much_of_a_drawing_is_made_at_once(drawing, ann):
    put(drawing, ann, *[ann.stroke() for _ in range(20)])
    for seq in range(1, 9):
        tasks.ask(drawing, seq, Recipe("png", "1x"))
    with pytest.raises(tasks.TooMany):
        tasks.ask(drawing, 9, Recipe("png", "1x"))
    assert tasks.ask(drawing, 8, Recipe("png", "1x")).seq == 8


def test_what_nobody_asks_for_is_let_go(
    drawing, ann, django_capture_on_commit_callbacks
):
    put(drawing, ann, ann.stroke())
    picture = made(drawing, 1, Recipe("png", "1x"))
    file = picture.file
    keeping.prune()
    assert file.storage.exists(file.name)
    Picture.objects.update(asked_at=timezone.now() - timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        keeping.prune()
    assert not drawing.pictures.exists()
    assert not file.storage.exists(file.name)


def test_a_drawings_files_go_with_it(drawing, ann, django_capture_on_commit_callbacks):
    put(drawing, ann, ann.stroke())
    make_preview(drawing)
    files = [
        drawing.picture,
        drawing.thumbnail,
        made(drawing, 1, Recipe("svg", "1x")).file,
    ]
    with django_capture_on_commit_callbacks(execute=True):
        drawing.delete()
    assert [file.storage.exists(file.name) for file in files] == [False] * 3


def test_a_drawing_beyond_the_limits_does_not_keep_the_worker_busy(drawing, ann):
    put(drawing, ann, ann.stroke())
    late = timezone.now() - timedelta(hours=2)
    failed = drawing.pictures.create(
        seq=1, kind="preview", state=FAILED, code="too-long", settled_at=timezone.now()
    )
    put(drawing, ann, ann.stroke())
    tasks.ask_preview(drawing.pk)
    assert enqueued() == []
    Picture.objects.filter(pk=failed.pk).update(settled_at=late)
    tasks.ask_preview(drawing.pk)
    assert len(enqueued()) == 1


def test_what_a_killed_worker_left_is_swept_up(tmp_path, monkeypatch):
    monkeypatch.setattr(making, "gettempdir", lambda: str(tmp_path))
    old, fresh, other = (
        tmp_path / name for name in ("drawnby-old", "drawnby-new", "other")
    )
    for folder in (old, fresh, other):
        folder.mkdir()
        (folder / "made.png").write_bytes(b"a picture, or half of one")
    for folder in (old, other):
        os.utime(folder, (0, 0))
    making.sweep()
    assert sorted(tmp_path.iterdir()) == [fresh, other]
