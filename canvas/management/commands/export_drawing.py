"""Write a drawing into a file."""

import sys
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from canvas.history.pack import pack
from canvas.models import Drawing


class Command(BaseCommand):
    """The drawing as one file, with its whole log."""

    help = "Write a drawing and its whole log into a file."

    def add_arguments(self, parser):
        parser.add_argument("key")
        parser.add_argument("file", nargs="?", help="standard output unless given")

    def handle(self, *, key, file, **options):
        drawing = Drawing.objects.filter(key=key).first()
        if drawing is None:
            raise CommandError(f"There is no drawing {key}.")
        if file is None:
            sys.stdout.buffer.writelines(pack(drawing))
            return
        with Path(file).open("xb") as written:
            written.writelines(pack(drawing))
