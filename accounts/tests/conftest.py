"""Ann, Bob and a stranger, each with a browser of their own."""

import re

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client

PASSWORD = "a long enough phrase"


class Browser(Client):
    """A browser without scripts: it fills in forms and follows where they lead."""

    def person(self):
        return self.get("/people/me/").context["request"].person

    def signs_up(self, username):
        form = {"username": username, "password1": PASSWORD}
        return self.post("/accounts/signup/", form, follow=True)

    def signs_in(self, username, **more):
        form = {"login": username, "password": PASSWORD, **more}
        return self.post("/accounts/login/", form, follow=True)

    def signs_out(self):
        return self.post("/accounts/logout/", follow=True)

    def is_called(self, name, colour="#1d4ed8", **more):
        """Change name and colour, and return what the page answers."""
        form = {"name": name, "colour": colour, **more}
        return self.post("/people/me/", form, follow=True)

    def starts_a_drawing(self):
        """Return the address of a new drawing."""
        return self.post("/new/").url

    def owns(self, address):
        return self.get(address).context["is_owner"]


@pytest.fixture(autouse=True)
def patience(settings):
    """Do not spend a second on every password, nor count how often one address signs in."""
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ann(db):
    return Browser()


@pytest.fixture
def bob(db):
    return Browser()


@pytest.fixture
def stranger(db):
    return Browser()


@pytest.fixture
def hang(db):
    """Hang a drawing in the gallery, started and drawn by the people given."""

    def hang(title, *authors, **fields):
        now = fields.pop("finished_at", "2026-01-02T03:04:05Z")
        shown = {"title": title, "finished_at": now, "visibility": "public"}
        drawing = model("Drawing").objects.create(
            owner=authors[0], **{"head": 1, **shown, **fields}
        )
        drawing.contributors.set(authors)
        return drawing

    return hang


@pytest.fixture
def author(db):
    """Make somebody who draws."""

    def author(name, user=None):
        key = f"{name.lower():x<12}"[:12]
        new = {"pk": key, "name": name, "colour": "#1d4ed8", "user": user}
        return model("Author").objects.create(**new)

    return author


def model(name):
    """Return one of the drawing app's models, which accounts must not import."""
    return apps.get_model("canvas", name)


def headings(response):
    return re.findall(r"<h1[\s>]", response.content.decode())
