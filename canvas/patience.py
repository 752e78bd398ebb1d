"""Living with what others do to a SQLite: hold its lock, which is waited for without holding up the sockets, or take its file away."""

import os
import time
from urllib.parse import unquote, urlsplit

from django.db import OperationalError

PATIENCE = 3.0  # seconds, after which people are told that it is not saved yet
PAUSE = 0.005


def be_patient(sender, connection, **kwargs):
    """Have a new connection wait for the lock in turns; SQLite's own waiting would stop the event loop."""
    if connection.vendor != "sqlite":
        return
    connection.file = file_of(connection)
    if wait not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, wait)


def wait(execute, sql, params, many, context):
    """Execute a statement, again and again while the database is locked."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return execute(sql, params, many, context)
        except OperationalError as error:
            # Inside a transaction nothing may yield: another greenlet's write would wait for it, and it for that one.
            connection = context["connection"]
            may_wait = not connection.in_atomic_block and time.monotonic() < deadline
            if not may_wait or not is_locked(connection, error):
                raise
        time.sleep(PAUSE)


def is_locked(connection, error) -> bool:
    """Say whether it is another process's lock on the whole database that was in the way."""
    return connection.vendor == "sqlite" and "locked" in str(error)


def leave_what_is_gone(connection) -> None:
    """Close a connection whose file is not the one of that name any more: a commit there would save nothing."""
    is_open = connection.vendor == "sqlite" and connection.connection is not None
    if is_open and connection.file != file_of(connection):
        connection.close()


def file_of(connection) -> tuple[int, int] | None:
    """Return what a connection's file is, whatever its name; None where there is none."""
    try:
        status = os.stat(path_of(connection.settings_dict["NAME"]))
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


def path_of(name: str | os.PathLike) -> str:
    """Return the path in a SQLite's name, which may be a URI."""
    path = os.fspath(name)
    return unquote(urlsplit(path).path) if path.startswith("file:") else path
