"""The drawings people are in now: who is there, and the log's news on its way to them."""

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import gevent
import msgspec
from django.conf import settings
from django.db import Error
from gevent.event import AsyncResult
from redis.exceptions import RedisError

import django_socketio
from canvas import tasks
from canvas.company import Others, Shown, Table
from canvas.engine.ops import Op, Rejected, author_of
from canvas.following import Following
from canvas.history.aside import aside
from canvas.models import Drawing
from canvas.news import Heads, News
from canvas.pause import Pause
from canvas.seats import Seat, Seats, living
from canvas.store import NOT_SAVED, Entry, Proposal, Store, since
from django_socketio.utils import channels

logger = logging.getLogger(__name__)

POLL = 1.0  # seconds between two looks at what other processes have written
LONGEST_CATCH_UP = 1000  # ops sent down a socket; more are read over HTTP first
# Bytes of ops in one message: on a slow line what has come whole between two pings is not sent again.
LARGEST_MESSAGE = 64 * 1024


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

    def __init__(self, drawing: Drawing, store: Store, news: News | None = None):
        self.drawing = drawing.pk
        self.channel = drawing.channel
        self.participants: dict[str, Participant] = {}
        self.seats = Seats()
        self.others = Others(lambda message: tell_here(self.channel, message))
        self._missed: dict[str, str] = {}  # whose op was not saved: the first such op
        self._following = Following(drawing.pk, drawing.head, self._publish)
        self._store = store
        self._news = news
        self._pause = Pause(self._ask_preview)

    @property
    def head(self) -> int:
        """The last seq that has been told here."""
        return self._following.head

    def join(self, participant: Participant, seat: Seat) -> None:
        """Let somebody in."""
        self.participants[participant.id] = participant
        self.seats.take(participant.id, seat)

    def leave(self, participant: Participant) -> None:
        """Let somebody go and tell the others."""
        self._missed.pop(participant.id, None)
        self.seats.leave(participant.id)
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
            "participants": [*self.shown, *self.others.shown],
        }

    @property
    def shown(self) -> list[dict[str, str]]:
        """Return the participants this process has, as the others get to know them."""
        return [one.shown for one in self.participants.values()]

    def propose(self, op: Op, participant: Participant) -> None:
        """Put an op on its way into the log; everybody hears of it when it is committed."""

        def done(outcome: Entry | Rejected) -> None:
            self._settle(op, participant, outcome)

        # Behind an op that was not saved nothing is taken in before that one has come again: what is drawn keeps
        # its order.
        if self._missed.get(participant.id, op.id) == op.id:
            self._missed.pop(participant.id, None)
            self._store.append(Proposal(self.drawing, op, participant.mine, done))
        else:
            done(Rejected(NOT_SAVED))

    def _settle(self, op: Op, participant: Participant, outcome: Entry | Rejected):
        match outcome:
            case Rejected(code=code):
                self._turn_down(op, participant, code)
                return
            case Entry(seq=seq) if seq <= self.head:
                tell_one(participant, ops_message([outcome]))
            case Entry():
                self.take(outcome)

    def take(self, entry: Entry) -> None:
        """Let everybody know what has been committed here."""
        self._following.take(entry)
        if self._news:
            self._news.tell(self.drawing, entry.seq)

    def _turn_down(self, op: Op, participant: Participant, code: str) -> None:
        if code == NOT_SAVED and participant.id in self.participants:
            self._missed.setdefault(participant.id, op.id)
        tell_one(participant, {"type": "rejected", "id": op.id, "code": code})

    def _publish(self, entries: list[Entry]) -> None:
        """Tell everybody here what comes next in the log."""
        self._forgive({one.name for one in entries})
        for part in parts(entries):
            tell_here(self.channel, ops_message(part))
        self._pause.drawn()

    def _forgive(self, names: set[str]) -> None:
        """Wait no more for ops that have come into the log, if only from another tab."""
        if self._missed:
            waiting = self._missed.items()
            self._missed = {who: op for who, op in waiting if op not in names}

    def hear(self, head: int) -> None:
        """Hear how far the log goes."""
        self._following.hear(head)

    def close(self) -> None:
        """Have the picture made at once: nobody is here to draw on."""
        self._following.close()
        self._pause.cancel()
        self._ask_preview()

    def _ask_preview(self) -> None:
        try:
            aside(tasks.ask_preview, self.drawing)
        except Error as error:  # the next who draws, or leaves, has it made
            logger.warning("The picture could not be asked for: %s", error)

    def answer_since(self, seq: int, send: Callable[[Any], None]) -> None:
        """Send the ops after `seq` to one socket, unless they are so many that HTTP suits better."""
        entries = aside(since, self.drawing, seq, LONGEST_CATCH_UP + 1)
        if len(entries) > LONGEST_CATCH_UP:
            send({"type": "behind", "head": self.head})
            return
        for part in parts(entries):
            send(ops_message(part))
        head = entries[-1].seq if entries else seq
        send({"type": "caught-up", "head": head})


def tell(channel: str, message: Any) -> None:
    """Send a message to everybody on a channel, in any process, if there is anybody."""
    with suppress(django_socketio.NoSocket):
        django_socketio.broadcast_channel(message, channel)


def tell_here(channel: str, message: Any) -> None:
    """Send a message to this process's sockets on a channel: the others read the log themselves."""
    channels().hear(["message", message, channel], {"room": channel})


def tell_one(participant: Participant, message: Any) -> None:
    """Send a message to one participant, if they are still there; if not, joining again brings it."""
    channels().hear(["message", message], {"room": participant.id})


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
        self.closings = 0  # how often somebody may have been shown out
        self._live: dict[str, LiveDrawing] = {}
        self._news: News | None = None

    def join(
        self, drawing: Drawing, participant: Participant, seat: Seat
    ) -> LiveDrawing:
        """Let somebody into a drawing."""
        if settings.REDIS_URL and self._news is None:
            self._listen()
        live = self._live.get(drawing.key)
        if live is None:
            live = LiveDrawing(drawing, self.store, self._news)
            self._live[drawing.key] = live
        live.join(participant, seat)
        return live

    def _listen(self) -> None:
        """Hear what the other processes write: there may be some."""
        self._news = News(settings.REDIS_URL, self.hear)
        for look in (self._look_at_logs, self._look_around, self.look_at_doors):
            gevent.spawn(now_and_then, look)

    @cached_property
    def _table(self) -> Table:
        return Table(settings.REDIS_URL)

    def hear(self, heads: Heads) -> None:
        """Hear how far logs go; those of drawings with somebody in them are read."""
        for live in self._live.values():
            if live.drawing in heads:
                live.hear(heads[live.drawing])

    def _look_at_logs(self) -> None:
        """Find in the database what Redis, being away, did not tell."""
        if not self._live:
            return
        try:
            self.hear(aside(heads, [live.drawing for live in self._live.values()]))
        except Error as error:
            logger.warning("The logs could not be looked at: %s", error)

    def look_at_doors(self) -> None:
        """Find out who may be here no more by what another process did."""
        live = list(self._live.values())
        if not live:
            return
        sessions = set().union(*(one.seats.sessions for one in live))
        try:
            seen_by = aside(visibilities, [one.drawing for one in live])
            ended = sessions - aside(living, sessions) if sessions else set()
        except Error as error:
            logger.warning("Who may be here could not be looked at: %s", error)
            return
        self.sign_out(ended)
        for one in live:
            close(one.seats, seen_by.get(one.drawing))

    def close_to_strangers(self, drawing: Drawing) -> None:
        """Show those out who may not see a drawing now that it is private."""
        self.closings += 1
        if drawing.key in self._live:
            self._live[drawing.key].seats.close_to_strangers()

    def close_to_everybody(self, drawing: Drawing) -> None:
        """Show everybody out of a drawing that has been deleted."""
        self.closings += 1
        if drawing.key in self._live:
            self._live[drawing.key].seats.close_to_everybody()

    def sign_out(self, sessions: Iterable[str]) -> None:
        """Show those out whose session has ended, from every drawing."""
        self.closings += 1
        for live in list(self._live.values()):
            live.seats.sign_out(sessions)

    def _look_around(self) -> None:
        """See who is in the same drawings by way of other processes."""
        for live in list(self._live.values()):
            try:
                live.others.update(self._table.look(live.channel, live.shown))
            except RedisError as error:
                logger.warning("Who else is there cannot be told: %s", error)
                return

    def rule(self, drawing: Drawing, op: Op) -> None:
        """Put what a moderator does into a drawing's log and let everybody know; raise Rejected where it is not taken."""
        outcome: AsyncResult[Entry | Rejected] = AsyncResult()
        mine = frozenset({author_of(op.id)})
        self.store.append(Proposal(drawing.pk, op, mine, outcome.set, moderates=True))
        match outcome.get():
            case Rejected() as rejected:
                raise rejected
            case Entry() as entry if drawing.key in self._live:
                self._live[drawing.key].take(entry)
            case Entry(seq=seq) if self._news:
                self._news.tell(drawing.pk, seq)

    def leave(self, key: str, participant: Participant) -> bool:
        """Let somebody go; return whether they were the last."""
        live = self._live[key]
        live.leave(participant)
        if live.participants:
            return False
        del self._live[key]
        live.close()
        return True

    def people(self, drawings: list[Drawing]) -> dict[str, list[Shown]]:
        """Return who is in drawings now, by key, in any process, each person once."""
        tables = self._tables([one.channel for one in drawings])
        found = {
            one.key: [*self._here(one.key), *tables.get(one.channel, [])]
            for one in drawings
        }
        return {key: once(people) for key, people in found.items()}

    def _tables(self, channels: list[str]) -> dict[str, list[Shown]]:
        """Return who is in channels as all processes have written down; nobody while Redis is away."""
        if not settings.REDIS_URL or not channels:
            return {}
        try:
            return self._table.read(channels)
        except RedisError as error:
            logger.warning("Who is where cannot be told: %s", error)
            return {}

    def _here(self, key: str) -> list[Shown]:
        live = self._live.get(key)
        return live.shown if live else []


def once(people: Iterable[Shown]) -> list[Shown]:
    """Return people, each once though they are here by several sockets."""
    return list({one["author"]: one for one in people}.values())


def now_and_then(look: Callable[[], None]) -> None:
    """Look again and again."""
    while True:
        gevent.sleep(POLL)
        look()


def heads(drawings: list[int]) -> dict[int, int]:
    """Return the last seq of each of these drawings."""
    found = Drawing.objects.filter(pk__in=drawings)
    return dict(found.values_list("pk", "head"))


def visibilities(drawings: list[int]) -> dict[int, str]:
    """Return who may see each of these drawings, but for those that were deleted."""
    found = Drawing.objects.filter(pk__in=drawings)
    return dict(found.values_list("pk", "visibility"))


def close(seats: Seats, visibility: str | None) -> None:
    """Show those out who may not see a drawing of this visibility; one that was deleted has none."""
    if visibility is None:
        seats.close_to_everybody()
    elif visibility == Drawing.Visibility.PRIVATE:
        seats.close_to_strangers()


drawings = LiveDrawings()
