"""A drawing on other people's pages: oEmbed, and the page in the frame."""

from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from canvas.models import Drawing
from canvas.pictures.images import THUMBNAIL_SIZE

EMBED_WIDTH = 640  # px, unless the page that asks says less
LARGEST = 8192
AN_HOUR = 3600


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request, key):
    """Show a drawing's picture in a frame on any page."""
    return render(request, "canvas/embed.html", {"drawing": shared(key)})


@require_safe
def oembed(request):
    """Tell another site how to show a drawing (oembed.com)."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    found = shared(key_in(request.GET.get("url", ""), request.get_host()))
    response = JsonResponse(described(request, found))
    response["Cache-Control"] = "private, no-cache"
    return response


def shared(key):
    """Return a drawing that may be shown elsewhere: a private one may not, whoever asks."""
    drawings = Drawing.objects.exclude(visibility=Drawing.Visibility.PRIVATE)
    return get_object_or_404(drawings, key=key)


def key_in(address, host):
    """Return the key of the drawing at an address of ours."""
    try:
        parts = urlsplit(address)
        found = resolve(parts.path)
    except (ValueError, Resolver404):
        raise Http404 from None
    if parts.netloc != host or found.view_name not in {"drawing", "replay"}:
        raise Http404
    return found.kwargs["key"]


def described(request, found):
    """Return a drawing as oEmbed describes it."""
    width, height = fitted(found, asked_size(request.GET))
    frame = {"drawing": found, "request": request, "width": width, "height": height}
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": "DrawnBy",
        "provider_url": request.build_absolute_uri(reverse("home")),
        "title": str(found),
        "author_name": ", ".join(author.name for author in found.contributors.all()),
        "cache_age": AN_HOUR,
        "width": width,
        "height": height,
        "html": render_to_string("canvas/frame.html", frame).strip(),
        **thumbnail_of(request, found),
    }


def thumbnail_of(request, found):
    """Return what oEmbed says of a thumbnail, if there is one."""
    if not found.thumbnail:
        return {}
    width, height = fitted(found, THUMBNAIL_SIZE)
    address = reverse("thumbnail", args=[found.key])
    return {
        "thumbnail_url": request.build_absolute_uri(address),
        "thumbnail_width": width,
        "thumbnail_height": height,
    }


def asked_size(given):
    """Return the largest size the other page has room for."""
    wide, high = given.get("maxwidth", ""), given.get("maxheight", "")
    return min(EMBED_WIDTH, number(wide)), number(high)


def number(text):
    """Return the px a text says, or as many as there may be."""
    is_number = text.isascii() and text.isdigit() and len(text) < 6
    return max(1, int(text)) if is_number else LARGEST


def fitted(found, most):
    """Return the size of a drawing in its own proportions within the most there may be."""
    scale = min(1.0, most[0] / found.width, most[1] / found.height)
    return max(1, round(found.width * scale)), max(1, round(found.height * scale))
