"""What is answered when a page cannot be made."""

import sys

from django.db import Error
from django.http import HttpResponse
from django.template import loader
from django.views.defaults import server_error as broken

RETRY_AFTER = 5  # seconds


def server_error(request):
    """Say that something broke, or that it is only the database which is away."""
    if not isinstance(sys.exc_info()[1], Error):
        return broken(request)
    # Without the request: who is asking could be looked up only in the database.
    page = loader.render_to_string("503.html")
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})
