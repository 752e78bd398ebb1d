"""Waiting for a state, however long that takes on a busy machine."""

import time

PATIENCE = 120  # seconds


def until(state):
    """Wait until something is true; return what it is then."""
    deadline = time.monotonic() + PATIENCE
    while not (found := state()):
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.02)
    return found
