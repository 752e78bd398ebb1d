"""A confirmed stroke survives anything."""

import pytest

from canvas.engine import codec
from canvas.tests.engine.strokes import mark
from conftest import needed
from e2e.chaos import chaos, large_house, shared_house, small_house, unlike

pytestmark = [pytest.mark.server, pytest.mark.slow]

MUST_BE_NOTHING = [
    "lost",
    "doubled",
    "gaps",
    "misplaced",
    "diverged",
    "unlike",
    "damaged",
]


def faults(counted):
    return {name: counted[name] for name in MUST_BE_NOTHING if counted[name]}


def assert_nothing_is_lost(counted):
    assert faults(counted) == {}
    assert counted["confirmed"] == counted["drawn"] > 0


def test_no_stroke_is_lost_or_doubled_by_kills(tmp_path):
    with small_house(tmp_path) as house:
        assert_nothing_is_lost(chaos(house, 25, seed=7))


def test_nor_by_kills_of_two_processes_on_one_sqlite_or_of_redis(tmp_path):
    with needed(shared_house(tmp_path)) as house:
        assert_nothing_is_lost(chaos(house, 10, seed=7))


def test_nor_by_kills_of_two_processes_their_postgresql_or_redis(tmp_path):
    with needed(large_house(tmp_path)) as house:
        assert_nothing_is_lost(chaos(house, 12, seed=7))


def test_the_kill_test_sees_a_replica_that_shows_something_else():
    drawn = [(1, stroke("ann.1")), (2, stroke("ann.2"))]
    hidden = [*drawn, (3, b'{"t":"hide","id":"ann.3","ops":["ann.1"]}')]
    assert unlike([drawn, hidden, drawn[::-1], drawn[:1], []], drawn) == 4


def stroke(name):
    return codec.encode(mark(name, (1, 2), (30, 40)))


def test_the_kill_test_sees_a_server_that_confirms_too_early(tmp_path):
    with small_house(tmp_path, "e2e.early") as house:
        counted = chaos(house, 4, seed=7, patience=3)
    assert counted["lost"] > 0
