"""Who may see a drawing, and who may change what it is."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from canvas.models import Drawing


def visible(request, key):
    """Return the drawing, unless it is not there or not for this person: the two are not told apart."""
    found = get_object_or_404(Drawing, key=key)
    if not found.may_be_seen_by(request.person):
        raise Http404
    return found


def owned(request, key):
    """Return the drawing, locked, if this person started it."""
    found = get_object_or_404(Drawing.objects.select_for_update(), key=key)
    if not found.is_owned_by(request.person):
        raise Http404
    return found
