"""A drawing's pictures."""

from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET

from canvas.views.access import visible


@require_GET
def picture(request, key):
    """Serve the drawing's picture."""
    found = visible(request, key)
    return file_response(request, found, found.picture)


@require_GET
def thumbnail(request, key):
    """Serve the drawing's picture, small."""
    found = visible(request, key)
    return file_response(request, found, found.thumbnail)


def file_response(request, found, field):
    """Serve one of a drawing's files; 404 until it has been made."""
    if not field:
        raise Http404
    response = FileResponse(field.open(), filename=field.name.rpartition("/")[2])
    response["ETag"] = f'"{found.picture_seq}"'
    response["Cache-Control"] = "private, no-cache"
    if "download" in request.GET:
        response["Content-Disposition"] = (
            f'attachment; filename="drawing-{found.key}.png"'
        )
    return response
