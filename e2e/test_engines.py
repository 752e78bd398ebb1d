"""Ann in Chromium, and beside her Bob in Firefox, or in the engine of Safari."""

import pytest
from PIL import ImageChops, ImageStat

from conftest import needed
from e2e.engines import firefox, webkit
from e2e.proxy import Line, Proxy

# Selenium's own.
pytestmark = pytest.mark.filterwarnings("ignore:setting remote_server_addr")

BLACK = (0, 0, 0)


@pytest.fixture(params=[firefox, webkit], ids=["firefox", "webkit"])
def bob(request, tmp_path):
    """Bob at another engine's browser."""
    with needed(request.param(tmp_path)) as person:
        yield person


@pytest.fixture
def network(server):
    """Bob's way to the server."""
    with Proxy(server.port) as proxy:
        yield proxy


def differs(one, other) -> float:
    """Return how far two pictures are apart, of 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


def draws_offline(bob, network, address):
    """Let Bob open a drawing by his network, lose that, and draw."""
    bob.opens(network.url + address)
    network.line = Line(life=0)
    network.cut()
    bob.sees("saved.dataset.saved === 'offline'")
    bob.draws((200, 200), (500, 400), (900, 250))


def test_what_one_draws_the_other_sees_alike(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.clicks("#tool-marker")
    bob.sees("document.querySelector('input[name=tool]:checked').value === 'marker'")
    bob.draws((200, 200), (500, 400), (900, 250))
    ann.sees_saved(seq=1)
    ann.picks("Pencil")
    ann.draws((300, 700), (800, 600), (1500, 800))
    bob.sees_saved(2)
    bob.undoes()
    ann.sees_saved(seq=3)
    ann.sees_ink_at(500, 400, ink=False)
    bob.sees_saved(3)
    assert differs(bob.picture(), ann.picture()) < 0.1


def test_a_panel_is_as_high_as_in_chromium(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.clicks("#any-colour")
    bob.sees("picker.matches(':popover-open')")
    ann.page.get_by_role("button", name="Any colour, and brushes").click()
    height = ann.page.locator("#picker").bounding_box()["height"]
    found = bob.evaluates("return picker.offsetHeight;")
    assert found == pytest.approx(height, rel=0.1)


def test_what_is_drawn_offline_arrives_with_its_image(ann, bob, network):
    draws_offline(bob, network, ann.starts_a_drawing().removeprefix(ann.url))
    bob.drops_an_image(1500, 800)
    bob.sees("saved.textContent.includes('2 strokes wait')")
    network.line = Line()
    bob.sees_saved(2)
    ann.sees_saved(seq=2)
    ann.sees_colour_at(1500, 800, BLACK)
    assert differs(bob.picture(), ann.picture()) < 0.1


def test_what_waits_outlives_the_page(ann, bob, network):
    address = ann.starts_a_drawing().removeprefix(ann.url)
    draws_offline(bob, network, address)
    bob.sees("saved.textContent.includes('1 stroke waits')")
    bob.goes_to("about:blank")
    network.line = Line()
    bob.opens(network.url + address)
    bob.sees_saved(1)
    ann.sees_saved(seq=1)
    bob.undoes()
    ann.sees_saved(seq=2)
