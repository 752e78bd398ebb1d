"""Networks that delay, narrow, cut and fall silent: everybody ends with the one drawing."""

from contextlib import ExitStack, suppress

import pytest

from e2e.chaos import judge, settle, sqlite_rows
from e2e.drawer import AWAY, Drawer, Guest
from e2e.moody import Moody
from e2e.proxy import Line, Proxy
from e2e.waiting import PATIENCE, until

pytestmark = [pytest.mark.server, pytest.mark.slow]

PACE = 0.1
LONGEST = 1000  # points


@pytest.fixture
def proxies(server):
    """Return a function that opens one more way to the server."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(Proxy(server.port))


def assert_nothing_is_lost(server, key, people):
    settle(people, PATIENCE)
    counted = judge(people, sqlite_rows(server.database, key))
    assert counted.pop("drawn") == counted.pop("confirmed")
    assert not any(counted.values()), counted


def test_nothing_is_lost_on_bad_lines(server, proxies):
    key = Guest(server.url).starts_a_drawing()
    ways = [proxies() for _ in range(4)]
    people = [Moody(way.url, key, seed, PACE) for seed, way in enumerate(ways)]
    far, narrow, torn, silent = ways
    far.line, narrow.line, torn.line = Line(delay=0.5), Line(rate=10_000), Line(life=1)
    for one in people:
        one.start()
    until(lambda: all(one.head > 10 for one in people))
    silent.mute()
    until(lambda: people[2].visits > 8 and people[3].visits > 1)
    torn.line = Line()
    assert_nothing_is_lost(server, key, people)


class Greedy(Drawer):
    """Somebody who asks for everything, again and again."""

    def next_op(self, name):
        op = super().next_op(name)
        return {
            **op,
            "points": op["points"][:2] + [200, -200, -200, 200] * (LONGEST // 2 - 1),
        }

    def asks_for_everything(self):
        with suppress(*AWAY):
            self._say({"type": "since", "seq": 0})


def test_who_does_not_read_is_dropped_and_has_everything_in_the_end(server, proxies):
    key, way = Guest(server.url).starts_a_drawing(), proxies()
    greedy, other = Greedy(way.url, key, 1, 0.02), Drawer(server.url, key, 2, PACE)
    for one in (greedy, other):
        one.start()
    until(lambda: greedy.head > 300)
    greedy.stop_drawing.set()
    before, visits = server.memory(), greedy.visits
    way.deafen()

    def is_dropped():
        for _ in range(10):
            greedy.asks_for_everything()
        return greedy.visits > visits

    until(is_dropped)
    assert server.memory() - before < 32_000_000
    drawn = other.head
    until(lambda: other.head > drawn)
    assert_nothing_is_lost(server, key, [greedy, other])


def test_two_browsers_draw_over_bad_lines(visit, proxies):
    near, far = proxies(), proxies()
    ann, bob = visit(near), visit(far)
    address = ann.starts_a_drawing()
    bob.opens(address.replace(near.url, far.url))
    far.line = Line(delay=0.4, rate=50_000)
    far.cut()
    for height in range(100, 600, 100):
        ann.draws((100, height), (600, height))
        bob.draws((height, 100), (height, 600))
        near.cut()
    for one in (ann, bob):
        one.sees_saved(seq=10)
    assert ann.picture() == bob.picture()
