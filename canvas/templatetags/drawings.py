"""Drawings in templates: who drew them, and what somebody drew."""

from django import template
from django.core.paginator import Paginator
from django.utils.html import format_html, format_html_join

from canvas.models import Drawing

PAGE = 24
NAMED = 3

register = template.Library()


@register.filter
def names(people):
    """Return people's names as a phrase; of many the first few, and how many more."""
    found = list(people)
    *first, last = bdi(found[:NAMED]) or [""]
    others = len(found) - NAMED
    if others > 0:
        first, last = [*first, last], f"{others} more"
    if not first:
        return last
    shown = format_html_join(", ", "{}", ((one,) for one in first))
    return format_html("{} and {}", shown, last)


def bdi(people):
    """Return each name as HTML in which its direction stays its own."""
    return [format_html("<bdi>{}</bdi>", person.name) for person in people]


@register.simple_tag
def gallery_of(user, number):
    """Return a page of what hangs in the gallery and this user had a hand in."""
    drawn = Drawing.objects.filter(contributors__user=user)
    hung = Drawing.objects.gallery().filter(pk__in=drawn.values("pk"))
    return Paginator(hung.prefetch_related("contributors"), PAGE).get_page(number)
