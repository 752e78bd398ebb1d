"""A few of everything strangers may send; `python -m canvas.tests.fuzz` does as many as one likes."""

from random import SystemRandom

import pytest

from canvas.tests.fuzz import KINDS, run

# Of every run its own; a failure shows it, being part of the assertion.
FRESH = SystemRandom().randrange(10**9)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_a_stranger_sends_ends_with_a_picture_or_a_code(kind):
    ends = run(kind, 40, FRESH)
    assert not [end for end in ends if end.startswith("signal")], (ends, FRESH)
    assert ends.total() == 40
