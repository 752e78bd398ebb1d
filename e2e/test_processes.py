"""Several processes on one database, with a Redis between them that may be away."""

import contextlib
import sqlite3

import pytest
from playwright.sync_api import expect

from conftest import needed
from e2e import services
from e2e.chaos import judge, serving, settle, sqlite_rows
from e2e.drawer import Guest
from e2e.moody import Moody
from e2e.server import Server
from e2e.waiting import PATIENCE, until

pytestmark = [pytest.mark.server, pytest.mark.slow]

PACE = 0.05


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("processes")


@pytest.fixture(scope="module")
def redis(place):
    with needed(services.redis(place)) as service:
        yield service


@pytest.fixture(scope="module")
def servers(place, redis):
    """Two processes."""
    processes = [Server(place, REDIS_URL=redis.url) for _ in range(2)]
    processes[0].prepare()
    with serving(processes):
        yield processes


@pytest.fixture
def people(servers):
    """Ann and Bob, drawing on one drawing by way of two processes."""
    key = Guest(servers[0].url).starts_a_drawing()
    people = [Moody(server.url, key, seed, PACE) for seed, server in enumerate(servers)]
    for one in people:
        one.start()
    yield people
    settle(people, PATIENCE)
    counted = judge(people, sqlite_rows(servers[0].database, key))
    assert counted.pop("drawn") == counted.pop("confirmed")
    assert not any(counted.values()), counted


def go_on(people):
    """Wait until everybody has drawn, and has what the others have drawn since."""
    drawn = [len(one.drawn) for one in people]
    until(
        lambda: all(
            len(one.drawn) > n + 5 for one, n in zip(people, drawn, strict=True)
        )
    )
    latest = [one.drawn[-1] for one in people]
    until(lambda: all(has(one, latest) for one in people))


def has(one, names):
    """Say whether somebody's log has these ops."""
    tail = b"".join(data for _, data in one.log[-500:])
    return all(name.encode() in tail for name in names)


def test_what_one_process_commits_the_other_tells(people):
    go_on(people)


def test_they_find_each_others_strokes_while_redis_is_gone(people, redis):
    redis.kill()
    go_on(people)
    redis.start()
    go_on(people)


def test_they_find_each_others_strokes_while_redis_answers_nobody(people, redis):
    redis.freeze()
    go_on(people)
    redis.thaw()
    go_on(people)


def test_people_in_two_processes_see_each_other(visit, servers):
    one, other = servers
    ann, bob = visit(one), visit(other)
    bob.opens(ann.starts_a_drawing().replace(one.url, other.url))
    for somebody in (ann, bob):
        expect_people(somebody, 2)
    ann.draws((100, 100), (600, 100))
    bob.sees_ink_at(300, 100)
    one.kill()
    expect_people(bob, 1)
    one.start_bare()
    for somebody in (ann, bob):
        expect_people(somebody, 2)


def test_home_tells_who_draws_by_way_of_another_process(visit, servers):
    one, other = servers
    ann, bob = visit(one), visit(other)
    make_public(ann.starts_a_drawing(), one.database)
    ann.draws((100, 100), (600, 100))
    until(lambda: "drawing now" in reloaded(bob, other.url))
    ann.page.close()
    until(lambda: "drawing now" not in reloaded(bob, other.url))


def make_public(address, database):
    """Let everybody see a drawing."""
    key = address.rstrip("/").rpartition("/")[2]
    change = "UPDATE canvas_drawing SET visibility = 'public' WHERE key = ?"
    with contextlib.closing(sqlite3.connect(database, timeout=PATIENCE)) as connection:
        connection.execute(change, [key])
        connection.commit()


def reloaded(visitor, url):
    """Return what a page says, loaded anew."""
    visitor.page.goto(url)
    return visitor.page.locator("main").inner_text()


def expect_people(visitor, number):
    """Wait until somebody sees so many people."""
    people = visitor.page.locator("[data-participants]")
    expect(people).to_have_attribute("data-participants", str(number))
