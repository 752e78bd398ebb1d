"""Run the chat: python -m django_socketio.example_project"""

# ruff: noqa: E402 - patching comes before all other imports
from gevent import monkey

monkey.patch_all()

import os
import sys

os.environ.setdefault(
    "DJANGO_SETTINGS_MODULE", "django_socketio.example_project.settings"
)

import django
from django.core.management import call_command, execute_from_command_line

if len(sys.argv) > 1:
    execute_from_command_line(sys.argv)
else:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("runserver_socketio")
