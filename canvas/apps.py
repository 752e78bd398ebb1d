"""The drawing app."""

from django.apps import AppConfig


class CanvasConfig(AppConfig):
    """Wire the drawing app into Django."""

    name = "canvas"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in
        from django.db.backends.signals import connection_created

        from canvas.patience import be_patient

        user_logged_in.connect(claim_on_login, dispatch_uid="claim")
        connection_created.connect(be_patient, dispatch_uid="patience")


def claim_on_login(sender, request, user, **kwargs):
    """Give somebody who signs in what they drew as a guest in this browser."""
    from canvas.models import claim

    if guest := getattr(request, "guest", None):  # a login by a program has none
        claim(guest.key, user)
