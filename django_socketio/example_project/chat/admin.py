"""Rooms, in Django's admin."""

from django.contrib import admin

from django_socketio.example_project.chat.models import Room

admin.site.register(Room)
