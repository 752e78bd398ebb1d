"""Which app answers which address."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("canvas.urls")),
    path("accounts/", include("allauth.urls")),
    path("people/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include("django_socketio.urls")),
]

handler500 = "drawnby.errors.server_error"
