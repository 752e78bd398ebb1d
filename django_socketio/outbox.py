"""What is on its way to a number of sockets, and who they are."""

from collections.abc import Collection, Sequence
from typing import Protocol

from django_socketio.transport.messages import Batch, Message, Part


class Link(Protocol):
    """The way to one browser."""

    def deliver(self, messages: Sequence[Message]) -> None:
        """Send messages, in order."""

    def deliver_part(self, part: Part) -> None:
        """Send a part of a batch."""

    def disconnect(self) -> None:
        """Send the browser away."""


class Member(Protocol):
    """A socket, as channels know it."""

    link: Link
    channels: set[str]

    @property
    def session_id(self) -> str:
        """Return the socket's public name."""

    @property
    def user(self) -> str:
        """Return the name of whoever is behind it."""


class Outbox:
    """Some sockets, and what they are to be told when this turn ends."""

    def __init__(self) -> None:
        self._batch = Batch()
        self._members: dict[
            Member, list[Message] | None
        ] = {}  # a list holds back what comes

    def __len__(self) -> int:
        return len(self._members)

    @property
    def members(self) -> Collection[Member]:
        """Return who is in it."""
        return self._members.keys()

    def enter(self, member: Member, *, held: bool = False) -> None:
        """Take a member in, from the next message on."""
        self._members[member] = [] if held else None
        if self._batch:
            self._batch.mark_seen(member)

    def release(self, member: Member) -> None:
        """Give a member what was held back, and hold back no more."""
        held, self._members[member] = self._members[member], None
        if held:
            member.link.deliver(held)

    def leave(self, member: Member) -> None:
        """Let a member go."""
        self._members.pop(member, None)

    def post(self, message: Message, sender: Member | None) -> bool:
        """Add a message for all but its sender; say whether it is the first of the turn."""
        self._batch.add(message, sender)
        return len(self._batch) == 1

    def take(self, member: Member) -> Part | None:
        """Return what a member is to be given now of what the others get when the turn ends."""
        waiting = self._batch and member in self._members
        part = self._batch.part(member) if waiting else None
        if part is None:
            return None
        self._batch.mark_seen(member)
        held = self._members[member]
        if held is None:
            return part
        held.extend(part.messages)
        return None

    def flush(self) -> int:
        """Give every member what is new, in one write each; return how many messages went to how many."""
        batch, self._batch = self._batch, Batch()
        members = list(self._members.items())
        for member, held in members:
            part = batch.part(member)
            if part is None:
                continue
            if held is None:
                member.link.deliver_part(part)
            else:
                held.extend(part.messages)
        return len(batch) * len(members)


class Outboxes:
    """Outboxes by name: made by the first to enter, gone with the last to leave."""

    def __init__(self) -> None:
        self._by_name: dict[str, Outbox] = {}

    def get(self, name: str) -> Outbox | None:
        """Return the outbox of that name, if anybody is in it."""
        return self._by_name.get(name)

    def enter(self, name: str, member: Member, *, held: bool = False) -> None:
        """Take a member in."""
        self._by_name.setdefault(name, Outbox()).enter(member, held=held)

    def leave(self, name: str, member: Member) -> None:
        """Let a member go."""
        outbox = self._by_name[name]
        outbox.leave(member)
        if not outbox:
            del self._by_name[name]
