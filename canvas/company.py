"""Who is in a drawing by way of other processes: a table in Redis, in which each process keeps its own people.

Redis may forget the table, and a process may die and leave its people in it: with every look the own are written anew, and those
without a living process are left out.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
import redis

import django_socketio

PATIENCE = 1.0  # seconds for Redis to answer
LIFETIME = 60  # seconds a table stays that nobody looks at
LOOKS = 3  # in a row that somebody is missed by before they count as gone: Redis may have just begun anew

Shown = dict[str, str]  # a participant, as the others get to know them


class Table:
    """The people of all processes, by channel."""

    def __init__(self, url: str):
        self._client = redis.Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )

    def look(self, channel: str, own: list[Shown]) -> dict[str, Shown]:
        """Write down who is here; return who is elsewhere, by id; raise RedisError where Redis is away."""
        table = table_of(channel)
        found = self._exchange(table, {one["id"]: one for one in own})
        there = {one["id"]: one for one in present(channel, found.values())}
        if dead := found.keys() - there.keys():
            self._client.hdel(table, *dead)
        return there

    def read(self, channels: list[str]) -> dict[str, list[Shown]]:
        """Return who is in channels, in any process; raise RedisError where Redis is away."""
        with self._client.pipeline(transaction=False) as pipeline:
            for channel in channels:
                pipeline.hgetall(table_of(channel))
            tables = pipeline.execute()
        return {
            channel: present(channel, map(msgspec.json.decode, table.values()))
            for channel, table in zip(channels, tables, strict=True)
            if table
        }

    def _exchange(self, table: str, own: dict[str, Shown]) -> dict[str, Shown]:
        mine = {name: msgspec.json.encode(one) for name, one in own.items()}
        with self._client.pipeline(transaction=False) as pipeline:
            if mine:
                pipeline.hset(table, mapping=mine)
            pipeline.expire(table, LIFETIME)
            *_, rows = pipeline.hgetall(table).execute()
        found = {row.decode(): msgspec.json.decode(one) for row, one in rows.items()}
        return {name: one for name, one in found.items() if name not in own}


def table_of(channel: str) -> str:
    """Return what the table of a channel is called in Redis."""
    return f"drawnby:in:{channel}"


def present(channel: str, found: Iterable[Shown]) -> list[Shown]:
    """Return those found who are in a channel by way of a process that lives."""
    living = {one.session_id for one in django_socketio.presence(channel)}
    return [one for one in found if one["id"] in living]


class Others:
    """The participants of one drawing that other processes have."""

    def __init__(self, tell: Callable[[Any], None]):
        self._tell = tell
        self._known: dict[str, Shown] = {}
        self._missed: dict[str, int] = {}  # how often in a row

    @property
    def shown(self) -> list[Shown]:
        return list(self._known.values())

    def update(self, found: dict[str, Shown]) -> None:
        """Tell those who are here who has come, and who has gone."""
        for name in found.keys() - self._known.keys():
            self._tell({"type": "joined", "participant": found[name]})
        self._known |= found
        absent = self._known.keys() - found.keys()
        self._missed = {name: self._missed.get(name, 0) + 1 for name in absent}
        for name, looks in self._missed.items():
            if looks == LOOKS:
                del self._known[name]
                self._tell({"type": "left", "id": name})
