"""Nothing yet needs a page of its own: Socket.IO's path is served beside Django."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
