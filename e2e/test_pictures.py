"""Taking a drawing along."""

import io
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from PIL import Image
from playwright.sync_api import expect

from e2e.people import WINDOW
from e2e.waiting import until


@pytest.fixture
def finished(ann):
    """A drawing of Ann's that she has just finished."""
    ann.starts_a_drawing()
    ann.draws((100, 100), (900, 500), (1500, 200))
    ann.sees_saved(seq=1)
    ann.finishes("To take along")
    return ann.page


def picks(page, label, option):
    page.get_by_label(label, exact=True).select_option(option)


def downloaded(page, button):
    """Press a button and return what comes of it, and its name."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value.path().read_bytes(), download.value.suggested_filename


def test_the_picture_is_had_in_another_size(finished):
    picks(finished, "Size", "3840 × 2160, without paper")
    data, name = downloaded(finished, "Get the picture")
    assert name == "to-take-along-2x-clear.png"
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.mode, picture.size) == ("RGBA", (3840, 2160))
        assert picture.getchannel("A").getextrema() == (0, 255)


def test_the_picture_is_had_in_another_format(finished):
    picks(finished, "Format", "PDF")
    expect(finished.get_by_label("Size", exact=True)).to_be_disabled()
    data, name = downloaded(finished, "Get the picture")
    assert name == "to-take-along.pdf"
    assert data.startswith(b"%PDF")


def test_the_timelapse_is_shown_where_it_was_asked_for(finished):
    picks(finished, "Timelapse", "WebP")
    finished.get_by_role("button", name="Make the timelapse").click()
    film = finished.get_by_role("img", name="The drawing being made")
    expect(film).to_be_visible()
    expect(film).to_have_js_property("naturalWidth", 960)
    with finished.expect_download() as download:
        finished.get_by_role("link", name="Download the timelapse").click()
    assert download.value.suggested_filename.endswith(".webp")


@pytest.fixture
def elsewhere():
    """A site that is not ours: a function that puts a page on it and returns its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    Thread(target=server.serve_forever, daemon=True).start()

    def publish(page):
        server.page = page.encode()
        return f"http://127.0.0.1:{server.server_port}/"

    yield publish
    server.shutdown()
    server.server_close()


class Elsewhere(BaseHTTPRequestHandler):
    """Answers every request with the page of its server."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.server.page)

    def log_message(self, *arguments):
        """Say nothing."""


def test_a_drawing_is_seen_in_a_frame_elsewhere(finished, browser, elsewhere):
    page = browser.new_page()
    page.goto(elsewhere(f'<iframe src="{finished.url}embed/"></iframe>'))
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("link", name="To take along")).to_be_visible()
    picture = inside.locator("img")
    expect(picture).to_have_js_property("naturalWidth", 1920)
    page.close()


def test_a_drawing_in_progress_has_a_fresh_picture_after_a_pause(ann):
    address = ann.starts_a_drawing()
    ann.draws((100, 100), (900, 500))
    ann.sees_saved(seq=1)
    assert fresh(ann.page, f"{address}picture.png") == '"1"'


def fresh(page, address):
    """Wait for a picture; return which one it is."""
    return until(lambda: page.request.get(address).headers.get("etag"))


def test_what_is_printed_is_the_drawing_alone(ann):
    ann.starts_a_drawing()
    ann.page.keyboard.press(".")
    ann.page.emulate_media(media="print")
    for bar in ("#topbar", "#toolbar", "#tools"):
        expect(ann.page.locator(bar)).to_be_hidden()
    box = ann.canvas.bounding_box()
    assert (box["x"], box["y"], box["width"]) == (0, 0, WINDOW["width"])
