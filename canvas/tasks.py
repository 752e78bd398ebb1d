"""Work done beside the pages: pictures from the log."""

import io
import logging

from django.core.files.base import ContentFile
from django.db import transaction
from django_tasks import task

from canvas.engine import codec
from canvas.engine.ops import Rejected
from canvas.engine.render import render, thumbnail
from canvas.engine.scene import Scene
from canvas.models import Drawing

logger = logging.getLogger(__name__)

THUMBNAIL_SIZE = (640, 360)


@task()
def render_if_stale(pk: int) -> None:
    """Render a drawing unless its picture shows all of it already."""
    drawing = Drawing.objects.filter(pk=pk).first()
    if drawing is not None and drawing.head and not drawing.is_shown:
        keep_picture(drawing)


@task()
def render_again(pk: int) -> None:
    """Render a drawing whatever picture it has."""
    keep_picture(Drawing.objects.get(pk=pk))


def keep_picture(drawing: Drawing) -> None:
    """Keep a drawing as a picture, its thumbnail, and the names of who drew it."""
    seq, scene = drawing.head, scene_of(drawing)
    image = render(scene.strokes(), (drawing.width, drawing.height))
    picture = encoded(image, "PNG")
    small = encoded(thumbnail(image, THUMBNAIL_SIZE), "WEBP")
    old = [field.name for field in (drawing.picture, drawing.thumbnail) if field]
    with transaction.atomic():
        drawing = Drawing.objects.select_for_update().get(pk=drawing.pk)
        drawing.picture.save(f"{drawing.key}-{seq}.png", picture, save=False)
        drawing.thumbnail.save(f"{drawing.key}-{seq}.webp", small, save=False)
        drawing.picture_seq = seq
        drawing.save(update_fields=["picture", "thumbnail", "picture_seq"])
        drawing.contributors.set(drawing.credits())
    for name in old:
        drawing.picture.storage.delete(name)


def scene_of(drawing: Drawing) -> Scene:
    """Return what a drawing's log adds up to, at its head as it was read."""
    scene = Scene()
    log = drawing.ops.filter(seq__lte=drawing.head).order_by("seq")
    for seq, data in log.values_list("seq", "data").iterator():
        try:
            scene.apply(seq, codec.decode_bytes(bytes(data)))
        except Rejected:
            logger.error("Op %s of drawing %s cannot be read", seq, drawing.key)
    return scene


def encoded(image, kind: str) -> ContentFile:
    """Return an image as the bytes of a file."""
    file = io.BytesIO()
    image.save(file, kind)
    return ContentFile(file.getvalue())
