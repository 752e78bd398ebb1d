"""Tell who makes a request, on pages and on sockets alike."""

from datetime import timedelta

from django.conf import settings
from django.core import signing

from accounts.people import Person, new_guest, person_of

COOKIE = "guest"
COOKIE_AGE = timedelta(days=365)
# Written anew once a month, so that only a year away, not a year of drawing, ends a guest.
FRESH = timedelta(days=30)


class PersonMiddleware:
    """Set `request.person`; a guest keeps name and colour in a signed cookie."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.guest = guest_of(request)
        user = request.user
        request.person = person_of(user) if user.is_authenticated else request.guest
        response = self.get_response(request)
        keep_guest(request, response)
        return response


def guest_of(request) -> Person:
    """Return the guest this browser is; nobody signed in is one, or was one before."""
    # On a shared computer whoever comes after somebody signed in must not draw as them.
    known = None if request.user.is_authenticated else read_guest(request)
    return known or new_guest()


def read_guest(request, max_age: timedelta | None = None) -> Person | None:
    """Return the guest in the request's cookie, if it is one we signed, and not too long ago."""
    try:
        cookie = request.COOKIES[COOKIE]
        kept = signing.loads(cookie, salt=COOKIE, max_age=max_age)
        key, name, colour, *more = kept  # a guest of long ago has no more
    except (KeyError, ValueError, TypeError, signing.BadSignature):
        return None
    return Person(key, name, colour, is_new=more == [True])


def keep_guest(request, response):
    """Keep the guest for the next request; whoever is signed in leaves no guest behind."""
    if request.user.is_authenticated:
        if COOKIE in request.COOKIES:
            response.delete_cookie(COOKIE, samesite="Lax")
    elif read_guest(request, FRESH) != request.guest:
        write_guest(request.guest, response)


def write_guest(guest: Person, response):
    """Write the guest into a cookie only we can sign."""
    kept = [guest.key, guest.name, guest.colour, guest.is_new]
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=COOKIE),
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
