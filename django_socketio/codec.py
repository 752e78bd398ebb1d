"""Values to Socket.IO packets and back."""

from typing import Any

import msgspec
from django.utils.functional import Promise

from django_socketio.transport.messages import Message

BINARY = (bytes, bytearray, memoryview)
SCALARS = frozenset({str, int, float, bool, type(None)})


def text_of(value: Any) -> str:
    """Encode what only Django knows: a translation yet to be made."""
    if isinstance(value, Promise):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} is no JSON")


encoder = msgspec.json.Encoder(enc_hook=text_of)


def event(arguments: list[Any], *, volatile: bool = False) -> Message:
    """Return an event: its name, then its arguments."""
    payload, attachments = detach(arguments)
    kind = b"5%d-" % len(attachments) if attachments else b"2"
    return Message(kind + payload, attachments, volatile)


def acknowledgement(ack: int, answer: dict[str, Any]) -> Message:
    """Return the answer to an event that asked for one."""
    payload, attachments = detach([answer])
    kind = b"6%d-" % len(attachments) if attachments else b"3"
    return Message(kind + b"%d" % ack + payload, attachments)


def carries_bytes(value: Any) -> bool:
    """Say whether there are bytes anywhere in value."""
    waiting = [
        value
    ]  # grows meanwhile: this is asked of every broadcast, and calls cost more than steps
    for one in waiting:
        if isinstance(one, dict):
            one = one.values()
        elif isinstance(one, BINARY):
            return True
        elif not isinstance(one, (list, tuple)):
            continue
        if not SCALARS.issuperset(map(type, one)):
            waiting += [inner for inner in one if type(inner) not in SCALARS]
    return False


def detach(value: Any) -> tuple[bytes, list[bytes]]:
    """Return value encoded, with placeholders for the bytes in it, and those bytes."""
    if not carries_bytes(value):
        return encoder.encode(value), []
    attachments: list[bytes] = []

    def without(value: Any) -> Any:
        if isinstance(value, BINARY):
            attachments.append(bytes(value))
            return {"_placeholder": True, "num": len(attachments) - 1}
        if isinstance(value, dict):
            return {key: without(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [without(inner) for inner in value]
        return value

    return encoder.encode(without(value)), attachments
