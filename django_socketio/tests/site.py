"""A real server in a process of its own, and browsers' tabs made of bare sockets."""

import json
import os
import re
import selectors
import signal
import socket
import struct
import subprocess
import sys
import time
from base64 import b64encode

PATIENCE = 60  # seconds; a test that waits longer has failed
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
ENGINE = "/socket.io/?EIO=4&transport="


def until(state):
    """Wait for a state."""
    deadline = time.monotonic() + PATIENCE
    while not state():
        assert time.monotonic() < deadline
        time.sleep(0.02)  # asking takes the server's time, too


class Site:
    """A server process, and what it writes."""

    command = ("-m", "django_socketio.tests.project.serve")
    ready = "serving"

    settings = "django_socketio.tests.project.settings"

    def __init__(self, **settings):
        self.lines = []
        self._seen = 0
        self._rest = b""
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", *self.command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **self.place(settings),
        )
        os.set_blocking(self.process.stdout.fileno(), False)
        line = self.until(self.ready)
        self.port = int(
            re.search(r":(\d+)\D*$", line[line.index("://") :].split()[0])[1]
        )

    def place(self, settings):
        """Return where to run, and with what environment."""
        environ = {**os.environ, "TEST_SETTINGS": json.dumps(settings)}
        environ["DJANGO_SETTINGS_MODULE"] = self.settings
        return {"env": environ}

    def until(self, words):
        """Return the next line that begins so."""
        deadline = time.monotonic() + PATIENCE
        while True:
            for line in self.lines[self._seen :]:
                self._seen += 1
                if line.startswith(words) or f"] {words}" in line:
                    return line
            assert time.monotonic() < deadline, f"no {words!r} in {self.lines[-20:]}"
            self._read(deadline)

    def drain(self):
        """Read what the process has written, which would wait for that."""
        self._read(time.monotonic())

    def _read(self, deadline):
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            selector.select(max(0, deadline - time.monotonic()))
        data = self.process.stdout.read() or b""
        assert data or time.monotonic() >= deadline or self.process.poll() is None, (
            f"the server died: {self.lines}"
        )
        *whole, self._rest = (self._rest + data).split(b"\n")
        self.lines += [line.decode() for line in whole]

    def memory(self):
        """Return the process's resident bytes."""
        with open(f"/proc/{self.process.pid}/statm") as statm:
            return int(statm.read().split()[1]) * 4096

    def stop(self, number=signal.SIGTERM):
        """Stop the process; return its exit status and the lines it still wrote."""
        if self.process.stdout.closed:
            return self.process.returncode, []
        if self.process.poll() is None:
            self.process.send_signal(number)
        os.set_blocking(self.process.stdout.fileno(), True)
        rest, _ = self.process.communicate(timeout=PATIENCE)
        said = (self._rest + rest).decode().splitlines()
        self.lines += said
        return self.process.returncode, said


class Conform(Site):
    """The bare transport."""

    command = ("-m", "django_socketio.tests.project.conform")


class Raw:
    """A TCP connection, byte by byte."""

    def __init__(self, port, tls=None):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self.buffer = b""

    def send(self, data):
        self.socket.sendall(data)

    def read(self, size):
        """Return that many bytes."""
        while len(self.buffer) < size:
            data = self.socket.recv(1 << 20)
            assert data, f"closed after {self.buffer!r}"
            self.buffer += data
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data

    def read_line(self):
        """Return what comes before the next line's end."""
        while b"\r\n" not in self.buffer:
            data = self.socket.recv(65536)
            assert data, f"closed after {self.buffer!r}"
            self.buffer += data
        line, _, self.buffer = self.buffer.partition(b"\r\n")
        return line.decode()

    def read_to_end(self):
        """Return everything until the connection closes."""
        try:
            while data := self.socket.recv(1 << 20):
                self.buffer += data
        except ConnectionResetError:
            pass
        data, self.buffer = self.buffer, b""
        return data

    def request(self, method, target, body="", **headers):
        """Return the status, the headers and the body of an HTTP response."""
        self.ask(method, target, body, **headers)
        return self.response()

    def ask(self, method, target, body="", **headers):
        """Send an HTTP request."""
        given = {"Host": "127.0.0.1", **headers}
        if method == "POST":
            given.setdefault("Content_Length", len(body.encode()))
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items()]
        head = "\r\n".join([f"{method} {target} HTTP/1.1", *lines, "", ""])
        self.send(head.encode() + body.encode())

    def response(self):
        status = int(self.read_line().split()[1])
        headers = {}
        while line := self.read_line():
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
        if headers.get("transfer-encoding") == "chunked":
            return status, headers, self.chunks().decode()
        body = self.read(int(headers.get("content-length", 0)))
        return status, headers, body.decode()

    def chunks(self):
        body = b""
        while size := int(self.read_line(), 16):
            body += self.read(size + 2)[:-2]
        self.read_line()
        return body

    def close(self):
        self.socket.close()

    def __del__(self):
        self.socket.close()


def frame(payload, opcode=TEXT, *, fin=True, rsv=0, mask=b"mask", size=None):
    """Return a client's frame, or something like one."""
    payload = payload.encode() if isinstance(payload, str) else payload
    size = len(payload) if size is None else size
    head = bytes([fin << 7 | rsv << 4 | opcode])
    masked = 0x80 if mask else 0
    if size < 126:
        head += bytes([masked | size])
    elif size < 65536:
        head += bytes([masked | 126]) + struct.pack("!H", size)
    else:
        head += bytes([masked | 127]) + struct.pack("!Q", size)
    return head + mask + apply_mask(payload, mask)


def apply_mask(payload, mask):
    if not mask or not payload:
        return payload
    whole = (mask * (len(payload) // 4 + 1))[: len(payload)]
    return (int.from_bytes(payload) ^ int.from_bytes(whole)).to_bytes(len(payload))


class Tab(Raw):
    """A browser's tab: Engine.IO over WebSocket."""

    def __init__(self, port, target=ENGINE + "websocket", tls=None, **headers):
        super().__init__(port, tls)
        handshake = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec_WebSocket_Version": "13",
            "Sec_WebSocket_Key": b64encode(os.urandom(16)).decode(),
            **headers,
        }
        self.status, self.headers, self.body = self.request("GET", target, **handshake)
        self.acks = 0
        self.events = []

    def read_frame(self):
        """Return the opcode and the payload of the next frame."""
        first, second = self.read(2)
        size = second & 0x7F
        if size == 126:
            size = int.from_bytes(self.read(2))
        elif size == 127:
            size = int.from_bytes(self.read(8))
        assert first & 0x80, "the server never fragments"
        assert second & 0x80 == 0, "the server never masks"
        return first & 0x0F, self.read(size)

    def text(self):
        """Return the next text, pings answered on the way."""
        deadline = time.monotonic() + PATIENCE
        while True:
            opcode, payload = self.read_frame()
            if opcode == TEXT and payload == b"2":
                assert time.monotonic() < deadline, "nothing but pings"
                self.write("3")
            elif opcode == TEXT:
                return payload.decode()
            else:
                assert opcode == PONG, (opcode, payload)

    def write(self, text):
        """Send text in one frame."""
        self.send(frame(text))

    def closed_with(self):
        """Return the code the server closes with; nothing but an end follows it."""
        while True:
            opcode, payload = self.read_frame()
            if opcode == CLOSE:
                break
        assert self.read_to_end() == b""
        return int.from_bytes(payload[:2]) if payload else None

    def open(self):
        """Connect as Socket.IO clients do."""
        self.opening = json.loads(self.text()[1:])
        self.write("40")
        answer = self.text()
        assert answer.startswith("40"), answer
        self.sid = json.loads(answer[2:])["sid"]
        return self

    def emit(self, *event):
        """Send an event."""
        self.write("42" + json.dumps(event))

    def ask_for(self, *event):
        """Send an event and return its acknowledgement."""
        self.acks += 1
        self.write(f"42{self.acks}" + json.dumps(event))
        return self.acknowledgement()

    def acknowledgement(self):
        """Return the next acknowledgement; events before it are kept for `event`."""
        while (text := self.text()).startswith("42"):
            self.events.append(json.loads(text[2:]))
        assert text.startswith("43"), text
        return json.loads(text[text.index("[") :])[0]

    def event(self):
        """Return the next event."""
        if self.events:
            return self.events.pop(0)
        text = self.text()
        assert text.startswith("42"), text
        return json.loads(text[2:])


def tab(site, **headers):
    """Return a tab that is connected."""
    return Tab(site.port, **headers).open()


class Polling:
    """Engine.IO over long polling, a connection for each request."""

    def __init__(self, port, **headers):
        self.port = port
        self.headers = headers
        status, _, body = Raw(port).request("GET", ENGINE + "polling", **headers)
        assert status == 200
        self.opening = json.loads(body[1:])
        self.target = f"{ENGINE}polling&sid={self.opening['sid']}"

    def poll(self, **headers):
        status, _, body = Raw(self.port).request(
            "GET", self.target, **{**self.headers, **headers}
        )
        return status, body

    def start_poll(self):
        """Send the request for a poll; its `response()` is what comes."""
        raw = Raw(self.port)
        raw.ask("GET", self.target, **self.headers)
        return raw

    def post(self, body, **headers):
        status, _, answer = Raw(self.port).request(
            "POST", self.target, body, **{**self.headers, **headers}
        )
        return status, answer
