"""Somebody who comes to the pages."""

from django.test import Client

from accounts.middleware import COOKIE, read_guest
from canvas.models import Drawing


class Visitor(Client):
    """A browser without scripts, and the guest it is."""

    def __init__(self):
        super().__init__()
        self.get("/")

    def starts(self) -> Drawing:
        address = self.post("/new/").url
        return Drawing.objects.get(key=address.strip("/").rpartition("/")[2])

    @property
    def person(self):
        class Request:
            COOKIES = {COOKIE: self.cookies[COOKIE].value}

        return read_guest(Request)
