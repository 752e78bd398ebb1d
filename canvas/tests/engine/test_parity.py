"""The server's picture is the browser's picture."""

from random import SystemRandom

import pytest

from canvas.engine.render import render
from canvas.tests.browser import chromium, painted
from canvas.tests.compare import compare
from canvas.tests.generate import FULL_HD, drawing, layered, translucent

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("parity")]

# Of every run its own, so that agreement is not with a few drawings only; a failure
# shows it, being part of the assertion.
FRESH = SystemRandom().randrange(10**9)


@pytest.fixture(scope="module")
def page():
    with chromium() as opened:
        yield opened


def assert_alike(page, strokes, paper="#ffffff", most=0.2):
    theirs = painted(page, strokes, FULL_HD, paper)
    found = compare(render(strokes, FULL_HD, paper=paper), theirs)
    note = f"{found}, fresh seed {FRESH}"
    assert found.mean_abs_error <= most, note
    assert found.share_within_16 >= 0.9998, note
    assert found.share_within_32 >= 0.9999, note
    assert found.ssim >= 0.999, note


@pytest.mark.parametrize("seed", [1, 2, FRESH], ids=["1", "2", "fresh"])
def test_a_hundred_strokes_look_alike(page, seed):
    assert_alike(page, drawing(100, seed))


@pytest.mark.parametrize("seed", [101, FRESH], ids=["101", "fresh"])
def test_a_thousand_strokes_look_alike(page, seed):
    assert_alike(page, drawing(1000, seed))


@pytest.mark.parametrize("seed", [103, FRESH], ids=["103", "fresh"])
def test_a_thousand_markers_look_alike(page, seed):
    assert_alike(page, translucent(1000, seed), most=0.35)


@pytest.mark.parametrize("seed", [3, FRESH], ids=["3", "fresh"])
@pytest.mark.parametrize("paper", ["#ffffff", "#000000"])
def test_layers_look_alike_on_any_paper(page, seed, paper):
    assert_alike(page, layered(300, seed), paper)
