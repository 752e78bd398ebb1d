"""The drawings people are in now: who is there, and the log's news on its way to them."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

import msgspec

import django_socketio
from canvas import tasks
from canvas.engine.ops import Op, Rejected
from canvas.history.aside import aside
from canvas.models import Drawing
from canvas.pause import Pause
from canvas.store import Entry, Proposal, Store, since

LONGEST_CATCH_UP = 1000  # ops sent down a socket; more are read over HTTP first
LARGEST_MESSAGE = 256 * 1024  # bytes of ops in one message


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone present now, by one socket; `mine` holds every author key they draw under."""

    id: str
    author: str
    name: str
    colour: str
    may_draw: bool
    mine: frozenset[str]

    @property
    def shown(self) -> dict[str, str]:
        """Return what the others get to know."""
        known = asdict(self)
        return {field: known[field] for field in ("id", "author", "name", "colour")}


class LiveDrawing:
    """One drawing with somebody in it."""

    def __init__(self, drawing: Drawing, store: Store):
        self.drawing = drawing.pk
        self.channel = drawing.channel
        self.head = drawing.head
        self.participants: dict[str, Participant] = {}
        self._store = store
        self._pause = Pause(self._ask_preview)

    def join(self, participant: Participant) -> None:
        """Let somebody in."""
        self.participants[participant.id] = participant

    def leave(self, participant: Participant) -> None:
        """Let somebody go and tell the others."""
        if self.participants.pop(participant.id, None):
            self.tell({"type": "left", "id": participant.id})

    def tell(self, message: Any) -> None:
        """Send a message to everybody here."""
        tell(self.channel, message)

    def welcome(self, participant: Participant) -> dict[str, Any]:
        """Return what somebody who has just joined needs to know."""
        return {
            "type": "welcome",
            "head": self.head,
            "me": participant.id,
            "mine": sorted(participant.mine),
            "may": "draw" if participant.may_draw else "watch",
            "participants": [one.shown for one in self.participants.values()],
        }

    def propose(self, op: Op, participant: Participant) -> None:
        """Put an op on its way into the log; everybody hears of it when it is committed."""

        def done(outcome: Entry | Rejected) -> None:
            self._settle(op, participant, outcome)

        self._store.append(Proposal(self.drawing, op, participant.mine, done))

    def _settle(self, op: Op, participant: Participant, outcome: Entry | Rejected):
        match outcome:
            case Rejected(code=code):
                rejected = {"type": "rejected", "id": op.id, "code": code}
                send(participant, rejected)
            case Entry(seq=seq) if seq <= self.head:
                send(participant, ops_message([outcome]))
            case Entry(seq=seq) if seq == self.head + 1:
                self._publish([outcome])
            case _:
                self.catch_up()

    def _publish(self, entries: list[Entry]) -> None:
        self.head = entries[-1].seq
        self.tell(ops_message(entries))
        self._pause.drawn()

    def close(self) -> None:
        """Have the picture made at once: nobody is here to draw on."""
        self._pause.cancel()
        self._ask_preview()

    def _ask_preview(self) -> None:
        aside(tasks.ask_preview, self.drawing)

    def catch_up(self) -> None:
        """Send everybody what another process has put into the log."""
        while entries := since(self.drawing, self.head, LONGEST_CATCH_UP):
            for part in parts(entries):
                self._publish(part)

    def answer_since(self, seq: int, send: Callable[[Any], None]) -> None:
        """Send the ops after `seq` to one socket, unless they are so many that HTTP suits better."""
        entries = since(self.drawing, seq, LONGEST_CATCH_UP + 1)
        if len(entries) > LONGEST_CATCH_UP:
            send({"type": "behind", "head": self.head})
            return
        for part in parts(entries):
            send(ops_message(part))
        head = entries[-1].seq if entries else seq
        send({"type": "caught-up", "head": head})


def tell(channel: str, message: Any) -> None:
    """Send a message to everybody on a channel, if there is anybody."""
    with suppress(django_socketio.NoSocket):
        django_socketio.broadcast_channel(message, channel)


def send(participant: Participant, message: Any) -> None:
    """Send a message to one participant, if they are still there."""
    with suppress(django_socketio.NoSocket):  # gone; joining again brings it
        django_socketio.send(participant.id, message)


def ops_message(entries: list[Entry]) -> dict[str, Any]:
    """Return the message that carries these entries."""
    ops = [[one.seq, one.time, msgspec.Raw(one.data)] for one in entries]
    return {"type": "ops", "ops": ops}


def parts(entries: list[Entry]) -> list[list[Entry]]:
    """Split entries so that no message is larger than LARGEST_MESSAGE."""
    split: list[list[Entry]] = []
    size = LARGEST_MESSAGE
    for one in entries:
        size += len(one.data)
        if size > LARGEST_MESSAGE:
            split.append([])
            size = len(one.data)
        split[-1].append(one)
    return split


class LiveDrawings:
    """All the drawings with somebody in them; one is made when the first joins, gone when the last leaves."""

    def __init__(self):
        self.store = Store()
        self._live: dict[str, LiveDrawing] = {}

    def join(self, drawing: Drawing, participant: Participant) -> LiveDrawing:
        """Let somebody into a drawing."""
        live = self._live.get(drawing.key)
        if live is None:
            live = self._live[drawing.key] = LiveDrawing(drawing, self.store)
        live.join(participant)
        return live

    def leave(self, key: str, participant: Participant) -> bool:
        """Let somebody go; return whether they were the last."""
        live = self._live[key]
        live.leave(participant)
        if live.participants:
            return False
        del self._live[key]
        live.close()
        return True

    def participants(self, key: str) -> list[Participant]:
        """Return who is in a drawing now, each person once."""
        live = self._live.get(key)
        people = {one.author: one for one in live.participants.values()} if live else {}
        return list(people.values())


drawings = LiveDrawings()
