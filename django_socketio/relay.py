"""Several processes as one: what is said in one is heard in all, by way of Redis.

Redis carries news, never truth: while it is away every process goes on serving its own sockets, nothing waits
for it, and what could not be passed on waits here up to a number of messages.
"""

import base64
import json
import logging
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import gevent
import msgspec
import redis
import socketio
from gevent.event import Event
from redis.exceptions import RedisError

from django_socketio import codec
from django_socketio.channels import EVERYBODY, Channels
from django_socketio.clients import Session
from django_socketio.outbox import Member

PREFIX = (
    "socketio"  # python-socketio's own: its write-only managers reach us as they are
)
MOST_WAITING = 10_000
AT_ONCE = 500
PATIENCE = 1.0  # seconds for Redis to answer
PAUSE = 0.5  # seconds between two attempts
HEARTBEAT = 2.0
LIFETIME = 7  # seconds after which a silent process counts as dead

logger = logging.getLogger("django_socketio.relay")
Command = tuple[Any, ...]


class Relay(socketio.RedisManager):  # type: ignore[misc]
    """python-socketio's Redis manager, which tells this process's channels, and keeps a table of who is where."""

    def __init__(self, url: str, channels: Channels):
        super().__init__(url, channel=PREFIX, write_only=True, logger=logger)
        self._channels = channels
        self._client: Any = redis.Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
        )
        self._waiting: deque[Command] = deque(maxlen=MOST_WAITING)
        self._news = Event()
        self._hearing = Event()
        self._greenlets: list[gevent.Greenlet[..., Any]] = []

    # Serving

    def serve(self) -> None:
        """Work in the background from now on: this process has sockets."""
        self.write_only = False
        work = (self._live, self._publish_all, self._thread)
        self._greenlets = [gevent.spawn(part) for part in work]

    def initialize(self) -> None:
        """Wait until this process hears the others; python-socketio calls it before the first connection."""
        self._hearing.wait(PATIENCE)

    def close(self) -> None:
        """Pass on what waits, and be gone from the table."""
        self._greenlets[0].kill()
        self._do("DEL", self._host(self.host_id))
        with gevent.Timeout(PATIENCE, False):  # type: ignore[arg-type]
            while self._waiting:
                gevent.sleep(0.01)
        gevent.killall(self._greenlets)

    # Saying

    def publish(self, event: list[Any], **address: Any) -> None:
        """Say something to the sockets of the other processes."""
        encoded, attachments = codec.detach(event)
        news = {"method": "emit", "host_id": self.host_id, "namespace": "/", **address}
        news["body"] = msgspec.Raw(encoded)
        news["beside"] = [base64.b64encode(data).decode() for data in attachments]
        self._do("PUBLISH", PREFIX, codec.encoder.encode(news))

    def _do(self, *command: Any) -> None:
        """Send a command to Redis, in the background if this process serves."""
        if not self.write_only:
            self._waiting.append(command)
            self._news.set()
            return
        try:
            self._client.execute_command(*command)
        except RedisError as error:
            logger.error("Redis did not take what was said: %s", error)

    def _publish_all(self) -> None:
        while True:
            self._news.wait()
            self._news.clear()
            while self._waiting:
                # Redis forgets at once what nobody hears.
                self._hearing.wait()
                self._attempt(self._pass_on)

    def _attempt(self, work: Callable[[], None]) -> bool:
        """Do something with Redis; after a failure, wait a little."""
        try:
            work()
        except RedisError as error:
            logger.warning("Redis is away: %s", error)
            gevent.sleep(PAUSE)
            return False
        return True

    def _pass_on(self) -> None:
        """Send what waits, many commands in one go."""
        some = [self._waiting[n] for n in range(min(AT_ONCE, len(self._waiting)))]
        with self._client.pipeline(transaction=False) as pipeline:
            for command in some:
                pipeline.execute_command(*command)
            pipeline.execute(raise_on_error=False)
        for command in some:
            if self._waiting and self._waiting[0] is command:
                self._waiting.popleft()

    # Hearing

    def _listen(self) -> Iterator[bytes]:
        """Yield what other processes publish, for ever."""
        grace = 0.0
        while True:
            try:
                yield from self._news_from_redis(grace)
            except RedisError as error:
                logger.warning("Redis cannot be heard: %s", error)
                self._hearing.clear()
                gevent.sleep(PAUSE)
                grace = (
                    2 * PAUSE
                )  # when Redis is back, the others need as long to notice

    def _news_from_redis(self, grace: float) -> Iterator[bytes]:
        with self._client.pubsub(ignore_subscribe_messages=True) as pubsub:
            pubsub.subscribe(PREFIX)
            gevent.spawn_later(grace, self._hearing.set)
            while True:
                news = pubsub.get_message(timeout=PATIENCE)
                if news:
                    yield news["data"]

    def _handle_emit(self, message: dict[str, Any]) -> None:
        """Say here what was said elsewhere, by a process of ours or by a plain python-socketio manager."""
        if "body" in message:
            beside = [base64.b64decode(data) for data in message["beside"]]
            event = self.server.packet_class.reconstruct_binary(message["body"], beside)
        else:
            event = [
                message["event"],
                *plain_arguments(message, self.server.packet_class),
            ]
        self._channels.hear(event, message)

    # Who is where

    def entered(self, channel: str, member: Member) -> None:
        """Put a socket into the table."""
        where = json.dumps([self.host_id, member.user])
        self._do("HSET", self._table(channel), member.session_id, where)

    def left(self, channel: str, member: Member) -> None:
        """Take a socket out of the table."""
        self._do("HDEL", self._table(channel), member.session_id)

    def members(self, channel: str) -> list[Session]:
        """Return who is in a channel, in any process that lives; while Redis is away, nobody."""
        try:
            table = self._client.hgetall(self._table(channel))
            rows = {name.decode(): json.loads(where) for name, where in table.items()}
            living = self._living({host for host, _ in rows.values()})
            dead = [name for name, (host, _) in rows.items() if host not in living]
            if dead:
                self._client.hdel(self._table(channel), *dead)
        except RedisError as error:
            logger.warning("Redis cannot say who is there: %s", error)
            return []
        return [
            Session(name, user) for name, (host, user) in rows.items() if host in living
        ]

    def _living(self, hosts: set[str]) -> set[str]:
        signs = self._client.mget([self._host(host) for host in hosts]) if hosts else []
        return {host for host, sign in zip(hosts, signs, strict=True) if sign}

    def knows(self, session_id: str) -> bool:
        """Say whether some living process has that socket."""
        try:
            where = self._client.hget(self._table(EVERYBODY), session_id)
            return bool(where and self._living({json.loads(where)[0]}))
        except RedisError:
            return False

    def _live(self) -> None:
        """Give a sign of life now and then; where the last one was lost, say again who is here."""
        while True:
            self._attempt(self._sign_of_life)
            gevent.sleep(HEARTBEAT)

    def _sign_of_life(self) -> None:
        key = self._host(self.host_id)
        if self._client.set(key, 1, ex=LIFETIME, get=True) is None:
            for member in self._channels.local():
                for channel in (EVERYBODY, *member.channels):
                    self.entered(channel, member)

    def _table(self, channel: str) -> str:
        return f"{PREFIX}:in:{channel}"

    def _host(self, host: str) -> str:
        return f"{PREFIX}:process:{host}"


def plain_arguments(message: dict[str, Any], packets: Any) -> list[Any]:
    """Return the arguments of an event as python-socketio's managers publish it."""
    data = message["data"]
    if message.get("binary"):
        beside = [base64.b64decode(one) for one in data[1:]]
        data = packets.reconstruct_binary(data[0], beside)
    if message["event"] == "message" and message.get("room") and len(data) == 1:
        return [data[0], message["room"]]
    return list(data)
