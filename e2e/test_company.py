"""In company: inviting, talking, pointing and looking along."""

import pytest
from django.conf import settings
from playwright.sync_api import Error, expect

from e2e.people import WINDOW
from e2e.proxy import Proxy
from e2e.waiting import until


def test_the_link_is_copied(ann):
    address = ann.starts_a_drawing()
    ann.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ann.page.get_by_role("button", name="Share").click()
    ann.page.get_by_role("button", name="Copy").click()
    expect(ann.page.get_by_text("The link is copied.")).to_be_visible()
    assert ann.page.evaluate("navigator.clipboard.readText()") == address


def test_the_owner_says_who_may_see_it(ann, bob):
    address = ann.starts_a_drawing()
    ann.page.get_by_role("button", name="Share").click()
    ann.page.get_by_role("radio", name="only me").check()
    expect(ann.page.get_by_text("this is who may see it now")).to_be_visible()
    bob.page.goto(address)
    expect(bob.page.locator("canvas#paper")).to_have_count(0)
    bob.troubles.clear()  # the browser complains of the page that is not there


def test_what_the_owner_chooses_last_is_who_may_see_it(ann):
    address = ann.starts_a_drawing()
    held = []
    ann.page.route("**/share/", lambda request: held.append(request), times=1)
    ann.page.get_by_role("button", name="Share").click()
    ann.page.get_by_role("radio", name="only me").check()
    until(lambda: ann.page.title() and held)  # asking is what brings it here
    ann.page.get_by_role("radio", name="everyone").check()
    with ann.page.expect_response("**/share/"):
        held[0].continue_()
    expect(ann.page.get_by_text("this is who may see it now")).to_be_visible()
    ann.opens(address)
    ann.page.get_by_role("button", name="Share").click()
    expect(ann.page.get_by_role("radio", name="everyone")).to_be_checked()


def says(visitor, text: str) -> None:
    """Say something in the chat, which is open."""
    visitor.page.get_by_label("Say something").fill(text)
    visitor.page.keyboard.press("Enter")


def test_what_ann_says_bob_reads_when_he_likes(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.page.keyboard.press("c")
    says(ann, "More <b>blue</b>?")
    unread = bob.page.get_by_role("button", name="Chat, 1 unread")
    unread.click()
    log = bob.page.get_by_role("log")
    expect(log).to_contain_text(f"{ann.name} More <b>blue</b>?")
    expect(ann.page.get_by_role("log")).to_contain_text("More <b>blue</b>?")
    expect(bob.page.get_by_role("button", name="Chat", exact=True)).to_be_visible()


def test_what_cannot_be_sent_stays_in_the_field(ann):
    ann.starts_a_drawing()
    ann.page.keyboard.press("c")
    ann.goes_offline()
    says(ann, "Hello?")
    expect(ann.page.get_by_text("Not sent")).to_be_visible()
    expect(ann.page.get_by_label("Say something")).to_have_value("Hello?")


def test_keys_typed_into_the_chat_draw_nothing(ann):
    ann.starts_a_drawing()
    ann.page.keyboard.press("c")
    ann.page.keyboard.type("marker")
    expect(ann.page.get_by_label("Say something")).to_have_value("marker")
    expect(ann.page.get_by_role("radio", name="Pen", exact=True)).to_be_checked()


def test_what_is_told_again_stays_as_long_as_what_is_told_first(ann):
    ann.page.clock.install()
    ann.starts_a_drawing()
    told = ann.page.locator(".notice", has_text="Cleared.")
    ann.clears()
    expect(told).to_be_visible()
    ann.page.clock.fast_forward(7000)
    ann.clears()
    ann.page.clock.fast_forward(1500)
    expect(told).to_be_visible()
    ann.page.clock.fast_forward(8000)
    expect(told).to_be_hidden()


def test_who_comes_and_goes_is_told(ann, bob):
    address = ann.starts_a_drawing()
    bob.opens(address)
    told = ann.page.locator("#told")
    expect(told).to_contain_text(f"{bob.name} is here")
    name = bob.name
    bob.leaves()
    expect(told).to_contain_text(f"{name} has left")


def sees_people(visitor, count: int) -> None:
    people = visitor.page.locator("[data-participants]")
    expect(people).to_have_attribute("data-participants", str(count))


def test_p20_who_crashes_is_gone(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.puts_pen_down([(300, 300), (700, 300)])
    ann.sees_ink_at(500, 300)
    with pytest.raises(Error, match="crash"):
        bob.page.goto("chrome://crash")
    sees_people(ann, 1)
    ann.sees_ink_at(500, 300, ink=False)
    expect(ann.page.locator(".cursor")).to_have_count(0)


def test_p20_who_falls_silent_is_gone_within_five_seconds(ann, visit, server):
    assert settings.SOCKETIO_PING_INTERVAL + settings.SOCKETIO_PING_TIMEOUT < 5
    address = ann.starts_a_drawing()
    with Proxy(server.port) as way:
        bob = visit(way)
        bob.opens(address.replace(server.url, way.url))
        bob.puts_pen_down([(300, 300), (700, 300)])
        ann.sees_ink_at(500, 300)
        way.mute()
        bob.goes_offline()  # he would come back on another line
        sees_people(ann, 1)
        ann.sees_ink_at(500, 300, ink=False)
        bob.leaves()
        bob.troubles.clear()


def test_a_laser_is_seen_by_the_others_and_fades(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.page.keyboard.press("k")
    bob.watches_out_for("#lasers", "data-trails")
    ann.puts_pen_down([(300, 300), (700, 500)])
    bob.has_seen("#lasers", "1")
    ann.lifts_pen()
    expect(bob.page.locator("#lasers")).to_have_attribute("data-trails", "0")
    expect(bob.canvas).to_have_attribute("data-head", "0")


def test_bob_follows_anns_view_until_he_moves_the_paper(ann, bob):
    bob.opens(ann.starts_a_drawing())
    bob.page.get_by_role("button", name="2 people here").click()
    bob.page.get_by_role("button", name=f"Follow {ann.name}").click()
    expect(bob.page.get_by_text(f"Following {ann.name}")).to_be_visible()
    expect(ann.page.locator("#told")).to_contain_text(f"{bob.name} follows you")
    before = bob.canvas.bounding_box()["width"]
    for _ in range(3):
        ann.page.keyboard.press("+")
    bob.page.wait_for_function(
        "width => paper.getBoundingClientRect().width > 1.9 * width", arg=before
    )
    bob.page.keyboard.press("Escape")
    bob.page.keyboard.press("ArrowLeft")
    expect(bob.page.get_by_text(f"Following {ann.name}")).to_be_hidden()


def test_by_keys_bob_follows_ann_and_stops_without_looking_for_the_button_again(
    ann, bob, carol
):
    address = ann.starts_a_drawing()
    bob.opens(address)
    bob.page.get_by_role("button", name="2 people here").click()
    bob.page.get_by_role("button", name=f"Follow {ann.name}").focus()
    # By where focus is: Carol may be called as Ann is.
    button = bob.page.locator("#participants button:focus")
    bob.page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    carol.opens(address)
    expect(bob.page.locator("#participants li")).to_have_count(3)
    expect(button).to_have_attribute("aria-pressed", "true")
    bob.page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_who_draws_is_read_out(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.puts_pen_down([(300, 300), (500, 300)])
    expect(bob.page.locator("#told")).to_contain_text(f"{ann.name} draws")
    ann.lifts_pen()


def test_bob_jumps_to_where_ann_points(ann, bob):
    bob.opens(ann.starts_a_drawing())
    for _ in range(6):
        bob.page.keyboard.press("+")
    ann.moves_to(1800, 1000)
    bob.sees_cursor_at(1800, 1000, of=ann)
    bob.page.get_by_role("button", name="2 people here").click()
    bob.page.get_by_role("button", name=f"Jump to {ann.name}").click()
    bob.page.wait_for_function(
        """name => {
          const cursors = [...document.querySelectorAll(".cursor")];
          const { x, y } = cursors.find((one) => one.textContent.includes(name)).getBoundingClientRect();
          return Math.abs(x - 640) < 80 && Math.abs(y - 400) < 80;
        }""",
        arg=ann.name,
    )


def test_cursors_can_be_hidden_and_stay_so(ann, bob):
    address = ann.starts_a_drawing()
    bob.opens(address)
    bob.moves_to(300, 300)
    cursor = ann.page.locator(".cursor", has_text=bob.name)
    expect(cursor).to_be_visible()
    ann.page.get_by_role("button", name="2 people here").click()
    ann.page.get_by_label("Show where the others point").uncheck()
    expect(cursor).to_be_hidden()
    ann.reloads()
    bob.moves_to(400, 400)
    expect(cursor).to_be_attached()
    expect(cursor).to_be_hidden()


def test_the_tools_stand_at_the_right_for_a_left_hand(ann):
    ann.starts_a_drawing()
    ann.page.get_by_role("button", name="The desk").click()
    ann.page.get_by_label("Tools for the left hand").check()
    ann.page.keyboard.press("Escape")
    rail = ann.page.get_by_role("group", name="Tool", exact=True).bounding_box()
    assert rail["x"] + rail["width"] > WINDOW["width"] - 60
    paper = ann.canvas.bounding_box()
    assert paper["x"] + paper["width"] < rail["x"]


def test_the_page_is_painted_before_the_socket_connects(ann, bob):
    address = ann.starts_a_drawing()
    bob.page.route("**/socket.io/**", lambda route: None)
    bob.page.route_web_socket("**/socket.io/**", lambda socket: None)
    bob.page.goto(address, wait_until="commit")
    expect(bob.page.get_by_role("radio", name="Pen", exact=True)).to_be_visible()
    bob.page.wait_for_function(
        "() => performance.getEntriesByName('first-contentful-paint').length === 1"
    )
    expect(bob.saved).to_have_text("Opening…")


def test_how_many_more_are_here_is_a_face_like_the_others(ann, visit, server):
    address = ann.starts_a_drawing()
    for _ in range(4):
        visit(server).opens(address)
    rest = ann.page.locator("#faces .face").last
    expect(rest).to_have_attribute("data-initial", "+1")
    first = ann.page.locator("#faces .face").first.bounding_box()
    assert rest.bounding_box()["width"] == first["width"]
    assert rest.bounding_box()["height"] == first["height"]
    assert rest.bounding_box()["y"] == first["y"]
