"""What every connection is set to, whether it becomes a WebSocket or not."""

import socket

from django_socketio.transport.takeover import Handler


def test_the_body_of_a_response_does_not_wait_until_its_head_is_acknowledged():
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()),
    ):
        accepted, address = listener.accept()
        with accepted:
            Handler(accepted, address, None)
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
