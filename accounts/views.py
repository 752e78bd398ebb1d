"""The pages about people."""

from django.contrib import messages
from django.contrib.auth.views import RedirectURLMixin
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from accounts.forms import PersonForm
from accounts.models import User
from accounts.people import COLOURS, person_of, show_as


@require_safe
def profile(request, username):
    """Show somebody with an account, and what they drew for everybody to see."""
    shown = get_object_or_404(User, username=username, is_active=True)
    return render(
        request, "accounts/profile.html", {"shown": shown, "profile": person_of(shown)}
    )


class Me(RedirectURLMixin, FormView):
    """Change the name and the colour one is shown by, as a guest or with an account."""

    template_name = "accounts/me.html"
    form_class = PersonForm
    extra_context = {"colours": COLOURS.items()}
    next_page = "me"

    def get_initial(self):
        person = self.request.person
        return {"name": person.name, "colour": person.colour}

    def form_valid(self, form):
        request = self.request
        request.person = show_as(request.person, **form.cleaned_data)
        if request.person.user is None:
            request.guest = request.person
        messages.success(request, f"You are shown as {request.person.name}.")
        return super().form_valid(form)
