"""What is made of a drawing, format by format: whether it opens, its size, its pixels."""

import subprocess
from dataclasses import replace
from random import Random

import pytest
from PIL import Image, ImageChops, ImageSequence, ImageStat

from canvas.engine import codec
from canvas.engine.ops import Hide, Show
from canvas.engine.render import render
from canvas.pictures import paintings
from canvas.pictures.limits import Limits
from canvas.pictures.painter import CRASHED, Painter, Source, Unpaintable
from canvas.pictures.paintings import Painting, Paintings
from canvas.pictures.recipes import Recipe, Unmakeable, missing
from canvas.pictures.talk import Order
from canvas.pictures.timelapse import FRAME, HELD, MOST_FRAMES
from canvas.tests.generate import drawing, layered

SIZE = (320, 200)
STROKES = layered(60, seed=3, size=SIZE)
LOG = [(seq, codec.encode(stroke)) for seq, stroke in enumerate(STROKES, 1)]


@pytest.fixture(scope="module")
def painter():
    """A painter for the tests of this module."""
    painter = Painter()
    yield painter
    painter.close()


@pytest.fixture
def make(painter, tmp_path):
    """Return a function that makes one file of the drawing and returns its path."""

    def make(kind, size="", log=LOG, drawn=SIZE):
        order = Order("a drawing", len(log), *drawn, kind, size, str(tmp_path))
        return painter.paint(order, Source(parts_of(log)), lambda percent: None)[0]

    return make


@pytest.mark.skipif(missing() != set(), reason="ffmpeg is not on this machine")
def test_an_mp4_plays_for_twenty_seconds(make):
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration"]
    probe = [*command, "-of", "csv=p=0", str(make("timelapse-mp4"))]
    told = subprocess.run(probe, capture_output=True, check=True, text=True)
    assert float(told.stdout) == pytest.approx(20, abs=0.5)


def parts_of(log):
    """Return a reader of a log, ten ops at a time."""
    return lambda seq: (log[i : i + 10] for i in range(seq, len(log), 10))


def same(a, b):
    return a.mode == b.mode and a.size == b.size and a.tobytes() == b.tobytes()


def apart(a, b):
    """Return how far two pictures are apart in the mean, of 255."""
    return max(ImageStat.Stat(ImageChops.difference(a, b)).mean)


@pytest.mark.parametrize("kind", ["png", "webp"])
@pytest.mark.parametrize("scale", [1, 2, 4])
@pytest.mark.parametrize(("end", "paper"), [("", "#ffffff"), ("-clear", None)])
def test_a_picture_has_every_pixel_as_rendered(make, kind, scale, end, paper):
    with Image.open(make(kind, f"{scale}x{end}")) as made:
        assert made.format == kind.upper()
        assert same(made, render(STROKES, SIZE, scale=scale, paper=paper))


@pytest.mark.parametrize(("size", "mode"), [("2x", "RGB"), ("2x-clear", "RGBA")])
def test_an_avif_is_close_to_what_is_rendered(make, size, mode):
    paper = "#ffffff" if mode == "RGB" else None
    rendered = render(STROKES, SIZE, scale=2, paper=paper)
    with Image.open(make("avif", size)) as made:
        assert (made.format, made.mode, made.size) == ("AVIF", mode, (640, 400))
        assert apart(flat(made), flat(rendered)) < 3


def flat(image):
    """Return a picture on white paper."""
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")


def test_a_pdf_is_one_page_as_wide_as_a4_is_long(make):
    data = make("pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert b"/Count 1" in data
    width, height = box_of(data)
    assert width == pytest.approx(297 / 25.4 * 72, abs=1)
    assert width / height == pytest.approx(SIZE[0] / SIZE[1], rel=0.01)


def box_of(pdf):
    """Return the width and height of a PDF's page in points."""
    box = pdf.partition(b"/MediaBox")[2]
    _, _, width, height = box[box.index(b"[") + 1 : box.index(b"]")].split()
    return float(width), float(height)


def test_the_picture_in_a_pdf_is_the_drawing_at_twice_its_size(make, tmp_path):
    data = make("pdf").read_bytes()
    start, end = data.index(b"\xff\xd8"), data.rindex(b"\xff\xd9")
    (tmp_path / "page.jpg").write_bytes(data[start : end + 2])
    with Image.open(tmp_path / "page.jpg") as page:
        assert apart(page.convert("RGB"), render(STROKES, SIZE, scale=2)) < 3


@pytest.mark.parametrize("kind", ["webp", "avif", "gif"])
def test_a_timelapse_takes_twenty_seconds_and_ends_with_the_drawing(make, kind):
    with Image.open(make(f"timelapse-{kind}")) as film:
        assert film.format == kind.upper()
        durations, last = [], None
        for frame in ImageSequence.Iterator(film):
            last = frame.convert("RGB")
            durations.append(frame.info["duration"])
    assert sum(durations) == pytest.approx(MOST_FRAMES * FRAME + HELD, rel=0.01)
    assert durations[-1] >= HELD
    assert last.size == SIZE
    assert apart(last, render(STROKES, SIZE)) < 12


@pytest.mark.slow
def test_a_timelapse_of_many_ops_is_no_longer_and_no_larger(make):
    strokes = drawing(400, seed=4, size=(1920, 1080))
    log = [(seq, codec.encode(stroke)) for seq, stroke in enumerate(strokes, 1)]
    with Image.open(make("timelapse-webp", log=log, drawn=(1920, 1080))) as film:
        assert film.size == (960, 540)
        assert film.n_frames <= MOST_FRAMES
        durations = [
            frame.info["duration"]
            for frame in ImageSequence.Iterator(film)
            if seen(frame)
        ]
    assert sum(durations) == MOST_FRAMES * FRAME + HELD


def seen(frame):
    """Say whether a frame can be looked at."""
    return frame.convert("RGB").size == frame.size


def test_a_timelapse_shows_what_is_not_there_in_the_end(make, ann):
    stroke = ann.stroke((20, 100), (300, 100), width=640, colour="#ff0000")
    log = [(1, codec.encode(stroke)), (2, codec.encode(ann.hide(stroke.id)))]
    with Image.open(make("timelapse-gif", log=log)) as film:
        first, last = (
            frame.convert("RGB").getpixel((150, 100))
            for frame in ImageSequence.Iterator(film)
        )
    assert first[0] > 200 > 100 > first[1]
    assert min(last) > 250


def test_all_frames_of_a_gif_share_one_palette(make):
    data = make("timelapse-gif").read_bytes()
    assert data[10] & 0x80  # a palette for all
    assert local_palettes(data) == 0


def local_palettes(gif):
    """Count the frames of a GIF that bring a palette of their own."""
    at = 13 + 3 * 2 ** ((gif[10] & 7) + 1)
    found = 0
    while gif[at] != 0x3B:
        if gif[at] == 0x21:
            at += 2
        else:
            found += gif[at + 9] >> 7
            at += 11
        while gif[at]:
            at += gif[at] + 1
        at += 1
    return found


def test_a_preview_is_a_picture_and_a_thumbnail(painter, tmp_path):
    order = Order("another", len(LOG), *SIZE, "preview", "", str(tmp_path))
    picture, thumbnail = painter.paint(
        order, Source(parts_of(LOG)), lambda percent: None
    )
    with Image.open(picture) as made:
        assert same(made, render(STROKES, SIZE))
    with Image.open(thumbnail) as small:
        assert small.format == "WEBP"
        assert small.size == SIZE  # smaller than a thumbnail may be


def test_a_painter_asks_only_for_the_ops_it_does_not_know(painter, tmp_path):
    asked = []

    def log(seq):
        asked.append(seq)
        return parts_of(LOG[:until])(seq)

    for until in (20, 50, 50, 15):
        order = Order("a third", until, *SIZE, "png", "1x", str(tmp_path))
        [file] = painter.paint(order, Source(log), lambda percent: None)
        with Image.open(file) as made:
            assert same(made, render(STROKES[:until], SIZE))
    assert asked == [0, 10, 20, 20, 30, 40, 50, 50, 0, 10, 15]


def test_progress_goes_up(painter, tmp_path):
    told = []
    order = Order("a fourth", len(LOG), *SIZE, "timelapse-webp", "", str(tmp_path))
    painter.paint(order, Source(parts_of(LOG)), told.append)
    assert told == sorted(told)
    assert len(set(told)) > 10
    assert max(told) < 100


def test_whoever_speaks_nonsense_to_a_painter_has_another_one_for_it(tmp_path):
    painter = Painter()
    nonsense = Order("a fifth", 1, *SIZE, "preview", "", str(tmp_path / "nowhere"))
    with pytest.raises(Unpaintable) as failed:
        painter.paint(nonsense, Source(parts_of(LOG[:1])), lambda percent: None)
    assert failed.value.code == CRASHED
    order = Order("a fifth", 1, *SIZE, "preview", "", str(tmp_path))
    assert (
        len(painter.paint(order, Source(parts_of(LOG[:1])), lambda percent: None)) == 2
    )
    painter.close()


def test_a_painter_that_says_nothing_in_time_is_ended(tmp_path):
    painter = Painter(Limits(patience=0))
    order = Order("a sixth", len(LOG), *SIZE, "preview", "", str(tmp_path))
    with pytest.raises(Unpaintable, match="too-long"):
        painter.paint(order, Source(parts_of(LOG)), lambda percent: None)


@pytest.mark.parametrize("scale", [1.0, 0.5, 0.37])
@pytest.mark.parametrize("seed", range(4))
def test_a_painting_brought_up_to_date_is_the_one_painted_at_once(scale, seed):
    log = history(seed)
    kept, at_once = Painting(SIZE, scale), Painting(SIZE, scale)
    for start in range(0, len(log), 7):
        kept.take(log[start : start + 7])
        kept.image()
    at_once.take(log)
    assert same(kept.image(), at_once.image())
    assert same(kept.image(None), at_once.image(None))


def history(seed):
    """Return a log in which strokes are drawn, hidden and shown again."""
    random, names, ops = Random(seed), [], []
    for number, stroke in enumerate(layered(80, seed, SIZE)):
        names.append(f"ann.{number}")
        ops.append(replace(stroke, id=names[-1]))
        if random.random() < 0.3:
            kind = random.choice([Hide, Show])
            ops.append(kind(f"ann.h{number}", tuple(random.sample(names, 1))))
    return [(seq, codec.encode(op)) for seq, op in enumerate(ops, 1)]


def test_more_layers_than_are_kept_are_painted_all_the_same(monkeypatch):
    monkeypatch.setattr("canvas.engine.render.MOST_PIXELS", 2 * SIZE[0] * SIZE[1])
    painting = Painting(SIZE)
    for seq in range(0, len(LOG), 20):
        painting.take(LOG[seq : seq + 20])
        assert same(painting.image(), render(STROKES[: painting.head], SIZE))


def test_a_damaged_op_keeps_its_seq_and_changes_nothing():
    painting = Painting(SIZE)
    painting.take([*LOG[:5], (6, b"null"), (7, b"{")])
    assert painting.head == 7
    assert same(painting.image(), render(STROKES[:5], SIZE))


def test_paintings_are_kept_while_there_is_room(monkeypatch):
    monkeypatch.setattr(paintings, "MOST_KEPT", 2)
    kept = Paintings()
    for name in ("a", "b", "a", "c"):
        painting = kept.of(name, SIZE, 5)
        painting.take(LOG[painting.head : 5])
        kept.keep(name, painting)
    assert [kept.of(name, SIZE, 5).head for name in "abc"] == [5, 0, 5]


def test_a_large_painting_makes_room_for_itself(monkeypatch):
    monkeypatch.setattr(paintings, "MOST_KEPT_BYTES", Painting(SIZE).weight + 10)
    kept = Paintings()
    for name in "ab":
        painting = Painting(SIZE)
        painting.head = 1
        kept.keep(name, painting)
    assert [kept.of(name, SIZE, 1).head for name in "ab"] == [0, 1]


@pytest.mark.parametrize(
    ("kind", "size", "code"),
    [
        ("bmp", "", "no-such-kind"),
        ("preview", "", "no-such-kind"),
        ("png", "3x", "no-such-size"),
        ("pdf", "1x", "no-such-size"),
        ("svg", "2x", "no-such-size"),
    ],
)
def test_what_is_not_made_is_refused(kind, size, code):
    with pytest.raises(Unmakeable, match=code):
        Recipe.of(kind, size)
