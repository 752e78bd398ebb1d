"""Rooms."""

from django.db import models


class Room(models.Model):
    """A room with a channel."""

    name = models.CharField(max_length=50, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def channel(self):
        """Return the channel on which people in this room hear each other."""
        return f"room-{self.pk}"
