"""The address of Socket.IO in a process that serves pages alone."""

from django.http import HttpRequest, HttpResponse
from django.urls import re_path

ELSEWHERE = (
    "Sockets are not served by this process: start it with manage.py runserver_socketio, "
    "or by django_socketio.server.application under gunicorn's gevent worker."
)


def elsewhere(request: HttpRequest) -> HttpResponse:
    """Say where sockets are served; a process that serves them never comes here."""
    return HttpResponse(ELSEWHERE, status=501, content_type="text/plain")


urlpatterns = [re_path(r"^socket\.io/", elsewhere)]
