"""People: users, guests, profiles."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Wire the accounts app into Django."""

    name = "accounts"
    verbose_name = "People"

    def ready(self):
        from allauth.account.signals import user_signed_up

        user_signed_up.connect(keep_colour, dispatch_uid="keep_colour")


def keep_colour(sender, request, user, **kwargs):
    """Let a guest who signs up keep the colour the others know them by."""
    user.colour = request.guest.colour
    user.save(update_fields=["colour"])
