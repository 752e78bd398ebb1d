"""Work that takes long, on a thread beside the sockets."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import gevent
from django.db import Error, connection

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Answered(Exception):
    """What work says on purpose to whoever asked for it: they answer it."""


def aside(
    work: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs
) -> Made:
    """Return what work makes, in a thread of its own: no socket waits for it."""
    pool = gevent.get_hub().threadpool
    made, error = pool.apply(alone, (work, *args), kwargs)
    if error is not None:
        raise error
    return made


def alone(
    work: Callable[Given, Made], *args: Given.args, **kwargs: Given.kwargs
) -> tuple[Made | None, Error | Answered | None]:
    """Return what work makes, or what it or the database says, and let go of the thread's connection."""
    # Raised here, the pool would print it as nobody's error before somebody could answer it.
    try:
        return work(*args, **kwargs), None
    except (Error, Answered) as error:
        return None, error
    finally:
        connection.close()
