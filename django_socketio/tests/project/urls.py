"""One page, to see that pages are served beside sockets."""

from django.http import HttpResponse
from django.urls import path


def page(request):
    return HttpResponse("a page")


urlpatterns = [path("", page)]
