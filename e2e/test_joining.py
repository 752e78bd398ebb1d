"""A long drawing opens with a checkpoint, and nobody sees or lacks a thing (P58, P61, P62, P63, P64)."""

import os
import subprocess
import sys
from io import BytesIO
from random import Random
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from canvas.checkpoints.keeping import BEHIND
from canvas.tests.compare import compare
from canvas.tests.generate import photograph
from e2e.server import ROOT
from e2e.test_images import file_of, hands_over
from e2e.waiting import until

pytestmark = pytest.mark.slow

LONG = 4_000  # strokes


@pytest.fixture
def ann(visit, own_server):
    """Ann, who has drawn for a long time."""
    return visit(own_server)


@pytest.fixture
def bob(visit, own_server):
    return visit(own_server)


@pytest.fixture
def carol(visit, own_server):
    """Carol, to whom no checkpoint comes: she reads the whole log."""
    carol = visit(own_server)
    carol.page.route("**/at/**", lambda route: route.abort())
    return carol


@pytest.fixture
def address(ann, own_server):
    """The address of Ann's long drawing."""
    address = ann.starts_a_drawing()
    ann.goes_to("/")
    fill(own_server, address, LONG)
    return address


def fill(server, address, count):
    """Have so many strokes of Ann's in a drawing, and a checkpoint of them."""
    key = urlsplit(address).path.split("/")[2]
    command = [sys.executable, "-m", "e2e.filler", key, str(count)]
    environment = {**os.environ, "DATA_DIR": str(server.data_dir)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def asked_for(visitor):
    """Return a list of the chunks of the log a visitor will have asked for."""
    chunks = []

    def note(request):
        if "/log/" in request.url:
            chunks.append(request.url.rpartition("/")[2])

    visitor.page.on("request", note)
    return chunks


def assert_alike(one, other):
    """Hold two visitors' pictures to what a server's and a browser's differ by in a dense drawing."""
    found = compare(one.picture(), other.picture())
    assert found.mean_abs_error <= 0.3, found
    assert found.share_within_16 >= 0.9998, found
    assert found.ssim >= 0.999, found


def server_picture(visitor, address, seq):
    """Return the picture the server makes of a moment after the checkpoint, in the place of older ones."""

    def made():
        answer = visitor.page.request.get(f"{address}picture.png")
        return answer.body() if answer.headers.get("etag") == f'"{seq}"' else None

    return Image.open(BytesIO(until(made))).convert("RGB")


def test_a_long_drawing_opens_without_its_log_and_looks_the_same(
    ann, bob, carol, address
):
    chunks = asked_for(bob)
    bob.opens(address)
    bob.sees_saved(seq=LONG)
    assert compare(bob.picture(), server_picture(bob, address, LONG)).most <= 2
    carol.opens(address)
    carol.sees_saved(seq=LONG)
    assert_alike(bob, carol)
    bob.paints("#ff0000", 60, [(100, 100), (1800, 900)])
    bob.sees_saved(seq=LONG + 1)
    bob.undoes()
    bob.sees_saved(seq=LONG + 2)
    carol.sees_saved(seq=LONG + 2)
    assert_alike(bob, carol)
    assert chunks == []

    # What Ann drew long ago goes as if it had been drawn just now, for her and for everybody.
    ann.opens(address)
    ann.undoes()
    ann.sees_saved(seq=LONG + 3)
    for one in (bob, carol):
        one.sees_saved(seq=LONG + 3)
    assert_alike(ann, carol)
    assert_alike(bob, carol)
    assert len(chunks) == LONG // 1000

    # And it is gone after a reload, which begins before that again.
    ann.reloads()
    ann.sees_saved(seq=LONG + 3)
    assert_alike(ann, carol)
    ann.redoes()
    carol.sees_saved(seq=LONG + 4)
    ann.sees_saved(seq=LONG + 4)
    assert_alike(ann, carol)


def test_an_image_under_the_strokes_is_in_the_checkpoint(ann, bob, carol, own_server):
    address = ann.starts_a_drawing()
    hands_over(ann, "drop", file_of(photograph(Random(2), 1200, 800)), at=(900, 500))
    ann.sees_saved(seq=1)
    ann.goes_to("/")
    fill(own_server, address, BEHIND)
    chunks = asked_for(bob)
    bob.opens(address)
    bob.sees_saved(seq=BEHIND + 1)
    assert chunks == []
    picture = server_picture(bob, address, BEHIND + 1)
    assert compare(bob.picture(), picture).most <= 2
    carol.opens(address)
    carol.sees_saved(seq=BEHIND + 1)
    carol.sees_ink_at(900, 500)
    assert_alike(bob, carol)


def test_clearing_a_long_drawing_and_taking_it_back_needs_no_log(
    ann, bob, carol, address
):
    chunks = asked_for(bob)
    bob.opens(address)
    bob.sees_saved(seq=LONG)
    before = bob.picture()
    bob.clears()
    bob.sees_saved(seq=LONG + 1)
    assert bob.picture().getcolors() == [(1920 * 1080, (255, 255, 255))]
    bob.draws((100, 100), (600, 100))
    bob.sees_saved(seq=LONG + 2)
    bob.undoes()
    bob.undoes()
    bob.sees_saved(seq=LONG + 4)
    assert bob.picture() == before
    assert chunks == []
    expect(bob.page.get_by_role("button", name="Undo")).to_be_disabled()
