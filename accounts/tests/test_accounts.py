"""Signing up, in and out, and what becomes of a guest's drawings."""

import re

from django.contrib.auth import get_user_model
from django.core import mail

from accounts.middleware import COOKIE
from accounts.people import NAME_LENGTH, person_of
from accounts.tests.conftest import PASSWORD


def test_a_guests_drawing_becomes_theirs_when_they_sign_up(ann, stranger):
    address = ann.starts_a_drawing()
    ann.signs_up("ann")
    assert ann.person().user.username == "ann"
    assert ann.owns(address)
    assert not stranger.owns(address)


def test_a_guests_drawing_becomes_theirs_when_they_sign_in(ann):
    ann.signs_up("ann")
    ann.signs_out()
    address = ann.starts_a_drawing()
    ann.signs_in("ann")
    assert ann.owns(address)


def test_their_drawings_are_there_on_another_device(ann, bob):
    address = ann.starts_a_drawing()
    ann.signs_up("ann")
    bob.signs_in("ann")
    assert bob.owns(address)


def test_they_keep_the_colour_they_had_as_a_guest(ann):
    ann.is_called("Ann", "#00ff80")
    ann.signs_up("ann")
    assert ann.person().colour == "#00ff80"


def test_whoever_comes_after_somebody_signed_out_is_somebody_else(ann):
    guest = ann.person().key
    address = ann.starts_a_drawing()
    ann.signs_up("ann")
    user = ann.person().key
    ann.signs_out()
    assert ann.person().key not in {guest, user}
    assert not ann.owns(address)


def test_a_session_that_ends_by_itself_leaves_no_guest_with_its_drawings(ann):
    address = ann.starts_a_drawing()
    ann.signs_up("ann")
    del ann.cookies["sessionid"]
    assert not ann.owns(address)


def test_an_old_guest_cookie_does_not_come_back_after_signing_out(ann):
    ann.get("/")
    guest = ann.cookies[COOKIE].value
    address = ann.starts_a_drawing()
    ann.signs_up("ann")
    ann.cookies[COOKIE] = guest
    ann.signs_out()
    assert ann.cookies[COOKIE].value != guest
    assert not ann.owns(address)


def test_somebody_signed_in_changes_their_name_and_colour(ann):
    ann.signs_up("ann")
    ann.is_called("Ann Tran", "#00ff80")
    user = get_user_model().objects.get()
    assert (user.name, user.colour) == ("Ann Tran", "#00ff80")
    assert ann.person().name == "Ann Tran"


def test_a_very_long_username_is_shown_as_far_as_a_name_may_go(db):
    user = get_user_model().objects.create_user("a" * 150)
    assert len(person_of(user).name) == NAME_LENGTH


def test_asking_to_sign_out_signs_nobody_out(ann):
    ann.signs_up("ann")
    assert ann.get("/accounts/logout/").status_code == 200
    assert ann.person().user is not None


def test_after_signing_in_one_is_where_one_wanted_to_go(ann):
    ann.signs_up("ann")
    ann.signs_out()
    page = ann.signs_in("ann", next="/gallery/")
    assert page.redirect_chain[-1][0] == "/gallery/"


def test_no_link_leads_to_another_site_after_signing_in(ann):
    ann.signs_up("ann")
    ann.signs_out()
    page = ann.signs_in("ann", next="https://elsewhere.example/")
    assert page.redirect_chain == [("/", 302)]


def test_a_forgotten_password_is_replaced_by_mail(ann, bob):
    user = get_user_model().objects.create_user("ann", "ann@example.org", "forgotten")
    ann.post("/accounts/password/reset/", {"email": "ann@example.org"})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[0].body)[0]
    form = ann.get(link, follow=True).redirect_chain[-1][0]
    ann.post(form, {"password1": PASSWORD, "password2": PASSWORD})
    bob.signs_in("ann")
    assert bob.person().user == user


def test_nobody_learns_by_mail_who_has_an_account(stranger):
    form = {"email": "nobody@example.org"}
    page = stranger.post("/accounts/password/reset/", form, follow=True)
    assert "a link is on its way" in page.content.decode()
