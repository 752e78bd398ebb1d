"""What people see in the end: the browser's own replica of what each was told, against a replay of the database."""

import contextlib
import json
from collections.abc import Iterable, Iterator

from canvas.engine import codec
from canvas.engine.scene import Scene
from canvas.tests.engine.node import Node

Log = list[tuple[int, bytes]]  # seq and op, as they came


def sight_of_rows(log: Log) -> bytes:
    """Return what a log adds up to on the server."""
    scene = Scene()
    for seq, data in log:
        scene.apply(seq, codec.decode_bytes(data))
    marks = [json.loads(codec.encode(mark)) for mark in scene.strokes()]
    stack = [level._asdict() for level in scene.stack()]
    return written({"head": scene.head, "marks": marks, "stack": stack})


def sights_of_replicas(logs: Iterable[Log]) -> Iterator[bytes]:
    """Yield what each browser shows that was told these ops."""
    with contextlib.closing(Node()) as node:
        for log in logs:
            entries = [[seq, json.loads(data)] for seq, data in log]
            yield written(node.ask("sight", entries=entries))


def written(sight: dict) -> bytes:
    """Return what is seen as bytes, the same for the same."""
    return json.dumps(sight, sort_keys=True).encode()
