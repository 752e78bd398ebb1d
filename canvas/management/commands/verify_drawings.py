"""Verify the logs of drawings."""

from django.core.management import BaseCommand, CommandError

from canvas.history.verify import verify
from canvas.models import Drawing


class Command(BaseCommand):
    """Compute every hash again; say which op of each drawing is the first bad one."""

    help = "Verify the logs of all drawings, or of those with these keys."

    def add_arguments(self, parser):
        parser.add_argument("keys", nargs="*", metavar="key")

    def handle(self, *, keys, **options):
        found = list(drawings(keys).values_list("pk", flat=True))
        bad = [pk for pk in found if not self.is_whole(pk)]
        if bad:
            raise CommandError(f"{len(bad)} of {len(found)} drawings have a bad op.")
        self.stdout.write(f"{len(found)} drawings are whole.")

    def is_whole(self, pk):
        """Say whether a log is whole, and what is wrong with it if it is not."""
        drawing = Drawing.objects.get(pk=pk)
        fault = verify(drawing)
        if fault:
            self.stdout.write(f"{drawing.key} {fault}")
        return fault is None


def drawings(keys):
    """Return the drawings with these keys, all of them when there are none."""
    if not keys:
        return Drawing.objects.order_by("pk")
    found = Drawing.objects.filter(key__in=keys).order_by("pk")
    missing = set(keys) - set(found.values_list("key", flat=True))
    if missing:
        raise CommandError(f"There is no drawing {', '.join(sorted(missing))}.")
    return found
