"""Images that people put on drawings: sent here, made beside the pages, served for ever."""

from django.http import FileResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_POST, require_safe

from canvas.history.aside import aside
from canvas.models import author_for
from canvas.tasks import taking
from canvas.views.access import visible
from canvas.views.checkpoints import FOR_EVER
from canvas.views.files import opened

STATUS = {"watch-only": 403, "too-large": 413, taking.TOO_MANY: 429}


@require_POST
def send(request, key):
    """Take a file for a drawing, whose bytes are the body (protocol P67)."""
    found = visible(request, key)
    try:
        upload = aside(taking.receive, found, body_of(request, found))
    except taking.Untaken as refused:
        status = STATUS.get(refused.code, 400)
        return JsonResponse({"code": refused.code}, status=status)
    author_for(request.person)
    return told(upload, status=202)


def body_of(request, found):
    """Return what somebody sends who may draw, or raise Untaken; too much is not even read."""
    if found.is_finished:
        raise taking.Untaken("watch-only")
    length = request.META.get("CONTENT_LENGTH", "")
    if not length.isdecimal() or int(length) > taking.LARGEST_FILE:
        raise taking.Untaken("too-large")
    return request.read(int(length))


@require_safe
def upload(request, key, number):
    """Say what has become of a file that was sent."""
    return told(get_object_or_404(visible(request, key).uploads, pk=number))


def told(upload, status=200):
    """Say in JSON how far an upload is, and which image was made of it."""
    image = upload.image
    known = {
        "state": upload.state,
        "code": upload.code,
        "address": reverse("upload", args=[upload.drawing.key, upload.pk]),
        "image": image
        and dict(zip(("image", "width", "height"), image.content, strict=True)),
    }
    response = JsonResponse(known, status=status)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def image(request, key, name):
    """Serve an image of a drawing, which never changes (protocol P68)."""
    found = get_object_or_404(visible(request, key).images, name=name)
    etag = quote_etag(name)
    known = get_conditional_response(request, etag=etag)
    response = known or FileResponse(opened(found.file), content_type="image/webp")
    response["ETag"] = etag
    response["Cache-Control"] = FOR_EVER
    return response
