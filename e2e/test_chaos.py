"""A confirmed stroke survives anything."""

import pytest

from e2e.chaos import chaos

KILLS = 25


@pytest.mark.server
@pytest.mark.slow
def test_no_stroke_is_lost_or_doubled_by_kills(tmp_path):
    result = chaos(tmp_path, KILLS, seed=7)
    assert result["confirmed"] == result["drawn"] > KILLS
    assert (
        result["lost"] == result["doubled"] == result["gaps"] == result["diverged"] == 0
    )


@pytest.mark.server
@pytest.mark.slow
def test_the_kill_test_sees_a_server_that_confirms_too_early(tmp_path):
    result = chaos(tmp_path, 8, seed=7, module="e2e.early", patience=10)
    assert result["lost"] + result["diverged"] > 0
