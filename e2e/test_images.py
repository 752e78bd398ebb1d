"""Images on the paper in real browsers: pasted, dropped and picked, seen by all, moved, undone, replayed."""

import base64
import io
from random import Random

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import expect

from canvas.tests.compare import compare
from canvas.tests.generate import cut_out, photograph
from e2e.people import WHITE

# What somebody pastes, or drops where the pointer is; with a file as the system hands it over.
HAND_OVER = """([kind, name, type, data, place]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type }));
  const where = { bubbles: true, cancelable: true, clientX: place[0], clientY: place[1] };
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { ...where, clipboardData: transfer })
    : new DragEvent(kind, { ...where, dataTransfer: transfer });
  const target = kind === "paste" ? document.body : document.querySelector("#workspace");
  return target.dispatchEvent(event);
}"""


def hands_over(
    visitor, kind, data, *, at=(960, 540), name="image.png", type="image/png"
):
    """Paste a file, or drop it at a place of the drawing."""
    place = visitor._on_screen(at)
    given = [kind, name, type, base64.b64encode(data).decode(), place]
    return visitor.page.evaluate(HAND_OVER, given)


def file_of(picture, kind="PNG", **settings):
    file = io.BytesIO()
    picture.save(file, kind, **settings)
    return file.getvalue()


SQUARE = Image.new("RGB", (200, 100), "#d02f1a")


def test_a_pasted_image_is_seen_by_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    hands_over(ann, "paste", file_of(SQUARE))
    for one in (ann, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(960, 540)
    assert ann.pixel(960, 540) == (0xD0, 0x2F, 0x1A)
    assert ann.pixel(960, 480) == ann.pixel(850, 540) == WHITE
    assert bob.picture() == ann.picture()


def test_a_dropped_image_lies_where_it_was_dropped(ann):
    ann.starts_a_drawing()
    hands_over(ann, "drop", file_of(SQUARE), at=(400, 300))
    ann.sees_saved(seq=1)
    ink = ImageChops.invert(ann.picture()).getbbox()
    assert max(abs(a - b) for a, b in zip(ink, (300, 250, 500, 350), strict=True)) <= 2


def test_an_image_is_picked_from_files_by_keyboard_alone(ann, tmp_path):
    # A browser must know that it is not to show its own dialog before anybody asks for it.
    ann.page.on("filechooser", lambda chooser: None)
    ann.starts_a_drawing()
    file = tmp_path / "photograph.jpg"
    photograph(Random(1), 3000, 2000).save(file)
    with ann.page.expect_file_chooser() as chooser:
        ann.page.keyboard.press("n")
    chooser.value.set_files(file)
    ann.sees_saved(seq=1)
    ann.sees_ink_at(960, 540)
    left, top, right, bottom = ImageChops.invert(ann.picture()).getbbox()
    assert 0 < left < right < 1920
    assert 0 < top < bottom < 1080
    assert (right - left) / (bottom - top) == pytest.approx(1.5, abs=0.01)


def test_it_is_chosen_at_once_and_moves_and_can_be_undone(ann, bob):
    bob.opens(ann.starts_a_drawing())
    hands_over(ann, "paste", file_of(SQUARE))
    ann.sees_saved(seq=1)
    expect(ann.page.locator("#chosen-acts")).to_be_visible()
    ann.draws((960, 540), (460, 340))
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(460, 340)
        one.sees_ink_at(1000, 560, ink=False)
    ann.undoes()
    bob.sees_saved(seq=3)
    bob.sees_ink_at(1000, 560)
    ann.undoes()
    bob.sees_saved(seq=4)
    bob.sees_ink_at(960, 540, ink=False)
    ann.redoes()
    for one in (ann, bob):
        one.sees_saved(seq=5)
        one.sees_ink_at(960, 540)
    assert ann.picture() == bob.picture()


def test_it_is_seen_on_its_way_by_both(ann, bob):
    bob.opens(ann.starts_a_drawing())
    hands_over(ann, "paste", file_of(photograph(Random(3), 700, 500)))
    ann.sees_saved(seq=1)
    bob.sees_ink_at(700, 400)
    ann.puts_pen_down([(960, 540), (1260, 640)])
    for one in (ann, bob):
        one.sees_ink_at(1580, 860)
        one.sees_ink_at(700, 400, ink=False)
    expect(bob.canvas).to_have_attribute("data-head", "1")
    seen = bob.picture()
    ann.lifts_pen()
    for one in (ann, bob):
        one.sees_saved(seq=2)
    assert_alike(seen, bob.picture())
    assert ann.picture() == bob.picture()


def put_several(ann):
    """Put images on Ann's paper, and draw over them; return where that is."""
    address = ann.starts_a_drawing()
    seq = 0
    for place, picture in [
        ((500, 400), photograph(Random(2), 700, 500)),
        ((1200, 600), cut_out(Random(3), 900, 600)),
        ((1500, 300), photograph(Random(4), 2400, 1800)),
    ]:
        hands_over(ann, "drop", file_of(picture), at=place)
        ann.sees_saved(seq=(seq := seq + 1))
    ann.picks("Pen")
    ann.draws((300, 300), (1700, 800))
    ann.sees_saved(seq=seq + 1)
    return address


def assert_alike(a, b):
    """Hold two browsers' pictures to each other.

    Where an image came after the marks over it, these were painted anew in its box, and
    a long edge that is cut there is turned a little: a few of its pixels are a shade off.
    """
    found = compare(a, b)
    assert found.mean_abs_error <= 0.001
    assert found.share_within_16 >= 0.99999


def test_the_servers_picture_is_what_everybody_sees(ann, bob):
    address = put_several(ann)
    bob.opens(address)
    bob.sees_saved(seq=4)
    assert_alike(bob.picture(), ann.picture())
    ann.finishes("With images")
    picture = Image.open(io.BytesIO(ann.downloads()))
    # He is led away by himself: only then does he go elsewhere.
    expect(bob.page.get_by_role("heading", name="With images")).to_be_visible()
    found = compare(picture.convert("RGB"), bob_sees(bob, address))
    assert found.mean_abs_error <= 0.5
    assert found.share_within_16 >= 0.9998


def test_an_image_is_pasted_into_another_drawing(ann, bob):
    ann.starts_a_drawing()
    hands_over(ann, "paste", file_of(SQUARE), at=(960, 540))
    ann.sees_saved(seq=1)
    ann.page.keyboard.press("Control+a")
    ann.page.keyboard.press("Control+d")
    ann.sees_saved(seq=2)
    ann.page.keyboard.press("Control+a")
    ann.page.keyboard.press("Control+c")
    bob.opens(ann.starts_a_drawing())
    ann.page.keyboard.press("Control+v")
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(984, 564)
        one.sees_ink_at(1100, 630)
    assert ann.pixel(984, 564) == (0xD0, 0x2F, 0x1A)
    assert ann.picture() == bob.picture()
    ann.undoes()
    bob.sees_saved(seq=3)
    bob.sees_ink_at(984, 564, ink=False)


def test_what_is_flipped_is_so_in_the_servers_picture_too(ann):
    ann.starts_a_drawing()
    ann.paints("#1b2038", 50, [(220, 580), (220, 220), (880, 220)])
    ann.page.keyboard.press("t")
    ann.draws((300, 800))
    ann.page.keyboard.type("Flip")
    ann.page.keyboard.press("Escape")
    hands_over(ann, "paste", file_of(photograph(Random(6), 700, 500)))
    ann.sees_saved(seq=3)
    for turn, key in enumerate(("Shift+H", "Shift+V")):
        ann.page.keyboard.press("Control+a")
        ann.page.keyboard.press(key)
        ann.sees_saved(seq=4 + turn)
    flipped = ann.picture()
    ann.finishes("Turned over")
    picture = Image.open(io.BytesIO(ann.downloads()))
    found = compare(picture.convert("RGB"), flipped)
    assert found.mean_abs_error <= 0.5
    assert found.share_within_16 >= 0.9998


def bob_sees(bob, address):
    """Return the last moment of the replay."""
    bob.watches(address, at=4)
    bob.sees_moment(4)
    return bob.picture()


def test_a_replay_shows_an_image_from_the_moment_it_came(ann, bob):
    bob.watches(put_several(ann), at=0)
    bob.sees_moment(0)
    assert bob.picture().getextrema() == ((255, 255),) * 3
    bob.goes_to_moment(1)
    assert bob.pixel(500, 400) != WHITE
    assert bob.pixel(1500, 200) == WHITE
    bob.goes_to_moment(4)
    assert bob.pixel(1500, 300) != WHITE


def test_a_drawings_file_brings_its_images_along(ann, carol, tmp_path):
    address = put_several(ann)
    kept = ann.picture()
    file = tmp_path / "with-images.drawnby"
    file.write_bytes(ann.page.request.get(f"{address}drawing.drawnby").body())
    carol.brings(file)
    carol.is_in_the_drawing()
    carol.sees_saved(seq=4)
    assert_alike(carol.picture(), kept)


@pytest.mark.parametrize(
    ("data", "type", "words"),
    [
        (file_of(photograph(Random(5), 90, 70))[:999], "image/png", "is damaged"),
        (b"no image at all", "image/png", "no image this drawing can show"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "no image"),
        (bytes(16 * 2**20 + 1), "image/png", "too large"),
    ],
)
def test_a_file_that_is_no_good_is_refused_with_a_word(ann, data, type, words):
    ann.starts_a_drawing()
    hands_over(ann, "paste", data, type=type)
    expect(ann.page.locator("#notices")).to_contain_text(words)
    ann.sees_ink_at(960, 540, ink=False)
    expect(ann.canvas).to_have_attribute("data-head", "0")


def test_text_that_is_pasted_into_the_chat_is_left_alone(ann):
    ann.starts_a_drawing()
    left_alone = ann.page.locator("#chat-text").evaluate(
        """(field) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/plain", "Hello");
          const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
          field.dispatchEvent(event);
          return !event.defaultPrevented;
        }"""
    )
    assert left_alone
    expect(ann.canvas).to_have_attribute("data-head", "0")
