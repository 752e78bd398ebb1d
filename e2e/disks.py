"""Disks that can be filled, made read-only, or limited, for one test."""

import contextlib
import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

from e2e.services import Missing

SIZE = "8m"


@contextlib.contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """Mount a small disk in memory at `place`; raise Missing where that is not allowed."""
    place.mkdir()
    mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", place)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def mount(*options) -> None:
    """Mount something, or raise Missing."""
    if os.getuid() != 0:
        raise Missing("mounting a disk takes root")
    mounted = subprocess.run(["mount", *options], capture_output=True, text=True)
    if mounted.returncode:
        raise Missing(f"no disk can be mounted here: {mounted.stderr.strip()}")


@contextlib.contextmanager
def read_only(place: Path) -> Iterator[None]:
    """Let nobody write to a mounted disk; nobody may have a file of it open for writing."""
    mount("-o", "remount,ro", place)
    try:
        yield
    finally:
        mount("-o", "remount,rw", place)


@contextlib.contextmanager
def full(place: Path) -> Iterator[None]:
    """Fill a disk to the last byte."""
    filling = place / "filling"
    with filling.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass
    try:
        yield
    finally:
        filling.unlink()


@contextlib.contextmanager
def no_larger_files(pid: int, size: int) -> Iterator[None]:
    """Let a process write no file beyond a size: a full disk where none can be mounted."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@contextlib.contextmanager
def gone(database: Path, elsewhere: Path) -> Iterator[None]:
    """Take a SQLite database away, and put it back."""
    files = [database, *database.parent.glob(f"{database.name}-*")]
    for file in files:
        file.rename(elsewhere / file.name)
    try:
        yield
    finally:
        for file in files:
            (elsewhere / file.name).rename(file)
