"""What a mark puts on its layer: coats of one colour each, in both languages alike."""

from typing import NamedTuple

from canvas.engine.geometry import Vertex, outline
from canvas.engine.grain import grained
from canvas.engine.images import frame
from canvas.engine.lettering import letters
from canvas.engine.ops import Area, Image, Mark, Shape, Stroke, Text
from canvas.engine.shading import shaded
from canvas.engine.shapes import edges, inside


class Coat(NamedTuple):
    """Contours in 1/64 px that are filled together, nonzero, or taken away.

    Where there is no colour, it is an image that fills them.
    """

    contours: list[list[Vertex]]
    simple: bool  # no contour meets itself or another
    colour: str | None
    alpha: int
    erases: bool = False


def coats(mark: Mark) -> list[Coat]:
    """Return the coats of a mark, the lowest first."""
    match mark:
        case Stroke():
            return [stroke_coat(mark)]
        case Shape():
            return shape_coats(mark)
        case Area():
            contours = [list(corners) for corners in mark.contours]
            return [Coat(contours, False, mark.colour, mark.alpha)]
        case Image():
            return [Coat([frame(mark)], True, None, mark.alpha)]
        case Text():
            return [Coat(letters(mark), False, mark.colour, mark.alpha)]


def erases(mark: Mark) -> bool:
    """Say whether a mark takes away instead of adding."""
    return isinstance(mark, Stroke) and mark.brush == "eraser"


def stroke_coat(stroke: Stroke) -> Coat:
    """Return the one coat of a stroke."""
    if stroke.leans:
        return Coat(shaded(stroke), False, stroke.colour, stroke.alpha)
    points, simple = outline(stroke)
    if stroke.brush == "pencil":
        return Coat(grained(stroke, points), False, stroke.colour, stroke.alpha)
    return Coat([points], simple, stroke.colour, stroke.alpha, erases(stroke))


def shape_coats(shape: Shape) -> list[Coat]:
    """Return what fills a shape, then its line."""
    found = []
    if shape.fill is not None:
        found.append(Coat(inside(shape), False, shape.fill, shape.alpha))
    if shape.colour is not None:
        found.append(Coat(edges(shape), False, shape.colour, shape.alpha))
    return found
