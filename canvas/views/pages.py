"""The pages of the drawing app."""

from types import SimpleNamespace

from django.db import Error, transaction
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import ListView

from canvas import checkpoints, live, tasks
from canvas.forms import FinishForm, ShareForm
from canvas.models import Drawing, author_for
from canvas.views.access import owned, visible


@require_safe
def home(request):
    """Start a drawing, see what is being drawn now and what was finished last."""
    shown = {
        "in_progress": with_participants(Drawing.objects.in_progress()[:8]),
        "latest": Drawing.objects.gallery().prefetch_related("contributors")[:8],
        "mine": Drawing.objects.of(request.person).order_by("-drawn_at")[:4],
    }
    return render(request, "canvas/home.html", shown)


def with_participants(drawings):
    """Return drawings with who is in each of them now."""
    found = list(drawings)
    people = live.drawings.people(found)
    for one in found:
        one.participants = [SimpleNamespace(**shown) for shown in people[one.key]]
    return found


@require_safe
def about(request):
    """Say what this is."""
    return render(request, "canvas/about.html")


class Gallery(ListView):
    """Finished drawings that everybody may see, newest first."""

    template_name = "canvas/gallery.html"
    context_object_name = "drawings"
    paginate_by = 24

    def get_queryset(self):
        return Drawing.objects.gallery().prefetch_related("contributors")


@require_POST
def start(request):
    """Start a drawing and go there."""
    return redirect(Drawing.objects.create(owner=author_for(request.person)))


@require_safe
def drawing(request, key):
    """Draw on a drawing, or look at it once it is finished."""
    found = visible(request, key)
    shown = {"drawing": found, "is_owner": found.is_owned_by(request.person)}
    if found.is_finished:
        # Whoever hears of the end may be here before the picture is asked for.
        if not found.is_shown and not found.is_being_pictured:
            tasks.ask_preview(found.pk)
        return render(request, "canvas/finished.html", shown)
    tell_apart(request, found)
    shown |= {
        "finish_form": FinishForm(instance=found),
        "share_form": ShareForm(instance=found),
    }
    shown["checkpoint"] = checkpoints.latest(found)
    return render(request, "canvas/draw.html", shown)


def tell_apart(request, found):
    """Have a guest who opens a drawing for the first time look like nobody who is in it."""
    if request.person.is_new:
        here = live.drawings.people([found])[found.key]
        colours = [one["colour"] for one in here]
        request.guest = request.person = request.person.told_apart(colours)


@require_POST
@transaction.atomic
def finish(request, key):
    """Finish a drawing: nothing more is drawn on it, and its picture is made."""
    found = owned(request, key)
    form = FinishForm(request.POST, instance=found)
    if not form.is_valid():
        shown = {"drawing": found, "is_owner": True, "finish_form": form}
        shown["share_form"] = ShareForm(instance=found)
        return render(request, "canvas/draw.html", shown, status=422)
    form.save()
    after_change(found, {"type": "finished"})
    return redirect(found)


@require_POST
@transaction.atomic
def reopen(request, key):
    """Let people draw on a finished drawing again."""
    found = owned(request, key)
    found.finished_at = None
    found.save(update_fields=["finished_at"])
    after_change(found, {"type": "reopened"})
    return redirect(found)


def after_change(found, message):
    """Once it is committed, tell those who are there and have the picture made."""

    def follow_up():
        live.tell(found.channel, message)
        tasks.ask_preview(found.pk)

    transaction.on_commit(follow_up)


@require_POST
@transaction.atomic
def share(request, key):
    """Say who may see a drawing."""
    form = ShareForm(request.POST, instance=owned(request, key))
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    form.save()
    return redirect(form.instance)


@require_safe
def health(request):
    """Say whether pages answer, and the database what is asked of it."""
    try:
        Drawing.objects.exists()
    except Error:
        return JsonResponse({"ok": False}, status=503)
    return JsonResponse({"ok": True})
