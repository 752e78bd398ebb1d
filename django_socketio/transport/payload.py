"""What a long-polling browser posts."""

import base64
import binascii
from collections.abc import Iterator
from typing import Any

import gevent
from engineio import exceptions

SEPARATOR = "\x1e"
MOST_PACKETS = 1000  # in one request
BODY_TIMEOUT = 10.0

Environ = dict[str, Any]


class BadPacket(exceptions.EngineIOError):  # type: ignore[misc]
    """What came is no packet; the connection closes."""


def posted(environ: Environ, most: int) -> Iterator[str | bytes]:
    """Yield the packets in a long-polling request's body."""
    try:
        length = int(environ.get("CONTENT_LENGTH") or -1)
    except ValueError:
        length = -1
    if not 0 <= length <= most:
        raise exceptions.ContentTooLongError()
    try:
        with gevent.Timeout(BODY_TIMEOUT, BadPacket("the body took too long")):
            body = environ["wsgi.input"].read(length)
        packets = body.decode().split(SEPARATOR)
    except (UnicodeDecodeError, OSError):
        raise BadPacket("no text") from None
    if len(packets) > MOST_PACKETS:
        raise BadPacket("too many packets")
    for text in packets:
        yield unpacked(text)


def unpacked(text: str) -> str | bytes:
    """Return a packet as it would have come over a WebSocket."""
    if not text.startswith("b"):
        return text
    try:
        return base64.b64decode(text[1:], validate=True)
    except binascii.Error:
        raise BadPacket("invalid base64") from None
