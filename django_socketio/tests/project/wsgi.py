"""The tests' project for gunicorn."""

import os

os.environ.setdefault(
    "DJANGO_SETTINGS_MODULE", "django_socketio.tests.project.settings"
)

from django_socketio.server import application as whole_site

application = whole_site()
