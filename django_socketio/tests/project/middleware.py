"""Middleware of the tests' project."""

from django.http import HttpResponseForbidden


class Bouncer:
    """Lets everybody in but one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.COOKIES.get("who") == "banned":
            return HttpResponseForbidden()
        return self.get_response(request)


def who(request):
    """Return the name a cookie says."""
    return request.COOKIES.get("who", "")
