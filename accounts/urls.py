"""The addresses of people."""

from django.urls import path, re_path

from accounts import views

urlpatterns = [
    path("me/", views.Me.as_view(), name="me"),
    # The letters Django takes in a username; PostgreSQL fails when asked for some others.
    re_path(r"^(?P<username>[\w.@+-]+)/$", views.profile, name="profile"),
]
