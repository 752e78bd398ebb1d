"""Rooms to begin with."""

from django.db import migrations


def make_rooms(apps, schema_editor):
    """Make two rooms."""
    room = apps.get_model("chat", "Room")
    for name in ("Kitchen", "Garden"):
        room.objects.create(name=name)


class Migration(migrations.Migration):
    dependencies = [("chat", "0001_rooms")]
    operations = [migrations.RunPython(make_rooms, migrations.RunPython.noop)]
