"""A drawing's log over HTTP: read, replayed, forked, taken away and brought back."""

import gzip

import msgspec
from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.forms import model_to_dict
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from canvas import live, store, tasks
from canvas.history.aside import aside
from canvas.history.fork import Gone
from canvas.history.fork import fork as fork_at
from canvas.history.forms import ForkForm, ImportForm
from canvas.history.lines import Unreadable
from canvas.history.pack import pack
from canvas.history.unpack import keep, unpack
from canvas.models import author_for
from canvas.views.access import visible

LOG_CHUNK = 1000  # ops; protocol P50
FOR_EVER = "private, max-age=31536000, immutable"
GZIP_LEVEL = 1  # 5 ms a chunk; the usual level takes 48 ms from the sockets
FILE_TYPE = "application/gzip"


@require_GET
def log_chunk(request, key, chunk):
    """Serve a full chunk of the log, which never changes (protocol P50)."""
    found = visible(request, key)
    entries = store.since(found.pk, chunk * LOG_CHUNK, LOG_CHUNK)
    if len(entries) < LOG_CHUNK:
        raise Http404
    response = ops_response(request, entries)
    response["Cache-Control"] = FOR_EVER
    response["ETag"] = f'"{key}-{chunk}"'
    return response


@require_GET
def log_tail(request, key):
    """Serve the ops after one, at most a chunk of them (protocol P51)."""
    found = visible(request, key)
    seq = number(request.GET.get("since", ""))
    response = ops_response(request, store.since(found.pk, seq, LOG_CHUNK))
    response["Cache-Control"] = "private, no-store"
    return response


def ops_response(request, entries):
    """Return entries as JSON, compressed for whoever can read that."""
    body = msgspec.json.encode(live.ops_message(entries)["ops"])
    accepts_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    if accepts_gzip:
        body = gzip.compress(body, GZIP_LEVEL, mtime=0)
    response = HttpResponse(body, content_type="application/json")
    if accepts_gzip:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def number(text):
    """Return the seq that text is, or refuse it."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadRequest("A seq is a number.")
    return int(text)


@require_GET
def replay(request, key):
    """Show a drawing being made."""
    found = visible(request, key)
    at = request.GET.get("at")
    drawers = found.drawers()
    shown = {
        "drawing": found,
        "at": None if at is None else min(number(at), found.head),
        "people": found.credits(),
        "authors": [model_to_dict(one, ["key", "name", "colour"]) for one in drawers],
    }
    return render(request, "canvas/replay.html", shown)


@require_POST
def fork(request, key):
    """Begin a new drawing as this one was at some moment, and go there."""
    found = visible(request, key)
    form = ForkForm(request.POST, drawing=found)
    if not form.is_valid():
        raise BadRequest("There is no such moment.")
    if not ratelimit.consume(request, action="fork"):
        return too_many(request, "You have forked many drawings in a short time.")
    owner = author_for(request.person)
    try:
        child = aside(fork_at, found, form.cleaned_data["seq"], owner)
    except Gone:
        raise Http404 from None
    tasks.ask_preview(child.pk)
    return redirect(child)


def too_many(request, told):
    """Say that somebody at this address makes drawings faster than this site takes them."""
    return render(request, "canvas/too_many.html", {"told": told}, status=429)


@require_GET
def drawing_file(request, key):
    """Serve the drawing as one file, with its whole log."""
    found = visible(request, key)
    response = StreamingHttpResponse(pack(found), content_type=FILE_TYPE)
    name = slugify(found.title, allow_unicode=True) or f"drawing-{found.key}"
    disposition = content_disposition_header(True, f"{name}.drawnby")
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = "private, no-cache"
    return response


@require_http_methods(["GET", "POST"])
def import_drawing(request):
    """Make a drawing from a file, and go there."""
    given = [request.POST, request.FILES] if request.method == "POST" else []
    if given and not ratelimit.consume(request, action="import"):
        return too_many(request, "You have imported many drawings in a short time.")
    form = ImportForm(*given)
    parcel = parcel_of(form)
    if parcel is None:
        status = 422 if form.is_bound else 200
        return render(request, "canvas/import.html", {"form": form}, status=status)
    drawing = aside(keep, parcel, author_for(request.person))
    tasks.ask_preview(drawing.pk)
    if parcel.lost == 0:
        return redirect(drawing)
    messages.warning(request, f"{parcel.lost} ops of it were damaged and are missing.")
    return redirect("replay", drawing.key)


def parcel_of(form):
    """Return what the form's file holds; where it cannot be read, the form says why."""
    if not form.is_valid():
        return None
    try:
        parcel = aside(unpack, form.cleaned_data["file"].file)
        parcel.images.look()
        return parcel
    except Unreadable as unreadable:
        form.refuse(unreadable)
        return None
