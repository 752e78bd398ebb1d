"""What the channel layer raises."""


class Refused(Exception):
    """The channel layer, or a handler, turns something down. The code is part of the protocol."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class NoSocket(Exception):
    """There is no connected socket to send to."""
