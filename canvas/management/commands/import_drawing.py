"""Make a drawing from a file."""

from pathlib import Path

from django.core.management import BaseCommand, CommandError

from canvas import tasks
from canvas.history.lines import Unreadable
from canvas.history.unpack import keep, unpack
from canvas.models import Author


class Command(BaseCommand):
    """A drawing again from what export_drawing wrote."""

    help = "Make a drawing from a file that export_drawing, or its page, gave."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--owner", required=True, help="the key of an author")

    def handle(self, *, file, owner, **options):
        author = Author.objects.filter(pk=owner).first()
        if author is None:
            raise CommandError(f"There is no author {owner}.")
        parcel = read(Path(file))
        drawing = keep(parcel, author)
        tasks.ask_preview(drawing.pk)
        self.stdout.write(drawing.key)
        if parcel.lost:
            self.stderr.write(f"{parcel.lost} ops were damaged and are missing.")


def read(path):
    """Return what a file holds."""
    try:
        with path.open("rb") as file:
            parcel = unpack(file)
        parcel.images.look()
        return parcel
    except Unreadable as unreadable:
        raise CommandError(f"{path}: {unreadable}") from None
