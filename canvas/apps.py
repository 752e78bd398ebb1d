"""The drawing app."""

from django.apps import AppConfig
from django.db import transaction


class CanvasConfig(AppConfig):
    """Wire the drawing app into Django."""

    name = "canvas"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in
        from django.contrib.sessions.models import Session
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_delete, post_save

        from canvas.patience import be_patient

        user_logged_in.connect(claim_on_login, dispatch_uid="claim")
        post_delete.connect(sign_out, sender=Session, dispatch_uid="sign_out")
        post_save.connect(
            close_private, sender=self.get_model("Drawing"), dispatch_uid="private"
        )
        post_delete.connect(
            close_deleted, sender=self.get_model("Drawing"), dispatch_uid="deleted"
        )
        connection_created.connect(be_patient, dispatch_uid="patience")


def claim_on_login(sender, request, user, **kwargs):
    """Give somebody who signs in what they drew as a guest in this browser."""
    from canvas.models import claim

    if guest := getattr(request, "guest", None):  # a login by a program has none
        claim(guest.key, user)


def sign_out(sender, instance, **kwargs):
    """Show out those whose session has ended: they signed out, or it was too long ago that they signed in."""
    from canvas import live

    transaction.on_commit(lambda: live.drawings.sign_out([instance.pk]))


def close_private(sender, instance, **kwargs):
    """Show those out of a drawing who may not see it now that it is private."""
    from canvas import live

    if instance.visibility == instance.Visibility.PRIVATE:
        transaction.on_commit(lambda: live.drawings.close_to_strangers(instance))


def close_deleted(sender, instance, **kwargs):
    """Show everybody out of a drawing that is no more."""
    from canvas import live

    transaction.on_commit(lambda: live.drawings.close_to_everybody(instance))
