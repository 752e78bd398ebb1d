"""What pages show only at times: errors, notices, what is said, a lost line, a stranger's first look.

Each state is a function that brings a visitor's page there; `e2e.screenshots` pictures them all, and
`e2e.test_access` looks for what would keep somebody out. Those of the draw page follow one another.
"""

from collections.abc import Callable, Iterator

from playwright.sync_api import expect

from e2e.people import Visitor
from e2e.test_images import hands_over

CLOSE_ALL = """() => {
  for (const one of document.querySelectorAll(":popover-open")) one.hidePopover();
  for (const one of document.querySelectorAll("dialog[open]")) one.close();
  for (const one of document.querySelectorAll('[aria-expanded="true"], .notice button')) one.click();
  document.activeElement?.blur();
}"""
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


def finished_long(visitor: Visitor) -> None:
    """Finish a drawing under a long title."""
    visitor.starts_a_drawing()
    visitor.draws((300, 300), (900, 800))
    visitor.sees_saved(seq=1)
    visitor.finishes(LONG[:60])


def finished_empty(visitor: Visitor) -> None:
    visitor.starts_a_drawing()
    visitor.page.get_by_role("button", name="Finish").click()
    visitor.page.get_by_role("dialog").get_by_label("Title").fill(ARABIC)
    visitor.page.get_by_role("dialog").get_by_role("button", name="Finish").click()
    expect(visitor.page.get_by_role("heading", name=ARABIC)).to_be_visible()
    expect(visitor.page.locator("[data-idle]")).to_have_count(0)


PAGES = (
    missing, forged, wrong_password, wrong_sign_up, wrong_file, renamed,
    finished_long, finished_empty,
)  # fmt: skip

# A drawing of one's own, from its beginning on


def new_drawing(visitor: Visitor, other: Visitor) -> None:
    other.opens(visitor.starts_a_drawing())
    expect(visitor.page.locator("#hint")).to_be_visible()
    expect(visitor.page.locator("[data-participants='2']")).to_have_count(1)


def focused(visitor: Visitor, other: Visitor) -> None:
    """Come by keyboard to the tools, and see the tip of one."""
    visitor.page.locator("#tool-pen input").focus()
    visitor.page.keyboard.press("ArrowRight")
    expect(visitor.page.locator(".tip")).to_be_visible()


def shape(visitor: Visitor, other: Visitor) -> None:
    visitor.page.keyboard.press("r")
    button = visitor.page.locator("#brush-button")
    if button.is_visible():
        button.click()
    expect(visitor.page.locator("#figured")).to_be_visible()


def any_colour(visitor: Visitor, other: Visitor) -> None:
    visitor.page.locator("#picker").evaluate("panel => panel.showPopover()")


def talked(visitor: Visitor, other: Visitor) -> None:
    """Chat, the one and the other."""
    for one in (visitor, other):
        one.page.locator("#chat-button").click()
    for index, text in enumerate(HELLOS):
        one = (visitor, other)[index % 2]
        one.page.get_by_label("Say something").fill(text)
        one.page.get_by_role("button", name="Send").click()
        expect(visitor.page.locator("#said")).to_contain_text(text)


def unread(visitor: Visitor, other: Visitor) -> None:
    """Be spoken to with the chat closed."""
    other.page.get_by_label("Say something").fill("Where are you?")
    other.page.get_by_role("button", name="Send").click()
    expect(visitor.page.locator("#chat-button")).to_have_attribute("data-unread", "1")


def many_layers(visitor: Visitor, other: Visitor) -> None:
    visitor.page.keyboard.press("y")
    for count in range(2, 8):
        visitor.page.locator("#level-add").click()
        expect(visitor.page.locator(".level")).to_have_count(count)
    visitor.page.locator("#level-name").fill(LONG[:80])
    visitor.page.locator("#level-name").press("Tab")
    visitor.sees_saved()


def selected(visitor: Visitor, other: Visitor) -> None:
    visitor.draws((300, 300), (1500, 700))
    visitor.page.keyboard.press("Control+a")
    expect(visitor.page.locator("#chosen-remove")).to_be_enabled()


def written(visitor: Visitor, other: Visitor) -> None:
    """Be writing a text."""
    visitor.page.keyboard.press("t")
    visitor.draws((500, 900))
    visitor.page.keyboard.type("By the sea")


def cleared(visitor: Visitor, other: Visitor) -> None:
    visitor.page.locator("#clear").evaluate("button => button.click()")
    expect(visitor.page.locator(".notice")).to_be_visible()


def refused(visitor: Visitor, other: Visitor) -> None:
    """Paste what is no image."""
    hands_over(visitor, "paste", b"no image at all", name="notes.png")
    expect(visitor.page.locator(".notice.error")).to_be_visible()


def nameless(visitor: Visitor, other: Visitor) -> None:
    """Try to finish a drawing without a title."""
    visitor.page.get_by_role("button", name="Finish").click()
    visitor.page.get_by_role("dialog").get_by_role("button", name="Finish").click()


def shared(visitor: Visitor, other: Visitor) -> None:
    """Have just said who may see it."""
    visitor.page.get_by_role("button", name="Share").click()
    visitor.page.get_by_role("radio", name="everyone").check()
    expect(visitor.page.locator("#shared")).not_to_be_empty()


def offline(visitor: Visitor, other: Visitor) -> None:
    visitor.goes_offline()
    visitor.draws((300, 300), (900, 800), (1500, 300))
    expect(visitor.saved).to_contain_text("1 stroke waits")


# A drawing of somebody else's, to which a link leads


def invited(visitor: Visitor, other: Visitor) -> None:
    address = other.starts_a_drawing()
    other.paints("#9cc08b", 100, [(0, 700), (500, 620), (1100, 740), (1920, 640)])
    other.sees_saved(seq=1)
    visitor.opens(address)
    other.moves_to(1100, 500)
    expect(visitor.page.locator(".cursor")).to_be_visible()


def followed(visitor: Visitor, other: Visitor) -> None:
    """See what somebody else sees."""
    visitor.page.locator("#people-button").click()
    visitor.page.get_by_role("button", name=f"Follow {other.name}").click()
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.locator("#unfollow")).to_be_visible()


def shut_out(visitor: Visitor, other: Visitor) -> None:
    """Be on a drawing that becomes private."""
    other.page.get_by_role("button", name="Share").click()
    other.page.get_by_role("radio", name="only me").check()
    expect(visitor.page.locator(".notice")).to_be_visible()


OWN = (
    new_drawing, focused, shape, any_colour, talked, unread, many_layers, selected, written,
    cleared, refused, nameless, shared, offline,
)  # fmt: skip
INVITED = (invited, followed, shut_out)
State = Callable[[Visitor, Visitor], None]


def walk(states: tuple[State, ...], visitor: Visitor, other: Visitor) -> Iterator[str]:
    """Bring a draw page from state to state, and yield the name of each."""
    for reach in states:
        tidy(visitor)
        reach(visitor, other)
        yield reach.__name__


def tidy(visitor: Visitor) -> None:
    """Close what is open, put away what was told, and take the pen."""
    visitor.page.evaluate(CLOSE_ALL)
    for key in ("Escape", "p"):
        visitor.page.keyboard.press(key)
