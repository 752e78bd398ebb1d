"""Servers that are there at once: a process that has everything imported already, and forks.

Each line on standard input is a management command to run in a child; its pid is the answer. A child is a server like any other, so
killing one is what it would be for any other, but the next is there ten times sooner.
"""

from gevent import monkey

monkey.patch_all()

import importlib  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402

import django  # noqa: E402
from django.core.management import execute_from_command_line  # noqa: E402
from django.urls import get_resolver  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drawnby.settings")
# Not gevent's: a loop of its own, which the children would share, would wait for their end.
system_fork = monkey.get_original("os", "fork")
on_signal = monkey.get_original("signal", "signal")
COMMANDS = ["django_socketio.management.commands.runserver_socketio"]


def prepare(module: str) -> None:
    """Import what a server needs, and make it the server that `module` runs."""
    django.setup()
    assert get_resolver().url_patterns
    for name in COMMANDS:
        importlib.import_module(name)
    if module != "manage":
        importlib.import_module(module).prepare()


def fork(command: list[str]) -> int:
    """Run a management command in a child; return its pid."""
    pid = system_fork()
    if pid == 0:
        on_signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        execute_from_command_line(["manage.py", *command])
        os._exit(0)
    return pid


def main() -> None:
    prepare(sys.argv[1])
    on_signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the children
    for line in sys.stdin:
        print(fork(line.split()), flush=True)


if __name__ == "__main__":
    main()
