"""Those without an account."""

import pytest
from django.core import signing
from django.utils import timezone

from accounts.middleware import COOKIE, FRESH
from accounts.people import COLOURS, Person, new_guest


def test_a_guest_is_given_a_name_and_a_colour(ann):
    person = ann.person()
    assert len(person.name.split()) == 2
    assert person.colour in COLOURS


def test_a_guest_stays_the_same_person(ann):
    assert ann.person() == ann.person()


def test_two_guests_are_two_people(ann, bob):
    assert ann.person().key != bob.person().key


def test_a_new_guest_has_a_colour_nobody_else_has():
    *others, left = COLOURS
    assert new_guest().told_apart(others).colour == left


def test_a_new_guest_keeps_a_colour_nobody_else_has():
    guest = new_guest()
    assert guest.told_apart(COLOURS.keys() - {guest.colour}).colour == guest.colour


def test_where_every_colour_is_taken_a_new_guest_has_one_that_the_fewest_have():
    *others, left = COLOURS
    assert new_guest().told_apart([*others, *COLOURS]).colour == left


def test_a_guests_cookie_is_out_of_reach_of_scripts_and_other_sites(ann):
    cookie = ann.get("/").cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_guests_cookie_is_not_sent_again_while_it_is_fresh(ann):
    ann.get("/")
    assert COOKIE not in ann.get("/").cookies


def test_a_guest_who_keeps_coming_never_expires(ann, monkeypatch):
    before = ann.person()
    later = timezone.now() + FRESH * 2
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    response = ann.get("/")
    assert response.cookies[COOKIE].value
    assert ann.person() == before


def test_a_guest_of_long_ago_is_known(stranger):
    kept = ["annannannann", "Ann", "#1d4ed8"]
    stranger.cookies[COOKIE] = signing.dumps(kept, salt=COOKIE)
    assert stranger.person() == Person(*kept)


def test_a_colour_one_has_chosen_is_not_up_to_chance(ann):
    assert ann.person().is_new
    ann.is_called("Ann")
    assert not ann.person().is_new


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "nonsense",
        "a:b:c",
        signing.dumps(["annannannann", "Ann", "#1d4ed8"], salt="another"),
        signing.dumps(["annannannann", "Ann", "#1d4ed8"], key="another", salt=COOKIE),
        signing.dumps(["too", "few"], salt=COOKIE),
        signing.dumps(3, salt=COOKIE),
    ],
    ids=["none", "a word", "three words", "salt", "key", "too short", "no list"],
)
def test_a_cookie_that_is_not_ours_makes_a_new_guest(stranger, forged):
    stranger.cookies[COOKIE] = forged
    assert stranger.person().name != "Ann"
    assert stranger.cookies[COOKIE].value != forged


def test_a_cookie_with_one_letter_changed_makes_a_new_guest(ann):
    key = ann.person().key
    value = ann.cookies[COOKIE].value
    ann.cookies[COOKIE] = value[:-1] + ("A" if value[-1] != "A" else "B")
    assert ann.person().key != key


def test_a_guest_chooses_a_name_and_a_colour(ann):
    key = ann.person().key
    page = ann.is_called("Ann", "#00FF80")
    person = ann.person()
    assert (person.key, person.name, person.colour) == (key, "Ann", "#00ff80")
    assert "You are shown as Ann." in page.content.decode()
