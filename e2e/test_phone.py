"""The studio where there is little room."""

import pytest
from playwright.sync_api import expect

from e2e.hands import Hands


@pytest.fixture
def on_a_phone(visit, server):
    """Ann, who draws with a thumb."""
    phone = {"width": 360, "height": 640}
    return visit(server, viewport=phone, has_touch=True, is_mobile=True)


def test_on_a_phone_the_menu_makes_room_for_the_layers(on_a_phone):
    page = on_a_phone.page
    on_a_phone.starts_a_drawing()
    page.get_by_role("button", name="More", exact=True).tap()
    page.get_by_role("button", name="Layers", exact=True).tap()
    expect(page.get_by_role("region", name="Layers")).to_be_visible()
    expect(page.get_by_role("button", name="The desk")).to_be_hidden()


def test_on_a_phone_a_thumb_finds_every_tool(on_a_phone):
    ann = on_a_phone
    ann.starts_a_drawing()
    ann.page.get_by_role("button", name="Shapes and more").tap()
    ann.page.get_by_role("radio", name="Rectangle").check(force=True)
    ann.page.keyboard.press("Escape")
    Hands(ann).drags_a_finger((300, 300), (600, 500), (1200, 800))
    ann.sees_saved(seq=1)
    ann.sees_ink_at(300, 500)
    for part in ("#toolbar", "#topbar .card >> nth=0", "#topbar .card >> nth=1"):
        box = ann.page.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360


def test_at_four_hundred_percent_every_tool_is_within_the_window(visit, server):
    ann = visit(server, viewport={"width": 320, "height": 256}, device_scale_factor=4)
    ann.starts_a_drawing()
    for part in ("#toolbar", "#topbar .card >> nth=0", "#topbar .card >> nth=1"):
        box = ann.page.locator(part).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
