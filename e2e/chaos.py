"""Kill whatever serves people at random moments while they draw, and count what became of their strokes.

`KILLS=1000 make chaos` ends with one line of JSON: kills, drawn, confirmed, and what must be nothing: lost, doubled, gaps in
seq, misplaced (ops not in the order they were drawn in), diverged (people who were not told the very bytes of the log),
unlike (replicas that do not show, byte for byte, what a replay of the database does), damaged (logs that do not verify). Half of the kills hit one process on SQLite, the others two processes, their PostgreSQL and their Redis.
"""

import argparse
import contextlib
import json
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

import psycopg

from e2e import services
from e2e.drawer import Drawer, Guest
from e2e.moody import Moody
from e2e.replicas import sight_of_rows, sights_of_replicas
from e2e.server import Server
from e2e.waiting import until

DRAWERS = 4
PACE = 0.03  # seconds between the ops of one drawer
LONGEST_LIFE = 0.8  # seconds between a start and the kill
PATIENCE = 120  # seconds for everything drawn to be confirmed after the last start
QUERY = """
    SELECT seq, name, data FROM canvas_op JOIN canvas_drawing ON canvas_drawing.id = drawing_id
    WHERE key = '{key}' ORDER BY seq
"""

Row = tuple[int, str, bytes]


@dataclass(frozen=True, slots=True)
class House:
    """The servers people draw on, what may be killed of it and how it starts again, and the log it leaves."""

    servers: list[Server]
    victims: list[tuple[Callable, Callable]]
    rows: Callable[[str], list[Row]]


@contextlib.contextmanager
def small_house(folder: Path, module: str = "manage") -> Iterator[House]:
    """Run one process on SQLite."""
    server = Server(folder, module).prepare()
    with serving([server]):
        yield House([server], [victim(server)], partial(sqlite_rows, server.database))


@contextlib.contextmanager
def shared_house(folder: Path) -> Iterator[House]:
    """Run two processes on one SQLite, with a Redis between them."""
    with services.redis(folder) as redis:
        servers = [Server(folder, REDIS_URL=redis.url) for _ in range(2)]
        servers[0].prepare()
        with serving(servers):
            victims = [*map(victim, servers), (redis.kill, redis.start)]
            yield House(servers, victims, partial(sqlite_rows, servers[0].database))


@contextlib.contextmanager
def large_house(folder: Path) -> Iterator[House]:
    """Run two processes on one PostgreSQL, with a Redis between them."""
    with services.postgres() as postgres, services.redis(folder) as redis:
        urls = {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url}
        servers = [Server(folder, **urls) for _ in range(2)]
        servers[0].prepare()
        with serving(servers):
            victims = [victim(server) for server in servers * 2]
            victims += [(one.kill, one.start) for one in (postgres, redis)]
            yield House(servers, victims, partial(postgres_rows, postgres.url))


@contextlib.contextmanager
def serving(servers: list[Server]) -> Iterator[None]:
    """Serve until the block ends."""
    for server in servers:
        server.start_bare()
    try:
        yield
    finally:
        for server in servers:
            server.stop()


def victim(server: Server) -> tuple[Callable, Callable]:
    return server.kill, server.start_bare


def chaos(
    house: House, kills: int, seed: int, patience: int = PATIENCE
) -> dict[str, int]:
    """Draw under kills; return how many strokes were confirmed, and what became of the others."""
    key = Guest(house.servers[0].url).starts_a_drawing()
    drawers = [enter(house, key, seed + n) for n in range(DRAWERS)]
    until(lambda: all(drawer.head for drawer in drawers))
    kill_again_and_again(house.victims, kills, random.Random(seed))
    settle(drawers, patience)
    verified = house.servers[0].run("verify_drawings").wait(PATIENCE)
    return {
        "kills": kills,
        **judge(drawers, house.rows(key)),
        "damaged": int(verified != 0),
    }


def enter(house: House, key: str, seed: int) -> Drawer:
    """Let somebody in who draws, on one of the servers."""
    drawer = Moody(house.servers[seed % len(house.servers)].url, key, seed, PACE)
    drawer.start()
    return drawer


def kill_again_and_again(
    victims: list[tuple[Callable, Callable]], kills: int, chance: random.Random
) -> None:
    """Let everything live for moments of random length."""
    for _ in range(kills):
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        kill, start = chance.choice(victims)
        kill()
        start()


def settle(drawers: list[Drawer], patience: float) -> None:
    """Wait until nobody waits for a confirmation and everybody has everything."""
    for drawer in drawers:
        drawer.stop_drawing.set()
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and not are_settled(drawers):
        time.sleep(0.1)
    for drawer in drawers:
        drawer.leave.set()
    for drawer in drawers:
        drawer.join()


def are_settled(drawers: list[Drawer]) -> bool:
    heads = {drawer.head for drawer in drawers}
    return len(heads) == 1 and not any(drawer.pending for drawer in drawers)


def sqlite_rows(database: Path, key: str) -> list[Row]:
    """Return a drawing's log as SQLite has it."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute(QUERY.format(key=key)).fetchall()


def postgres_rows(url: str, key: str) -> list[Row]:
    """Return a drawing's log as PostgreSQL has it."""
    with psycopg.connect(url) as connection:
        return connection.execute(QUERY.format(key=key)).fetchall()


def judge(drawers: list[Drawer], log: list[Row]) -> dict[str, int]:
    """Hold what was drawn and what everybody was told against the database."""
    kept = Counter(name for _, name, _ in log)
    places = {name: place for place, (_, name, _) in enumerate(log, 1)}
    drawn = [name for drawer in drawers for name in drawer.drawn]
    truth = [(seq, bytes(data)) for seq, _, data in log]
    return {
        "drawn": len(drawn),
        "confirmed": len(log),
        "lost": sum(name not in kept for name in drawn),
        "doubled": sum(many - 1 for many in kept.values()),
        "gaps": sum(seq != place for place, (seq, _) in enumerate(truth, 1)),
        "misplaced": sum(misplaced(drawer, places) for drawer in drawers),
        "diverged": sum(drawer.log != truth for drawer in drawers),
        "unlike": unlike([drawer.log for drawer in drawers], truth),
    }


def unlike(logs: list[list[tuple[int, bytes]]], truth: list[tuple[int, bytes]]) -> int:
    """Count the browsers that, told these ops, would not show what the database says."""
    expected = sight_of_rows(truth)
    return sum(sight != expected for sight in sights_of_replicas(logs))


def misplaced(drawer: Drawer, places: dict[str, int]) -> int:
    """Count the ops that come in the log before one that was drawn earlier."""
    order = [places[name] for name in drawer.drawn if name in places]
    return sum(one > next_one for one, next_one in pairwise(order))


def both_houses(kills: int, seed: int) -> dict[str, int]:
    """Kill in a small house and in a large one; return the counts of both together."""
    counts = Counter()
    for house, share in ((small_house, kills - kills // 2), (large_house, kills // 2)):
        with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as opened:
            counted = chaos(opened, share, seed)
        print(house.__name__, json.dumps(counted), flush=True)
        counts.update(counted)
    return dict(counts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    print(json.dumps(both_houses(options.kills, options.seed)))


if __name__ == "__main__":
    main()
