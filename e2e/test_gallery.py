"""From a first stroke to a picture in the gallery."""

import io

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import expect

WITHIN = 16  # of 255: how far a pixel of the server's picture may be from the canvas's


def test_a_finished_drawing_hangs_in_the_gallery(ann, bob):
    address = ann.starts_a_drawing()
    bob.opens(address)
    ann.draws((100, 100), (900, 500), (1500, 200))
    ann.sees_saved(seq=1)
    bob.picks("Marker")
    bob.draws((900, 100), (100, 500))
    for one in (ann, bob):
        one.sees_saved(seq=2)
    on_canvas, names = ann.picture(), [ann.name, bob.name]

    ann.finishes("Two lines")

    expect(ann.page.get_by_role("heading", name="Two lines")).to_be_visible()
    for name in names:
        expect(ann.page.get_by_role("main")).to_contain_text(name)
    assert_same(ann.downloads(), on_canvas)
    expect(bob.page).to_have_url(address)
    expect(bob.page.get_by_role("heading", name="Two lines")).to_be_visible()
    bob.goes_to("/gallery/")
    expect(bob.page.get_by_role("link", name="Two lines").first).to_be_visible()


def assert_same(rendered: bytes, on_canvas: Image.Image):
    """Hold the server's picture against the canvas's: at most 1 pixel in 5,000 may differ visibly."""
    picture = Image.open(io.BytesIO(rendered)).convert("RGB")
    difference = ImageChops.difference(picture, on_canvas)
    red, green, blue = difference.split()
    worst = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    off = sum(worst.histogram()[WITHIN + 1 :])
    assert off <= picture.width * picture.height / 5000
    assert max(ImageStat.Stat(difference).mean) <= 0.2


def test_a_guests_drawing_becomes_theirs_when_they_sign_up(ann):
    address = ann.starts_a_drawing()
    ann.draws((100, 100), (600, 100))
    ann.sees_saved(seq=1)
    ann.signs_up("ann")
    ann.opens(address)
    ann.undoes()
    ann.sees_saved(seq=2)
    ann.sees_ink_at(300, 100, ink=False)
    ann.finishes("By a guest")
    credit = ann.page.get_by_role("main").get_by_role("link", name="ann", exact=True)
    expect(credit).to_have_count(1)


def test_nobody_else_can_finish_a_drawing(ann, bob):
    bob.opens(ann.starts_a_drawing())
    expect(bob.page.get_by_role("button", name="Finish")).to_have_count(0)


def test_a_finished_drawing_can_be_drawn_on_again(ann):
    ann.starts_a_drawing()
    ann.draws((100, 100), (600, 100))
    ann.sees_saved(seq=1)
    ann.finishes("Not yet")
    ann.page.get_by_role("button", name="Draw on").click()
    ann.is_in_the_drawing()
    ann.draws((100, 300), (600, 300))
    ann.sees_saved(seq=2)
