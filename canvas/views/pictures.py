"""A drawing's pictures: the fresh one, and whatever else somebody wants of it."""

from contextlib import suppress

from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from canvas import tasks
from canvas.history.rulings import would_show_removed
from canvas.models import Picture
from canvas.pictures.recipes import KINDS, Recipe, Unmakeable
from canvas.views.access import visible
from canvas.views.files import opened

# Not public, even for what everybody may see: a response may hand somebody the cookie that
# they are a guest by, and no cache between may hand it to others.
FRESH = "private, no-cache"
FOR_EVER = "private, max-age=31536000, immutable"
LATER = 1  # seconds after which to ask again


@require_safe
def picture(request, key):
    """Serve the drawing's picture, or with `seq` the one of that moment."""
    if "seq" in request.GET:
        return past_picture(request, visible(request, key))
    return fresh(request, key, "picture")


@require_safe
def thumbnail(request, key):
    """Serve the drawing's picture, small."""
    return fresh(request, key, "thumbnail")


@require_POST
def again(request, key):
    """Have the drawing's picture made once more, after that has failed."""
    found = visible(request, key)
    if not found.is_shown:
        tasks.ask_preview_after_all(found)
    return redirect(found)


def fresh(request, key, name):
    """Serve a file that follows the drawing; where a newer one just takes its place, that one."""
    for _ in range(2):
        with suppress(FileNotFoundError):
            return served(request, visible(request, key), name)
    raise Http404


def served(request, found, name):
    """Serve a file of the drawing as it was read; 404 until there is one."""
    field = getattr(found, name)
    if not field:
        raise Http404
    etag = quote_etag(str(found.picture_seq))
    known = get_conditional_response(request, etag=etag)
    response = known or FileResponse(field.open(), filename=field.name)
    response["ETag"] = etag
    response["Cache-Control"] = FRESH
    if "download" in request.GET:
        name = f"{name_of(found)}.png"
        response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def past_picture(request, found):
    """Serve the picture of a moment, or have it made."""
    try:
        made = tasks.ask(found, seq_in(request.GET, found), Recipe("png", "1x"))
    except (Unmakeable, tasks.TooMany) as refused:
        return refusal(refused)
    if made.state == Picture.State.MADE:
        return file_of(found, made, attached=False)
    response = told(made, status=202)
    response["Retry-After"] = LATER
    return response


@require_POST
def ask(request, key):
    """Have something made of the drawing; the answer says where to hear how far it is."""
    found = visible(request, key)
    try:
        recipe = recipe_in(request.POST, found)
        wanted = tasks.ask(found, seq_in(request.POST, found), recipe)
    except (Unmakeable, tasks.TooMany) as refused:
        return refusal(refused)
    return told(wanted, status=202)


@require_safe
def state(request, key, number):
    """Say how far something that was asked for is."""
    return told(picture_in(visible(request, key), number))


@require_safe
def file(request, key, number):
    """Serve something that was asked for; 404 until it has been made."""
    found = visible(request, key)
    made = picture_in(found, number)
    # It may have been asked for just before something of it was removed.
    if not made.file or would_show_removed(found, made.seq):
        raise Http404
    return file_of(found, made, attached=True)


def recipe_in(given, found):
    """Return what a form asks for, or raise Unmakeable."""
    recipe = Recipe.of(given.get("kind", ""), given.get("size", ""))
    if not recipe.fits(found.width, found.height):
        raise Unmakeable("too-large")
    return recipe


def seq_in(given, found):
    """Return the moment a form asks for, the present one unless it says, or raise Unmakeable."""
    text = given.get("seq", str(found.head))
    seq = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 0 < seq <= found.head or would_show_removed(found, seq):
        raise Unmakeable("no-such-seq")
    return seq


def picture_in(found, number):
    """Return something that was asked for of a drawing; previews have an address of their own."""
    made = found.pictures.filter(pk=number, kind__in=KINDS).exclude(kind="preview")
    wanted = made.first()
    if wanted is None:
        raise Http404
    return wanted


def told(wanted, status=200):
    """Say in JSON how far something is, and where its file is once it has one."""
    place = [wanted.drawing.key, wanted.pk]
    known = {
        "state": wanted.state,
        "progress": wanted.progress,
        "code": wanted.code,
        "address": reverse("picture_state", args=place),
        "file": reverse("picture_file", args=place) if wanted.file else None,
    }
    response = JsonResponse(known, status=status)
    response["Cache-Control"] = "no-store"
    return response


def refusal(refused):
    """Say in JSON why something is not made."""
    match refused:
        case Unmakeable(code=code):
            return JsonResponse({"code": code}, status=400)
        case tasks.TooMany():
            return JsonResponse({"code": "too-many"}, status=429)


def file_of(found, made, *, attached):
    """Serve a file that never changes."""
    kind = KINDS[made.kind]
    response = FileResponse(opened(made.file), content_type=kind.media_type)
    name = "-".join(filter(None, [name_of(found), made.size]))
    disposition = content_disposition_header(attached, f"{name}{kind.suffix}")
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = FOR_EVER
    return response


def name_of(found):
    """Return what to call a drawing's files."""
    return slugify(found.title, allow_unicode=True) or f"drawing-{found.key}"
