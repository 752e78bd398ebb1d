"""That a log has grown, from one process to the others: a hint by way of Redis, never what it has grown by.

A hint that is lost while Redis is away costs a second: every process also looks into the database that often.
"""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress

import gevent
import msgspec
import redis
from redis.exceptions import RedisError

TOPIC = "drawnby:news"
PATIENCE = 1.0  # seconds for Redis to answer
PAUSE = 0.5  # seconds between two attempts

logger = logging.getLogger(__name__)
Heads = Mapping[int, int]  # the last seq of each drawing


class News:
    """Tells the other processes which logs have grown, and hears it from them."""

    def __init__(self, url: str, hear: Callable[[Heads], None]):
        self._client = redis.Redis.from_url(
            url,
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            health_check_interval=5,
        )
        self._hear = hear
        self._untold: dict[int, int] = {}
        self._teller: gevent.Greenlet | None = None
        self._listener = gevent.spawn(self._listen)

    def close(self) -> None:
        """Neither tell nor hear any more."""
        gevent.killall([one for one in (self._listener, self._teller) if one])
        self._client.close()

    def tell(self, drawing: int, head: int) -> None:
        """Let the others know, soon, how far a log goes now."""
        self._untold[drawing] = head
        if self._teller is None:
            self._teller = gevent.spawn(self._tell)

    def _tell(self) -> None:
        try:
            while self._untold:
                heads, self._untold = self._untold, {}
                self._try(lambda heads=heads: self._publish(heads))
        finally:
            self._teller = None

    def _publish(self, heads: Heads) -> None:
        self._client.publish(TOPIC, msgspec.json.encode(heads))

    def _listen(self) -> None:
        while True:
            self._try(self._take_in)

    def _try(self, work: Callable[[], None]) -> None:
        """Do something with Redis; where that fails, wait a little before anything else."""
        try:
            work()
        except RedisError as error:
            logger.warning("Redis is away: %s", error)
            gevent.sleep(PAUSE)

    def _take_in(self) -> None:
        """Hear what others tell, until Redis goes."""
        with self._client.pubsub(ignore_subscribe_messages=True) as pubsub:
            pubsub.subscribe(TOPIC)
            while True:
                told = pubsub.get_message(timeout=PATIENCE)
                if told:
                    with suppress(msgspec.DecodeError):  # of another version
                        self._hear(heads_in(told["data"]))


def heads_in(data: bytes) -> Heads:
    """Return what a hint says."""
    return msgspec.json.decode(data, type=dict[int, int])
