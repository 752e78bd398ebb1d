"""A drawing's history in templates."""

from datetime import UTC, datetime

from django import template

from canvas.models import may_moderate

register = template.Library()


@register.inclusion_tag("canvas/lineage.html", takes_context=True)
def lineage(context, drawing):
    """Tell where a fork comes from, and lead there who may see it."""
    parent = drawing.parent
    person = context["request"].person
    may_see = parent is not None and parent.may_be_seen_by(person)
    return {"drawing": drawing, "parent": parent if may_see else None}


@register.simple_tag(takes_context=True)
def moderates(context):
    """Say whether whoever asks for the page may moderate."""
    return may_moderate(context["request"].person)


@register.filter
def moment(milliseconds):
    """Return the moment that is so many ms after the beginning of 1970."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
