"""What somebody else does between two steps of something that takes several."""

from contextlib import suppress
from datetime import timedelta
from threading import Thread

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError, connection
from django.db.models.deletion import Collector
from django.db.models.signals import pre_save
from django.db.transaction import on_commit
from django.urls import reverse
from django.utils import timezone

from canvas import events, live, patience, tasks
from canvas.history import fork as forking
from canvas.history import unpack as unpacking
from canvas.history.fork import Gone
from canvas.history.fork import fork as fork_at
from canvas.history.pack import pack
from canvas.history.unpack import unpack
from canvas.history.verify import verify
from canvas.models import Author, Drawing, Image, Picture, Upload, author_for, claim
from canvas.pictures.recipes import Recipe
from canvas.tasks import making, taking
from canvas.tests.history import log_of, put
from canvas.tests.test_images import send, taken
from canvas.tests.test_pictures_views import body
from canvas.tests.test_tasks import made, make_preview, work
from canvas.tests.visitor import Visitor
from canvas.views import checkpoints as checkpoint_views
from canvas.views import images as image_views
from canvas.views import pages as page_views
from canvas.views import pictures as picture_views
from django_socketio import Refused

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media")]


@pytest.fixture(autouse=True)
def everything_is_written():
    yield
    live.drawings.store.close()


@pytest.fixture
def drawn(drawing, ann):
    """A drawing of Ann's with two strokes."""
    put(drawing, ann, ann.stroke((100, 100), (300, 100)), ann.stroke())
    return drawing


@pytest.fixture
def admin(client):
    client.force_login(get_user_model().objects.create_superuser("admin"))
    return client


@pytest.fixture
def after(monkeypatch):
    """Have something happen, once, right after a function of a module has returned."""

    def arrange(module, name, event):
        real, events = getattr(module, name), [event]

        def step(*args, **kwargs):
            found = real(*args, **kwargs)
            while events:
                events.pop()()
            return found

        monkeypatch.setattr(module, name, step)

    return arrange


# Files that go while somebody is given them


@pytest.mark.parametrize("name", ["picture", "thumbnail"])
def test_a_picture_that_is_replaced_while_it_is_asked_for_is_the_new_one(
    drawn, ann, visitor, after, name
):
    make_preview(drawn)

    def draw_on():
        put(drawn, ann, ann.stroke())
        make_preview(drawn)

    after(picture_views, "visible", draw_on)
    response = visitor.get(reverse(name, args=[drawn.key]))
    assert (response.status_code, response["ETag"]) == (200, '"3"')
    assert body(response)


def test_a_picture_that_goes_with_its_drawing_is_not_found(drawn, visitor, after):
    make_preview(drawn)
    after(picture_views, "visible", lambda: Drawing.objects.get().delete())
    assert visitor.get(reverse("picture", args=[drawn.key])).status_code == 404


def test_a_download_that_is_let_go_of_while_it_is_asked_for_is_not_found(
    drawn, visitor, after
):
    file = made(drawn, 1, Recipe("svg", "1x"))
    after(picture_views, "picture_in", lambda: drawn.pictures.all().delete())
    address = reverse("picture_file", args=[drawn.key, file.pk])
    assert visitor.get(address).status_code == 404


def forget_once_found(monkeypatch, views, rows):
    """Have rows deleted as soon as a view has found one of them."""
    find = views.get_object_or_404

    def found_and_forgotten(*args, **kwargs):
        found = find(*args, **kwargs)
        rows.delete()
        return found

    monkeypatch.setattr(views, "get_object_or_404", found_and_forgotten)


def test_a_checkpoint_that_is_forgotten_while_it_is_asked_for_is_not_found(
    drawn, visitor, monkeypatch
):
    tasks.asking.ask_checkpoint(drawn)
    work(drawn)
    address = reverse("checkpoint", args=[drawn.key, 2])
    assert body(visitor.get(address))
    forget_once_found(monkeypatch, checkpoint_views, drawn.pictures.all())
    assert visitor.get(address).status_code == 404


def test_an_image_that_goes_while_it_is_asked_for_is_not_found(
    drawn, visitor, monkeypatch
):
    told = taken(visitor, drawn)
    address = reverse("image", args=[drawn.key, told["image"]["image"]])
    forget_once_found(monkeypatch, image_views, Image.objects.all())
    assert visitor.get(address).status_code == 404


# What a moderator removes while something is made of it


def removes_everything(sue, drawing):
    address = reverse("moderation", args=[drawing.key])
    assert sue.post(address, {"act": "remove-all", "what": ""}).status_code == 302


def test_what_is_removed_while_a_download_is_made_of_it_is_in_none(
    drawn, visitor, sue, monkeypatch
):
    asked = tasks.ask(drawn, 2, Recipe("svg", "1x"))
    real = making.painter.paint

    def paint_and_remove(*args):
        files = real(*args)
        removes_everything(sue, drawn)
        return files

    monkeypatch.setattr(making.painter, "paint", paint_and_remove)
    tasks.make.call(asked.pk)
    address = reverse("picture_file", args=[drawn.key, asked.pk])
    assert visitor.get(address).status_code == 404
    assert not drawn.pictures.filter(kind="svg").exists()


def test_what_is_removed_while_a_download_is_asked_for_is_in_none(
    drawn, visitor, sue, after
):
    after(picture_views, "seq_in", lambda: removes_everything(sue, drawn))
    form = {"kind": "svg", "size": "1x"}
    told = visitor.post(reverse("pictures", args=[drawn.key]), form).json()
    work(drawn)
    told = visitor.get(told["address"]).json()
    assert told["state"] == "made"
    assert visitor.get(told["file"]).status_code == 404


# Who somebody is


def test_what_a_guest_drew_stays_theirs_when_something_they_sent_comes_after_they_signed_in(
    ann, drawing
):
    user = get_user_model().objects.create_user("ann")
    claim(ann.person.key, user)
    author_for(ann.person)
    author = Author.objects.get(pk=ann.person.key)
    assert (author.user, author.name) == (user, "ann")


def test_a_guest_who_signs_up_in_another_tab_draws_on_and_it_is_theirs(ann, drawing):
    ann.joins(drawing)
    user = get_user_model().objects.create_user("ann")
    claim(ann.person.key, user)
    ann.draws(ann.stroke())
    ann.socket.unsubscribe(drawing.channel)
    ann.socket.subscribe(drawing.channel)
    ann.draws(ann.stroke())
    assert drawing.ops.count() == 2
    assert {one.user for one in drawing.authors()} == {user}


# Rows that somebody reads, changes and writes


def test_what_is_drawn_while_an_administrator_renames_a_drawing_stays(
    drawn, admin, ann
):
    def draw_on(sender, instance, **kwargs):
        pre_save.disconnect(draw_on, sender=Drawing)
        put(Drawing.objects.get(), ann, ann.stroke())

    pre_save.connect(draw_on, sender=Drawing)
    address = f"/admin/canvas/drawing/{drawn.pk}/change/"
    response = admin.post(address, {"title": "Renamed", "visibility": "public"})
    assert response.status_code == 302
    drawn.refresh_from_db()
    assert (drawn.title, drawn.visibility, drawn.head) == ("Renamed", "public", 3)
    assert verify(drawn) is None


def test_who_signs_in_while_an_administrator_renames_them_keeps_what_they_drew(
    drawn, admin, ann
):
    user = get_user_model().objects.create_user("ann")

    def sign_in(sender, instance, **kwargs):
        pre_save.disconnect(sign_in, sender=Author)
        claim(ann.person.key, user)

    pre_save.connect(sign_in, sender=Author)
    address = f"/admin/canvas/author/{ann.person.key}/change/"
    response = admin.post(address, {"name": "Annie", "colour": "#1d4ed8"})
    assert response.status_code == 302
    author = Author.objects.get(pk=ann.person.key)
    assert (author.user, author.name) == (user, "Annie")


# A drawing that goes


def test_p70_everybody_is_shown_out_of_a_drawing_that_is_deleted(drawing, ann, bob):
    ann.joins(drawing)
    bob.joins(drawing)
    drawing.delete()
    out = [{"type": "out", "code": "no-such-drawing"}]
    assert ann.heard("out") == bob.heard("out") == out
    with pytest.raises(Refused, match="no-such-drawing"):
        bob.socket.subscribe(drawing.channel)


def test_p70_what_another_process_deleted_is_found_out(drawing, ann):
    ann.joins(drawing)
    rows = Drawing.objects.all()
    rows._raw_delete(rows.db)
    live.drawings.look_at_doors()
    assert ann.heard("out") == [{"type": "out", "code": "no-such-drawing"}]


def test_who_comes_in_while_a_drawing_is_deleted_stays_outside(drawing, ann, after):
    after(events, "admit", lambda: Drawing.objects.get().delete())
    ann.socket.connect()
    with pytest.raises(Refused, match="no-such-drawing"):
        ann.socket.subscribe(drawing.channel)


@pytest.mark.parametrize("kind", ["preview", "svg"])
def test_nothing_stays_of_what_is_made_of_a_drawing_while_it_is_deleted(
    drawn, monkeypatch, tmp_path, kind
):
    picture = tasks.asking.wanted(drawn, 2, Recipe(kind, "1x" if kind == "svg" else ""))
    real = making.painter.paint

    def paint_and_delete(*args):
        files = real(*args)
        Drawing.objects.get().delete()
        return files

    monkeypatch.setattr(making.painter, "paint", paint_and_delete)
    tasks.make.call(picture.pk)
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == []


def test_a_picture_that_fails_after_its_drawing_is_gone_is_forgotten(drawn):
    picture = tasks.ask(drawn, 2, Recipe("svg", "1x"))
    picture.tries = 1
    drawn.delete()
    making.fail(picture, "crashed", may_pass=True)
    assert not Picture.objects.exists()


def test_a_file_sent_for_a_drawing_that_goes_meanwhile_leaves_nothing(
    drawing, visitor, after, tmp_path
):
    sent = send(visitor, drawing).json()
    upload = Upload.objects.get()
    after(taking, "decode", lambda: Drawing.objects.get().delete())
    taking.take_in.call(upload.pk)
    assert visitor.get(sent["address"]).status_code == 404
    assert not Upload.objects.exists()
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == []


def test_a_file_that_is_gone_with_its_drawing_is_not_taken_in_again(
    drawing, visitor, after
):
    send(visitor, drawing)
    upload = Upload.objects.get()
    after(taking, "claim", lambda: Drawing.objects.get().delete())
    assert taking.take_in.call(upload.pk) is None


# A drawing that is finished, reopened or moderated


def kinds(who):
    """Return the types of what somebody has heard, in order."""
    return [one["type"] for one in who.socket.received]


def finishes(visitor, drawing):
    return visitor.post(reverse("finish", args=[drawing.key]), {"title": "Done"})


def test_p46_who_comes_in_while_a_drawing_is_finished_hears_of_it_after_the_welcome(
    visitor, bob, after
):
    own = visitor.starts()
    after(events, "admit", lambda: finishes(visitor, own))
    bob.joins(own)
    assert kinds(bob) == ["welcome", "finished"]


def test_p46_who_comes_in_while_a_drawing_is_reopened_hears_of_it_after_the_welcome(
    visitor, bob, after
):
    own = visitor.starts()
    finishes(visitor, own)
    reopen = reverse("reopen", args=[own.key])
    after(events, "admit", lambda: visitor.post(reopen))
    bob.joins(own)
    assert kinds(bob) == ["welcome", "reopened"]
    assert bob.heard("welcome")[0]["may"] == "watch"


def test_who_comes_in_while_something_is_removed_has_that_by_catching_up(
    drawn, bob, sue, after
):
    after(events, "admit", lambda: removes_everything(sue, drawn))
    bob.joins(drawn)
    bob.says("since", seq=0)
    last = bob.heard("ops")[-1]["ops"][-1]
    assert (last[0], last[2]["t"]) == (3, "remove")
    assert bob.heard("caught-up")[-1]["head"] == 3


def test_a_drawing_finished_twice_at_once_is_finished_once_for_all_who_look(
    visitor, ann, monkeypatch
):
    own = visitor.starts()
    put(own, ann, ann.stroke())
    ann.joins(own)
    real = page_views.owned

    def finished_by_another_tab(request, key):
        monkeypatch.setattr(page_views, "owned", real)
        on_commit(lambda: finishes(visitor, own))
        return real(request, key)

    monkeypatch.setattr(page_views, "owned", finished_by_another_tab)
    assert finishes(visitor, own).status_code == 302
    assert "finished" in kinds(ann)
    assert own.pictures.get().kind == "preview"
    own.refresh_from_db()
    assert (own.title, own.is_finished) == ("Done", True)


# Drawings that are made in several steps


@pytest.fixture
def short_parts(monkeypatch):
    monkeypatch.setattr(forking, "PART", 1)
    monkeypatch.setattr(unpacking, "PART", 1)


def try_to_draw(who):
    """Have somebody find the newest drawing, and draw on it if they may."""
    who.joins(Drawing.objects.latest("pk"))
    with suppress(Refused):
        who.draws(who.stroke())


def deleted(drawing):
    """Return what deletes a drawing by another copy of its row."""
    return Drawing.objects.get(pk=drawing.pk).delete


@pytest.mark.usefixtures("short_parts")
def test_nobody_draws_on_a_fork_before_it_is_whole(drawn, bob, after):
    after(forking, "copy", lambda: on_commit(lambda: try_to_draw(bob)))
    child = fork_at(drawn, 2, author_for(bob.person))
    assert log_of(child) == log_of(drawn)
    assert verify(child) is None
    bob.socket.disconnect()
    try_to_draw(bob)
    assert child.ops.count() == 3


@pytest.mark.usefixtures("short_parts")
def test_nobody_draws_on_an_import_before_it_is_whole(drawn, bob, after, tmp_path):
    file = tmp_path / "drawing"
    file.write_bytes(b"".join(pack(drawn)))
    after(unpacking, "append", lambda: on_commit(lambda: try_to_draw(bob)))
    with file.open("rb") as opened:
        parcel = unpack(opened)
    parcel.images.look()
    child = unpacking.keep(parcel, author_for(bob.person))
    assert child.ops.count() == 2
    assert verify(child) is None
    bob.socket.disconnect()
    try_to_draw(bob)
    assert child.ops.count() == 3


@pytest.mark.usefixtures("short_parts")
def test_a_fork_of_what_is_deleted_meanwhile_comes_to_nothing(drawn, bob, after):
    after(forking, "copy", lambda: on_commit(deleted(drawn)))
    with pytest.raises(Gone):
        fork_at(drawn, 2, author_for(bob.person))
    assert not Drawing.objects.exists()


@pytest.mark.usefixtures("short_parts")
def test_whoever_forks_what_is_deleted_meanwhile_is_told_that_it_is_not_there(
    drawn, after
):
    after(forking, "copy", lambda: on_commit(deleted(drawn)))
    carol = Visitor()
    response = carol.post(reverse("fork", args=[drawn.key]), {"seq": 2})
    assert response.status_code == 404


# Images that nobody has any more


def test_an_old_image_that_somebody_sends_again_while_it_is_let_go_of_is_there(
    drawing, visitor, monkeypatch
):
    told = taken(visitor, drawing)
    drawing.images.clear()
    Image.objects.update(kept_at=timezone.now() - timedelta(days=2))
    send(visitor, drawing)
    takes_in = Thread(target=in_a_thread, args=[Upload.objects.latest("pk").pk])
    real = Collector.delete

    def delete(collector):
        if Image in collector.data:
            takes_in.start()
            takes_in.join()
        return real(collector)

    monkeypatch.setattr(Collector, "delete", delete)
    monkeypatch.setattr(patience, "PATIENCE", 0)
    taking.prune()
    for one in Upload.objects.filter(state=Picture.State.WAITING):
        taking.take_in.call(one.pk)  # what could not be kept is tried again
    assert body(
        visitor.get(reverse("image", args=[drawing.key, told["image"]["image"]]))
    )


def in_a_thread(upload):
    """Take in a file as a worker beside this one would."""
    with suppress(OperationalError):
        taking.take_in.call(upload)
    connection.close()
