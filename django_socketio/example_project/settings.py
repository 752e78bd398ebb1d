"""Settings of the chat demo; CHAT_DATABASE and CHAT_PORT may come from the environment."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent
REPOSITORY = BASE_DIR.parent.parent

SECRET_KEY = os.environ.get("CHAT_SECRET_KEY", "a demo has no secrets")
DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_socketio",
    "django_socketio.example_project.chat",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "django_socketio.example_project.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("CHAT_DATABASE", "chat.sqlite3"),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
STATIC_URL = "static/"
STATICFILES_DIRS = [
    ("vendor/socket.io-client", REPOSITORY / "node_modules/socket.io-client/dist")
]
LOGIN_URL = "admin:login"

SOCKETIO_PORT = int(os.environ.get("CHAT_PORT", "9000"))
SOCKETIO_USER = "django_socketio.example_project.chat.people.name_of"
SOCKETIO_MESSAGE_LOG_FORMAT = '%(REMOTE_ADDR)s - - [%(TIME)s] "Socket.IO %(MESSAGE)s"'
