"""A drawing taken away as one file, and brought back (P56, P57)."""

import gzip
import json
from io import BytesIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from canvas.engine.ops import Point, Rejected, Shape
from canvas.history import lines
from canvas.history.lines import Unreadable
from canvas.history.pack import pack
from canvas.history.unpack import keep, unpack
from canvas.history.verify import verify
from canvas.models import Author, Drawing, author_for
from canvas.standing import Standings
from canvas.store import Proposal, commit
from canvas.tests.history import log_of, put, scene_of
from canvas.tests.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def drawn(drawing, ann, bob):
    """A drawing with strokes and a clear by Ann and Bob, some of it undone."""
    drawing.title = "Sunset"
    drawing.save()
    first, clear = ann.stroke((1, 2), (30, 40)), bob.clear()
    put(drawing, ann, first, ann.stroke())
    put(drawing, bob, clear, bob.stroke(pressure=True, layer=3))
    put(drawing, ann, ann.hide(first.id))
    put(drawing, bob, bob.hide(clear.id))
    return drawing


@pytest.fixture
def carol():
    return Visitor()


def text_of(drawing):
    """Return the lines of a drawing's file."""
    return gzip.decompress(b"".join(pack(drawing))).splitlines(keepends=True)


def sent(*changed):
    """Return lines as a file that somebody sends."""
    return BytesIO(b"".join(changed))


def imported(drawing, owner):
    """Return a drawing made from another one's file."""
    parcel = unpack(BytesIO(b"".join(pack(drawing))))
    parcel.images.look()
    return keep(parcel, author_for(owner.person))


def look(drawing):
    """Return what one sees of a drawing, but for whose key is on it."""
    return [
        (stroke.brush, stroke.layer, stroke.width, stroke.colour, stroke.points)
        for stroke in scene_of(drawing).strokes()
    ]


def test_a_drawing_comes_back_with_the_same_scene_and_the_same_credits(drawn, stranger):
    again = imported(drawn, stranger)
    assert look(again) == look(drawn) != []
    assert names(again) == names(drawn) == ["Ann", "Bob"]
    assert times(again) == times(drawn)
    assert (again.title, again.width, again.height) == ("Sunset", 1920, 1080)
    assert again.is_owned_by(stranger.person)
    assert verify(again) is None


def names(drawing):
    return [author.name for author in drawing.credits()]


def times(drawing):
    return [(seq, time) for seq, time, *_ in log_of(drawing)]


def test_the_file_is_lines_of_json_that_end_with_the_hash_of_the_log(drawn):
    header, *ops, seal = [json.loads(line) for line in text_of(drawn)]
    assert (header["format"], header["version"], header["head"]) == ("drawnby", 1, 6)
    assert [author["name"] for author in header["authors"]] == ["Ann", "Bob"]
    assert [seq for seq, _, _ in ops] == [1, 2, 3, 4, 5, 6]
    assert seal["hash"] == header["hash"] == bytes(drawn.head_hash).hex()


def test_imported_authors_are_nobody_here(drawn, ann, stranger):
    again = imported(drawn, stranger)
    foreign = Author.objects.filter(ops__drawing=again).distinct()
    assert not {one.key for one in foreign} & {ann.person.key, "bobbobbobbob"}
    assert all(one.user is None for one in foreign)
    theirs = log_of(again)[0][2]
    hide = Proposal(again.pk, ann.hide(theirs), frozenset({ann.person.key}), None)
    [outcome] = commit([hide], Standings())
    assert isinstance(outcome, Rejected)
    assert outcome.code == "not-yours"


def test_figures_come_back_too(drawing, ann, stranger):
    corners = (Point(0, 0), Point(1600, 0), Point(1600, 800))
    figure = Shape(
        ann.op_id(), "rectangle", "#1a2b3c", None, 255, 64, 0, points=corners
    )
    put(drawing, ann, figure)
    [again] = scene_of(imported(drawing, stranger)).strokes()
    assert (again.kind, again.points) == ("rectangle", corners)


def test_an_imported_drawing_can_be_exported_and_imported_again(drawn, stranger):
    again = imported(imported(drawn, stranger), stranger)
    assert look(again) == look(drawn)
    assert names(again) == ["Ann", "Bob"]


def test_an_imported_drawing_can_be_drawn_on(drawn, stranger):
    again = imported(drawn, stranger)
    put(again, stranger, stranger.stroke())
    assert names(again) == ["Ann", "Bob", "A stranger"]
    assert verify(again) is None


def test_an_empty_drawing_has_a_file_too(drawing, stranger):
    assert imported(drawing, stranger).head == 0


def test_a_long_drawing_is_kept_in_parts(drawing, ann, stranger, monkeypatch):
    put(drawing, ann, *[ann.stroke() for _ in range(7)])
    monkeypatch.setattr("canvas.history.pack.PART", 3)
    monkeypatch.setattr("canvas.history.unpack.PART", 3)
    again = imported(drawing, stranger)
    assert look(again) == look(drawing)
    assert verify(again) is None


def test_a_file_need_not_be_gzipped(drawn):
    assert len(unpack(sent(*text_of(drawn))).log) == 6


def test_what_can_be_read_of_a_damaged_log_is_in_the_file(drawn, stranger):
    drawn.ops.filter(seq=2).update(data=b'{"t":')
    parcel = unpack(BytesIO(b"".join(pack(drawn))))
    again = keep(parcel, author_for(stranger.person))
    assert (again.head, parcel.lost) == (5, 1)
    assert verify(again) is None


def test_a_log_with_a_gap_can_be_taken_away_too(drawn):
    drawn.ops.filter(seq=2).delete()
    assert unpack(BytesIO(b"".join(pack(drawn)))).lost == 1


def change(number, old, new):
    """Return what changes one line of a file."""

    def changed(text):
        assert old in text[number]
        text[number] = text[number].replace(old, new)
        return text

    return changed


BAD_FILES = {
    "nothing": (lambda text: [], "not-a-drawing", 1),
    "no header": (lambda text: text[1:], "not-a-drawing", 1),
    "another version": (change(0, b'"version":1', b'"version":2'), "not-a-drawing", 1),
    "a huge sheet": (change(0, b"1920", b"192000"), "not-a-drawing", 1),
    "one key twice": (change(0, b"bobbobbobbob", b"annannannann"), "not-a-drawing", 1),
    "no end": (lambda text: text[:-1], "cut-off", 8),
    "more after the end": (lambda text: [*text, text[1]], "after-the-end", 9),
    "not JSON": (change(3, b"[3,", b"[3;"), "not-an-op", 4),
    "no op": (change(3, b'"t":"clear"', b'"t":"clean"'), "malformed", 4),
    "a time before time": (change(1, b"[1,", b"[1,-"), "not-an-op", 2),
    "a layer too many": (change(3, b'"layer":0', b'"layer":64'), "malformed", 4),
    "out of order": (change(3, b"[3,", b"[2,"), "wrong-seq", 4),
    "beyond its head": (change(6, b"[6,", b"[7,"), "wrong-seq", 7),
    "twice": (change(2, b'annannannann.2"', b'annannannann.1"'), "twice", 3),
    "by nobody": (change(2, b"annannannann.2", b"malmalmalmal.2"), "unknown-author", 3),
    "hides nobody's": (change(5, b"ann.1", b"ann.7"), "no-such-op", 6),
    "moved": (change(1, b"16,32", b"16,33"), "wrong-hash", 8),
    "another hash": (change(7, b'{"hash":"', b'{"hash":"0'), "not-an-op", 8),
}


@pytest.mark.parametrize(
    ("damage", "code", "line"), BAD_FILES.values(), ids=BAD_FILES.keys()
)
def test_a_file_that_is_not_what_it_was_is_refused_by_its_line(
    drawn, damage, code, line
):
    with pytest.raises(Unreadable) as refused:
        unpack(sent(*damage(text_of(drawn))))
    assert (refused.value.code, refused.value.line) == (code, line)


def test_a_file_cut_off_on_its_way_is_refused(drawn):
    whole = b"".join(pack(drawn))
    with pytest.raises(Unreadable, match="cut-off"):
        unpack(BytesIO(whole[:-9]))


def test_a_file_damaged_on_its_way_is_refused(drawn):
    whole = bytearray(b"".join(pack(drawn)))
    whole[40] ^= 0xFF
    with pytest.raises(Unreadable):
        unpack(BytesIO(bytes(whole)))


def test_a_small_file_that_unzips_to_a_huge_one_is_refused_in_time(drawn, monkeypatch):
    monkeypatch.setattr(lines, "LARGEST_TEXT", 100_000)
    padding = b" " * 60_000
    bomb = [b"[%d,1,null%b]\n" % (seq, padding) for seq in range(1, 6)]
    with pytest.raises(Unreadable, match="line 3: too-long"):
        unpack(BytesIO(gzip.compress(b"".join([text_of(drawn)[0], *bomb]))))


def test_a_line_that_never_ends_is_refused(drawn):
    endless = b'[1,1,"' + b"x" * lines.LONGEST_LINE
    with pytest.raises(Unreadable, match="line 2: too-long"):
        unpack(sent(text_of(drawn)[0], endless))


def test_names_that_hide_something_are_cleaned(drawn, stranger):
    text = change(0, b'"name":"Ann"', '"name":"\u202eAnn\\u0000"'.encode())
    parcel = unpack(sent(*text(text_of(drawn))))
    assert [one.name for one in parcel.authors] == ["Ann", "Bob"]


# On the pages


def download(visitor, drawing):
    return visitor.get(reverse("drawing_file", args=[drawing.key]))


def upload(visitor, content):
    file = BytesIO(content)
    file.name = "sunset.drawnby"
    return visitor.post("/d/import/", {"file": file})


def test_whoever_may_see_a_drawing_may_take_it_away_and_bring_it_back(drawn, carol):
    response = download(carol, drawn)
    assert response["Content-Disposition"] == 'attachment; filename="sunset.drawnby"'
    address = upload(carol, b"".join(response.streaming_content)).url
    again = Drawing.objects.get(key=address.strip("/").rpartition("/")[2])
    assert look(again) == look(drawn)
    assert again.is_owned_by(carol.person)


def test_a_private_drawing_is_not_taken_away(drawn, carol):
    Drawing.objects.update(visibility=Drawing.Visibility.PRIVATE)
    private = download(carol, drawn)
    missing = carol.get(reverse("drawing_file", args=["x" * 22]))
    assert private.status_code == missing.status_code == 404
    assert private.content == missing.content


def test_a_bad_file_is_refused_beside_the_field_and_nothing_is_kept(drawn, carol):
    text = change(1, b"16,32", b"16,33")(text_of(drawn))
    response = upload(carol, b"".join(text))
    assert response.status_code == 422
    assert "Line 8: the file was changed" in response.content.decode()
    assert Drawing.objects.count() == 1


def test_a_strangers_bad_file_is_no_fault_the_operator_hears_of(drawn, carol, capfd):
    upload(carol, b"no drawing")
    assert "Traceback" not in capfd.readouterr().err


def test_a_file_larger_than_any_drawing_is_refused(carol, monkeypatch):
    monkeypatch.setattr("canvas.history.forms.LARGEST_FILE", 10)
    assert upload(carol, b"x" * 11).status_code == 422


def test_no_file_is_no_import(carol):
    assert carol.post("/d/import/").status_code == 422
    assert "Import a drawing" in carol.get("/d/import/").content.decode()


def test_who_brings_a_damaged_log_is_told_what_is_missing(drawn, carol):
    drawn.ops.filter(seq=2).update(data=b"")
    response = upload(carol, b"".join(pack(drawn)))
    page = carol.get(response.url).content.decode()
    assert "1 ops of it were damaged and are missing." in page


# On the command line


def test_a_drawing_goes_through_a_file_on_the_command_line(drawn, stranger, tmp_path):
    author_for(stranger.person)
    file = tmp_path / "sunset.drawnby"
    call_command("export_drawing", drawn.key, str(file))
    call_command("import_drawing", str(file), owner=stranger.person.key)
    again = Drawing.objects.exclude(pk=drawn.pk).get()
    assert look(again) == look(drawn)


def test_the_commands_say_what_they_cannot_do(drawn, tmp_path):
    file = tmp_path / "sunset.drawnby"
    file.write_bytes(b"no drawing")
    with pytest.raises(CommandError, match="no drawing nowhere"):
        call_command("export_drawing", "nowhere")
    with pytest.raises(CommandError, match="no author nobody"):
        call_command("import_drawing", str(file), owner="nobody")
    with pytest.raises(CommandError, match="line 1: not-a-drawing"):
        call_command("import_drawing", str(file), owner=drawn.owner_id)
