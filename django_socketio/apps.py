"""The app, which owns this process's sockets and channels."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules, import_string

from django_socketio.channels import Channels
from django_socketio.conf import Options


class SocketIOConfig(AppConfig):
    """Finds every app's handlers, in its events.py."""

    name = "django_socketio"
    verbose_name = "Socket.IO"

    def ready(self) -> None:
        """Load the handlers; start with nobody connected."""
        options = Options.from_settings()
        self.channels = Channels(import_string(options.metrics)())
        if options.redis_url:
            from django_socketio.relay import Relay  # needs redis, as the setting says

            self.channels.relay = Relay(options.redis_url, self.channels)
        autodiscover_modules("events")
