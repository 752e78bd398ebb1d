"""Python's garbage collector in a process of many sockets."""

import gc

THRESHOLDS = 10_000, 20, 20


def spare_the_collector() -> None:
    """Have it look at what is new alone, and seldom: what is loaded by now stays, and messages go by themselves.

    As it comes it took 6 % of a busy process, and stopped it for tens of milliseconds.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
