"""Images put on the paper while offline: seen at once, kept, sent once, and what was drawn on them above them (P71)."""

import io
from random import Random

import psutil
from PIL import Image
from playwright.sync_api import expect

from canvas.tests.generate import photograph
from e2e.chromium import FLAGS, path
from e2e.people import Visitor
from e2e.test_images import SQUARE, file_of, hands_over
from e2e.waiting import until

RED = (0xD0, 0x2F, 0x1A)
BLUE = (0, 0, 255)
MIDDLE = (960, 540)


def puts_offline(visitor, picture=SQUARE, *, waiting="1 stroke waits", **given):
    """Put an image on the paper without a connection, and see it there."""
    visitor.goes_offline()
    hands_over(visitor, "paste", file_of(picture), **given)
    expect(visitor.saved).to_contain_text(waiting)
    visitor.sees_ink_at(*MIDDLE)


def sent(visitor):
    """Return a list that grows by every file the visitor sends."""
    posts = []
    visitor.context.on(
        "request",
        lambda one: posts.append(one) if is_sent(one) else None,
    )
    return posts


def is_sent(request):
    return request.method == "POST" and request.url.endswith("/images/")


def notices(visitor):
    return visitor.page.locator("#notices")


def test_an_image_put_offline_is_seen_at_once_and_by_all_when_the_line_is_back(
    ann, bob
):
    bob.opens(ann.starts_a_drawing())
    puts_offline(ann)
    assert ann.pixel(*MIDDLE) == RED
    ann.comes_back()
    for one in (ann, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(*MIDDLE)
    assert bob.pixel(*MIDDLE) == RED
    assert bob.picture() == ann.picture()


def test_it_survives_a_closed_tab_and_is_in_the_servers_picture(ann, bob):
    address = ann.starts_a_drawing()
    posts = sent(ann)
    puts_offline(ann)
    ann.closes_the_tab()
    ann.comes_back()
    ann.opens(address)
    bob.opens(address)
    for one in (ann, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(*MIDDLE)
    assert len(posts) == 1
    ann.reloads()
    ann.sees_saved(seq=1)
    ann.finishes("Put offline")
    picture = Image.open(io.BytesIO(ann.downloads())).convert("RGB")
    assert picture.getpixel(MIDDLE) == RED


class Enduring:
    """A browser that keeps what it has in a folder, and can be killed."""

    def __init__(self, browser, folder):
        self._kind = browser.browser_type
        self._folder = folder

    def new_context(self, **settings):
        return self._kind.launch_persistent_context(
            self._folder, executable_path=path(), args=FLAGS, **settings
        )

    def kill(self):
        """End it at once, as a crash would."""
        folder = f"--user-data-dir={self._folder}"
        found = psutil.process_iter(["cmdline"])
        processes = [one for one in found if folder in (one.info["cmdline"] or [])]
        assert processes
        for process in processes:
            process.kill()
        psutil.wait_procs(processes)


def test_it_survives_a_killed_browser(browser, server, tmp_path, bob):
    enduring = Enduring(browser, tmp_path)
    ann = Visitor(enduring, server.url)
    address = ann.starts_a_drawing()
    puts_offline(ann)
    cookies = ann.context.cookies()
    enduring.kill()
    again = Visitor(enduring, server.url)
    again.context.add_cookies(cookies)  # Chromium writes them half a minute late
    again.opens(address)
    bob.opens(address)
    for one in (again, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(*MIDDLE)
    again.leaves()


def test_it_is_there_after_a_reload_while_the_server_is_away(visit, own_server):
    ann = visit(own_server)
    address = ann.starts_a_drawing()
    puts_offline(ann)
    ann.page.route("**/socket.io/**", lambda route: route.abort())
    ann.page.route_web_socket("**/socket.io/**", lambda line: line.close())
    ann.comes_back()
    ann.page.on("dialog", lambda dialog: dialog.accept())
    ann.page.goto(address)
    ann.sees_ink_at(*MIDDLE)
    assert ann.pixel(*MIDDLE) == RED
    ann.closes_the_tab()
    ann.opens(address)
    ann.sees_saved(seq=1)


def test_what_is_drawn_on_it_offline_lies_above_it(ann, bob):
    bob.opens(ann.starts_a_drawing())
    puts_offline(ann)
    ann.picks("Pen")
    ann.paints("#0000ff", 40, [(880, 540), (1040, 540)])
    expect(ann.saved).to_contain_text("2 strokes wait")
    ann.sees_colour_at(*MIDDLE, BLUE)
    ann.comes_back()
    for one in (ann, bob):
        one.sees_saved(seq=2)
    assert ann.pixel(*MIDDLE) == bob.pixel(*MIDDLE) == BLUE
    assert bob.pixel(960, 500) == RED


def test_moved_offline_it_stays_below_what_was_drawn_on_it(ann, bob):
    bob.opens(ann.starts_a_drawing())
    puts_offline(ann)
    ann.picks("Pen")
    ann.paints("#0000ff", 40, [(880, 540), (1040, 540)])
    ann.picks("Select")
    ann.points_at(900, 500)
    ann.draws((900, 500), (960, 500))
    expect(ann.saved).to_contain_text("3 strokes wait")
    ann.sees_ink_at(1110, 500)
    ann.sees_colour_at(*MIDDLE, BLUE)
    ann.comes_back()
    for one in (ann, bob):
        one.sees_saved(seq=3)
    assert ann.pixel(*MIDDLE) == bob.pixel(*MIDDLE) == BLUE


def test_it_is_moved_and_duplicated_offline(ann, bob):
    bob.opens(ann.starts_a_drawing())
    posts = sent(ann)
    puts_offline(ann)
    ann.draws(MIDDLE, (460, 340))
    ann.sees_ink_at(460, 340)
    ann.sees_ink_at(1000, 560, ink=False)
    ann.page.keyboard.press("Control+d")
    ann.sees_ink_at(570, 400)
    ann.comes_back()
    for one in (ann, bob):
        one.sees_saved(seq=3)
        one.sees_ink_at(400, 310)
        one.sees_ink_at(570, 400)
    assert bob.picture() == ann.picture()
    assert len(posts) == 1


def test_undone_before_it_was_sent_it_is_never_sent(ann, bob):
    bob.opens(ann.starts_a_drawing())
    posts = sent(ann)
    puts_offline(ann)
    ann.undoes()
    ann.sees_ink_at(*MIDDLE, ink=False)
    ann.redoes()
    ann.sees_ink_at(*MIDDLE)
    ann.undoes()
    ann.sees_ink_at(*MIDDLE, ink=False)
    ann.picks("Pen")
    ann.draws((100, 100), (600, 100))
    ann.comes_back()
    for one in (ann, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(300, 100)
        one.sees_ink_at(*MIDDLE, ink=False)
    assert posts == []


def test_another_tab_of_the_drawing_does_not_send_it_once_more(ann, bob):
    address = ann.starts_a_drawing()
    bob.opens(address)
    posts = sent(ann)
    first = ann.page
    first.route("**/d/*/images/", lambda route: route.abort())
    hands_over(ann, "paste", file_of(SQUARE))
    ann.sees_ink_at(*MIDDLE)
    expect(ann.saved).to_have_attribute("data-saved", "saving")
    ann.page = ann._new_tab()
    ann.page.goto(address)
    ann.sees_ink_at(*MIDDLE)
    first.unroute("**/d/*/images/")
    for one in (ann, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(*MIDDLE)
    expect(first.locator("[data-saved]")).to_have_attribute("data-saved", "saved")
    expect(first.locator("canvas#paper")).to_have_attribute("data-head", "1")
    assert len([one for one in posts if one.response()]) == 1


def opens_a_second_tab(ann):
    """Put an image on the paper in a tab that cannot send it, and have another wait for it; return the first."""
    address = ann.starts_a_drawing()
    first = ann.page
    first.route("**/d/*/images/", lambda route: route.abort())
    hands_over(ann, "paste", file_of(SQUARE))
    expect(ann.saved).to_have_attribute("data-saved", "saving")
    ann.page = ann._new_tab()
    ann.page.goto(address)
    return first


def turns_waited_for(page):
    """Return the names of what a tab of this browser may do once another is done."""
    pending = "async () => (await navigator.locks.query()).pending"
    return [turn["name"] for turn in page.evaluate(pending)]


def hears_of_its_turn(page):
    """Wait until a tab waits for its turn; remember from now on what tabs say of that."""
    (turn,) = until(lambda: turns_waited_for(page))
    page.evaluate(
        """turn => {
          window.heard = [];
          window.turn = new BroadcastChannel(turn);
          window.turn.onmessage = ({ data }) => heard.push(data);
        }""",
        turn,
    )


# Half a minute goes by in a moment, and as much of what follows as is said.
IMPATIENT = """(() => {
  const later = window.setTimeout;
  const quick = new Map(%s);
  window.setTimeout = (act, time, ...given) => later(act, quick.get(time) ?? time, ...given);
})()"""


def test_another_tab_waits_as_long_as_the_first_one_tries(ann, bob):
    ann.context.add_init_script(IMPATIENT % "[[30_000, 100]]")
    first = opens_a_second_tab(ann)
    posts = sent(ann)
    hears_of_its_turn(ann.page)
    ann.page.wait_for_function(
        "() => heard.filter((word) => word === 'awake').length >= 3"
    )
    assert turns_waited_for(ann.page)
    first.unroute("**/d/*/images/")
    bob.opens(ann.page.url)
    for one in (ann, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(*MIDDLE)
    assert len([one for one in posts if one.response()]) == 1


def test_another_tab_sends_it_when_the_first_one_sleeps(ann):
    ann.context.add_init_script(IMPATIENT % "[[30_000, 100], [10_000, 1_000]]")
    first = opens_a_second_tab(ann)
    posts = sent(ann)
    asleep = []
    first.on(
        "dialog", lambda one: asleep.append(one)
    )  # until answered, all stands still
    first.evaluate("() => void setTimeout(() => alert('asleep'))")
    ann.sees_saved(seq=1)
    ann.sees_ink_at(*MIDDLE)
    before = len(posts)
    asleep[0].accept()
    expect(first.locator("[data-saved]")).to_have_attribute("data-saved", "saved")
    expect(first.locator("canvas#paper")).to_have_attribute("data-head", "1")
    assert len(posts) == before
    assert len([one for one in posts if one.response()]) == 1


def test_a_line_that_goes_half_way_sends_it_when_it_is_back(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.page.route("**/d/*/images/", lambda route: ann.context.set_offline(True))
    hands_over(ann, "paste", file_of(SQUARE))
    expect(ann.saved).to_contain_text("1 stroke waits")
    ann.page.unroute("**/d/*/images/")
    ann.comes_back()
    for one in (ann, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(*MIDDLE)


def test_a_file_that_the_browser_cannot_show_is_refused_offline_too(ann):
    ann.starts_a_drawing()
    ann.goes_offline()
    hands_over(ann, "paste", b"no image at all", name="notes.png")
    expect(notices(ann)).to_contain_text("“notes.png” could not be put on the paper")
    hands_over(ann, "paste", bytes(16 * 2**20 + 1), name="huge.png")
    expect(notices(ann)).to_contain_text("too large")
    expect(ann.saved).to_have_text("Offline")


def test_what_the_server_refuses_at_last_goes_and_leaves_the_rest(ann, bob):
    bob.opens(ann.starts_a_drawing())
    puts_offline(ann, name="holiday.png")
    ann.draws(MIDDLE, (460, 340))
    ann.picks("Pen")
    ann.draws((100, 900), (600, 900))
    told = {"state": "failed", "code": "too-many-images", "address": "", "image": None}
    ann.page.route("**/d/*/images/", lambda route: route.fulfill(json=told))
    ann.comes_back()
    expect(notices(ann)).to_contain_text("“holiday.png” could not be put on the paper")
    expect(notices(ann)).to_contain_text("holds no more images")
    for one in (ann, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(300, 900)
        one.sees_ink_at(460, 340, ink=False)


def test_a_file_only_the_server_finds_broken_is_refused_with_its_name(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.goes_offline()
    whole = file_of(photograph(Random(5), 900, 700), "JPEG")
    cut = whole[: len(whole) // 2]
    hands_over(ann, "paste", cut, name="cut.jpg", type="image/jpeg")
    expect(ann.saved).to_contain_text("1 stroke waits")
    ann.picks("Pen")
    ann.draws((100, 100), (600, 100))
    ann.comes_back()
    expect(notices(ann)).to_contain_text("“cut.jpg” could not be put on the paper")
    expect(notices(ann)).to_contain_text("damaged")
    for one in (ann, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(300, 100)
        one.sees_ink_at(*MIDDLE, ink=False)


def test_it_is_sent_though_one_has_signed_up_in_another_tab_since(ann, bob):
    bob.opens(ann.starts_a_drawing())
    first = ann.page
    first.route("**/d/*/images/", lambda route: route.abort())
    hands_over(ann, "paste", file_of(SQUARE))
    ann.sees_ink_at(*MIDDLE)
    ann.page = ann._new_tab()
    ann.signs_up("annasigned")
    first.unroute("**/d/*/images/")
    bob.sees_saved(seq=1)
    bob.sees_ink_at(*MIDDLE)


def test_what_a_drawing_was_finished_without_is_kept_until_it_is_reopened(ann, bob):
    bob.opens(ann.starts_a_drawing())
    ann.draws((100, 500), (600, 500))
    bob.sees_saved(seq=1)
    puts_offline(bob)
    ann.finishes("Too early")
    bob.comes_back()
    expect(bob.saved).to_contain_text("Only here: 1 stroke")
    expect(bob.page.get_by_text("was finished meanwhile")).to_be_visible()
    ann.page.get_by_role("button", name="Draw on").click()
    for one in (ann, bob):
        one.sees_saved(seq=2)
        one.sees_ink_at(*MIDDLE)


def test_a_browser_without_room_says_so_and_sends_it_all_the_same(ann, bob):
    bob.opens(ann.starts_a_drawing())
    storage = ann.context.new_cdp_session(ann.page)
    quota = {"origin": ann.url, "quotaSize": 1000}
    storage.send("Storage.overrideQuotaForOrigin", quota)
    puts_offline(ann, photograph(Random(6), 600, 400))
    expect(notices(ann)).to_contain_text("has no room left")
    ann.comes_back()
    for one in (ann, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(*MIDDLE)


def test_a_photograph_lies_upright_and_as_large_as_it_will_be(ann, bob):
    bob.opens(ann.starts_a_drawing())
    lying = Image.new("RGB", (3000, 1001), "#d02f1a")
    lying.paste((0, 0, 255), (0, 0, 1500, 1001))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned to the right: what is to the left is above
    ann.goes_offline()
    photo = file_of(lying, "JPEG", exif=exif, quality=95)
    hands_over(ann, "paste", photo, name="photo.jpg", type="image/jpeg")
    ann.sees_ink_at(*MIDDLE)
    before = ann.picture()
    ann.comes_back()
    for one in (ann, bob):
        one.sees_saved(seq=1)
        one.sees_ink_at(*MIDDLE)
    for x, y, ink in [(960, 200, (0, 0, 255)), (960, 900, RED)]:
        for picture in (before, ann.picture(), bob.picture()):
            found = picture.getpixel((x, y))
            assert max(abs(a - b) for a, b in zip(found, ink, strict=True)) <= 6
    assert before.getbbox() == bob.picture().getbbox()
