"""A server that confirms before it commits: the control that shows the kill test can fail."""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402

import gevent  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drawnby.settings")

LATE = 0.3  # seconds between the confirmation and the commit


def prepare() -> None:
    """Make the store tell everybody at once, and write a little later."""
    from canvas.engine import codec
    from canvas.models import Drawing
    from canvas.store import Entry, Proposal, Store, now

    heads: dict[int, int] = {}

    def append(store: Store, proposal: Proposal) -> None:
        pk, op = proposal.drawing, proposal.op
        if pk not in heads:
            heads[pk] = Drawing.objects.get(pk=pk).head
        heads[pk] += 1
        proposal.done(Entry(heads[pk], now(), op.id, codec.encode(op)))
        silent = Proposal(pk, op, proposal.mine, lambda outcome: None)
        gevent.spawn_later(LATE, keep, store, silent)

    keep, Store.append = Store.append, append


if __name__ == "__main__":
    import sys

    import django
    from django.core.management import execute_from_command_line

    django.setup()
    prepare()
    execute_from_command_line(sys.argv)
