"""The chat demo, in real browsers."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from django_socketio.tests.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.server]
CHAT = "django_socketio.example_project"
ADMIN = {"username": "admin", "password": "only for this test"}


class Chat(Site):
    """The demo, started by its one command."""

    command = ("-m", CHAT)
    ready = "Serving"
    settings = f"{CHAT}.settings"


@pytest.fixture(scope="module")
def chat(tmp_path_factory):
    database = tmp_path_factory.mktemp("chat") / "chat.sqlite3"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHAT_DATABASE", str(database))
        patch.setenv("CHAT_PORT", "0")
        patch.setenv("DJANGO_SUPERUSER_PASSWORD", ADMIN["password"])
        chat = Chat()
        make_admin = [
            "createsuperuser",
            "--noinput",
            "--username=admin",
            "--email=a@b.example",
        ]
        settings = {**os.environ, "DJANGO_SETTINGS_MODULE": f"{CHAT}.settings"}
        subprocess.run(
            [sys.executable, "-m", CHAT, *make_admin], env=settings, check=True
        )
    yield chat
    chat.stop()


@pytest.fixture
def visit(browser, chat):
    """Open the chat in a browser of its own, under a name."""
    contexts = []

    def arrive(name):
        contexts.append(browser.new_context())
        page = contexts[-1].new_page()
        page.goto(f"http://127.0.0.1:{chat.port}/")
        if name:
            page.get_by_label("Your name").fill(name)
            page.get_by_role("button", name="Keep").click()
        return page

    yield arrive
    for context in contexts:
        context.close()


def room(page, name):
    return page.get_by_role("region", name=name)


def join(page, name):
    room(page, name).get_by_role("button", name="Join").click()
    expect(room(page, name).get_by_role("button", name="Leave")).to_be_visible()


def say(page, name, text):
    room(page, name).get_by_label("Say").fill(text)
    room(page, name).get_by_role("button", name="Send").click()


def lines(page, name):
    return room(page, name).get_by_role("listitem")


def test_two_people_talk_in_a_room(visit):
    ann, bob = visit("Ann"), visit("Bob")
    join(ann, "Kitchen")
    join(bob, "Kitchen")
    expect(lines(ann, "Kitchen")).to_have_text(["Bob joined"])
    expect(room(ann, "Kitchen").locator(".here")).to_have_text("Ann, Bob")
    expect(room(bob, "Kitchen").locator(".here")).to_have_text("Ann, Bob")
    say(bob, "Kitchen", "Hello <b>Ann</b>")
    say(ann, "Kitchen", "Hello Bob")
    expect(lines(ann, "Kitchen")).to_have_text(
        ["Bob joined", "Bob: Hello <b>Ann</b>", "Ann: Hello Bob"]
    )
    expect(lines(bob, "Kitchen")).to_have_text(
        ["Bob: Hello <b>Ann</b>", "Ann: Hello Bob"]
    )


def test_rooms_on_one_page_are_apart(visit):
    ann, bob = visit("Ann"), visit("Bob")
    for name in ("Kitchen", "Garden"):
        join(ann, name)
    join(bob, "Garden")
    say(bob, "Garden", "Sunny here")
    say(ann, "Kitchen", "Not here")
    expect(lines(ann, "Garden")).to_have_text(["Bob joined", "Bob: Sunny here"])
    expect(lines(ann, "Kitchen")).to_have_text(["Ann: Not here"])
    expect(lines(bob, "Garden")).to_have_text(["Bob: Sunny here"])


def test_who_leaves_or_closes_the_page_is_seen_to_leave(visit):
    ann, bob, carol = visit("Ann"), visit("Bob"), visit("Carol")
    for page in (ann, bob, carol):
        join(page, "Kitchen")
    room(bob, "Kitchen").get_by_role("button", name="Leave").click()
    expect(lines(ann, "Kitchen").last).to_have_text("Bob left")
    carol.close()
    expect(lines(ann, "Kitchen").last).to_have_text("Carol left")
    expect(room(ann, "Kitchen").locator(".here")).to_have_text("Ann")


def test_without_a_name_nobody_gets_in(visit):
    stranger = visit(None)
    room(stranger, "Kitchen").get_by_role("button", name="Join").click()
    expect(stranger.get_by_role("status")).to_have_text("Give a name first.")


def test_an_admin_speaks_to_one_room_or_to_all_from_outside(visit, chat):
    ann, bob, admin = visit("Ann"), visit("Bob"), visit("Admin")
    join(ann, "Kitchen")
    join(bob, "Garden")
    sign_in(admin, chat)
    announce(admin, "Kitchen", "Dinner is ready")
    expect(lines(ann, "Kitchen")).to_have_text(["Dinner is ready"])
    announce(admin, "All", "Closing soon")
    expect(ann.get_by_role("status")).to_have_text("Closing soon")
    expect(bob.get_by_role("status")).to_have_text("Closing soon")
    expect(lines(bob, "Garden")).to_have_count(0)


def sign_in(page, chat):
    page.goto(f"http://127.0.0.1:{chat.port}/announce/")
    page.get_by_label("Username").fill(ADMIN["username"])
    page.get_by_label("Password").fill(ADMIN["password"])
    page.get_by_role("button", name="Log in").click()


def announce(page, name, text):
    page.get_by_label("Room").select_option(label=name)
    page.get_by_label("Message").fill(text)
    page.get_by_role("button", name="Announce").click()
    expect(page.get_by_role("status")).to_have_text("Sent.")
