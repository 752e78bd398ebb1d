"""Kill the server at random moments while people draw, and count what became of their strokes.

`KILLS=1000 make chaos` ends with one line of JSON: kills, confirmed, lost, doubled, diverged.
"""

import argparse
import contextlib
import json
import random
import sqlite3
import tempfile
import time
from collections import Counter
from pathlib import Path

from e2e.drawer import Drawer, Guest
from e2e.server import Server

DRAWERS = 6
LONGEST_LIFE = 0.8  # seconds between a start and the kill
PATIENCE = 60  # seconds for everything drawn to be confirmed after the last start


def chaos(
    folder: Path,
    kills: int,
    seed: int,
    module: str = "manage",
    patience: int = PATIENCE,
) -> dict[str, int]:
    """Draw under kills; return how many strokes were confirmed, lost, doubled, and replicas diverged."""
    Server(folder).start().stop()
    server = Server(folder, module).start_bare()
    key = Guest(server.url).starts_a_drawing()
    drawers = [Drawer(server.url, key, seed + n) for n in range(DRAWERS)]
    for drawer in drawers:
        drawer.start()
    kill_again_and_again(server, kills, random.Random(seed))
    settle(drawers, patience)
    server.stop()
    return {"kills": kills, **judge(drawers, rows(server.database))}


def kill_again_and_again(server: Server, kills: int, chance: random.Random) -> None:
    """Let the server live for moments of random length."""
    for _ in range(kills):
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        server.kill()
        server.start_bare()


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


def rows(database: Path) -> list[tuple[int, str, bytes]]:
    """Return the log as the database has it."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        query = "SELECT seq, name, data FROM canvas_op ORDER BY seq"
        return connection.execute(query).fetchall()


def judge(drawers: list[Drawer], log: list[tuple[int, str, bytes]]) -> dict[str, int]:
    """Hold what was drawn and what everybody was told against the database."""
    kept = Counter(name for _, name, _ in log)
    drawn = [name for drawer in drawers for name in drawer.drawn]
    truth = [(seq, data) for seq, _, data in log]
    seqs = [seq for seq, _ in truth]
    return {
        "drawn": len(drawn),
        "confirmed": len(log),
        "lost": sum(name not in kept for name in drawn),
        "doubled": sum(many - 1 for many in kept.values()),
        "gaps": sum(seq != place for place, seq in enumerate(seqs, 1)),
        "diverged": sum(drawer.log != truth for drawer in drawers),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(chaos(Path(folder), options.kills, options.seed)))


if __name__ == "__main__":
    main()
