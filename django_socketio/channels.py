"""The sockets of this process, the channels they are in, and what is on its way to them."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Protocol

from django_socketio import codec
from django_socketio.errors import NoSocket
from django_socketio.transport.messages import Batch, Message, Part

MESSAGE = "message"


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


class Outbox:
    """A channel: who is in it, and what they are to be told when this turn ends."""

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
        self.catch_up(member)
        held, self._members[member] = self._members[member], None
        if held:
            member.link.deliver(held)

    def leave(self, member: Member) -> None:
        """Let a member go, who gets what was said before."""
        if member in self._members:
            self.catch_up(member)
            del self._members[member]

    def post(self, message: Message, sender: Member | None) -> bool:
        """Add a message for all but its sender; say whether it is the first of the turn."""
        self._batch.add(message, sender)
        return len(self._batch) == 1

    def catch_up(self, member: Member) -> None:
        """Give one member now what the others get when the turn ends."""
        waiting = self._batch and member in self._members
        part = self._batch.part(member) if waiting else None
        if part:
            self._batch.mark_seen(member)
            give(member, self._members[member], part)

    def flush(self) -> None:
        """Give every member what is new, in one write each."""
        batch, self._batch = self._batch, Batch()
        for member, held in list(self._members.items()):
            part = batch.part(member)
            if part:
                give(member, held, part)


def give(member: Member, held: list[Message] | None, part: Part) -> None:
    """Send a member its part, or put it by."""
    if held is None:
        member.link.deliver_part(part)
    else:
        held.extend(part.messages)


def at_once(flush: Callable[[], None]) -> None:
    """End the turn with every message: where there is no event loop."""
    flush()


class Channels:
    """Every socket this process serves, and every channel one of them is in."""

    def __init__(self) -> None:
        self.end_of_turn: Callable[[Callable[[], None]], None] = at_once
        self._everyone = Outbox()
        self._by_id: dict[str, Member] = {}
        self._outboxes: dict[str, Outbox] = {}
        self._changed: list[Outbox] = []

    # Who is here

    def add(self, member: Member) -> None:
        """Take in a socket that has connected."""
        self._by_id[member.session_id] = member
        self._everyone.enter(member)

    def remove(self, member: Member) -> None:
        """Let a socket go, out of every channel."""
        for channel in list(member.channels):
            self.leave(channel, member)
        self._everyone.leave(member)
        self._by_id.pop(member.session_id, None)

    def enter(self, channel: str, member: Member, *, held: bool = False) -> None:
        """Put a socket into a channel; `held` keeps what is said there back until its release."""
        if channel in member.channels:
            return
        member.channels.add(channel)
        self._outboxes.setdefault(channel, Outbox()).enter(member, held=held)

    def release(self, channel: str, member: Member) -> None:
        """Let a held socket hear its channel."""
        if channel in member.channels:
            self._outboxes[channel].release(member)

    def leave(self, channel: str, member: Member) -> None:
        """Take a socket out of a channel; the last one out closes it."""
        if channel not in member.channels:
            return
        member.channels.discard(channel)
        outbox = self._outboxes[channel]
        outbox.leave(member)
        if not outbox:
            del self._outboxes[channel]

    def members(self, channel: str | None = None) -> list[Member]:
        """Return the sockets in a channel, or all."""
        outbox = self._everyone if channel is None else self._outboxes.get(channel)
        return list(outbox.members) if outbox else []

    # What is said

    def send(self, member: Member, message: Any, *, volatile: bool = False) -> None:
        """Send to one socket, behind all that was said to it before."""
        self.tell(member, codec.event([MESSAGE, message], volatile=volatile))

    def tell(self, member: Member, message: Message) -> None:
        """Send an encoded message to one socket."""
        if self._changed:
            self._catch_up(member)
        member.link.deliver([message])

    def _catch_up(self, member: Member) -> None:
        self._everyone.catch_up(member)
        for channel in member.channels:
            self._outboxes[channel].catch_up(member)

    def send_to(self, session_id: str, message: Any) -> None:
        """Send to the socket of that session id."""
        try:
            member = self._by_id[session_id]
        except KeyError:
            raise NoSocket(f"no socket {session_id}") from None
        self.send(member, message)

    def broadcast(self, message: Any, sender: Member | None = None) -> None:
        """Send to every socket, but not to the sender."""
        self._post(self._everyone, codec.event([MESSAGE, message]), sender)

    def broadcast_channel(
        self,
        channel: str,
        message: Any,
        sender: Member | None = None,
        *,
        volatile: bool = False,
    ) -> None:
        """Send to every socket in a channel, but not to the sender."""
        outbox = self._outboxes.get(channel)
        if outbox:
            event = codec.event([MESSAGE, message, channel], volatile=volatile)
            self._post(outbox, event, sender)

    def _post(self, outbox: Outbox, message: Message, sender: Member | None) -> None:
        if not outbox.post(message, sender):
            return
        self._changed.append(outbox)
        if len(self._changed) == 1:
            self.end_of_turn(self.flush)

    def flush(self) -> None:
        """Send what this turn has said."""
        changed, self._changed = self._changed, []
        for outbox in changed:
            outbox.flush()
