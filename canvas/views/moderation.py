"""What moderators take out of a drawing's picture, and bring back: ops in its log like any other."""

from django.contrib import messages
from django.db.models import Count, Max
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from canvas import live, tasks
from canvas.engine.ops import Rejected
from canvas.history.forms import RulingForm
from canvas.history.rulings import rulings_of
from canvas.models import Drawing, author_for, may_moderate
from canvas.pictures.recipes import UNASKED

REFUSALS = {
    "no-such-op": "There is nothing like that in the drawing.",
    "not-saved": "The database is away. Nothing has changed; try again.",
    "drawing-full": "The drawing takes no more ops.",
}


@require_http_methods(["GET", "POST"])
def moderation(request, key):
    """Show what was drawn by whom and what was removed of it, and remove more or bring it back."""
    found = moderated(request, key)
    form = RulingForm(*([request.POST] if request.method == "POST" else []))
    if form.is_valid():
        rule(request, found, form)
        return redirect("moderation", found.key)
    shown = {"drawing": found, "people": drawers(found), "rulings": told(found)}
    return render(request, "canvas/moderation.html", shown, status=status_of(form))


def moderated(request, key):
    """Return the drawing, unless it is not there or this person does not moderate: the two are not told apart."""
    if not may_moderate(request.person):
        raise Http404
    return get_object_or_404(Drawing, key=key)


def status_of(form):
    return 422 if form.is_bound else 200


def rule(request, found, form):
    """Put what a moderator asks for into the log, and have the picture made without it."""
    try:
        live.drawings.rule(found, form.op(author_for(request.person)))
    except Rejected as rejected:
        messages.error(request, REFUSALS.get(rejected.code, rejected.code))
        return
    # What was made before, or is just being made, shows what is out of the picture now.
    found.pictures.exclude(kind__in=UNASKED).delete()
    tasks.ask_preview(found.pk)
    messages.success(request, form.said)


def drawers(found):
    """Return who has drawn, with how many ops and when last."""
    counted = found.drawers().annotate(many=Count("ops"), last=Max("ops__time"))
    return counted.order_by("-last")


def told(found):
    """Return what moderators have removed, the last first."""
    rulings = rulings_of(found)
    names = {one.pk: one for one in found.authors()}
    rows = found.ops.filter(name__in=rulings.removes).order_by("-seq")
    return [told_one(row, rulings, names) for row in rows]


def told_one(row, rulings, names):
    """Return what to show of one remove."""
    remove = rulings.removes[row.name]
    return {
        "name": row.name,
        "by": names[row.author_id],
        "time": row.time,
        "many": len(remove.ops or ()),
        "of": names.get(remove.author),
        "is_in_force": row.name not in rulings.undone,
    }
