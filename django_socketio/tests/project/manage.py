"""The tests' project's command line: python -m django_socketio.tests.project.manage"""

# ruff: noqa: E402 - patching comes before all other imports
from gevent import monkey

monkey.patch_all()

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault(
    "DJANGO_SETTINGS_MODULE", "django_socketio.tests.project.settings"
)
execute_from_command_line(sys.argv)
