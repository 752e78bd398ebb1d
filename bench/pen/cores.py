"""Who runs where: the browser is what is measured, and everything else would be on machines of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psutil


@contextmanager
def apart(browser: int, *others: int) -> Iterator[None]:
    """Leave the browser all cores but the last, which this process, those others and what they start share.

    A machine with one core only is left as it is, and so is one that cannot be told.
    """
    if not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) < 2:
        yield
        return
    cores = os.sched_getaffinity(0)
    last = {max(cores)}
    for pid in others:
        place(pid, last)
    place(os.getpid(), last, deep=False)
    place(browser, cores - last)
    try:
        yield
    finally:
        place(os.getpid(), cores, deep=False)


def place(pid: int, cores: set[int], *, deep: bool = True) -> None:
    """Have a process run on some cores only, with its children or without."""
    for thread in threads(pid, deep=deep):
        os.sched_setaffinity(thread, cores)


def threads(pid: int, *, deep: bool = True) -> list[int]:
    """Return the threads of a process and, if deep, of its children."""
    process = psutil.Process(pid)
    all_of_them = [process, *(process.children(recursive=True) if deep else [])]
    return [thread.id for one in all_of_them for thread in one.threads()]
