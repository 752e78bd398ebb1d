"""What the channel layer raises."""


class Refused(Exception):  # noqa: N818 - the word is the protocol's
    """The channel layer, or a handler, turns something down. The code is part of the protocol."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class NoSocket(Exception):  # noqa: N818 - the name is django-socketio's own
    """There is no connected socket to send to."""
