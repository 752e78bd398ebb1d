"""What a painter may use up, so that a picture beyond it fails alone."""

import os
import resource
import sys
from dataclasses import dataclass

NICE = 10  # whoever serves the sockets goes first


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of memory; seconds of work and on the clock, for each order; bytes of a file."""

    # The dearest there is, 1,000 strokes as AVIF of 7680 by 4320, takes 1.7 GB.
    memory: int = 2 * 2**30
    # 100,000 strokes take a minute, as one picture or as a timelapse.
    seconds: int = 300
    patience: int = 900
    file: int = 2**30


def confine(memory: int, file: int) -> None:
    """Keep this process within its limits, and out of the way."""
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file, file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow(seconds: int) -> None:
    """Give this process so many more seconds of work; the kernel ends it after that."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    end = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (end, most))


def end_with_parent() -> None:
    """End this process once nobody holds the other end of standard input."""
    sys.stdin.read()
    os._exit(0)  # whatever it is in the middle of
