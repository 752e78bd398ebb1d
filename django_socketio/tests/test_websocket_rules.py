"""RFC 6455, rule by rule, byte by byte."""

import time

import pytest

from django_socketio.tests.site import (
    BINARY,
    CLOSE,
    PATIENCE,
    PING,
    PONG,
    TEXT,
    Raw,
    Tab,
    frame,
)

pytestmark = pytest.mark.server
KEY = "dGhlIHNhbXBsZSBub25jZQ=="
CONT = 0


@pytest.fixture
def echo(conform):
    """A WebSocket to a server that sends every message back."""
    return Tab(conform.port, "/echo")


def closing(code):
    return frame(code.to_bytes(2, "big"), CLOSE)


# The handshake


def test_the_handshake_proves_that_the_server_read_the_key(conform):
    tab = Tab(conform.port, "/echo", Sec_WebSocket_Key=KEY)
    assert tab.status == 101
    assert tab.headers["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    assert "sec-websocket-extensions" not in tab.headers


@pytest.mark.parametrize(
    ("status", "header"),
    [
        (400, {"Sec_WebSocket_Key": "short"}),
        (400, {"Sec_WebSocket_Key": "not base64, not base64!!"}),
        (426, {"Sec_WebSocket_Version": "8"}),
        (426, {"Connection": "keep-alive"}),
        (426, {"Upgrade": "h2c"}),
    ],
)
def test_a_bad_handshake_is_answered_in_http(conform, status, header):
    assert Tab(conform.port, "/echo", **header).status == status


def test_an_unknown_version_is_told_the_known_one(conform):
    tab = Tab(conform.port, "/echo", Sec_WebSocket_Version="8")
    assert tab.headers["sec-websocket-version"] == "13"


def test_frames_sent_right_behind_the_handshake_are_read(conform):
    tab = Raw(conform.port)
    head = f"GET /echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n\r\n"
    tab.send(head.encode() + frame("early"))
    assert tab.response()[0] == 101
    assert tab.read(7) == b"\x81\x05early"


# Messages


@pytest.mark.parametrize(
    "size", [0, 1, 125, 126, 127, 128, 65535, 65536, 70000, 999_999]
)
@pytest.mark.parametrize("opcode", [TEXT, BINARY])
def test_a_message_of_any_size_arrives_whole(echo, size, opcode):
    payload = b"*" * size
    echo.send(frame(payload, opcode))
    assert echo.read_frame() == (opcode, payload)


def test_a_message_may_come_byte_by_byte(echo):
    for byte in frame("hello"):
        echo.send(bytes([byte]))
    assert echo.read_frame() == (TEXT, b"hello")


def test_many_messages_may_come_at_once(echo):
    echo.send(b"".join(frame(f"message {n}") for n in range(200)))
    assert [echo.read_frame()[1] for _ in range(200)] == [
        f"message {n}".encode() for n in range(200)
    ]


@pytest.mark.parametrize("cut", range(1, 20))
def test_frames_may_be_cut_anywhere(echo, cut):
    data = frame("hello") + frame(b"\0\1", BINARY) + frame("x" * 200)
    echo.send(data[:cut])
    echo.send(data[cut:])
    assert echo.read_frame() == (TEXT, b"hello")
    assert echo.read_frame() == (BINARY, b"\0\1")
    assert echo.read_frame() == (TEXT, b"x" * 200)


def test_fragments_are_put_together(echo):
    echo.send(
        frame("Hel", fin=False) + frame("lo, ", CONT, fin=False) + frame("Ann", CONT)
    )
    assert echo.read_frame() == (TEXT, b"Hello, Ann")


def test_a_character_may_be_cut_by_a_fragment(echo):
    whole = "κόσμε".encode()
    echo.send(frame(whole[:3], fin=False) + frame(whole[3:], CONT))
    assert echo.read_frame() == (TEXT, whole)


def test_control_frames_may_come_between_fragments(echo):
    echo.send(frame("Hel", fin=False) + frame("?", PING) + frame("lo", CONT))
    assert echo.read_frame() == (PONG, b"?")
    assert echo.read_frame() == (TEXT, b"Hello")


def test_a_ping_is_answered_with_what_it_carries(echo):
    echo.send(frame(b"\0\xff" * 62, PING))
    assert echo.read_frame() == (PONG, b"\0\xff" * 62)


def test_a_pong_nobody_asked_for_is_no_matter(echo):
    echo.send(frame("?", PONG) + frame("hello"))
    assert echo.read_frame() == (TEXT, b"hello")


# What is not allowed


@pytest.mark.parametrize(
    ("code", "data"),
    [
        (1002, frame("hello", mask=b"")),
        (1002, frame("hello", rsv=4)),
        (1002, frame("hello", rsv=2)),
        (1002, frame("hello", rsv=1)),
        (1002, frame("hello", 3)),
        (1002, frame("hello", 7)),
        (1002, frame("hello", 11)),
        (1002, frame("hello", 15)),
        (1002, frame("x" * 126, PING)),
        (1002, frame("hello", PING, fin=False)),
        (1002, frame("hello", CONT)),
        (1002, frame("hello", fin=False) + frame("hello")),
        (1002, frame("hello", fin=False) + frame("hello", CONT) + frame("!", CONT)),
        (1002, frame("x", CLOSE)),
        (1007, frame(b"\xff\xfe")),
        (1007, frame(b"\xed\xa0\x80")),
        (1007, frame(b"\xce", fin=False) + frame(b"\xce", CONT)),
        (1007, frame(b"\x03\xe8\xff", CLOSE)),
        (1009, frame("", size=20_000_001)),
        (1009, frame("", size=1 << 62)),
    ],
    ids=lambda value: value[:12].hex() if isinstance(value, bytes) else str(value),
)
def test_what_breaks_a_rule_closes_the_connection_with_its_code(echo, code, data):
    echo.send(data)
    assert echo.closed_with() == code


@pytest.mark.parametrize("length", [b"\xfe\0\x05", b"\xff\0\0\0\0\0\0\0\x05"])
def test_a_length_longer_than_it_need_be_is_still_the_length(echo, length):
    mask = b"\0\0\0\0"
    echo.send(b"\x81" + length + mask + b"hello")
    assert echo.read_frame() == (TEXT, b"hello")


def test_a_thousand_fragments_are_enough(conform):
    tab = Tab(conform.port, "/engine.io/?EIO=4&transport=websocket")
    tab.text()
    tab.send(frame("", fin=False) + frame("", CONT, fin=False) * 1023 + frame("", PING))
    assert tab.read_frame() == (PONG, b"")
    tab.send(frame("", CONT, fin=False))
    assert tab.closed_with() == 1008


# Closing


@pytest.mark.parametrize("code", [1000, 1001, 1002, 1003, 1007, 1011, 3000, 4999])
def test_a_close_is_answered_with_its_code(echo, code):
    echo.send(closing(code))
    assert echo.closed_with() == code


def test_a_close_without_a_code_is_answered_without_one(echo):
    echo.send(frame("", CLOSE))
    assert echo.closed_with() is None


@pytest.mark.parametrize(
    "code", [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535]
)
def test_a_close_with_a_code_nobody_may_send_is_an_error(echo, code):
    echo.send(closing(code))
    assert echo.closed_with() == 1002


def test_a_close_between_fragments_is_answered_with_its_code(echo):
    echo.send(frame("Hel", fin=False) + closing(1000))
    assert echo.closed_with() == 1000


def test_nothing_is_read_after_a_close(echo):
    echo.send(closing(1000) + frame("hello") + b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert echo.closed_with() == 1000


def test_who_never_answers_a_close_is_let_go_all_the_same(echo):
    begun = time.monotonic()
    echo.send(frame("hello", rsv=4))
    assert echo.closed_with() == 1002
    assert is_let_go(echo, begun + PATIENCE)


def is_let_go(echo, deadline):
    """Say whether the server stops reading before the deadline."""
    try:
        while time.monotonic() < deadline:
            echo.send(frame("anybody?"))
    except OSError:
        return True
    return False
