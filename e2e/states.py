"""What pages show only at times: errors, notices, what is said, a lost line, a stranger's first look.

Each state is a function that brings a visitor's page there; `e2e.screenshots` pictures them all.
"""

from playwright.sync_api import expect

from e2e.people import Visitor

ARABIC = "قارب على البحر"
LONG = "The long afternoon when everybody came and nobody wanted to go home again"
HELLOS = (
    "Shall I do the sky?",
    "Yes! And leave some room above the roof, I would like to put a kite there, with a very long tail.",
    "מצוין",
    "On it.",
)


def missing(visitor: Visitor) -> None:
    visitor.goes_to("/nowhere/")


def forged(visitor: Visitor) -> None:
    """Send a form without its token."""
    visitor.goes_to("/")
    visitor.page.evaluate(
        "document.querySelector('[name=csrfmiddlewaretoken]').remove()"
    )
    visitor.page.get_by_role("button", name="Start drawing").click()
    expect(visitor.page.locator(".error")).to_be_visible()


def wrong_password(visitor: Visitor) -> None:
    visitor.goes_to("/accounts/login/")
    visitor.page.get_by_label("Username").fill("nobody")
    visitor.page.get_by_label("Password").fill("not the phrase")
    visitor.page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(visitor.page.locator(".errorlist").first).to_be_visible()


def wrong_sign_up(visitor: Visitor) -> None:
    visitor.goes_to("/accounts/signup/")
    visitor.page.get_by_label("Username").fill("ann")
    visitor.page.get_by_label("Password").fill("1234")
    visitor.page.get_by_role("main").get_by_role("button", name="Sign up").click()
    expect(visitor.page.locator(".errorlist").first).to_be_visible()


def wrong_file(visitor: Visitor) -> None:
    visitor.goes_to("/d/import/")
    file = {"name": "cat.drawnby", "mimeType": "text/plain", "buffer": b"meow"}
    visitor.page.get_by_label("A drawing's file").set_input_files(file)
    visitor.page.get_by_role("button", name="Import").click()
    expect(visitor.page.locator(".errorlist").first).to_be_visible()


def renamed(visitor: Visitor) -> None:
    visitor.goes_to("/people/me/")
    visitor.page.get_by_label("Name", exact=True).fill("נועה בן־דוד")
    visitor.page.get_by_role("button", name="Save").click()
    expect(visitor.page.locator(".note")).to_be_visible()


def new_drawing(visitor: Visitor) -> None:
    visitor.starts_a_drawing()
    expect(visitor.page.locator("#hint")).to_be_visible()


def cleared(visitor: Visitor) -> None:
    new_drawing(visitor)
    visitor.draws((300, 300), (1500, 700))
    visitor.sees_saved(seq=1)
    visitor.page.locator("#clear").evaluate("button => button.click()")
    expect(visitor.page.locator(".notice")).to_be_visible()


def offline(visitor: Visitor) -> None:
    new_drawing(visitor)
    visitor.goes_offline()
    visitor.draws((300, 300), (900, 800), (1500, 300))
    expect(visitor.saved).to_contain_text("1 stroke waits")


def shape(visitor: Visitor) -> None:
    new_drawing(visitor)
    visitor.page.keyboard.press("r")
    button = visitor.page.locator("#brush-button")
    if button.is_visible():
        button.click()


def many_layers(visitor: Visitor) -> None:
    new_drawing(visitor)
    visitor.page.keyboard.press("y")
    for count in range(2, 8):
        visitor.page.locator("#level-add").click()
        expect(visitor.page.locator(".level")).to_have_count(count)
    visitor.page.locator("#level-name").fill(LONG[:80])
    visitor.page.locator("#level-name").press("Tab")
    visitor.sees_saved()


def focused(visitor: Visitor) -> None:
    """Come by keyboard to the tools, and see the tip of one."""
    new_drawing(visitor)
    visitor.page.locator("#tool-pen input").focus()
    visitor.page.keyboard.press("ArrowRight")
    expect(visitor.page.locator(".tip")).to_be_visible()


def nameless(visitor: Visitor) -> None:
    """Try to finish a drawing without a title."""
    new_drawing(visitor)
    visitor.draws((300, 300), (900, 800))
    visitor.page.get_by_role("button", name="Finish").click()
    visitor.page.get_by_role("dialog").get_by_role("button", name="Finish").click()


def finished_long(visitor: Visitor) -> None:
    """Finish a drawing under a long title."""
    new_drawing(visitor)
    visitor.draws((300, 300), (900, 800))
    visitor.sees_saved(seq=1)
    visitor.finishes(LONG[:60])


def finished_empty(visitor: Visitor) -> None:
    new_drawing(visitor)
    visitor.page.get_by_role("button", name="Finish").click()
    visitor.page.get_by_role("dialog").get_by_label("Title").fill(ARABIC)
    visitor.page.get_by_role("dialog").get_by_role("button", name="Finish").click()
    expect(visitor.page.get_by_role("heading", name=ARABIC)).to_be_visible()


def talked(visitor: Visitor, other: Visitor) -> None:
    """Chat, the one and the other."""
    new_drawing(visitor)
    other.opens(visitor.page.url)
    for one in (visitor, other):
        one.page.locator("#chat-button").click()
    for index, text in enumerate(HELLOS):
        one = (visitor, other)[index % 2]
        one.page.get_by_label("Say something").fill(text)
        one.page.get_by_role("button", name="Send").click()
        expect(visitor.page.locator("#said")).to_contain_text(text)


def shut_out(visitor: Visitor, other: Visitor) -> None:
    """Be on a drawing that becomes private."""
    new_drawing(other)
    visitor.opens(other.page.url)
    other.page.get_by_role("button", name="Share").click()
    other.page.get_by_role("radio", name="only me").check()
    expect(visitor.page.locator(".notice")).to_be_visible()


ALONE = (
    missing, forged, wrong_password, wrong_sign_up, wrong_file, renamed, new_drawing,
    cleared, offline, shape, many_layers, focused, nameless, finished_long, finished_empty,
)  # fmt: skip
TOGETHER = (talked, shut_out)
