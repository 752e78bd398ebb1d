"""A drawing's history in templates."""

from django import template

register = template.Library()


@register.inclusion_tag("canvas/lineage.html", takes_context=True)
def lineage(context, drawing):
    """Tell where a fork comes from, and lead there who may see it."""
    parent = drawing.parent
    person = context["request"].person
    may_see = parent is not None and parent.may_be_seen_by(person)
    return {"drawing": drawing, "parent": parent if may_see else None}
