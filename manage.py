#!/usr/bin/env python
"""DrawnBy's command line."""

import os
import sys

# Serving needs cooperative sockets, and only a patch before every other import reaches all of them.
if {"serve", "runserver_socketio"} & set(sys.argv[1:2]):
    from gevent import monkey

    monkey.patch_all()

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drawnby.settings")
    execute_from_command_line(sys.argv)
