"""Every page around the drawing: there, named, and right about what goes wrong."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import SuspiciousOperation
from django.test import Client, RequestFactory
from django.views import defaults

from accounts.people import person_of
from accounts.tests.conftest import headings

FOR_ALL = ["/", "/about/", "/gallery/", "/people/me/", "/accounts/password/reset/"]
FOR_GUESTS = ["/accounts/login/", "/accounts/signup/"]
FOR_USERS = [
    "/people/ann/",
    "/accounts/logout/",
    "/accounts/email/",
    "/accounts/password/change/",
]


def is_whole(response):
    """Say whether a page has one heading, a title, and nothing that its policy forbids."""
    page = response.content.decode()
    assert len(headings(response)) == 1
    assert re.search(r"<title>[^<]*DrawnBy", page)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", page)
    return True


@pytest.mark.parametrize("address", FOR_ALL + FOR_GUESTS)
def test_a_guest_finds_the_page(ann, address):
    response = ann.get(address)
    assert response.status_code == 200
    assert is_whole(response)


@pytest.mark.parametrize("address", FOR_ALL + FOR_USERS)
def test_somebody_signed_in_finds_the_page(ann, address):
    ann.signs_up("ann")
    response = ann.get(address)
    assert response.status_code == 200
    assert is_whole(response)


def test_the_page_of_ones_addresses_speaks_as_the_others_do(ann):
    ann.signs_up("ann")
    ann.post("/accounts/email/", {"action_add": "", "email": "ann@example.org"})
    page = ann.get("/accounts/email/").content.decode()
    assert "<h1>Your email addresses</h1>" in page
    assert "ann@example.org" in page
    assert "Not confirmed yet" in page
    for said in re.findall(r"<(?:h2|button|legend)[^>]*>([^<]+)<", page):
        assert said == said.capitalize()


def test_an_address_is_confirmed_by_the_link_in_its_mail(ann, mailoutbox):
    ann.signs_up("ann")
    ann.post("/accounts/email/", {"action_add": "", "email": "ann@example.org"})
    [link] = re.findall(r"/accounts/confirm-email/\S+", mailoutbox[0].body)
    response = ann.get(link)
    assert is_whole(response)
    assert "ann@example.org" in response.content.decode()
    ann.post(link)
    assert "Confirmed" in ann.get("/accounts/email/").content.decode()


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/accounts/confirm-email/abc/", "This link no longer works"),
        ("/accounts/password/reset/key/1-abc/", "This link no longer works"),
        ("/accounts/confirm-email/", "Look into your mail"),
        ("/accounts/inactive/", "This account is closed"),
    ],
)
def test_what_mails_lead_to_speaks_as_the_others_do(stranger, address, says):
    response = stranger.get(address)
    assert is_whole(response)
    assert f"<h1>{says}</h1>" in response.content.decode()


@pytest.mark.parametrize("address", FOR_USERS[2:])
def test_a_guest_is_asked_to_sign_in(stranger, address):
    response = stranger.get(address)
    assert response.url.startswith("/accounts/login/?next=")


# What is wrong is said beside the field


@pytest.mark.parametrize(
    ("address", "form", "field", "says"),
    [
        ("/people/me/", {"name": "\u202eAnn"}, "name", "cannot be seen"),
        ("/people/me/", {"name": "Ann", "colour": "red"}, "colour", "#rrggbb"),
        ("/accounts/signup/", {"username": "a b"}, "username", "valid username"),
        ("/accounts/signup/", {"username": "ann"}, "password1", "required"),
        ("/accounts/login/", {"login": "ann"}, "password", "required"),
    ],
)
def test_a_mistake_is_told_beside_its_field(ann, address, form, field, says):
    page = ann.post(address, form).content.decode()
    assert says in re.search(rf'id="id_{field}_error"[^>]*>(.*?)</ul>', page)[1]
    tag = re.search(rf'<input[^>]*\bid="id_{field}"[^>]*>', page)[0]
    assert 'aria-invalid="true"' in tag
    assert f"id_{field}_error" in re.search(r'aria-describedby="([^"]*)"', tag)[1]


def test_a_wrong_password_is_told_above_the_fields(ann):
    page = ann.post("/accounts/login/", {"login": "ann", "password": "wrong"})
    assert "not correct" in page.content.decode()


# Changing one's name on the way somewhere


def test_after_changing_a_name_one_goes_back_to_where_one_was(ann):
    page = ann.is_called("Ann", next="/gallery/")
    assert page.redirect_chain == [("/gallery/", 302)]


def test_no_link_leads_to_another_site_after_changing_a_name(ann):
    page = ann.is_called("Ann", next="https://elsewhere.example/")
    assert page.redirect_chain == [("/people/me/", 302)]


@pytest.mark.parametrize("address", ["/people/me/", "/accounts/logout/", "/new/"])
def test_no_other_site_can_post_for_one(db, address):
    response = Client(enforce_csrf_checks=True).post(address, {"name": "Ann"})
    assert response.status_code == 403
    assert is_whole(response)


# Somebody's own page


def test_a_profile_shows_what_its_person_had_a_hand_in(stranger, author, hang):
    user = get_user_model().objects.create_user("ann", name="Ann Tran")
    ann, bob = author("Ann", user), author("Bob")
    hang("By both", bob, ann)
    hang("By Bob", bob)
    hang("For friends", ann, visibility="unlisted")
    hang("Not done", ann, finished_at=None)
    page = stranger.get("/people/ann/").content.decode()
    assert "Ann Tran" in page
    assert "By both" in page
    for hidden in ("By Bob", "For friends", "Not done"):
        assert hidden not in page


def test_a_drawing_made_on_two_devices_hangs_once_on_a_profile(stranger, author, hang):
    user = get_user_model().objects.create_user("ann")
    hang("Both hands", author("Left", user), author("Right", user))
    page = stranger.get("/people/ann/").content.decode()
    assert page.count("<bdi>Both hands</bdi>") == 1


def test_a_full_profile_has_pages(stranger, author, hang):
    ann = author("Ann", get_user_model().objects.create_user("ann"))
    for number in range(25):
        hang(f"Number {number}", ann)
    assert "Page 1 of 2" in stranger.get("/people/ann/").content.decode()
    assert "Page 2 of 2" in stranger.get("/people/ann/?page=2").content.decode()


def test_there_is_no_page_of_nobody_and_none_of_somebody_banned(stranger):
    get_user_model().objects.create_user("mallory", is_active=False)
    banned, nobody = stranger.get("/people/mallory/"), stranger.get("/people/nobody/")
    assert banned.status_code == nobody.status_code == 404
    assert banned.content == nobody.content


# Names on cards and under pictures


@pytest.mark.parametrize(
    ("people", "says"),
    [
        (["Ann"], "<bdi>Ann</bdi>"),
        (["Ann", "Bob"], "<bdi>Ann</bdi> and <bdi>Bob</bdi>"),
        (["Ann", "Bob", "Mei"], "<bdi>Ann</bdi>, <bdi>Bob</bdi> and <bdi>Mei</bdi>"),
        (list("abcde"), "<bdi>a</bdi>, <bdi>b</bdi>, <bdi>c</bdi> and 2 more"),
        (["<b>"], "<bdi>&lt;b&gt;</bdi>"),
    ],
)
def test_the_gallery_names_who_drew(stranger, author, hang, people, says):
    hang("Together", *map(author, people))
    assert says in stranger.get("/gallery/").content.decode()


def test_a_finished_drawing_is_shown_while_its_picture_is_being_made(ann, author, hang):
    drawing = hang("Wet", author("Ann"), head=1)
    drawing.pictures.create(seq=1, kind="preview")
    response = ann.get(drawing.get_absolute_url())
    assert "The picture is being made" in response.content.decode()
    assert is_whole(response)


def test_only_the_owner_is_offered_to_draw_on(ann, bob, hang):
    address = ann.starts_a_drawing()
    ann.post(f"{address}finish/", {"title": "Ours"})
    assert "Draw on" in ann.get(address).content.decode()
    assert "Draw on" not in bob.get(address).content.decode()


# When it goes wrong


def test_what_is_not_there_is_said_kindly(stranger):
    response = stranger.get("/nowhere/")
    assert response.status_code == 404
    assert is_whole(response)


def test_the_pages_for_trouble_need_no_database_and_no_session():
    request = RequestFactory().get("/")
    assert is_whole(defaults.bad_request(request, SuspiciousOperation()))
    assert is_whole(defaults.server_error(request))


def test_guessing_passwords_ends_on_a_page_that_says_so(stranger, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    stranger.signs_in("ann")
    response = stranger.signs_in("ann")
    assert response.status_code == 429
    assert is_whole(response)


# Light and dark


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_in_the_page_before_it_is_seen(ann, theme):
    ann.cookies["theme"] = theme
    assert f'data-theme="{theme}"' in ann.get("/").content.decode()


def test_a_theme_there_is_not_is_left_out(ann):
    ann.cookies["theme"] = "pink"
    page = ann.get("/").content.decode()
    assert "data-theme" not in page
    assert "pink" not in page


# The admin


def test_the_admin_shows_people_by_name_and_colour(ann):
    root = get_user_model().objects.create_superuser("root", name="Ruth")
    ann.force_login(root)
    page = ann.get("/admin/accounts/user/").content.decode()
    assert person_of(root).name in page
    assert f'fill="{root.colour}"' in page


def test_the_admin_does_not_take_a_name_that_hides_something(ann):
    root = get_user_model().objects.create_superuser("root")
    ann.force_login(root)
    form = {"username": "root", "name": "\u202eRuth", "colour": "#1d4ed8"}
    page = ann.post(f"/admin/accounts/user/{root.pk}/change/", form)
    assert "cannot be seen" in page.content.decode()
