"""Checkpoints: when one is made, what it shows, and who may have it (P58, P59, P60)."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from msgspec import json
from PIL import Image

from canvas import checkpoints, tasks
from canvas.checkpoints.keeping import BEHIND
from canvas.engine import codec
from canvas.engine.ops import Layer
from canvas.engine.render import render
from canvas.models import Drawing, Picture
from canvas.tasks import keeping
from canvas.tests.compare import compare
from canvas.tests.test_tasks import put, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

SIZE = (1920, 1080)


def many(who, count=BEHIND):
    """Return so many strokes, one below the other."""
    return [who.stroke((10, y % 1000), (90, y % 1000)) for y in range(count)]


def pause(drawing):
    """Have made what is made when people pause."""
    tasks.ask_preview(drawing.pk)
    work(drawing)


def fetched(drawing, name, *place):
    """Return what a stranger gets at an address of a drawing."""
    return Client().get(reverse(name, args=[drawing.key, *place]))


def body(response):
    return b"".join(response.streaming_content)


def picture_of(drawing, seq, layer):
    """Return the picture of a layer at a checkpoint."""
    return Image.open(BytesIO(body(fetched(drawing, "checkpoint_layer", seq, layer))))


def told_of(drawing, seq):
    """Return what is told of a checkpoint."""
    return json.decode(body(fetched(drawing, "checkpoint", seq)))


def test_a_pause_makes_one_once_the_drawing_has_gone_on_for_long_enough(drawing, ann):
    put(drawing, ann, *many(ann, BEHIND - 1))
    pause(drawing)
    assert checkpoints.latest(drawing) is None
    put(drawing, ann, ann.stroke())
    pause(drawing)
    assert checkpoints.latest(drawing) == checkpoints.Checkpoint(BEHIND, [0])
    put(drawing, ann, ann.stroke())
    assert not checkpoints.is_due(drawing)


def test_each_layer_is_shown_by_itself_without_paper(drawing, ann):
    strokes = many(ann)
    marker = ann.stroke((0, 50), (300, 50), layer=3, width=480, alpha=115)
    eraser = ann.stroke((100, 0), (100, 200), layer=3, width=160, brush="eraser")
    put(drawing, ann, *strokes, marker, eraser)
    pause(drawing)
    for layer, drawn in [(0, strokes), (3, [marker, eraser])]:
        expected = render(drawn, SIZE, paper=None)
        shown = picture_of(drawing, BEHIND + 2, layer)
        # Lossless but for what is not to be seen: the colour of what is clear.
        assert compare(shown, expected).most <= 1


def test_laid_over_each_other_they_are_the_picture(drawing, ann):
    upper = [ann.stroke((0, 50), (300, 50), layer=3, width=480, alpha=115)]
    put(drawing, ann, *many(ann), *upper)
    pause(drawing)
    laid = Image.new("RGBA", SIZE, "#ffffff")
    for layer in (0, 3):
        laid.alpha_composite(picture_of(drawing, BEHIND + 1, layer))
    with drawing.picture.open() as file:
        assert compare(laid.convert("RGB"), Image.open(file)).most <= 2


def test_it_tells_who_has_drawn_and_what_each_did_last(drawing, ann, bob):
    strokes = many(ann)
    put(drawing, ann, *strokes)
    put(drawing, bob, bob.stroke())
    put(drawing, ann, ann.hide(strokes[0].id))
    pause(drawing)
    told = told_of(drawing, BEHIND + 2)
    assert told["authors"] == {"annannannann": "hide", "bobbobbobbob": "stroke"}
    assert (told["seq"], told["layers"], told["ops"]) == (BEHIND + 2, [0], [])


def test_it_tells_the_ops_in_force_that_speak_of_layers(drawing, ann):
    named, hidden = (Layer(ann.op_id(), 1, name=name) for name in ("sky", "sea"))
    put(drawing, ann, named, hidden, ann.hide(hidden.id), *many(ann))
    pause(drawing)
    told = told_of(drawing, BEHIND + 3)
    assert told["ops"] == [[1, 0, json.decode(codec.encode(named))]]


def test_it_tells_of_no_layer_op_that_was_removed(drawing, ann, bob):
    rude, named = bob.layer(1, name="rude"), ann.layer(1, name="sky")
    put(drawing, bob, rude)
    put(drawing, ann, ann.remove(author=bob.person.key), named, *many(ann))
    pause(drawing)
    told = told_of(drawing, BEHIND + 3)
    assert told["ops"] == [[3, 0, json.decode(codec.encode(named))]]


def test_it_is_kept_for_ever_by_whoever_has_it(drawing, ann):
    put(drawing, ann, *many(ann))
    pause(drawing)
    for name, *place in [("checkpoint", BEHIND), ("checkpoint_layer", BEHIND, 0)]:
        response = fetched(drawing, name, *place)
        assert body(response)
        assert response["Cache-Control"] == "private, max-age=31536000, immutable"
        address = reverse(name, args=[drawing.key, *place])
        again = Client().get(address, headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304


def test_a_stranger_gets_no_more_of_a_private_drawing_than_of_none(drawing, ann):
    put(drawing, ann, *many(ann))
    pause(drawing)
    drawing.visibility = Drawing.Visibility.PRIVATE
    drawing.save()
    for name, *place in [("checkpoint", BEHIND), ("checkpoint_layer", BEHIND, 0)]:
        assert fetched(drawing, name, *place).status_code == 404
        missing = Client().get(reverse(name, args=["nobodyhasthiskey", *place]))
        assert missing.status_code == 404


def test_there_is_none_at_another_seq_or_of_another_layer(drawing, ann):
    put(drawing, ann, *many(ann))
    pause(drawing)
    assert fetched(drawing, "checkpoint", BEHIND - 1).status_code == 404
    assert fetched(drawing, "checkpoint_layer", BEHIND, 7).status_code == 404


def test_the_page_says_where_it_is(drawing, ann):
    address = reverse("drawing", args=[drawing.key])
    assert 'data-checkpoint=""' in Client().get(address).content.decode()
    put(drawing, ann, *many(ann))
    pause(drawing)
    page = Client().get(address).content.decode()
    assert f'data-checkpoint="{address}at/{BEHIND}/"' in page
    assert f'href="{address}at/{BEHIND}/0.webp"' in page


def test_one_before_the_newest_stays_for_those_who_are_on_their_way(drawing, ann):
    for _ in range(3):
        put(drawing, ann, *many(ann))
        pause(drawing)
    seqs = sorted(set(checkpoints.files_of(drawing).values_list("seq", flat=True)))
    assert seqs == [2 * BEHIND, 3 * BEHIND]
    assert checkpoints.latest(drawing).seq == 3 * BEHIND


def test_one_that_nobody_has_begun_with_gives_way_to_a_newer_one(drawing, ann):
    for _ in range(2):
        put(drawing, ann, *many(ann))
        tasks.ask_preview(drawing.pk)
    waiting = drawing.pictures.filter(kind="checkpoint")
    assert [one.seq for one in waiting] == [2 * BEHIND]


def test_one_that_could_not_be_made_is_not_tried_at_every_pause(drawing, ann):
    put(drawing, ann, *many(ann))
    tasks.ask_preview(drawing.pk)
    failed = drawing.pictures.get(kind="checkpoint")
    tasks.making.fail(failed, "too-large", may_pass=False)
    put(drawing, ann, *many(ann))
    assert not checkpoints.is_due(drawing)


@pytest.mark.django_db(transaction=True)
def test_it_outlives_what_nobody_asks_for_and_goes_with_its_drawing(
    drawing, ann, tmp_path
):
    put(drawing, ann, *many(ann))
    pause(drawing)
    Picture.objects.update(asked_at="2020-01-01T00:00:00Z")
    keeping.prune()
    assert checkpoints.latest(drawing) is not None
    assert list(tmp_path.rglob("*checkpoint*"))
    drawing.delete()
    assert list(tmp_path.rglob("*checkpoint*")) == []
