"""The chat's pages, Django's admin, and where sockets would be served."""

from django.contrib import admin
from django.urls import include, path

from django_socketio.example_project.chat import views

urlpatterns = [
    path("", views.rooms, name="rooms"),
    path("name/", views.name, name="name"),
    path("announce/", views.announce, name="announce"),
    path("admin/", admin.site.urls),
    path("", include("django_socketio.urls")),
]
