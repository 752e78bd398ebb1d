"""Bytes on their way to one socket: when a reader counts as stuck."""

import socket

import gevent
import pytest

from django_socketio.transport.wire import Wire

MORE_THAN_THE_KERNEL_TAKES = bytes(1 << 24)


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with ours, theirs:
        yield ours, theirs


@pytest.fixture
def theirs(pair):
    return pair[1]


@pytest.fixture
def wire(pair):
    wire = Wire(pair[0], bound=1 << 30, lost=pytest.fail)
    yield wire
    wire.close()


def write_two(wire, data):
    wire.write_parts([memoryview(b"first"), memoryview(data)])


@pytest.mark.parametrize("write", [Wire.write, write_two])
def test_a_reader_to_whom_much_went_at_once_is_not_stuck(wire, write):
    write(wire, MORE_THAN_THE_KERNEL_TAKES)
    assert wire.backlog
    assert not wire.is_stuck()


def test_a_reader_to_whom_nothing_has_gone_since_is_stuck(wire):
    wire.write(MORE_THAN_THE_KERNEL_TAKES)
    assert not wire.is_stuck()
    assert wire.is_stuck()


def test_more_pieces_than_the_kernel_takes_at_once_all_go(wire, theirs):
    pieces = [memoryview(b"%04d" % number) for number in range(2_000)]
    wire.write_parts(pieces)
    assert theirs.recv(8_000, socket.MSG_WAITALL) == b"".join(pieces)
    assert not wire.backlog


def test_what_waits_for_somebody_who_goes_is_dropped(pair, theirs):
    lost = []
    wire = Wire(pair[0], 1 << 30, lambda why: (lost.append(why), wire.abort()))
    wire.write(MORE_THAN_THE_KERNEL_TAKES)
    theirs.close()
    while not lost:
        gevent.sleep(0)
    assert (lost, wire.backlog) == (["gone"], 0)
