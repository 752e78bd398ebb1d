"""A log numbers each op once, in one order (P32, P34)."""

from canvas.engine.log import Log
from canvas.tests.engine.strokes import mark

ANNS, BOBS = mark("ann.1", (0, 0)), mark("bob.1", (9, 9))


def test_it_numbers_ops_from_one():
    log = Log()
    assert log.head == 0
    assert [log.append(ANNS), log.append(BOBS)] == [1, 2]
    assert log.head == 2


def test_an_op_sent_twice_keeps_its_seq():
    log = Log()
    assert [log.append(ANNS), log.append(BOBS), log.append(ANNS)] == [1, 2, 1]
    assert log.head == 2
    assert [log.seq_of("bob.1"), log.seq_of("bob.2")] == [2, None]


def test_it_gives_a_latecomer_what_is_missing():
    log = Log()
    log.append(ANNS)
    log.append(BOBS)
    assert log.since(0) == [(1, ANNS), (2, BOBS)]
    assert log.since(1) == [(2, BOBS)]
    assert log.since(2) == []
