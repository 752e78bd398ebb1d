"""The stages of a socket's life, to which handlers subscribe as to signals."""

import re
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any, overload

Handler = Callable[..., Any]
Pattern = re.Pattern[str] | None

MOST_KEPT = 500  # sets of channels of which an event remembers the handlers


class Event:
    """One stage; called with a handler, or with a channel's pattern, it works as a decorator."""

    def __init__(self, name: str, *, takes_channel: bool = True):
        self.name = name
        self._takes_channel = takes_channel
        self._handlers: list[tuple[Handler, Pattern]] = []
        # Matching patterns took a tenth of the time it takes to handle a message.
        self._matching = lru_cache(MOST_KEPT)(self._match)

    @overload
    def __call__(self, handler: Handler) -> Handler: ...

    @overload
    def __call__(
        self, *, channel: str | None = None
    ) -> Callable[[Handler], Handler]: ...

    def __call__(
        self, handler: Handler | None = None, *, channel: str | None = None
    ) -> Any:
        """Subscribe a handler; with `channel`, only for channels its pattern matches from their beginning."""
        if channel is not None and not self._takes_channel:
            raise TypeError(f"{self.name} takes no channel")
        pattern = re.compile(channel) if channel is not None else None

        def subscribe(handler: Handler) -> Handler:
            self._handlers.append((handler, pattern))
            self._matching.cache_clear()
            return handler

        return subscribe if handler is None else subscribe(handler)

    def forget(self, handler: Handler) -> None:
        """Unsubscribe a handler."""
        self._handlers = [kept for kept in self._handlers if kept[0] is not handler]
        self._matching.cache_clear()

    def handlers(self, channels: Collection[str]) -> tuple[Handler, ...]:
        """Return the handlers for a socket in these channels; one without a pattern hears everything."""
        return self._matching(tuple(channels))

    def _match(self, channels: tuple[str, ...]) -> tuple[Handler, ...]:
        return tuple(
            handler
            for handler, pattern in self._handlers
            if pattern is None or any(map(pattern.match, channels))
        )


on_connect = Event("on_connect", takes_channel=False)
on_message = Event("on_message")
on_subscribe = Event("on_subscribe")
on_unsubscribe = Event("on_unsubscribe")
on_error = Event("on_error")
on_disconnect = Event("on_disconnect")
on_finish = Event("on_finish")
