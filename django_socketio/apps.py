"""The app, which owns this process's sockets and channels."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from django_socketio.channels import Channels


class SocketIOConfig(AppConfig):
    """Finds every app's handlers, in its events.py."""

    name = "django_socketio"
    verbose_name = "Socket.IO"

    def ready(self) -> None:
        """Load the handlers; start with nobody connected."""
        self.channels = Channels()
        autodiscover_modules("events")
