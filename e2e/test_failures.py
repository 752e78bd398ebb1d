"""A database that fails: everybody is told, nothing is dropped or doubled, and it heals by itself."""

import contextlib
import sqlite3
from threading import Thread
from urllib.error import HTTPError

import psycopg
import pytest
from playwright.sync_api import expect

from conftest import needed
from e2e.chaos import judge, postgres_rows, sqlite_rows
from e2e.disks import full, gone, no_larger_files, read_only, small_disk
from e2e.drawer import Guest
from e2e.moody import Moody
from e2e.server import Server
from e2e.services import postgres
from e2e.waiting import until

pytestmark = [pytest.mark.server, pytest.mark.slow]

PACE = 0.05


class Room:
    """Ann and Bob, drawing on one drawing for as long as the room is open."""

    def __init__(self, server: Server, key: str | None = None):
        self.key = key or Guest(server.url).starts_a_drawing()
        self.people = [Moody(server.url, self.key, seed, PACE) for seed in (1, 2)]
        for one in self.people:
            one.start()
        self.goes_on()

    def goes_on(self) -> None:
        """Wait until more has been drawn and everybody has it."""
        before = min(one.head for one in self.people)
        until(lambda: all(one.head > before + 5 for one in self.people))

    def is_told(self) -> None:
        """Wait until everybody has been told, since now, that the database is away."""
        heard = [len(one.refusals) for one in self.people]

        def news() -> list[set[str]]:
            pairs = zip(self.people, heard, strict=True)
            return [{code for _, code in one.refusals[n:]} for one, n in pairs]

        until(lambda: all(news()) and any("not-saved" in codes for codes in news()))
        assert set().union(*news()) <= {"not-saved", "try-again"}

    def closes(self) -> None:
        """Stop drawing, wait until everything is saved, and go."""
        for one in self.people:
            one.stop_drawing.set()
        until(lambda: not any(one.pending for one in self.people))
        until(lambda: len({one.head for one in self.people}) == 1)
        for one in self.people:
            one.leave.set()
            one.join()

    def lost_nothing(self, rows) -> None:
        """Assert that the log is what was drawn, and what everybody has."""
        counted = judge(self.people, rows)
        assert counted.pop("drawn") == counted.pop("confirmed")
        assert not any(counted.values()), counted


@contextlib.contextmanager
def started(data_dir, **environment):
    """Serve from a folder, without restarts."""
    server = Server(data_dir, **environment).prepare().start_bare()
    try:
        yield server
    finally:
        server.stop()


# One server for all that is done to a database: it has to heal by itself, without a restart.


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory):
    """A server on SQLite."""
    with started(tmp_path_factory.mktemp("sqlite")) as server:
        yield server


@pytest.fixture(scope="module")
def database():
    """A PostgreSQL that may be treated badly."""
    with needed(postgres()) as service:
        yield service


@pytest.fixture(scope="module")
def on_postgresql(database, tmp_path_factory):
    """A server on PostgreSQL."""
    folder = tmp_path_factory.mktemp("on_postgresql")
    with started(folder, DATABASE_URL=database.url) as server:
        yield server


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory):
    """A server with its database on a small disk of its own."""
    folder = tmp_path_factory.mktemp("on_disk")
    with needed(small_disk(folder / "disk")) as disk:
        database = disk / "drawnby.sqlite3"
        with started(folder, DATABASE_URL=f"sqlite:///{database}") as server:
            server.database = database
            yield server


@contextlib.contextmanager
def locked(database):
    """Hold the lock of a SQLite, as a backup or a migration may."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


def test_a_locked_database(sqlite):
    room = Room(sqlite)
    with locked(sqlite.database):
        room.is_told()
    room.goes_on()
    room.closes()
    room.lost_nothing(sqlite_rows(sqlite.database, room.key))


def test_a_locked_database_holds_up_nobody_who_does_not_need_it(sqlite):
    guest, other = Guest(sqlite.url), Guest(sqlite.url)
    with locked(sqlite.database):
        until(lambda: pages_while(other, guest.starts_a_drawing) >= 5)


def pages_while(guest, work):
    """Count the pages somebody gets while somebody else waits for the database."""
    waiting = Thread(target=in_vain, args=[work])
    waiting.start()
    pages = 0
    while waiting.is_alive():
        guest.get("/about/")
        pages += waiting.is_alive()
    return pages


def in_vain(work):
    with pytest.raises(HTTPError, match="503"):
        work()


def test_a_full_disk(on_disk):
    room = Room(on_disk)
    with full(on_disk.database.parent):
        room.is_told()
    room.goes_on()
    room.closes()
    room.lost_nothing(sqlite_rows(on_disk.database, room.key))


def test_files_that_must_not_grow(sqlite):
    room = Room(sqlite)
    with no_larger_files(sqlite.pid, 4096):
        room.is_told()
    room.goes_on()
    room.closes()
    room.lost_nothing(sqlite_rows(sqlite.database, room.key))


def test_a_read_only_disk(on_disk):
    room = Room(on_disk)
    on_disk.kill()
    with read_only(on_disk.database.parent):
        on_disk.start_bare()
        room.is_told()
    room.goes_on()
    room.closes()
    room.lost_nothing(sqlite_rows(on_disk.database, room.key))


def test_a_database_that_is_gone_and_comes_back(sqlite, tmp_path):
    room, newcomer = Room(sqlite), Guest(sqlite.url)
    with gone(sqlite.database, tmp_path):
        room.is_told()
        with pytest.raises(HTTPError, match="503") as refused:
            newcomer.get("/")
        assert b"Nothing is lost" in refused.value.read()
        with pytest.raises(HTTPError, match="503"):
            newcomer.get("/health/")
        assert not sqlite.database.exists()  # an empty one would take its log along
    room.goes_on()
    room.closes()
    room.lost_nothing(sqlite_rows(sqlite.database, room.key))


@pytest.mark.parametrize("treat", ["restart", "kill"])
def test_postgresql_comes_and_goes(on_postgresql, database, treat):
    room = Room(on_postgresql)
    if treat == "kill":
        database.kill()
    else:
        database.stop()
    room.is_told()
    with pytest.raises(HTTPError, match="503"):
        Guest(on_postgresql.url)
    database.start()
    room.goes_on()
    room.closes()
    room.lost_nothing(log_of(database, room))


def test_a_postgresql_that_answers_nobody(on_postgresql, database):
    room = Room(on_postgresql)
    database.freeze()
    drawn = [len(one.drawn) for one in room.people]
    until(lambda: [len(one.drawn) for one in room.people] > [n + 20 for n in drawn])
    database.thaw()
    room.goes_on()
    room.closes()
    room.lost_nothing(log_of(database, room))


def test_a_drawing_that_is_held_up_holds_up_no_other(on_postgresql, database):
    held, other = Room(on_postgresql), Room(on_postgresql)
    with psycopg.connect(database.url) as connection:
        lock = "SELECT 1 FROM canvas_drawing WHERE key = %s FOR UPDATE"
        connection.execute(lock, [held.key])
        held.is_told()
        other.goes_on()
    for room in (held, other):
        room.goes_on()
        room.closes()
        room.lost_nothing(log_of(database, room))


@pytest.mark.parametrize("path", ["/d/%00/", "/people/%00/", "/d/x/images/%00.webp"])
def test_an_address_no_database_can_be_asked_about_is_nobodys(on_postgresql, path):
    with pytest.raises(HTTPError, match="404"):
        Guest(on_postgresql.url).get(path)


def log_of(database, room):
    return postgres_rows(database.url, room.key)


def test_people_see_that_it_is_not_saved_yet_and_that_it_is(visit, sqlite):
    ann, bob = visit(sqlite), visit(sqlite)
    address = ann.starts_a_drawing()
    with locked(sqlite.database):
        ann.draws((100, 100), (600, 100))
        expect(ann.saved).to_contain_text("Not yet saved")
        ann.draws((100, 300), (600, 300))
        ann.undoes()
        bob.page.goto(address)
        expect(bob.saved).to_contain_text("Offline")
    for one in (ann, bob):
        one.sees_saved(seq=3)
        one.sees_ink_at(300, 100)
        one.sees_ink_at(300, 300, ink=False)
