"""Serve the tests' project: python -m django_socketio.tests.project.serve"""

# ruff: noqa: E402 - patching comes before all other imports
from gevent import monkey

monkey.patch_all()

import os

os.environ.setdefault(
    "DJANGO_SETTINGS_MODULE", "django_socketio.tests.project.settings"
)

import django

django.setup()

from django_socketio.server import serve
from django_socketio.tests.project.events import journal

serve("127.0.0.1", 0, lambda address: journal("serving", address))
journal("stopped")
