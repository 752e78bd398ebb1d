"""What the channel layer is measured against: the same relay, as one would write it elsewhere."""

import sys
from dataclasses import dataclass
from shutil import which

SOCKETIO, JSON = "socketio", "json"


@dataclass(frozen=True, slots=True)
class Peer:
    """A relay: what its clients speak, and how it is started; PORT stands for its port."""

    name: str
    protocol: str
    command: tuple[str, ...]
    likely: int  # people it carries at 30 Hz, where the search begins


ASGI = "bench.peers.django_channels.asgi:application"
OURS = Peer(
    "django_socketio",
    SOCKETIO,
    (sys.executable, "-m", "bench.peers.ours", "PORT"),
    800,
)
NODE = Peer(
    "node_socketio",
    SOCKETIO,
    (which("node") or f"{sys.prefix}/node/bin/node", "bench/peers/relay.js", "PORT"),
    72,
)
PLAIN = Peer(
    "python_socketio",
    SOCKETIO,
    (sys.executable, "-m", "bench.peers.plain_socketio", "PORT"),
    80,
)
UVICORN = Peer(
    "channels_uvicorn",
    JSON,
    (
        *(sys.executable, "-m", "uvicorn", ASGI, "--port", "PORT", "--lifespan"),
        *("off", "--no-access-log", "--log-level", "error"),
    ),
    20,
)
DAPHNE = Peer(
    "channels_daphne",
    JSON,
    (
        *(sys.executable, "-m", "daphne", "--verbosity", "0", "-e"),
        *("tcp:port=PORT:interface=127.0.0.1:backlog=4096", ASGI),
    ),
    20,
)
