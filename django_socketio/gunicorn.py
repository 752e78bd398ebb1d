"""gunicorn's settings for a process of sockets: gunicorn -c python:django_socketio.gunicorn project.wsgi

One worker unless there is Redis: several share their sockets by SOCKETIO_REDIS_URL, and long polling then needs
a proxy that keeps a browser with its worker.
"""

from typing import Any

import gevent

from django_socketio.collector import spare_the_collector

worker_class = "gevent"
workers = 1
worker_connections = 10_000  # each socket is one
keepalive = 15
graceful_timeout = 5
PAUSE = 0.2


def post_worker_init(worker: Any) -> None:
    """Watch for the worker's end: its sockets would keep it waiting."""
    spare_the_collector()
    gevent.spawn(finish_with, worker)


def finish_with(worker: Any) -> None:
    """Send every browser away when gunicorn stops the worker."""
    while worker.alive:
        gevent.sleep(PAUSE)
    worker.wsgi.finish()
