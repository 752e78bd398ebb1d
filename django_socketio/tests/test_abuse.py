"""What a hostile or broken client cannot do. D1 to D16 are defects other WebSocket layers have."""

import json
import os
import socket
from contextlib import suppress

import pytest

from django_socketio.conf import Options
from django_socketio.tests.site import (
    BINARY,
    ENGINE,
    PING,
    PONG,
    Polling,
    Raw,
    Tab,
    frame,
    tab,
    until,
)

pytestmark = pytest.mark.server
MB = 1_000_000


def greenlets(one):
    """Return how many greenlets the server has."""
    return one.ask_for("message", {"do": "greenlets"})["ok"]


def test_d1_a_frame_that_announces_64_mb_is_refused_by_its_head(site):
    ann, bob = tab(site), tab(site)
    before = site.memory()
    ann.send(frame("", size=64 * MB))
    try:
        for _ in range(64):
            ann.send(b"x" * MB)
    except OSError:
        pass  # nobody reads it
    assert bob.ask_for("message", "undisturbed") == {"ok": "undisturbed"}
    assert site.memory() - before < 8 * MB


def test_d2_compression_is_never_agreed_to(site):
    offer = "permessage-deflate; client_max_window_bits"
    ann = Tab(site.port, Sec_WebSocket_Extensions=offer)
    assert "sec-websocket-extensions" not in ann.headers
    ann.open()
    ann.send(frame(b"\x62\x64\0\0", rsv=4))
    assert ann.closed_with() == 1002


@pytest.mark.parametrize("deed", ["to_me", "to_channel_and_me"])
def test_d3_who_does_not_read_is_cut_off_and_memory_stays(a_site, deed):
    site = a_site(SOCKETIO_MAX_BACKLOG=MB)
    ann, bob = tab(site), tab(site)
    ann.ask_for("subscribe", "flood")
    before = site.memory()
    say = frame("42" + json.dumps(["message", {"do": deed, "say": "x" * 60_000}]))
    until(lambda: is_cut_off(ann, say))
    site.until(f"disconnect {ann.sid}")
    assert bob.ask_for("message", "undisturbed") == {"ok": "undisturbed"}
    assert bob.ask_for("message", {"do": "metrics"})["ok"]["closed-slow"] == 1
    assert site.memory() - before < 16 * MB


def test_d3_a_poller_that_does_not_poll_is_cut_off(a_site):
    site = a_site(SOCKETIO_MAX_BACKLOG=MB)
    polling = Polling(site.port)
    polling.post("40")
    statuses = set()
    while 400 not in statuses:
        deed = ["message", {"do": "to_me", "say": "x" * 50_000}]
        statuses.add(polling.post("42" + json.dumps(deed))[0])
    assert site.until("finish")


def test_d3_volatile_messages_are_left_out_before_that(a_site):
    site = a_site(SOCKETIO_MAX_BACKLOG=100 * MB)
    ann, bob = tab(site), tab(site)
    for one in (ann, bob):
        one.ask_for("subscribe", "room-1")
    left_out = 0
    while not left_out:
        say = {"do": "to_channel", "say": "x" * 60_000, "volatile": True}
        bob.ask_for("message", say)
        left_out = bob.ask_for("message", {"do": "metrics"})["ok"].get("left-out", 0)
    bob.ask_for("message", {"do": "to_channel", "say": "not volatile"})
    heard = None
    while heard != "not volatile":
        heard = ann.event()[1]


def test_d6_a_slow_handler_is_overtaken_by_nothing(site):
    ann = tab(site)
    data = []
    for number in range(200):
        deed = {"do": "echo_later", "say": number, "seconds": 0.003 * (number % 3)}
        data.append(frame("42" + json.dumps(["message", deed])))
    ann.send(b"".join(data))
    assert [ann.event()[1] for _ in range(200)] == list(range(200))


@pytest.mark.parametrize("packet", ["", "abc", "4", "4abc"])
def test_d7_whoever_sends_no_packet_is_gone_at_once(site, packet):
    ann = tab(site)
    ann.write(packet)
    assert ann.closed_with() == 1008
    assert site.until(f"finish {ann.sid}")


def test_d8_a_post_that_is_too_large_is_answered_and_leaves_nothing_behind(site):
    watcher = tab(site)
    before = greenlets(watcher)
    for _ in range(30):
        polling = Polling(site.port)
        raw = Raw(site.port)
        raw.ask("POST", polling.target, Content_Length=str(MB + 1))
        assert raw.response()[0] == 400
        assert polling.poll()[0] == 400
    until(lambda: greenlets(watcher) <= before + 1)


@pytest.mark.parametrize("length", ["-1", "abc", "1000001", "99999999999999999999"])
def test_d8_a_length_that_is_none_is_refused(site, length):
    polling = Polling(site.port)
    raw = Raw(site.port)
    raw.ask("POST", polling.target, Content_Length=length)
    assert raw.response()[0] == 400


@pytest.mark.parametrize("count", [0, 11, 200, 99999])
def test_d9_attachments_are_few(site, count):
    ann = tab(site)
    ann.write(f'45{count}-["message",{{"_placeholder":true,"num":0}}]')
    assert ann.closed_with() == 1008


def test_d9_attachments_are_small_and_what_is_too_large_is_not_kept(site):
    ann = tab(site)
    ann.write('4510-7["message",{"_placeholder":true,"num":0}]')
    before = site.memory()
    for _ in range(10):
        ann.send(frame(b"x" * 900_000, BINARY))
    assert ann.acknowledgement() == {"refused": "too-large"}
    assert site.memory() - before < 4 * MB
    assert ann.ask_for("message", "still here") == {"ok": "still here"}


def test_d9_attachments_of_64_kib_are_taken(site):
    ann = tab(site)
    ann.write('451-7["message",{"_placeholder":true,"num":0}]')
    ann.send(frame(b"x" * 65_000, BINARY))
    assert ann.text() == '461-7[{"ok":{"_placeholder":true,"num":0}}]'
    assert ann.read_frame() == (BINARY, b"x" * 65_000)


@pytest.mark.parametrize("says", [None, "3"])
def test_d10_who_never_connects_is_let_go(a_site, says):
    site = a_site(SOCKETIO_CONNECT_TIMEOUT=0.3, SOCKETIO_PING_INTERVAL=0.1)
    ann = Tab(site.port)
    ann.text()
    while True:
        opcode, payload = ann.read_frame()
        if opcode == 8:
            break
        assert payload == b"2"
        if says:
            with suppress(OSError):  # it may have been let go meanwhile
                ann.write(says)


def test_d10_who_leaves_and_stays_is_let_go(a_site):
    ann = tab(a_site(SOCKETIO_CONNECT_TIMEOUT=2))
    ann.write("41")
    assert ann.closed_with() == 1000


def test_d11_the_dead_are_gone_within_twelve_seconds(a_site):
    default = Options()
    assert default.ping_interval + default.ping_timeout <= 11
    site = a_site(SOCKETIO_PING_INTERVAL=1, SOCKETIO_PING_TIMEOUT=1)
    ann, polling = tab(site), Polling(site.port)
    polling.post("40")
    site.until("finish")
    site.until("finish")
    assert ann.closed_with() == 1000


def test_d11_a_cable_pulled_out_is_noticed(a_site):
    site = a_site(SOCKETIO_PING_INTERVAL=1, SOCKETIO_PING_TIMEOUT=1)
    ann = tab(site)
    ann.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    assert site.until(f"finish {ann.sid}")


def test_d12_nothing_behind_a_close_is_taken_for_http(site):
    ann = tab(site)
    smuggled = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    ann.send(frame(b"\x03\xe8", 8) + smuggled + smuggled)
    assert ann.closed_with() == 1000


@pytest.mark.parametrize(
    "lengths",
    [
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 2\r\nContent-Length: 40\r\n",
    ],
)
def test_d12_a_request_with_two_lengths_is_refused(site, lengths):
    raw = Raw(site.port)
    raw.send(f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n{lengths}\r\n0\r\n\r\n".encode())
    assert raw.read_line() == "HTTP/1.1 400 Bad Request"


def test_d13_ten_megabytes_reach_a_reader_that_pauses(conform):
    ann = Tab(conform.port, "/echo")
    sent = os.urandom(1024) * 10_000
    ann.send(frame(sent, BINARY))
    other = Tab(conform.port, "/echo")  # the first one's answer waits meanwhile
    other.send(frame("hello"))
    assert other.read_frame() == (1, b"hello")
    assert ann.read_frame() == (BINARY, sent)


def test_d14_a_flood_lets_the_others_through(a_site):
    site = a_site(SOCKETIO_RATE=[1e6, 1e6])
    ann, bob = tab(site), tab(site)
    ann.send(b"".join(frame(f'42{n}["message",{{"do":"tick"}}]') for n in range(4500)))
    bobs = bob.ask_for("message", {"do": "tick"})["ok"]
    anns = [ann.acknowledgement()["ok"] for _ in range(4500)]
    assert bobs < anns[-1]


@pytest.mark.parametrize(
    "flood",
    [
        frame("3"),
        frame('42["message",1]'),
        frame(""),
        frame("?", PING),
        frame("?", PONG),
    ],
)
def test_d14_a_flood_without_end_closes_the_connection(site, flood):
    ann, bob = tab(site), tab(site)
    until(lambda: is_cut_off(ann, flood * 1000))
    assert bob.ask_for("message", "undisturbed") == {"ok": "undisturbed"}


def is_cut_off(ann, data):
    """Send data; say whether the server has closed."""
    try:
        ann.send(data)
    except OSError:
        return True
    return False


def test_d15_half_a_request_is_not_waited_for(a_site):
    site = a_site(SOCKETIO_HEAD_TIMEOUT=0.3, SOCKETIO_IDLE_TIMEOUT=0.3)
    slow = [Raw(site.port) for _ in range(20)]
    for number, raw in enumerate(slow):
        raw.send(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "[: 5 + 2 * number])
    for raw in slow:
        assert raw.read_to_end()[:12] in (b"", b"HTTP/1.1 400")


def test_d15_half_a_body_is_not_waited_for(a_site):
    site = a_site(SOCKETIO_IDLE_TIMEOUT=2)
    polling = Polling(site.port)
    raw = Raw(site.port)
    raw.ask("POST", polling.target, Content_Length="100")
    raw.send(b"42[")
    assert raw.read_to_end()[:12] in (b"", b"HTTP/1.1 400")


def test_d16_what_a_client_may_learn_is_little(site):
    status, _, body = Raw(site.port).request("GET", ENGINE + "polling&j=0")
    assert (status, body) == (400, '"bad request"')


def test_a_hostile_client_writes_no_log(a_site):
    site = a_site()
    for packet in ("", "abc", "42", "42[", '42["connect"]', "44", "4511-[]", "43[1]"):
        ann = tab(site)
        ann.write(packet)
        ann.closed_with()
        site.until("finish")
    for target in (
        "/socket.io/?",
        ENGINE + "polling&sid=x",
        ENGINE + "y",
        "/socket.io/",
    ):
        Raw(site.port).request("GET", target)
        Raw(site.port).send(b"\0\xff\r\n\r\n")
    tab(site)
    site.until("connect")
    kept = ("serving", "connect", "disconnect", "finish")
    assert [line for line in site.lines if not line.startswith(kept)] == []


def test_one_user_and_one_address_have_so_many_sockets(a_site):
    site = a_site(
        SOCKETIO_MAX_SOCKETS_PER_USER=2,
        SOCKETIO_MAX_SOCKETS_PER_ADDRESS=4,
        SOCKETIO_USER="django_socketio.tests.project.middleware.who",
    )
    anns = [tab(site, Cookie="who=ann") for _ in range(2)]
    assert refusal(site, "who=ann") == "too-many-sockets"
    bobs = [tab(site, Cookie="who=bob") for _ in range(2)]
    assert refusal(site, "who=carol") == "too-many-sockets"
    for one in (*anns, *bobs):
        one.write("1")
        assert one.closed_with() == 1000
        site.until("finish")
    assert tab(site, Cookie="who=ann")


def refusal(site, cookie):
    """Return why a connection is refused."""
    ann = Tab(site.port, Cookie=cookie)
    ann.text()
    ann.write("40")
    answer = ann.text()
    assert answer.startswith("44"), answer
    return json.loads(answer[2:])["message"]
