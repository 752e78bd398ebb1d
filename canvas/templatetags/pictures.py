"""What can be made of a drawing, for menus."""

from django import template

from canvas.pictures.recipes import KINDS, PREVIEW, Recipe, missing

register = template.Library()


@register.simple_tag
def formats_of(drawing):
    """Return the formats a drawing's picture can be had in, each with its sizes' names."""
    return [
        (kind, KINDS[kind].label, " ".join(recipe.size for recipe in recipes))
        for kind in offered()
        if not Recipe(kind).is_timelapse and (recipes := fitting(drawing, kind))
    ]


@register.simple_tag
def sizes_of(drawing):
    """Return the sizes a drawing's picture can be had in, as people read them."""
    return [(recipe.size, label(drawing, recipe)) for recipe in fitting(drawing, "png")]


@register.simple_tag
def timelapses():
    """Return the formats of timelapses."""
    return [
        (kind, KINDS[kind].label) for kind in offered() if Recipe(kind).is_timelapse
    ]


def offered():
    """Return the kinds people may ask for."""
    absent = missing() | {PREVIEW}
    return [kind for kind in KINDS if kind not in absent]


def fitting(drawing, kind):
    """Return the recipes of a kind that are not too large for a drawing."""
    recipes = [Recipe(kind, size) for size in KINDS[kind].sizes]
    return [recipe for recipe in recipes if recipe.fits(drawing.width, drawing.height)]


def label(drawing, recipe):
    """Return the size of a picture as people read it."""
    width, height = drawing.width * recipe.scale, drawing.height * recipe.scale
    paper = "" if recipe.paper else ", without paper"
    return f"{width} × {height}{paper}"
