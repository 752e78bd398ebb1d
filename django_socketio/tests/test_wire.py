"""Bytes on their way to one socket: when a reader counts as stuck."""

import socket

import pytest

from django_socketio.transport.wire import Wire

MORE_THAN_THE_KERNEL_TAKES = bytes(1 << 24)


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with ours, theirs:
        yield ours


@pytest.fixture
def wire(pair):
    wire = Wire(pair, bound=1 << 30, lost=pytest.fail)
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
