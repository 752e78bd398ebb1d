"""Who is in a drawing by way of other processes: a table in Redis, in which each process keeps its own people.

Redis may forget the table, and a process may die and leave its people in it: with every look the own are written anew, and those
without a living process are left out.
"""

from collections.abc import Callable
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
        table = f"drawnby:in:{channel}"
        found = self._exchange(table, {one["id"]: one for one in own})
        living = {one.session_id for one in django_socketio.presence(channel)}
        if dead := found.keys() - living:
            self._client.hdel(table, *dead)
        return {name: found[name] for name in found.keys() & living}

    def _exchange(self, table: str, own: dict[str, Shown]) -> dict[str, Shown]:
        mine = {name: msgspec.json.encode(one) for name, one in own.items()}
        with self._client.pipeline(transaction=False) as pipeline:
            if mine:
                pipeline.hset(table, mapping=mine)
            pipeline.expire(table, LIFETIME)
            *_, rows = pipeline.hgetall(table).execute()
        found = {row.decode(): msgspec.json.decode(one) for row, one in rows.items()}
        return {name: one for name, one in found.items() if name not in own}


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
