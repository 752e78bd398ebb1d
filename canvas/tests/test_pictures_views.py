"""Pictures over HTTP: fresh ones, past ones, other formats, and on other people's pages."""

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from canvas import tasks
from canvas.models import Drawing, Picture
from canvas.tests.test_tasks import make_preview, put, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

INK = (0x1A, 0x2B, 0x3C)
PAPER = (255, 255, 255)


@pytest.fixture
def stroke(ann):
    return ann.stroke((100, 100), (300, 100), width=160)


@pytest.fixture
def shown(drawing, ann, stroke):
    """A drawing of Ann's with a stroke, and its picture."""
    put(drawing, ann, stroke)
    make_preview(drawing)
    return drawing


def address(name, drawing, *more):
    return reverse(name, args=[drawing.key, *more])


def body(response):
    return b"".join(response.streaming_content)


def image(response):
    return Image.open(io.BytesIO(body(response)))


# The fresh picture


@pytest.mark.parametrize("name", ["picture", "thumbnail"])
def test_a_picture_that_is_known_is_not_sent_again(visitor, shown, ann, name):
    first = visitor.get(address(name, shown))
    assert body(first)
    assert first["ETag"] == '"1"'
    assert first["Cache-Control"] == "private, no-cache"
    again = visitor.get(address(name, shown), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", '"1"')
    put(shown, ann, ann.stroke())
    make_preview(shown)
    newer = visitor.get(address(name, shown), headers={"If-None-Match": first["ETag"]})
    assert (newer.status_code, newer["ETag"]) == (200, '"2"')
    assert body(newer)


def test_the_picture_and_the_thumbnail_have_the_drawings_pixels(visitor, shown):
    picture = image(visitor.get(address("picture", shown)))
    assert (picture.format, picture.size) == ("PNG", (1920, 1080))
    assert picture.getpixel((200, 100)) == INK
    small = image(visitor.get(address("thumbnail", shown)))
    assert (small.format, small.size) == ("WEBP", (640, 360))
    assert max(small.convert("RGB").getpixel((67, 33))) < 100


def test_a_link_card_may_ask_for_the_head_alone(visitor, shown):
    response = visitor.head(address("picture", shown))
    assert (response.status_code, response["ETag"]) == (200, '"1"')
    assert body(response) == b""


# A moment of the past


def test_a_picture_of_the_past_is_made_when_asked_for(visitor, shown, ann, stroke):
    put(shown, ann, ann.hide(stroke.id))
    past = visitor.get(address("picture", shown), {"seq": "1"})
    assert past.status_code == 202
    assert past["Retry-After"] == "1"
    assert past.json()["state"] == "waiting"
    work(shown)
    past = visitor.get(address("picture", shown), {"seq": "1"})
    assert past["Content-Type"] == "image/png"
    assert "immutable" in past["Cache-Control"]
    assert image(past).getpixel((200, 100)) == INK


@pytest.mark.parametrize("seq", ["0", "-1", "2", "x", "", "9" * 30, "१"])
def test_there_is_no_picture_of_a_moment_that_never_was(visitor, shown, seq):
    response = visitor.get(address("picture", shown), {"seq": seq})
    assert (response.status_code, response.json()) == (400, {"code": "no-such-seq"})
    assert not shown.pictures.exists()


# Other formats

FORMATS = [
    ("png", "2x", "image/png", b"\x89PNG"),
    ("webp", "1x-clear", "image/webp", b"RIFF"),
    ("avif", "1x", "image/avif", b"\0\0\0"),
    ("svg", "1x", "image/svg+xml", b"<svg "),
    ("pdf", "", "application/pdf", b"%PDF"),
    ("timelapse-webp", "", "image/webp", b"RIFF"),
    ("timelapse-gif", "", "image/gif", b"GIF89a"),
]


@pytest.mark.parametrize(("kind", "size", "media_type", "magic"), FORMATS)
def test_what_is_asked_for_is_made_and_downloaded(
    visitor, shown, kind, size, media_type, magic
):
    asked = visitor.post(address("pictures", shown), {"kind": kind, "size": size})
    assert asked.status_code == 202
    told = asked.json()
    assert (told["state"], told["file"]) == ("waiting", None)
    work(shown)
    told = visitor.get(told["address"]).json()
    assert (told["state"], told["progress"]) == ("made", 100)
    response = visitor.get(told["file"])
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"].startswith("attachment")
    assert "immutable" in response["Cache-Control"]
    assert body(response).startswith(magic)


def test_a_file_is_called_by_the_drawings_title(visitor, shown):
    Drawing.objects.update(title="Två linjer")
    told = visitor.post(
        address("pictures", shown), {"kind": "png", "size": "2x"}
    ).json()
    work(shown)
    response = visitor.get(visitor.get(told["address"]).json()["file"])
    assert "tv%C3%A5-linjer-2x.png" in response["Content-Disposition"]
    assert image(response).size == (3840, 2160)


@pytest.mark.parametrize(
    ("kind", "size", "code"),
    [
        ("preview", "", "no-such-kind"),
        ("../png", "1x", "no-such-kind"),
        ("png", "100x", "no-such-size"),
        ("png", "", "no-such-size"),
    ],
)
def test_what_is_not_made_is_refused(visitor, shown, kind, size, code):
    response = visitor.post(address("pictures", shown), {"kind": kind, "size": size})
    assert (response.status_code, response.json()) == (400, {"code": code})
    assert not shown.pictures.exists()


def test_a_picture_larger_than_is_made_is_refused(visitor, shown):
    Drawing.objects.update(width=4000)
    response = visitor.post(address("pictures", shown), {"kind": "png", "size": "4x"})
    assert (response.status_code, response.json()) == (400, {"code": "too-large"})


def test_a_drawing_with_nothing_on_it_has_no_pictures(visitor, drawing):
    assert visitor.get(address("picture", drawing)).status_code == 404
    response = visitor.post(address("pictures", drawing), {"kind": "pdf"})
    assert response.json() == {"code": "no-such-seq"}


def test_whoever_asks_for_too_much_waits(visitor, shown, ann):
    put(shown, ann, *[ann.stroke() for _ in range(20)])
    answers = [
        visitor.post(
            address("pictures", shown), {"kind": "pdf", "seq": seq}
        ).status_code
        for seq in range(1, 11)
    ]
    assert answers == [202] * 8 + [429] * 2


def test_why_something_failed_is_told(visitor, shown):
    told = visitor.post(address("pictures", shown), {"kind": "pdf"}).json()
    Picture.objects.update(state=Picture.State.FAILED, code="too-long")
    told = visitor.get(told["address"]).json()
    assert (told["state"], told["code"], told["file"]) == ("failed", "too-long", None)


def test_a_file_that_is_not_made_yet_is_not_there(visitor, shown):
    visitor.post(address("pictures", shown), {"kind": "pdf"})
    number = shown.pictures.get().pk
    assert visitor.get(address("picture_file", shown, number)).status_code == 404


# Who may

PLACES = [
    ("picture", []),
    ("thumbnail", []),
    ("picture_state", [1]),
    ("picture_file", [1]),
    ("embed", []),
]


@pytest.mark.parametrize(("name", "more"), PLACES)
def test_a_private_drawings_pictures_are_not_told_from_none(visitor, shown, name, more):
    shown.pictures.create(pk=1, seq=1, kind="pdf")
    Drawing.objects.update(visibility="private")
    private = visitor.get(address(name, shown, *more))
    missing = visitor.get(reverse(name, args=["x" * 22, *more]))
    assert private.status_code == missing.status_code == 404
    assert private.content == missing.content


def test_nobody_has_pictures_made_of_a_private_drawing(visitor, shown):
    Drawing.objects.update(visibility="private")
    response = visitor.post(address("pictures", shown), {"kind": "pdf"})
    assert response.status_code == 404
    assert not shown.pictures.exists()


def test_a_picture_is_not_found_through_another_drawing(visitor, shown, ann):
    private = Drawing.objects.create(owner=shown.owner, visibility="private")
    put(private, ann, ann.stroke())
    theirs = private.pictures.create(seq=1, kind="pdf")
    assert visitor.get(address("picture_state", shown, theirs.pk)).status_code == 404


def test_the_owner_has_pictures_of_a_private_drawing(visitor, ann):
    mine = visitor.starts()
    put(mine, ann, ann.stroke())
    mine.visibility = "private"
    mine.save()
    response = visitor.post(address("pictures", mine), {"kind": "pdf"})
    assert response.status_code == 202


# On other people's pages


def cards(page):
    """Return what a page says of itself to those who link to it."""
    pairs = re.findall(r'<meta (?:property|name)="(\S+)" content="([^"]*)">', page)
    return {name: content for name, content in pairs if ":" in name}


@pytest.mark.parametrize("finished", [None, "2026-01-01T00:00Z"])
def test_a_link_to_a_drawing_shows_its_picture(visitor, shown, finished):
    Drawing.objects.update(title="Two <lines>", finished_at=finished)
    page = visitor.get(shown.get_absolute_url()).content.decode()
    card = cards(page)
    assert card["og:title"] == "Two &lt;lines&gt;"
    assert card["og:image"] == f"http://testserver{address('picture', shown)}"
    assert (card["og:image:width"], card["og:image:height"]) == ("1920", "1080")
    assert card["twitter:card"] == "summary_large_image"
    assert "Ann" in card["og:description"]


def test_the_card_of_a_private_drawing_says_nothing_of_it(visitor, ann):
    mine = visitor.starts()
    put(mine, ann, ann.stroke())
    make_preview(mine)
    Drawing.objects.update(title="Secret", visibility="private")
    page = visitor.get(mine.get_absolute_url()).content.decode()
    assert cards(page)["og:title"] == "DrawnBy"
    assert not any("Secret" in content for content in cards(page).values())
    assert "og:image" not in cards(page)
    assert "oembed" not in page


def test_a_page_says_where_to_ask_how_to_embed_it(visitor, shown):
    page = visitor.get(shown.get_absolute_url()).content.decode()
    [link] = re.findall(r'type="application/json\+oembed" href="([^"]*)"', page)
    told = visitor.get(link.removeprefix("http://testserver")).json()
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert told["author_name"] == "Ann"
    assert f'src="http://testserver{address("embed", shown)}"' in told["html"]
    assert (told["width"], told["height"]) == (640, 360)
    assert (told["thumbnail_width"], told["thumbnail_height"]) == (640, 360)
    assert body(visitor.get(told["thumbnail_url"])).startswith(b"RIFF")


def oembed(visitor, drawing, **more):
    url = f"http://testserver{drawing.get_absolute_url()}"
    return visitor.get("/oembed/", {"url": url, **more})


def test_a_frame_is_as_large_as_there_is_room(visitor, shown):
    told = oembed(visitor, shown, maxwidth="800", maxheight="180").json()
    assert (told["width"], told["height"]) == (320, 180)
    told = oembed(visitor, shown, maxwidth="0", maxheight="x").json()
    assert (told["width"], told["height"]) == (1, 1)


def test_a_private_drawing_is_not_embedded_even_for_its_owner(visitor, ann):
    mine = visitor.starts()
    Drawing.objects.update(visibility="private")
    missing = visitor.get("/oembed/", {"url": "http://testserver/d/xxx/"})
    private = oembed(visitor, mine)
    assert private.status_code == missing.status_code == 404
    assert private.content == missing.content


@pytest.mark.parametrize(
    "url", ["", "http://elsewhere/d/{key}/", "http://testserver/", "http://[", "x"]
)
def test_only_drawings_of_this_site_are_described(visitor, shown, url):
    response = visitor.get("/oembed/", {"url": url.format(key=shown.key)})
    assert response.status_code == 404


def test_oembed_is_spoken_in_json_alone(visitor, shown):
    assert oembed(visitor, shown, format="xml").status_code == 501


def test_the_embed_page_alone_may_be_in_a_frame(visitor, shown):
    embed = visitor.get(address("embed", shown))
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed
    assert address("picture", shown) in embed.content.decode()
    page = visitor.get(shown.get_absolute_url())
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_a_finished_drawings_page_offers_what_can_be_made(visitor, shown):
    Drawing.objects.update(finished_at="2026-01-01T00:00Z", width=4096, height=1000)
    page = visitor.get(shown.get_absolute_url()).content.decode()
    assert "8192 × 2000, without paper" in page
    assert "16384" not in page
    for kind in ("png", "webp", "avif", "svg", "pdf", "timelapse-gif"):
        assert f'value="{kind}"' in page


# A picture that could not be made


@pytest.fixture
def unpictured(drawing, ann, stroke):
    """A finished drawing of Ann's whose picture could not be made a while ago."""
    put(drawing, ann, stroke)
    drawing.finished_at = timezone.now()
    drawing.save()
    late = timezone.now() - timedelta(minutes=5)
    drawing.pictures.create(
        seq=1, kind="preview", state=Picture.State.FAILED, settled_at=late
    )
    return drawing


def test_a_finished_page_says_that_its_picture_is_being_made(
    visitor, drawing, ann, stroke
):
    put(drawing, ann, stroke)
    Drawing.objects.update(finished_at=timezone.now())
    tasks.ask_preview(drawing.pk)
    page = visitor.get(address("drawing", drawing)).content.decode()
    assert "is being made" in page
    assert "Try again" not in page


def test_a_finished_page_has_its_picture_made_when_nobody_has_asked_for_it_yet(
    visitor, drawing, ann, stroke
):
    put(drawing, ann, stroke)
    Drawing.objects.update(finished_at=timezone.now())
    assert "is being made" in visitor.get(address("drawing", drawing)).content.decode()
    work(drawing)
    assert drawing.is_shown


def test_a_picture_that_comes_while_the_page_is_made_has_not_failed(
    drawing, ann, stroke
):
    put(drawing, ann, stroke)
    tasks.ask_preview(drawing.pk)
    before = Drawing.objects.get()
    work(drawing)
    assert not before.is_shown
    assert before.is_being_pictured


def test_a_finished_page_says_that_its_picture_failed_and_offers_to_try_again(
    visitor, unpictured
):
    page = visitor.get(address("drawing", unpictured)).content.decode()
    assert "could not be made" in page
    assert "data-waiting" not in page
    answer = visitor.post(address("picture_again", unpictured))
    assert answer["Location"] == address("drawing", unpictured)
    assert "is being made" in visitor.get(answer["Location"]).content.decode()
    work(unpictured)
    assert unpictured.is_shown


def test_what_failed_just_now_is_not_tried_again_at_once(visitor, unpictured):
    unpictured.pictures.update(settled_at=timezone.now())
    visitor.post(address("picture_again", unpictured))
    assert unpictured.pictures.get().state == Picture.State.FAILED


def test_a_picture_that_is_there_is_not_made_again(visitor, shown):
    visitor.post(address("picture_again", shown))
    assert not shown.pictures.exists()


def test_nobody_has_a_picture_made_of_what_they_may_not_see(visitor, unpictured):
    Drawing.objects.update(visibility=Drawing.Visibility.PRIVATE)
    assert visitor.post(address("picture_again", unpictured)).status_code == 404
