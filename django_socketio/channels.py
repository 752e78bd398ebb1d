"""The sockets of this process, the channels they are in, and what is said to them."""

from collections import Counter
from collections.abc import Callable
from itertools import chain, count
from operator import attrgetter
from typing import Any, Protocol

from django_socketio import codec
from django_socketio.clients import Session
from django_socketio.errors import NoSocket
from django_socketio.metrics import Metrics
from django_socketio.outbox import Member, Outbox, Outboxes
from django_socketio.transport.messages import Message

MESSAGE = "message"
EVERYBODY = ""


class Relay(Protocol):
    """The way to the other processes."""

    def serve(self) -> None:
        """Work in the background: this process has sockets."""

    def close(self) -> None:
        """Stop, and let the others know."""

    def publish(self, event: list[Any], **address: Any) -> None:
        """Say something to the sockets of the other processes."""

    def entered(self, channel: str, member: Member) -> None:
        """Let the others know who is in a channel; the one without a name has everybody."""

    def left(self, channel: str, member: Member) -> None:
        """Let the others know who is in a channel no more."""

    def members(self, channel: str) -> list[Session]:
        """Return who is in a channel, in any process."""

    def knows(self, session_id: str) -> bool:
        """Say whether some process has that socket."""


def at_once(flush: Callable[[], None]) -> None:
    """End the turn with every message: where there is no event loop."""
    flush()


class Channels:
    """Every socket this process serves, and every channel one of them is in."""

    def __init__(self, metrics: Metrics | None = None) -> None:
        self.end_of_turn: Callable[[Callable[[], None]], None] = at_once
        self.relay: Relay | None = None
        self.metrics = metrics or Metrics()
        self._everybody = Outbox()
        self._by_id: dict[str, Member] = {}
        self._users = Outboxes()
        self._channels = Outboxes()
        self._changed: list[Outbox] = []
        self._numbers = count()

    # Who is here

    def add(self, member: Member) -> None:
        """Take in a socket that has connected."""
        self._by_id[member.session_id] = member
        self._everybody.enter(member)
        if member.user:
            self._users.enter(member.user, member)
        if self.relay:
            self.relay.entered(EVERYBODY, member)
        self.metrics.add("connected")

    def remove(self, member: Member) -> None:
        """Let a socket go, out of every channel."""
        self._catch_up(member)
        for channel in list(member.channels):
            self.leave(channel, member)
        self._everybody.leave(member)
        if member.user:
            self._users.leave(member.user, member)
        del self._by_id[member.session_id]
        if self.relay:
            self.relay.left(EVERYBODY, member)
        self.metrics.add("disconnected")

    def enter(self, channel: str, member: Member, *, held: bool = False) -> None:
        """Put a socket into a channel; `held` keeps what is said there back until its release."""
        if channel in member.channels:
            return
        member.channels.add(channel)
        self._channels.enter(channel, member, held=held)
        if self.relay and not held:
            self.relay.entered(channel, member)

    def release(self, channel: str, member: Member) -> None:
        """Let a held socket hear its channel."""
        outbox = self._channels.get(channel)
        if outbox and channel in member.channels:
            self._catch_up(member)
            outbox.release(member)
            if self.relay:
                self.relay.entered(channel, member)

    def leave(self, channel: str, member: Member) -> None:
        """Take a socket out of a channel."""
        if channel not in member.channels:
            return
        self._catch_up(member)
        member.channels.discard(channel)
        self._channels.leave(channel, member)
        if self.relay:
            self.relay.left(channel, member)

    def local(self, channel: str = EVERYBODY) -> list[Member]:
        """Return this process's sockets in a channel, or all it has."""
        outbox = self._channels.get(channel) if channel else self._everybody
        return list(outbox.members) if outbox else []

    def present(self, channel: str = EVERYBODY) -> list[Session]:
        """Return who is in a channel, in any process, or who is connected at all."""
        here = {member.session_id: member.user for member in self.local(channel)}
        there = self.relay.members(channel) if self.relay else []
        everywhere = here | {session.session_id: session.user for session in there}
        return [Session(name, user) for name, user in everywhere.items()]

    def is_empty(self, channel: str = EVERYBODY) -> bool:
        """Say whether nobody is in a channel, in no process."""
        return not self.local(channel) and not self.present(channel)

    # What is said

    def send(self, member: Member, message: Any) -> None:
        """Send to one socket, behind all that was said to it before."""
        self.tell(member, codec.event([MESSAGE, message]))

    def tell(self, member: Member, message: Message) -> None:
        """Send an encoded message to one socket."""
        self._catch_up(member)
        member.link.deliver([message])

    def _catch_up(self, member: Member) -> None:
        """Give a socket what this turn has said to it, in the order it was said."""
        if not self._changed:
            return
        channels = [self._channels.get(channel) for channel in member.channels]
        outboxes = (self._everybody, *channels, self._users.get(member.user))
        taken = [outbox.take(member) for outbox in outboxes if outbox]
        parts = [part for part in taken if part]
        if len(parts) == 1:
            member.link.deliver_part(parts[0])
        elif parts:
            messages = chain.from_iterable(part.messages for part in parts)
            member.link.deliver(sorted(messages, key=attrgetter("number")))

    def send_to(self, session_id: str, message: Any) -> None:
        """Send to the socket of that session id, whichever process has it."""
        member = self._by_id.get(session_id)
        if member:
            self.send(member, message)
        elif self.relay and self.relay.knows(session_id):
            self.relay.publish([MESSAGE, message], room=session_id)
        else:
            raise NoSocket(f"no socket {session_id}")

    def send_to_user(self, user: str, message: Any) -> None:
        """Send to every socket of a user."""
        event = [MESSAGE, message]
        if self.relay:
            self.relay.publish(event, user=user)
        self._post(self._users.get(user), codec.event(event))

    def disconnect_user(self, user: str) -> None:
        """Send every socket of a user away, whichever process has it."""
        if self.relay:
            self.relay.publish([], user=user, away=True)
        self._send_away(user)

    def _send_away(self, user: str) -> None:
        outbox = self._users.get(user)
        for member in list(outbox.members) if outbox else ():
            member.link.disconnect()

    def broadcast(self, message: Any, sender: Member | None = None) -> None:
        """Send to every socket, but not to the sender."""
        event = [MESSAGE, message]
        if self.relay:
            self.relay.publish(event)
        self._post(self._everybody, codec.event(event), sender)

    def broadcast_channel(
        self,
        channel: str,
        message: Any,
        sender: Member | None = None,
        *,
        volatile: bool = False,
    ) -> None:
        """Send to every socket in a channel, but not to the sender."""
        event = [MESSAGE, message, channel]
        if self.relay:
            self.relay.publish(event, room=channel, volatile=volatile)
        outbox = self._channels.get(channel)
        if outbox:
            self._post(outbox, codec.event(event, volatile=volatile), sender)

    def hear(self, event: list[Any], address: dict[str, Any]) -> None:
        """Say here what another process says to its own sockets too."""
        if address.get("away"):
            self._send_away(address["user"])
            return
        message = codec.event(event, volatile=bool(address.get("volatile")))
        room, user, skip = (address.get(key) for key in ("room", "user", "skip_sid"))
        if room in self._by_id:
            self.tell(self._by_id[room], message)
        elif user:
            self._post(self._users.get(user), message)
        else:
            outbox = self._channels.get(room) if room else self._everybody
            self._post(outbox, message, self._by_id.get(str(skip)))

    def _post(
        self, outbox: Outbox | None, message: Message, sender: Member | None = None
    ) -> None:
        if outbox is None:
            return
        message.number = next(self._numbers)
        if not outbox.post(message, sender):
            return
        self._changed.append(outbox)
        if len(self._changed) == 1:
            self.end_of_turn(self.flush)

    def flush(self) -> None:
        """Send what this turn has said."""
        if len(self._changed) > 1:
            self._flush_shared()
        changed, self._changed = self._changed, []
        self.metrics.add("delivered", sum(outbox.flush() for outbox in changed))

    def _flush_shared(self) -> None:
        """Give its share to whoever is in several outboxes, whose messages are to come in one order."""
        members = chain.from_iterable(outbox.members for outbox in self._changed)
        for member, times in Counter(members).items():
            if times > 1:
                self._catch_up(member)
