"""Files on their way out: they may go while somebody is given them."""

from django.http import Http404


def opened(file):
    """Return a file that is open, or raise Http404 where it was let go of since its row was read."""
    try:
        return file.open()
    except FileNotFoundError:
        raise Http404 from None
