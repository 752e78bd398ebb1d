"""Pages and sockets under gunicorn: gunicorn -c python:django_socketio.gunicorn drawnby.wsgi

Where sockets do not cooperate, as under a worker of threads, it is the pages alone.
"""

import os

from django.core.wsgi import get_wsgi_application
from gevent import monkey

from django_socketio.server import application as whole_site

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drawnby.settings")

cooperates = monkey.is_module_patched("socket")
application = whole_site() if cooperates else get_wsgi_application()
