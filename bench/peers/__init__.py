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


def python(words: str) -> tuple[str, ...]:
    """Return the command that runs a module of Python's."""
    return (sys.executable, "-m", *words.split())


NODE_JS = which("node") or f"{sys.prefix}/node/bin/node"
ASGI = "bench.peers.django_channels.asgi:application"
QUIETLY = "--lifespan off --no-access-log --log-level error"
ADDRESS = "tcp:port=PORT:interface=127.0.0.1:backlog=4096"

OURS = Peer("django_socketio", SOCKETIO, python("bench.peers.ours PORT"), 800)
NODE = Peer("node_socketio", SOCKETIO, (NODE_JS, "bench/peers/relay.js", "PORT"), 72)
PLAIN = Peer("python_socketio", SOCKETIO, python("bench.peers.plain_socketio PORT"), 80)
UVICORN = Peer(
    "channels_uvicorn", JSON, python(f"uvicorn {ASGI} --port PORT {QUIETLY}"), 20
)
DAPHNE = Peer(
    "channels_daphne", JSON, python(f"daphne --verbosity 0 -e {ADDRESS} {ASGI}"), 20
)
