"""Engine.IO 4, rule by rule: the server echoes every message."""

import json

import pytest

from django_socketio.tests.site import BINARY, Polling, Raw, Tab, frame, until

pytestmark = pytest.mark.server
PATH = "/engine.io/?EIO=4&transport="
POLL = PATH + "polling"
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


class EnginePolling(Polling):
    """Long polling to the echoing server."""

    def __init__(self, port):
        super().__init__(port)
        self.target = self.target.replace("/socket.io/", "/engine.io/")


@pytest.fixture
def polling(conform, monkeypatch):
    monkeypatch.setattr("django_socketio.tests.site.ENGINE", PATH)
    return EnginePolling(conform.port)


@pytest.fixture
def tab(conform):
    return opened(conform)


@pytest.fixture
def pinged_polling(hasty, monkeypatch):
    monkeypatch.setattr("django_socketio.tests.site.ENGINE", PATH)
    return EnginePolling(hasty.port)


@pytest.fixture
def pinged_tab(hasty):
    return opened(hasty)


def opened(server):
    """Return a tab that has been greeted."""
    tab = Tab(server.port, PATH + "websocket")
    tab.opening = json.loads(tab.text()[1:])
    return tab


def without_pings(body):
    """Return the packets of a poll that are no pings."""
    return [packet for packet in body.split("\x1e") if packet != "2"]


def echoed(polling, count):
    """Poll until so many messages have come."""
    packets = []
    while len(packets) < count:
        status, body = polling.poll()
        assert status == 200
        packets += without_pings(body)
    return packets


# The handshake


def test_a_polling_session_opens_with_what_a_client_needs(polling):
    assert polling.opening == {
        "sid": polling.opening["sid"],
        "upgrades": ["websocket"],
        "pingInterval": 25_000,
        "pingTimeout": 20_000,
        "maxPayload": 1_000_000,
    }


def test_a_websocket_session_has_nothing_to_upgrade_to(tab):
    assert tab.opening["upgrades"] == []
    assert tab.opening["pingInterval"] == 25_000


def test_every_session_has_an_id_nobody_can_guess(conform):
    tabs = [Tab(conform.port, PATH + "websocket") for _ in range(20)]
    sids = {json.loads(tab.text()[1:])["sid"] for tab in tabs}
    assert len(sids) == 20
    assert min(map(len, sids)) == 32  # 192 bits in base64


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("GET", "/engine.io/?transport=polling"),
        ("GET", "/engine.io/?EIO=abc&transport=polling"),
        ("GET", "/engine.io/?EIO=3&transport=polling"),
        ("GET", "/engine.io/?EIO=4"),
        ("GET", "/engine.io/?EIO=4&transport=abc"),
        ("GET", "/engine.io/?EIO=4&transport=websocket"),
        ("GET", POLL + "&sid=nobody"),
        ("GET", POLL + "&j=0"),
        ("POST", POLL),
        ("PUT", POLL),
        ("DELETE", POLL),
        ("POST", POLL + "&sid=nobody"),
    ],
)
def test_a_request_that_is_not_the_protocols_is_refused(conform, method, target):
    assert Raw(conform.port).request(method, target)[0] == 400


@pytest.mark.parametrize(
    "target", ["/engine.io/?transport=websocket", "/engine.io/?EIO=4", PATH + "abc"]
)
def test_a_websocket_that_is_not_the_protocols_is_refused(conform, target):
    assert Tab(conform.port, target).status == 400


def test_a_response_is_neither_sniffed_nor_kept(conform):
    _, headers, _ = Raw(conform.port).request("GET", POLL)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_a_connection_asked_to_close_says_that_it_does(conform):
    raw = Raw(conform.port)
    _, headers, _ = raw.request("GET", POLL, Connection="close")
    assert headers["connection"] == "close"
    assert raw.read_to_end() == b""


def test_a_connection_serves_many_requests(conform):
    raw = Raw(conform.port)
    assert [raw.request("GET", POLL)[0] for _ in range(3)] == [200, 200, 200]


# Messages


@pytest.mark.parametrize(
    "body", ["4hello", "4test1\x1e4test2\x1e4test3", "4hello\x1ebAQIDBA==", "4€\x1e4"]
)
def test_messages_come_back_by_polling(polling, body):
    assert polling.post(body) == (200, "ok")
    assert echoed(polling, body.count("\x1e") + 1) == body.split("\x1e")


def test_more_than_sixteen_packets_may_come_in_one_request(polling):
    sent = [f"4{n}" for n in range(50)]
    assert polling.post("\x1e".join(sent))[0] == 200
    assert echoed(polling, 50) == sent


@pytest.mark.parametrize(
    "body", ["abc", "", "9", "0", "4a\x1eabc", "b***", "5", "6", "2"]
)
def test_what_is_no_packet_closes_a_polling_session(polling, body):
    assert polling.post(body)[0] == 400
    assert polling.poll()[0] == 400


def test_two_polls_at_once_close_the_session(polling):
    first, second = polling.start_poll(), None
    statuses = set()
    second = polling.poll()
    statuses.add(second[0])
    status, _, body = first.response()
    assert (status, body, statuses) == (200, "1", {400})
    assert polling.poll()[0] == 400


def test_a_poll_that_was_given_up_closes_the_session(polling):
    polling.start_poll().close()
    assert polling.poll()[0] == 400
    assert polling.post("4hello")[0] == 400


def test_messages_come_back_by_websocket(tab):
    tab.write("4hello")
    assert tab.text() == "4hello"
    tab.send(frame(bytes([1, 2, 3, 4]), BINARY))
    assert tab.read_frame() == (BINARY, bytes([1, 2, 3, 4]))


@pytest.mark.parametrize(
    "packet", ["abc", "", "9", "0", "2", "2probe", "5", "6", "bAQID"]
)
def test_what_is_no_packet_closes_a_websocket(tab, packet):
    tab.write(packet)
    assert tab.closed_with() == 1008


# The heartbeat


def test_a_polling_client_that_answers_its_pings_stays(pinged_polling):
    for _ in range(3):
        assert pinged_polling.poll() == (200, "2")
        assert pinged_polling.post("3") == (200, "ok")


def test_a_polling_client_that_does_not_is_gone(pinged_polling):
    assert pinged_polling.poll() == (200, "2")
    assert pinged_polling.poll() == (200, "1")
    assert pinged_polling.poll()[0] == 400


def test_a_polling_client_that_never_polls_is_gone(pinged_polling):
    until(lambda: pinged_polling.post("4hello")[0] == 400)
    assert pinged_polling.poll()[0] == 400


def test_a_websocket_that_answers_its_pings_stays(pinged_tab):
    for _ in range(3):
        assert pinged_tab.read_frame() == (1, b"2")
        pinged_tab.write("3")


def test_a_websocket_that_does_not_is_closed(pinged_tab):
    assert pinged_tab.read_frame() == (1, b"2")
    assert pinged_tab.closed_with() == 1000


def test_pongs_nobody_asked_for_keep_nobody_alive(pinged_tab):
    for _ in range(50):
        pinged_tab.write("3")
    assert pinged_tab.read_frame() == (1, b"2")
    assert pinged_tab.closed_with() == 1000


# Closing


def test_a_close_ends_the_poll_that_waits(polling):
    waiting = polling.start_poll()
    assert polling.post("1") == (200, "ok")
    assert waiting.response()[::2] == (200, "6")
    assert polling.poll()[0] == 400


def test_a_close_that_crosses_with_a_poll_still_answers_it(polling):
    assert polling.post("1") == (200, "ok")
    assert polling.poll() == (200, "6")
    assert polling.poll()[0] == 400


def test_nothing_more_is_taken_from_a_session_that_has_closed(polling):
    assert polling.post("1") == (200, "ok")
    assert polling.post("4hello")[0] == 400
    assert polling.poll() == (200, "6")


def test_a_close_ends_a_websocket(tab):
    tab.write("1")
    assert tab.closed_with() == 1000


# The upgrade


def upgrading(conform, polling):
    sid = polling.opening["sid"]
    return Tab(conform.port, f"{PATH}websocket&sid={sid}")


def test_a_session_moves_from_polling_to_websocket(conform, polling):
    tab = upgrading(conform, polling)
    tab.write("2probe")
    assert tab.text() == "3probe"
    assert polling.poll() == (200, "6")
    tab.write("5")
    tab.write("4hello")
    assert tab.text() == "4hello"


def test_a_poll_that_waits_is_let_go_by_the_upgrade(conform, polling):
    waiting = polling.start_poll()
    tab = upgrading(conform, polling)
    tab.write("2probe")
    assert tab.text() == "3probe"
    assert waiting.response()[::2] == (200, "6")
    tab.write("5")
    tab.write("4hello")
    assert tab.text() == "4hello"


def test_what_waited_for_a_poll_comes_by_the_websocket(conform, polling):
    tab = upgrading(conform, polling)
    tab.write("2probe")
    assert tab.text() == "3probe"
    assert polling.post("4before")[0] == 200
    tab.write("5")
    tab.write("4after")
    assert [tab.text(), tab.text()] == ["4before", "4after"]


def test_after_the_upgrade_there_are_no_more_polls(conform, polling):
    tab = upgrading(conform, polling)
    tab.write("2probe")
    assert tab.text() == "3probe"
    tab.write("5")
    tab.write("4hello")
    assert tab.text() == "4hello"
    assert polling.poll()[0] == 400
    assert polling.post("4hello")[0] == 400
    tab.write("4still here")
    assert tab.text() == "4still here"


def test_after_the_upgrade_there_is_no_second_websocket(conform, polling):
    tab = upgrading(conform, polling)
    tab.write("2probe")
    tab.write("5")
    assert tab.text() == "3probe"
    second = upgrading(conform, polling)
    assert second.status == 101
    assert second.closed_with() == 1008
    tab.write("4hello")
    assert tab.text() == "4hello"


@pytest.mark.parametrize("probe", ["2", "3probe", "4hello", ""])
def test_an_upgrade_without_a_probe_leaves_the_session_polling(conform, polling, probe):
    tab = upgrading(conform, polling)
    tab.write(probe)
    assert tab.closed_with() == 1000
    assert polling.post("4hello")[0] == 200
    assert echoed(polling, 1) == ["4hello"]


def test_a_session_that_is_a_websocket_cannot_be_upgraded(conform, tab):
    second = Tab(conform.port, f"{PATH}websocket&sid={tab.opening['sid']}")
    assert second.closed_with() == 1008
    tab.write("4hello")
    assert tab.text() == "4hello"
