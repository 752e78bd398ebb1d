"""A drawing's checkpoints: what is told of one, and the pictures of its layers."""

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from canvas import checkpoints
from canvas.views.access import visible
from canvas.views.files import opened

FOR_EVER = "private, max-age=31536000, immutable"


@require_safe
def checkpoint(request, key, seq):
    """Serve what is told of a checkpoint (protocol P59)."""
    return file_of(request, key, seq, "")


@require_safe
def layer(request, key, seq, number):
    """Serve the picture of a layer at a checkpoint (protocol P60)."""
    return file_of(request, key, seq, str(number))


def file_of(request, key, seq, size):
    """Serve a file of a checkpoint, which never changes."""
    kept = checkpoints.files_of(visible(request, key))
    made = get_object_or_404(kept, seq=seq, size=size)
    etag = quote_etag("-".join(filter(None, [key, str(seq), size])))
    known = get_conditional_response(request, etag=etag)
    response = known or FileResponse(opened(made.file), filename=made.file.name)
    response["ETag"] = etag
    response["Cache-Control"] = FOR_EVER
    return response
