"""What python-engineio and python-socketio do not document and transport/ leans on is as it was read.

A failure here says: upstream has changed this function. Read what changed, mend transport/engine.py,
transport/server.py or relay.py where it matters, then put the new digest here.
"""

import hashlib
import inspect
from functools import reduce
from importlib import import_module

import pytest

READ = {
    "engineio.server.Server.handle_request": "79302edd007f",
    "engineio.base_server.BaseServer._ok": "b8f717402eac",
    "engineio.base_server.BaseServer._bad_request": "af66afac6f6c",
    "engineio.base_server.BaseServer._cors_allowed_origins": "d0cad0c66d53",
    "engineio.base_server.BaseServer._get_socket": "ae2f99e66d63",
    "engineio.base_server.BaseServer.__init__": "a06b17502fbd",
    "engineio.socket.Socket.poll": "d7d705066fd3",
    "engineio.base_socket.BaseSocket.__init__": "8532b631a4dc",
    "socketio.base_server.BaseServer.__init__": "6b998e091b34",
    "socketio.server.Server._handle_eio_connect": "4be135c046ed",
    "socketio.server.Server._handle_eio_message": "65f309c138d6",
    "socketio.server.Server._handle_eio_disconnect": "5c0002fcdb35",
    "socketio.server.Server._handle_connect": "1b0ba130a57d",
    "socketio.server.Server._handle_disconnect": "fb93d61de8cb",
    "socketio.server.Server._handle_event": "3f64c030f25e",
    "socketio.server.Server._handle_event_internal": "37e1c84a6974",
    "socketio.server.Server._handle_ack": "7f114abcf99f",
    "socketio.server.Server._send_packet": "3289b949be8c",
    "socketio.server.Server._trigger_event": "836cb0c8d232",
    "socketio.packet.Packet.decode": "61ad7904b539",
    "socketio.packet.Packet.encode": "513c45be7518",
    "socketio.packet.Packet.add_attachment": "01e024038f3d",
    "socketio.packet.Packet.reconstruct_binary": "b5bf13b2bea3",
    "socketio.base_manager.BaseManager.pre_connect": "bfdba4c0c8f1",
    "socketio.base_manager.BaseManager.connect": "a0214ac7cb24",
    "socketio.base_manager.BaseManager.basic_disconnect": "2933b50bc4b2",
    "socketio.base_manager.BaseManager.sid_from_eio_sid": "15467098a36b",
    "socketio.pubsub_manager.PubSubManager.__init__": "81c6a9f1e359",
    "socketio.pubsub_manager.PubSubManager._thread": "ecce2e6d1001",
    "socketio.redis_manager.RedisManager.__init__": "192d50bfc5bf",
}


@pytest.mark.parametrize("name", READ)
def test_an_internal_is_as_it_was_read(name):
    source = inspect.getsource(found(name))
    assert hashlib.sha256(source.encode()).hexdigest()[:12] == READ[name]


def found(name):
    """Return the function of that name."""
    module, *path = name.rsplit(".", 2)
    return reduce(getattr, path, import_module(module))
