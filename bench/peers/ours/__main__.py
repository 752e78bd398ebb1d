"""Serve the project: python -m bench.peers.ours PORT"""

# ruff: noqa: E402 - patching comes before all other imports
from gevent import monkey

monkey.patch_all()

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peers.ours.settings"

import django

django.setup()

from django_socketio.server import serve

serve("127.0.0.1", int(sys.argv[1]))
