"""How a drawing was made: watched, asked about, forked, taken away and brought back."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import Raw
from playwright.sync_api import expect

from canvas.engine import codec
from canvas.history.chain import GENESIS, link
from canvas.history.pack import Credit, Header, Seal, line
from canvas.store import Entry
from canvas.tests.generate import drawing

MADE = "2026-01-01T12:00:00+00:00"

# In the very frame that shows it: a moment later the film may be over.
PAUSE_AT_INK = """([x, y]) => {
  const paper = document.querySelector("canvas#paper").getContext("2d");
  if (paper.getImageData(x, y, 1, 1).data[3] <= 127) return false;
  document.querySelector("#play").click();
  return true;
}"""


def draw_together(ann, bob):
    """Have Ann and Bob draw a line each, and Ann one more that she takes back."""
    address = ann.starts_a_drawing()
    bob.opens(address)
    ann.draws((100, 100), (900, 100))
    ann.sees_saved(seq=1)
    bob.draws((100, 300), (900, 300))
    bob.sees_saved(seq=2)
    ann.draws((100, 200), (900, 400))
    ann.sees_saved(seq=3)
    ann.undoes()
    ann.sees_saved(seq=4)
    return address


def test_a_replay_ends_with_what_was_drawn(ann, bob, carol):
    address = draw_together(ann, bob)
    carol.watches(address)
    carol.sees_moment(4)
    expect(carol.page.get_by_role("button", name="Play")).to_be_visible()
    assert carol.picture() == ann.picture()


def test_going_back_shows_the_same_pictures_as_going_on(ann, bob, carol):
    carol.watches(draw_together(ann, bob), at=0)
    carol.sees_moment(0)
    pictures = [picture_at(carol, seq) for seq in range(5)]
    for seq in (4, 3, 2, 1, 0, 3, 1, 4):
        assert picture_at(carol, seq) == pictures[seq]
    assert len({picture.tobytes() for picture in pictures}) == 4  # the fourth op undoes


def picture_at(visitor, seq):
    visitor.goes_to_moment(seq)
    return visitor.picture()


def test_a_layer_is_replayed_as_strong_as_it_was_at_each_moment(ann, carol):
    address = ann.starts_a_drawing()
    ann.paints("#1b2038", 80, [(200, 300), (800, 300)])
    ann.sees_saved(seq=1)
    ann.page.keyboard.press("y")
    ann.page.get_by_role("slider", name="Opacity of the layer").fill("40")
    ann.sees_saved(seq=2)
    ann.draws((200, 600), (800, 600))
    ann.sees_saved(seq=3)
    carol.watches(address, at=1)
    carol.sees_moment(1)
    strong, weak = picture_at(carol, 1), picture_at(carol, 2)
    assert strong.getpixel((500, 300)) == (27, 32, 56)
    assert weak.getpixel((500, 300)) == pytest.approx((164, 166, 175), abs=2)
    assert picture_at(carol, 3) == ann.picture()
    assert picture_at(carol, 1) == strong


def test_a_stroke_grows_while_it_is_played_and_can_be_stopped(ann, bob, carol):
    carol.watches(draw_together(ann, bob), at=0)
    play = carol.page.locator("#play")
    play.click()
    carol.page.wait_for_function(PAUSE_AT_INK, arg=[150, 100])
    expect(play).to_have_accessible_name("Play")
    expect(carol.page.get_by_role("slider", name="Moment")).to_have_value("0")
    carol.sees_ink_at(850, 100, ink=False)
    carol.page.keyboard.press("End")
    carol.sees_moment(4)


def test_nothing_moves_by_itself_for_those_who_mind(visit, server, ann, bob):
    carol = visit(server, reduced_motion="reduce")
    carol.watches(draw_together(ann, bob))
    carol.sees_moment(0)
    carol.page.get_by_role("button", name="Play").click()
    carol.sees_moment(4)


def test_what_was_undone_can_be_left_out(ann, bob, carol):
    carol.watches(draw_together(ann, bob), at=3)
    carol.sees_moment(3)
    carol.sees_ink_at(500, 300)
    carol.sees_ink_at(300, 250)
    carol.page.get_by_label("Show what was undone").uncheck()
    carol.sees_ink_at(300, 250, ink=False)
    carol.sees_ink_at(500, 300)
    carol.page.get_by_label("Show what was undone").check()
    carol.sees_ink_at(300, 250)


def test_pointing_at_a_stroke_tells_who_drew_it_and_leads_there(ann, bob, carol):
    carol.watches(draw_together(ann, bob), at=4)
    carol.sees_moment(4)
    who = carol.page.get_by_role("region", name="who drew this?")
    carol.points_at(200, 300)
    expect(who).to_contain_text(bob.name)
    expect(who).to_contain_text("op 2")
    carol.points_at(200, 100)
    expect(who).to_contain_text(ann.name)
    who.get_by_role("button", name="Go to that moment").click()
    carol.sees_moment(1)
    carol.points_at(200, 300)
    expect(who).to_contain_text("Nothing is drawn there")


def test_a_replay_is_worked_by_the_keyboard_alone(ann, bob, carol):
    carol.watches(draw_together(ann, bob), at=2)
    carol.sees_moment(2)
    for key, seq in [("ArrowRight", 3), ("ArrowLeft", 2), ("Home", 0), ("End", 4)]:
        carol.page.keyboard.press(key)
        carol.sees_moment(seq)
    expect(carol.page.get_by_label("Speed")).to_have_value("1")
    carol.page.keyboard.press("+")
    expect(carol.page.get_by_label("Speed")).to_have_value("2")
    carol.canvas.focus()
    for _ in range(5):  # from the middle, 540 px down, to Bob's line at 300 px
        carol.page.keyboard.press("ArrowUp")
    for _ in range(4):
        carol.page.keyboard.press("ArrowLeft")
    carol.page.keyboard.press("Enter")
    who = carol.page.get_by_role("region", name="who drew this?")
    expect(who).to_contain_text(bob.name)
    carol.sees_moment(4)


def test_a_link_leads_to_the_moment_it_was_copied_at(ann, bob, carol):
    ann.watches(draw_together(ann, bob), at=0)
    ann.goes_to_moment(2)
    carol.page.goto(ann.page.get_by_label("Link to this moment").input_value())
    carol.sees_moment(2)
    assert carol.picture() == ann.picture()


def test_a_fork_begins_at_the_moment_it_was_made_at(ann, bob, carol):
    address = draw_together(ann, bob)
    carol.watches(address, at=0)
    carol.goes_to_moment(1)
    carol.page.get_by_role("button", name="Fork from here").click()
    carol.sees_saved(seq=1)
    assert carol.page.url != address
    carol.sees_ink_at(500, 100)
    carol.sees_ink_at(500, 300, ink=False)
    carol.draws((100, 500), (900, 500))
    carol.sees_saved(seq=2)
    ann.sees_saved(seq=4)
    ann.sees_ink_at(500, 500, ink=False)


def test_ones_own_strokes_can_be_undone_in_ones_fork(ann, bob):
    ann.watches(draw_together(ann, bob), at=0)
    ann.goes_to_moment(2)
    ann.page.get_by_role("button", name="Fork from here").click()
    ann.sees_saved(seq=2)
    ann.undoes()
    ann.sees_saved(seq=3)
    ann.sees_ink_at(500, 100, ink=False)
    ann.sees_ink_at(500, 300)


def test_a_drawing_comes_back_from_its_file(ann, bob, carol, tmp_path):
    address = draw_together(ann, bob)
    carol.watches(address, at=4)
    with carol.page.expect_download() as download:
        carol.page.get_by_role("link", name="Download it with every step").click()
    carol.brings(download.value.path())
    carol.sees_saved(seq=4)
    assert carol.picture() == ann.picture()
    carol.watches(carol.page.url, at=4)
    carol.sees_moment(4)
    for one in (ann, bob):
        expect(carol.page.get_by_role("main")).to_contain_text(one.name)


def test_what_could_not_be_fetched_is_fetched_again_when_asked(ann, bob, carol):
    address = draw_together(ann, bob)
    carol.page.route("**/log/tail*", lambda route: route.abort())
    carol.page.goto(f"{address}replay/?at=4")
    again = carol.page.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    carol.page.unroute("**/log/tail*")
    again.click()
    carol.sees_moment(4)


def test_anywhere_in_a_long_log_is_the_same_from_both_sides(ann, tmp_path):
    ann.brings(long_file(tmp_path, 2345))
    ann.is_in_the_drawing()
    address = ann.page.url
    ann.watches(address, at=1234)
    ann.sees_moment(1234)
    early = ann.picture()
    ann.goes_to_moment(2345)
    late = ann.picture()
    ann.goes_to_moment(1234)
    assert ann.picture() == early
    # A checkpoint is the server's picture; from the log alone (P64) every pixel is the browser's own.
    ann.page.route("**/at/**", lambda route: route.abort())
    ann.opens(address)
    ann.sees_saved(seq=2345)
    assert ann.picture() == late != early


def long_file(folder: Path, count: int) -> Path:
    """Return the file of a drawing of many strokes by one hand."""
    strokes = drawing(count, seed=1)
    ops = [replace(op, id=f"generated.{seq:x}") for seq, op in enumerate(strokes, 1)]
    log = [
        Entry(seq, 1000 * seq, op.id, codec.encode(op)) for seq, op in enumerate(ops, 1)
    ]
    seal = GENESIS
    for entry in log:
        seal = link(seal, entry)
    lines = [line([one.seq, one.time, Raw(one.data)]) for one in log]
    text = [line(header(count, seal)), *lines, line(Seal(seal.hex()))]
    file = folder / "long.drawnby"
    file.write_bytes(gzip.compress(b"".join(text)))
    return file


def header(count: int, seal: bytes) -> Header:
    """Return what is said of a drawing by one hand."""
    authors = [Credit("generated", "Gen", "#1d4ed8")]
    return Header("drawnby", 1, "", 1920, 1080, MADE, count, seal.hex(), authors)
