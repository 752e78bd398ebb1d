"""Who is shown out of a drawing, when, and with which code (P70)."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.people import Person
from canvas import events, live
from canvas.events import admit
from canvas.models import Drawing, author_for
from canvas.tests.visitor import Visitor
from django_socketio import Refused
from django_socketio.testing import SocketClient

pytestmark = pytest.mark.django_db(transaction=True)

OUT = {"type": "out", "code": "no-such-drawing"}
SIGNED_OUT = {"type": "out", "code": "signed-out"}


@pytest.fixture(autouse=True)
def everybody_goes_home(ann, bob, stranger):
    yield
    for one in (ann, bob, stranger):
        one.socket.disconnect()
    live.drawings.store.close()


@pytest.fixture
def user():
    return get_user_model().objects.create_user("carol")


@pytest.fixture
def carol(user):
    """A browser Carol is signed in with."""
    browser = Client()
    browser.force_login(user)
    return browser


def socket_of(browser):
    """Return a connection of a browser's."""
    cookies = {name: cookie.value for name, cookie in browser.cookies.items()}
    return SocketClient(cookies=cookies).connect()


def test_who_comes_in_while_a_drawing_becomes_private_stays_outside(
    drawing, bob, monkeypatch
):
    def admit_and_close(*asked):
        admitted = admit(*asked)
        if drawing.visibility != "private":
            drawing.visibility = "private"
            drawing.save()
        return admitted

    monkeypatch.setattr(events, "admit", admit_and_close)
    bob.socket.connect()
    with pytest.raises(Refused, match="no-such-drawing"):
        bob.socket.subscribe(drawing.channel)


def test_strangers_are_shown_out_as_soon_as_a_drawing_is_private(
    drawing, ann, bob, stranger
):
    for one in (ann, bob, stranger):
        one.joins(drawing)
    drawing.visibility = "private"
    drawing.save()
    assert bob.heard("out") == stranger.heard("out") == [OUT]
    assert not ann.heard("out")
    assert len(ann.heard("left")) == 2
    ann.draws(ann.stroke())
    assert ann.heard("ops")
    assert not bob.heard("ops")
    with pytest.raises(Refused, match="no-such-drawing"):
        bob.socket.subscribe(drawing.channel)


def test_they_are_shown_out_by_the_page_on_which_the_owner_says_so(bob):
    owner = Visitor()
    own = owner.starts()
    bob.joins(own)
    owner.post(reverse("share", args=[own.key]), {"visibility": "unlisted"})
    assert not bob.heard("out")
    owner.post(reverse("share", args=[own.key]), {"visibility": "private"})
    assert bob.heard("out") == [OUT]


def test_nothing_comes_of_what_somebody_shown_out_says(drawing, bob):
    bob.joins(drawing)
    drawing.visibility = "private"
    drawing.save()
    bob.draws(bob.stroke())
    bob.says("cursor", x=1, y=1)
    assert drawing.ops.count() == 0


def test_whoever_looks_after_the_site_stays(drawing, user):
    user.is_superuser = True
    user.save()
    keeper = Client()
    keeper.force_login(user)
    socket = socket_of(keeper)
    socket.subscribe(drawing.channel)
    drawing.visibility = "private"
    drawing.save()
    assert OUT not in socket.received
    socket.disconnect()


def test_what_another_process_made_private_is_found_out(drawing, ann, bob):
    ann.joins(drawing)
    bob.joins(drawing)
    Drawing.objects.update(visibility="private")
    live.drawings.look_at_doors()
    assert bob.heard("out") == [OUT]
    assert not ann.heard("out")


def test_signing_out_closes_the_sockets_of_that_browser(drawing, user, carol, ann):
    elsewhere = Client()
    elsewhere.force_login(user)
    here, there = socket_of(carol), socket_of(elsewhere)
    ann.joins(drawing)
    for socket in (here, there):
        socket.subscribe(drawing.channel)
    carol.post(reverse("account_logout"))
    assert here.received[-1] == SIGNED_OUT
    assert not here.is_connected
    assert there.is_connected
    assert SIGNED_OUT not in there.received
    assert len(ann.heard("left")) == 1
    there.disconnect()


def test_signing_out_by_way_of_another_process_is_found_out(drawing, carol):
    socket = socket_of(carol)
    socket.subscribe(drawing.channel)
    live.drawings.look_at_doors()
    assert socket.is_connected
    table = Session.objects.all()
    table._raw_delete(table.db)
    live.drawings.look_at_doors()
    assert socket.received[-1] == SIGNED_OUT
    assert not socket.is_connected


def test_a_socket_kept_over_a_sign_out_joins_nothing(drawing, carol):
    socket = socket_of(carol)
    carol.post(reverse("account_logout"))
    with pytest.raises(Refused, match="signed-out"):
        socket.subscribe(drawing.channel)
    socket.disconnect()


def test_a_guest_who_signs_in_stays_where_they_are(drawing, user):
    guest = Visitor()
    socket = socket_of(guest)
    socket.subscribe(drawing.channel)
    guest.force_login(user)
    live.drawings.look_at_doors()
    assert socket.is_connected
    socket.disconnect()


def test_the_owner_by_another_key_of_theirs_stays(drawing, user, carol):
    Drawing.objects.update(owner=author_for_user(user))
    socket = socket_of(carol)
    socket.subscribe(drawing.channel)
    Drawing.objects.get().save()
    Drawing.objects.update(visibility="private")
    live.drawings.look_at_doors()
    assert socket.is_connected
    socket.disconnect()


def author_for_user(user):
    """Return the author a user was as a guest."""
    guest = author_for(Person("guestguestgu", "Guest", "#1d4ed8"))
    guest.user = user
    guest.save()
    return guest
