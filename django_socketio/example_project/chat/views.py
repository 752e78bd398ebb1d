"""The pages."""

from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

import django_socketio
from django_socketio.example_project.chat.models import Room
from django_socketio.example_project.chat.people import NAME, name_of


def rooms(request):
    """Show every room on one page."""
    return render(
        request,
        "chat/rooms.html",
        {"rooms": Room.objects.all(), "name": name_of(request)},
    )


@require_POST
def name(request):
    """Take the name somebody gives."""
    request.session[NAME] = request.POST["name"].strip()[:30]
    return redirect("rooms")


@staff_member_required
def announce(request):
    """Send a system message to one room, or to all, from outside of every socket."""
    if request.method == "POST":
        tell(request)
        return redirect("announce")
    return render(request, "chat/announce.html", {"rooms": Room.objects.all()})


def tell(request):
    """Say it, and say whether anybody was there."""
    message = {"action": "system", "text": request.POST["text"]}
    try:
        if request.POST["room"]:
            room = get_object_or_404(Room, pk=request.POST["room"])
            django_socketio.broadcast_channel(message, room.channel)
        else:
            django_socketio.broadcast(message)
    except django_socketio.NoSocket:
        messages.warning(request, "Nobody is there.")
    else:
        messages.success(request, "Sent.")
