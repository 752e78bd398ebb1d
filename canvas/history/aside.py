"""Work that takes long, on a thread beside the sockets."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import gevent
from django.db import connection

Given = ParamSpec("Given")
Made = TypeVar("Made")


def aside(
    work: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs
) -> Made:
    """Return what work makes, in a thread of its own: no socket waits for it."""
    pool = gevent.get_hub().threadpool
    return pool.apply(alone, (work, *args), kwargs)


def alone(
    work: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs
) -> Made:
    """Return what work makes, and let go of the thread's database connection."""
    try:
        return work(*args, **kwargs)
    finally:
        connection.close()
