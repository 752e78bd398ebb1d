"""The addresses of people."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("me/", views.Me.as_view(), name="me"),
    path("<str:username>/", views.profile, name="profile"),
]
