"""Reading from a socket by whoever is free."""

import socket

import gevent
import pytest

from django_socketio.transport.crew import Crew
from django_socketio.transport.reader import Reader


@pytest.fixture
def sockets():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def test_it_reads_until_reading_says_that_it_is_over(sockets):
    ours, theirs = sockets
    heard = []

    def read():
        heard.append(ours.recv(100))
        if heard == [b"Ann"]:
            theirs.send(b"Bob")
        return heard[-1] == b"Ann"

    theirs.send(b"Ann")
    Reader(ours.fileno(), read, Crew()).run()
    assert heard == [b"Ann", b"Bob"]


def test_a_reader_that_has_ended_reads_nothing_more(sockets):
    """Its descriptor may be another socket's by then."""
    ours, theirs = sockets
    tasks, reads = [], []

    class Later(Crew):
        def call(self, task):
            tasks.append(task)

    running = gevent.spawn(Reader(ours.fileno(), lambda: reads.append(1), Later()).run)
    theirs.send(b"!")
    while not tasks:
        gevent.sleep(0)
    running.kill()
    tasks[0]()
    assert reads == []


def test_a_read_that_fails_ends_its_reader_alone(sockets, capsys):
    ours, theirs = sockets
    theirs.send(b"!")
    Reader(ours.fileno(), lambda: 1 / 0, Crew()).run()
    assert "ZeroDivisionError" in capsys.readouterr().err
