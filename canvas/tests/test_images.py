"""Images that people put on drawings: sent, made beside the pages, kept once, shown to those who may see (P66 to P68)."""

import io
import json
import zlib
from datetime import timedelta
from hashlib import sha256
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone
from msgspec import Raw
from PIL import Image as Pixels
from PIL import ImageChops, ImageCms, ImageStat

from canvas.checkpoints.keeping import BEHIND
from canvas.engine import codec
from canvas.engine.ops import Image
from canvas.engine.render import render
from canvas.history.chain import GENESIS, link
from canvas.history.fork import fork
from canvas.history.lines import Unreadable
from canvas.history.pack import pack
from canvas.history.unpack import keep, unpack
from canvas.models import Drawing, Op, author_for
from canvas.models import Image as Row
from canvas.pictures.decoding import Undecodable
from canvas.pictures.intake import LIMITS, decode
from canvas.pictures.limits import Limits
from canvas.pictures.recipes import Recipe
from canvas.store import Entry
from canvas.tasks import taking
from canvas.tests.compare import compare
from canvas.tests.generate import cut_out, photograph
from canvas.tests.test_pictures_views import body
from canvas.tests.test_tasks import made, make_preview, put

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media")]

ONE = 65_536
RED = (208, 47, 26)


def file_of(picture, kind="PNG", **settings):
    """Return a picture as a file."""
    file = io.BytesIO()
    picture.save(file, kind, **settings)
    return file.getvalue()


SQUARE = Pixels.new("RGB", (40, 30), RED)
SENT = file_of(SQUARE)


def send(visitor, drawing, data=SENT, **more):
    """Send a file for a drawing as the page does."""
    address = reverse("images", args=[drawing.key])
    return visitor.post(address, data, content_type="image/png", **more)


def taken(visitor, drawing, data=SENT):
    """Send a file, have it taken in as a worker would; return what is told of it then."""
    told = send(visitor, drawing, data).json()
    number = int(told["address"].rpartition("/")[2])
    taking.take_in.call(number)
    return visitor.get(told["address"]).json()


def shown(who, told, *, at=(10, 20), **changes):
    """Return the op that shows an image."""
    fields = {
        "alpha": 255,
        "layer": 0,
        "matrix": (ONE, 0, 0, ONE, at[0] * 16, at[1] * 16),
    }
    return Image(id=who.op_id(), **told["image"], **fields | changes)


def address_of(drawing, told):
    return reverse("image", args=[drawing.key, told["image"]["image"]])


def test_p67_what_is_sent_becomes_an_image(visitor, drawing):
    sent = send(visitor, drawing)
    assert (sent.status_code, sent.json()["state"], sent.json()["image"]) == (
        202,
        "waiting",
        None,
    )
    told = taken(visitor, drawing)
    assert (told["state"], told["code"]) == ("made", "")
    assert (told["image"]["width"], told["image"]["height"]) == (40, 30)


def test_p68_an_image_is_served_for_ever_under_the_hash_of_its_file(visitor, drawing):
    told = taken(visitor, drawing)
    response = visitor.get(address_of(drawing, told))
    data = body(response)
    assert sha256(data).hexdigest() == told["image"]["image"]
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    with Pixels.open(io.BytesIO(data)) as image:
        assert image.convert("RGB").tobytes() == SQUARE.tobytes()
    known = {"If-None-Match": response["ETag"]}
    assert visitor.get(address_of(drawing, told), headers=known).status_code == 304


def test_p60_a_checkpoint_shows_an_image_as_a_replay_does(visitor, drawing, ann):
    told = taken(visitor, drawing, file_of(cut_out(Random(5), 700, 500)))
    mark = shown(ann, told, at=(300, 200), matrix=(ONE, 9000, -9000, ONE, 5003, 3007))
    strokes = [ann.stroke((10, y), (900, y), alpha=115) for y in range(1, BEHIND + 1)]
    put(drawing, ann, mark, *strokes)
    make_preview(drawing)
    place = reverse("checkpoint_layer", args=[drawing.key, BEHIND + 1, 0])
    layer = Pixels.open(io.BytesIO(body(visitor.get(place))))
    file = Pixels.open(io.BytesIO(body(visitor.get(address_of(drawing, told)))))
    pixels = {mark.image: file}
    replayed = render([mark, *strokes], layer.size, paper=None, images=pixels)
    # Lossless but for what is not to be seen: the colour of what is clear.
    assert compare(layer, replayed).most <= 1
    assert compare(layer, render(strokes, layer.size, paper=None)).most > 100


def test_an_image_put_on_a_drawing_the_painter_knows_is_painted_at_once(
    visitor, drawing, ann
):
    told = taken(visitor, drawing)
    put(drawing, ann, ann.stroke((400, 400), (900, 400)))
    make_preview(drawing)
    strokes = [ann.stroke((400, y), (900, y)) for y in range(20)]
    put(drawing, ann, shown(ann, told), *strokes)
    make_preview(drawing)
    with drawing.picture.open() as file, Pixels.open(file) as picture:
        part = picture.crop((10, 20, 50, 50))
    assert part.tobytes() == SQUARE.tobytes()


def test_one_image_is_kept_once_whoever_sends_it(visitor, drawing, bob):
    other = Drawing.objects.create(owner=author_for(bob.person))
    first, again, elsewhere = (taken(visitor, one) for one in (drawing, drawing, other))
    assert first["image"] == again["image"] == elsewhere["image"]
    assert Row.objects.count() == 1


def test_only_those_who_may_see_a_drawing_see_its_images(visitor, drawing):
    told = taken(visitor, drawing)
    Drawing.objects.update(visibility=Drawing.Visibility.PRIVATE)
    assert visitor.get(address_of(drawing, told)).status_code == 404
    assert visitor.get(told["address"]).status_code == 404
    assert send(visitor, drawing).status_code == 404


def test_an_image_is_had_from_its_own_drawings_only(visitor, drawing, bob):
    other = Drawing.objects.create(owner=author_for(bob.person))
    told = taken(visitor, drawing)
    assert visitor.get(address_of(other, told)).status_code == 404


def test_nobody_puts_an_image_on_a_finished_drawing(visitor, drawing):
    Drawing.objects.update(finished_at=timezone.now())
    refused = send(visitor, drawing)
    assert (refused.status_code, refused.json()) == (403, {"code": "watch-only"})


def test_too_large_a_file_is_not_even_read(visitor, drawing, monkeypatch):
    monkeypatch.setattr(taking, "LARGEST_FILE", len(SENT) - 1)
    refused = send(visitor, drawing)
    assert (refused.status_code, refused.json()) == (413, {"code": "too-large"})
    assert not drawing.uploads.exists()


def test_only_so_many_wait_at_once(visitor, drawing):
    answers = [send(visitor, drawing) for _ in range(taking.MOST_WAITING + 1)]
    assert {one.status_code for one in answers[:-1]} == {202}
    assert (answers[-1].status_code, answers[-1].json()) == (429, {"code": "too-many"})


def test_a_drawing_holds_only_so_many_pixels(visitor, drawing, monkeypatch):
    monkeypatch.setattr(taking, "MOST_PIXELS", 40 * 30 + 10)
    assert taken(visitor, drawing)["state"] == "made"
    larger = taken(visitor, drawing, file_of(Pixels.new("RGB", (9, 9), RED)))
    assert (larger["state"], larger["code"]) == ("failed", "too-many-images")
    assert taken(visitor, drawing)["state"] == "made"  # it has that one


def test_what_was_sent_is_not_kept(visitor, drawing, tmp_path):
    taken(visitor, drawing)
    taken(visitor, drawing, b"no image at all")
    assert list((tmp_path / "uploads").iterdir()) == []


# Files


def decoded(data, tmp_path, limits=LIMITS):
    """Return what becomes of a file."""
    sent = tmp_path / "sent"
    sent.write_bytes(data)
    with Pixels.open(decode(sent, tmp_path, limits).file) as image:
        image.load()
        return image


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_the_usual_formats_are_taken(tmp_path, kind):
    image = decoded(file_of(photograph(Random(1), 90, 70), kind), tmp_path)
    assert (image.format, image.size) == ("WEBP", (90, 70))


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "PPM", "ICO", "TGA", "PDF"])
def test_no_others_are(tmp_path, kind):
    with pytest.raises(Undecodable, match="not-an-image"):
        decoded(file_of(SQUARE, kind), tmp_path)


def test_a_photograph_is_turned_as_it_was_taken(tmp_path):
    lying = Pixels.new("RGB", (40, 20), RED)
    lying.paste("#0000ff", (0, 0, 20, 20))
    exif = Pixels.Exif()
    exif[0x0112] = 6  # turn it to the right
    image = decoded(file_of(lying, "JPEG", exif=exif, quality=95), tmp_path)
    assert image.size == (20, 40)
    assert image.getpixel((10, 5))[2] > 200 > 100 > image.getpixel((10, 35))[2]


def test_nothing_but_pixels_is_kept(tmp_path):
    exif = Pixels.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0)}  # where it was taken
    exif[0x010E] = "Ann's garden"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = decoded(file_of(SQUARE, "JPEG", exif=exif, icc_profile=profile), tmp_path)
    assert not {"exif", "xmp", "icc_profile"} & image.info.keys()


def test_what_is_seen_through_stays_so(tmp_path):
    picture = cut_out(Random(2), 90, 70)
    image = decoded(file_of(picture), tmp_path)
    assert image.mode == "RGBA"
    assert image.getchannel("A").tobytes() == picture.getchannel("A").tobytes()


@pytest.mark.slow
def test_a_large_photograph_is_made_as_small_as_is_kept(tmp_path):
    image = decoded(file_of(photograph(Random(3), 5000, 2500), "JPEG"), tmp_path)
    assert image.size == (2048, 1024)
    assert (tmp_path / "image.webp").stat().st_size < 2**20


def test_an_animation_shows_its_beginning(tmp_path):
    frames = [Pixels.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    film = file_of(frames[0], "GIF", save_all=True, append_images=frames[1:])
    image = decoded(film, tmp_path)
    assert image.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


def bomb():
    """Return a PNG of forty kilobytes that says it has four thousand million pixels."""
    side = 2**16
    header = side.to_bytes(4) * 2 + bytes([1, 0, 0, 0, 0])
    rows = zlib.compress(bytes(side // 8 + 1) * 4000, 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
        for kind, data in ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    )


def test_a_decompression_bomb_is_not_opened(tmp_path):
    with pytest.raises(Undecodable, match="too-many-pixels"):
        decoded(bomb(), tmp_path)


def test_a_file_cut_off_in_the_middle_is_broken(tmp_path):
    whole = file_of(photograph(Random(4), 90, 70))
    with pytest.raises(Undecodable, match="broken"):
        decoded(whole[: len(whole) // 2], tmp_path)


def test_a_file_that_takes_too_long_or_too_much_fails_alone(tmp_path):
    large = file_of(photograph(Random(5), 4000, 4000), "JPEG")
    with pytest.raises(Undecodable, match="too-long"):
        decoded(large, tmp_path, Limits(patience=0))
    with pytest.raises(Undecodable, match=r"too-many-pixels|broken"):
        decoded(large, tmp_path, Limits(memory=150 * 2**20))
    assert decoded(SENT, tmp_path).size == SQUARE.size


def test_whoever_takes_in_is_told_why_not(visitor, drawing):
    told = taken(visitor, drawing, b"<svg onload='alert(1)'/>")
    assert (told["state"], told["code"], told["image"]) == (
        "failed",
        "not-an-image",
        None,
    )


# On the paper


def test_an_op_shows_an_image_its_drawing_has(visitor, drawing, ann):
    told = taken(visitor, drawing)
    ann.joins(drawing)
    ann.draws(shown(ann, told))
    assert Op.objects.get().kind == "image"


@pytest.mark.parametrize("changes", [{"image": "0" * 64}, {"width": 41}])
def test_an_op_that_names_an_image_that_is_not_there_is_turned_down(
    visitor, drawing, ann, changes
):
    told = taken(visitor, drawing)
    ann.joins(drawing)
    ann.draws(shown(ann, {"image": told["image"] | changes}))
    [rejected] = ann.heard("rejected")
    assert rejected["code"] == "no-such-image"
    assert not Op.objects.exists()


def test_the_picture_shows_it(visitor, drawing, ann):
    told = taken(visitor, drawing)
    put(drawing, ann, shown(ann, told))
    make_preview(drawing)
    with drawing.picture.open() as file, Pixels.open(file) as picture:
        assert picture.getpixel((10, 20)) == picture.getpixel((49, 49)) == RED
        assert (
            picture.getpixel((50, 49)) == picture.getpixel((9, 30)) == (255, 255, 255)
        )


@pytest.mark.parametrize(
    "recipe", [Recipe("png", "2x"), Recipe("timelapse-gif"), Recipe("pdf")]
)
def test_so_does_whatever_else_is_made(visitor, drawing, ann, recipe):
    told = taken(visitor, drawing)
    put(drawing, ann, shown(ann, told))
    picture = made(drawing, 1, recipe)
    assert picture.state == "made"
    if recipe.kind == "pdf":
        return
    with picture.file.open() as file, Pixels.open(file) as image:
        scale = image.width / drawing.width
        found = image.convert("RGB").getpixel((round(30 * scale), round(35 * scale)))
    assert max(abs(a - b) for a, b in zip(found, RED, strict=True)) < 12


def test_an_svg_holds_it_where_it_lies(visitor, drawing, ann):
    told = taken(visitor, drawing)
    put(drawing, ann, shown(ann, told, alpha=51))
    with made(drawing, 1, Recipe("svg", "1x")).file.open() as file:
        svg = file.read().decode()
    assert 'transform="matrix(1.000000 0.000000 0.000000 1.000000 640 1280)"' in svg
    assert 'opacity="0.2000"' in svg
    assert "data:image/webp;base64," in svg


def test_a_hidden_image_is_not_in_the_picture(visitor, drawing, ann):
    told = taken(visitor, drawing)
    op = shown(ann, told)
    put(drawing, ann, op, ann.hide(op.id))
    make_preview(drawing)
    with drawing.picture.open() as file, Pixels.open(file) as picture:
        assert picture.getpixel((30, 30)) == (255, 255, 255)


def test_a_fork_has_its_images(visitor, drawing, ann, bob):
    told = taken(visitor, drawing)
    put(drawing, ann, shown(ann, told))
    child = fork(drawing, 1, author_for(bob.person))
    assert body(visitor.get(address_of(child, told)))
    make_preview(child)
    with child.picture.open() as file, Pixels.open(file) as picture:
        assert picture.getpixel((30, 30)) == RED


# In a drawing's file


def text_of(drawing):
    """Return the lines of a drawing's file."""
    return zlib.decompress(b"".join(pack(drawing)), 31).splitlines(keepends=True)


@pytest.fixture
def hung(visitor, drawing, ann):
    """A drawing of Ann's with an image of several pieces on it."""
    told = taken(visitor, drawing, file_of(photograph(Random(6), 400, 300)))
    put(drawing, ann, shown(ann, told))
    return drawing


def imported(lines, owner):
    parcel = unpack(io.BytesIO(b"".join(lines)))
    parcel.images.look()
    return keep(parcel, author_for(owner.person))


def test_p56_a_drawings_file_carries_its_images(hung, bob):
    lines = text_of(hung)
    assert sum(line.startswith(b'{"image"') for line in lines) > 1
    again = imported(lines, bob)
    [image], [same] = again.images.all(), hung.images.all()
    assert image == same
    [row] = again.ops.all()
    assert codec.decode_bytes(bytes(row.data)).image == image.name


def test_an_imported_image_is_there_where_it_never_was(hung, bob, tmp_path):
    lines = text_of(hung)
    content = hung.images.get().content
    Row.objects.all().delete()
    image = imported(lines, bob).images.get()
    assert image.content == content
    assert image.file.storage.exists(image.file.name)


def without_images(lines):
    return [line for line in lines if not line.startswith(b'{"image"')]


def test_a_file_without_the_images_it_shows_is_refused(hung):
    with pytest.raises(Unreadable, match="no-such-image"):
        unpack(io.BytesIO(b"".join(without_images(text_of(hung)))))


def with_image(lines, data):
    """Return a file in which an image's bytes are others, under their own name."""
    name = sha256(data).hexdigest()
    [old] = {
        json.loads(line)["image"] for line in lines if line.startswith(b'{"image"')
    }
    piece = codec.json.encode({"image": name, "data": data}) + b"\n"
    head, *rest = without_images(lines)
    return [head, piece, *(line.replace(old.encode(), name.encode()) for line in rest)]


def sealed(lines):
    """Return a file sealed anew, its ops being others."""
    seal = GENESIS
    for line in lines:
        if line.startswith(b"["):
            seq, time, op = codec.json.decode(line, type=tuple[int, int, Raw])
            seal = link(seal, Entry(seq, time, json.loads(bytes(op))["id"], bytes(op)))
    return [*lines[:-1], codec.json.encode({"hash": seal.hex()}) + b"\n"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no image at all", "not-an-image"),
        (SENT, "not-an-image"),  # a PNG: nothing here has written it
        (file_of(SQUARE, "WEBP", lossless=True), "no-such-image"),  # of another size
        (file_of(SQUARE, "WEBP", lossless=True)[:-9], "broken"),
    ],
)
def test_a_file_with_other_images_than_it_says_is_refused(hung, bob, data, code):
    lines = sealed(with_image(text_of(hung), data))
    with pytest.raises(Unreadable, match=code):
        imported(lines, bob)


def test_an_image_that_was_changed_is_noticed(hung):
    lines = [line.replace(b'"data":"Ukl', b'"data":"Uml') for line in text_of(hung)]
    with pytest.raises(Unreadable, match="wrong-hash"):
        unpack(io.BytesIO(b"".join(lines)))


# What nobody wants any more


def test_an_image_goes_once_no_drawing_has_it(hung, django_capture_on_commit_callbacks):
    image = hung.images.get()
    late = timezone.now() - timedelta(days=2)
    Row.objects.update(kept_at=late)
    taking.prune()
    assert Row.objects.filter(pk=image.pk).exists()
    hung.delete()
    with django_capture_on_commit_callbacks(execute=True):
        taking.prune()
    assert not Row.objects.exists()
    assert not image.file.storage.exists(image.file.name)


def test_a_worker_that_cannot_keep_an_image_tries_again(
    visitor, drawing, settings, tmp_path
):
    told = send(visitor, drawing).json()
    number = int(told["address"].rpartition("/")[2])
    (tmp_path / "images").write_text("a file where a folder should be")
    for _ in range(taking.MOST_TRIES):
        with pytest.raises(OSError, match="images"):
            taking.take_in.call(number)
    taking.take_in.call(number)
    assert drawing.uploads.get().code == "given-up"


@pytest.mark.slow
def test_the_kept_photograph_is_close_to_the_one_sent(tmp_path):
    sent = photograph(Random(7), 1600, 1200)
    kept = decoded(file_of(sent), tmp_path)
    apart = ImageStat.Stat(ImageChops.difference(sent, kept.convert("RGB"))).mean
    assert max(apart) < 10  # most of it grain


def test_rendering_without_the_image_leaves_it_out(visitor, drawing, ann):
    op = shown(ann, taken(visitor, drawing))
    assert render([op], (100, 100)).getextrema() == ((255, 255),) * 3
