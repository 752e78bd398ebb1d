"""Logs as the store writes them, for the tests of what becomes of them."""

from canvas import store
from canvas.engine import codec
from canvas.engine.scene import Scene
from canvas.models import author_for
from canvas.standing import Standings


def put(drawing, who, *ops, moderates=False):
    """Put ops into a drawing's log as the store does, by one author."""
    author_for(who.person)
    mine = frozenset({who.person.key})
    batch = [store.Proposal(drawing.pk, op, mine, None, moderates) for op in ops]
    outcomes = store.commit(batch, Standings())
    assert all(isinstance(one, store.Entry) for one in outcomes), outcomes
    drawing.refresh_from_db()


def log_of(drawing):
    """Return the log as its rows have it: seq, time, name, author and op."""
    rows = drawing.ops.order_by("seq")
    return [
        (row.seq, row.time, row.name, row.author_id, codec.decode_bytes(row.data))
        for row in rows
    ]


def scene_of(drawing):
    """Return what a drawing's log adds up to."""
    scene = Scene()
    for seq, _, _, _, op in log_of(drawing):
        scene.apply(seq, op)
    return scene
