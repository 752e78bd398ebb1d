"""A socket's life, from connect to finish: every event goes through here."""

import logging
import threading
from contextlib import suppress
from typing import Any

from django.db import connections
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.http import HttpRequest

from django_socketio import events
from django_socketio.channels import Channels
from django_socketio.clients import Socket
from django_socketio.conf import Options
from django_socketio.errors import Refused
from django_socketio.events import Event

logger = logging.getLogger("django_socketio")


class Connection:
    """A socket, the request it came with, and the context its handlers share."""

    def __init__(self, request: HttpRequest, socket: Socket, registry: Channels):
        self.request = request
        self.socket = socket
        self.context: dict[str, Any] = {}
        self._registry = registry
        self._options = Options.from_settings()

    def connect(self) -> None:
        """Take the socket in, unless a handler refuses."""
        self._registry.add(self.socket)
        try:
            self._run(events.on_connect)
        except Refused:
            self._registry.remove(self.socket)
            raise

    def subscribe(self, channel: Any) -> Any:
        """Put the socket into a channel, unless a handler refuses; until they all agree it hears nothing."""
        self._check_channel(channel)
        if channel in self.socket.channels:
            return None
        self._registry.enter(channel, self.socket, held=True)
        try:
            answer = self._run(events.on_subscribe, channel)
        except Refused:
            self._registry.leave(channel, self.socket)
            raise
        self._registry.release(channel, self.socket)
        return answer

    def _check_channel(self, channel: Any) -> None:
        if (
            not isinstance(channel, str)
            or not 0 < len(channel) <= self._options.max_channel_name
        ):
            raise Refused("malformed")
        if len(self.socket.channels) >= self._options.max_channels:
            raise Refused("too-many-channels")

    def unsubscribe(self, channel: Any) -> Any:
        """Take the socket out of a channel, after its handlers."""
        if not isinstance(channel, str) or channel not in self.socket.channels:
            raise Refused("not-subscribed")
        try:
            return self._run(events.on_unsubscribe, channel)
        finally:
            self._registry.leave(channel, self.socket)

    def message(self, message: Any) -> Any:
        """Hand a message to its handlers; return the first answer one gives."""
        self._registry.metrics.add("messages")
        self._options.log(self.request, message)
        return self._run(events.on_message, message)

    def finish(self) -> None:
        """End: disconnect, unsubscribe from every channel, finish; only then is the socket forgotten."""
        self._run_anyway(events.on_disconnect)
        for channel in sorted(self.socket.channels):
            self._run_anyway(events.on_unsubscribe, channel)
        self._run_anyway(events.on_finish)
        self._registry.remove(self.socket)

    def _run_anyway(self, event: Event, *arguments: Any) -> None:
        with suppress(Refused):
            self._run(event, *arguments)

    def _run(self, event: Event, *arguments: Any) -> Any:
        """Run an event's handlers in turn; whatever one raises but Refused is reported, and refuses with `error`."""
        try:
            return self._answer(event, *arguments)
        except Refused as refused:
            self._registry.metrics.add(f"refused-{refused.code}")
            raise
        except Exception as exception:
            self._registry.metrics.add("errors")
            self._report(event, exception)
            raise Refused("error") from exception
        finally:
            close_connections()

    def _answer(self, event: Event, *arguments: Any) -> Any:
        answer = None
        concerned = self.socket.channels
        if event in (events.on_subscribe, events.on_unsubscribe):
            concerned = {arguments[0]}
        for handler in event.handlers(concerned):
            given = handler(self.request, self.socket, self.context, *arguments)
            answer = given if answer is None else answer
        return answer

    def _report(self, event: Event, exception: Exception) -> None:
        """Log what a handler raised, once, and tell the handlers of errors."""
        logger.error("%s handler failed", event.name, exc_info=exception)
        try:
            for handler in events.on_error.handlers(self.socket.channels):
                handler(self.request, self.socket, self.context, exception)
        except Exception:
            logger.exception("on_error handler failed")


class Opened(threading.local):
    """Whether this greenlet has opened a database connection since it last closed them: most handlers open none."""

    lately = False


opened = Opened()


@receiver(connection_created)
def note_opened(**_: Any) -> None:
    """Remember that there is something to close."""
    opened.lately = True


def close_connections() -> None:
    """Close the database connections a handler opened: this greenlet may not need one again for hours."""
    if not opened.lately:
        return
    opened.lately = False
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:  # a test's own transaction
            connection.close()
