"""The others on a drawing: a crowd in a process of its own, and a child that fills the database."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from e2e.server import ROOT, Server

MOST = 100


@dataclass(frozen=True, slots=True)
class Filled:
    """What the database was filled with: the drawings' keys, and guests to draw on them."""

    keys: list[str]
    guests: list[dict[str, str]]


def fill(server: Server, strokes: list[int]) -> Filled:
    """Put drawings of so many strokes into the server's database, and guests."""
    wanted = json.dumps({"strokes": strokes, "guests": MOST})
    done = subprocess.run(
        [sys.executable, "-m", "bench.pen.fill", wanted],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(server.data_dir)},
        stdout=subprocess.PIPE,
        check=True,
    )
    return Filled(**json.loads(done.stdout))


@asynccontextmanager
async def crowd(told: dict) -> AsyncIterator[dict[str, float]]:
    """Let bench.crowd draw as it is told; what it did is in the dictionary in the end."""
    did: dict[str, float] = {}
    if not told["guests"]:
        yield did
        return
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.crowd"),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        process.stdin.write(json.dumps(told).encode() + b"\n")
        if await process.stdout.readline() != b"in\n":
            raise RuntimeError("The crowd was not let in.")
        yield did
    finally:
        process.stdin.close()
        output = await process.stdout.read()
        await process.wait()
    if process.returncode != 0:
        raise RuntimeError("The crowd broke off; it has said why.")
    did.update(json.loads(output))
