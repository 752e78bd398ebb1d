"""Socket.IO 5 over WebSocket and long polling, on gevent; knows nothing of Django."""
