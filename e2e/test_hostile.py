"""What a hostile browser gets for its trouble, on a real server: a code, and nothing else happens."""

import msgspec
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from e2e.drawer import Guest
from e2e.waiting import PATIENCE, until

STROKE = {
    "t": "stroke",
    "brush": "pen",
    "colour": "#1a2b3c",
    "alpha": 255,
    "width": 64,
    "layer": 0,
    "pressure": False,
    "points": [0, 0, 16, 16],
}


class Stranger:
    """Somebody with a bare socket and bad intentions."""

    def __init__(self, socket: ClientConnection, author: str):
        self.author, self.socket = author, socket
        socket.send("40")
        self._until("40")

    def subscribes(self, channel: str):
        return self.asks(f'["subscribe","{channel}"]')

    def says(self, message: str):
        return self.asks(f'["message",{message}]')

    def proposes(self, **changes):
        op = {**STROKE, "id": f"{self.author}.1", **changes}
        return self.says(msgspec.json.encode({"type": "op", "op": op}).decode())

    def asks(self, event: str):
        """Send an event and return its acknowledgement."""
        self.socket.send(f"427{event}")
        return msgspec.json.decode(self._until("437")[3:])[0]

    def says_too_much(self) -> None:
        """Say what nobody reads to its end, and hear whatever comes, until the connection closes."""
        self.socket.send("42" + '["message","' + "x" * 20_000_000 + '"]')
        while True:
            self.socket.recv(timeout=PATIENCE)

    def _until(self, start: str) -> str:
        while True:
            packet = self.socket.recv(timeout=PATIENCE)
            if packet == "2":
                self.socket.send("3")
            if packet.startswith(start):
                return packet


@pytest.fixture
def key(server):
    return Guest(server.url).starts_a_drawing()


@pytest.fixture
def drawer(draws_on, key):
    return draws_on(key)


@pytest.fixture
def stranger(server):
    guest = Guest(server.url)
    headers = {"Cookie": guest.cookie, "Origin": server.url}
    address = server.url.replace("http", "ws", 1)
    address += "/socket.io/?EIO=4&transport=websocket"
    with connect(address, additional_headers=headers, max_size=None) as socket:
        yield Stranger(socket, guest.author)


def test_bad_input_is_refused_with_a_code_and_nothing_is_disturbed(
    stranger, drawer, key
):
    assert "ok" in stranger.subscribes(f"drawing-{key}")
    for message in ["null", "7", "[]", '{"type":"explode"}', '{"type":"op"}', "NaN"]:
        assert stranger.says(message) == {"refused": "malformed"}
    for changes in [
        {"t": "explode"},
        {"points": [10**9, 0]},
        {"points": "0,0"},
        {"width": -1},
        {"surprise": True},
    ]:
        assert stranger.proposes(**changes) == {"refused": "malformed"}
    assert stranger.says('{"type":"cursor","x":1e999,"y":0}') == {
        "refused": "malformed"
    }
    assert stranger.says(f'"{"x" * 100_000}"') == {"refused": "too-large"}
    assert stranger.proposes(id=f"{drawer.author}.zz") == {"refused": "not-yours"}
    assert "ok" in stranger.proposes()
    until(lambda: names(drawer, stranger.author) == [f"{stranger.author}.1"])
    before = drawer.head
    until(lambda: drawer.head > before)


def test_an_unknown_channel_is_refused(stranger):
    refused = {"refused": "no-such-drawing"}
    assert stranger.subscribes("drawing-" + "x" * 22) == refused
    assert stranger.subscribes("x" * 10_000)["refused"] == "malformed"


def test_ten_megabytes_are_refused_and_kept_nowhere(stranger, drawer, key):
    assert "ok" in stranger.subscribes(f"drawing-{key}")
    assert stranger.says(f'"{"x" * 10 * 1024 * 1024}"') == {"refused": "too-large"}
    assert "ok" in stranger.proposes()
    until(lambda: names(drawer, stranger.author) == [f"{stranger.author}.1"])


def test_a_message_without_end_closes_that_connection_and_no_other(stranger, drawer):
    with pytest.raises(ConnectionClosed) as closed:
        stranger.says_too_much()
    assert closed.value.rcvd.code == 1009
    before = drawer.head
    until(lambda: drawer.head > before)


def names(drawer, author) -> list[str]:
    """Return the ops in the drawer's log that somebody made."""
    ops = (msgspec.json.decode(data) for _, data in drawer.log)
    return [op["id"] for op in ops if op["id"].startswith(author)]
