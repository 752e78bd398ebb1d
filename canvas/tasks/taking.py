"""Files that people put on drawings: made into images beside the pages, and kept once."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.db.models import F, Sum
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task

from canvas.history.aside import Answered
from canvas.models import Drawing, Image, Picture, Upload
from canvas.pictures.decoding import Undecodable
from canvas.pictures.intake import Decoded, decode
from canvas.tasks.keeping import remove
from canvas.tasks.making import FOLDER, MOST_TRIES, UNSETTLED

LARGEST_FILE = 16 * 2**20  # bytes: a photograph in full size
MOST_WAITING = 8  # of one drawing
# Every browser has all of them in its memory, four bytes a pixel.
MOST_IMAGES, MOST_PIXELS = 200, 64 * 2**20  # of one drawing
FORGOTTEN = timedelta(days=1)
FIRST = 10  # somebody waits for it: before previews

TOO_MANY, TOO_MANY_IMAGES = "too-many", "too-many-images"
NO_SUCH_DRAWING = "no-such-drawing"  # any more


class Untaken(Answered):
    """A file that a drawing does not take; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@task(priority=FIRST)
def take_in(pk: int) -> None:
    """Make an image of what somebody has sent, unless that is settled."""
    upload = claim(pk)
    if upload is None:
        return
    try:
        settle(upload, state=Picture.State.MADE, image=image_of(upload))
    except (Undecodable, Untaken) as refused:
        settle(upload, state=Picture.State.FAILED, code=refused.code)
    except (OSError, DatabaseError):
        if try_again(upload):
            raise


def receive(drawing: Drawing, data: bytes) -> Upload:
    """Keep what somebody has sent for a drawing and have it taken in, or raise Untaken."""
    waiting = drawing.uploads.filter(state__in=UNSETTLED)
    if waiting.count() >= MOST_WAITING:
        raise Untaken(TOO_MANY)
    check_room(drawing)
    upload = Upload(drawing=drawing)
    upload.file.save("sent", ContentFile(data))
    take_in.enqueue(upload.pk)
    return upload


def check_room(drawing: Drawing, more: int = 1) -> None:
    """Raise Untaken when a drawing has no room for an image of so many pixels more."""
    area = Sum(F("width") * F("height"))
    pixels = drawing.images.aggregate(pixels=area)["pixels"] or 0
    if drawing.images.count() >= MOST_IMAGES or pixels + more > MOST_PIXELS:
        raise Untaken(TOO_MANY_IMAGES)


def claim(pk: int) -> Upload | None:
    """Return an upload that is still to be taken in, having noted one more try."""
    waiting = Upload.objects.filter(pk=pk, state__in=UNSETTLED)
    upload = waiting.select_related("drawing").first()
    if upload is None:
        return None
    if upload.tries >= MOST_TRIES:
        settle(upload, state=Picture.State.FAILED, code="given-up")
        return None
    upload.tries += 1
    waiting.update(state=Picture.State.MAKING, tries=upload.tries)
    return upload


def image_of(upload: Upload) -> Image:
    """Return the image made of an upload, or raise Undecodable or Untaken."""
    with TemporaryDirectory(prefix=FOLDER) as folder:
        sent = Path(folder, "sent")
        with upload.file.open() as file:
            sent.write_bytes(file.read())
        made = decode(sent, Path(folder))
        return keep(upload.drawing, made)


@transaction.atomic
def keep(drawing: Drawing, made: Decoded) -> Image:
    """Keep an image for a drawing, or raise Untaken; the same one is kept once."""
    locked = Drawing.objects.select_for_update().filter(pk=drawing.pk).first()
    if locked is None:
        raise Untaken(NO_SUCH_DRAWING)
    data = made.file.read_bytes()
    name = sha256(data).hexdigest()
    if not drawing.images.filter(name=name).exists():
        check_room(drawing, made.width * made.height)
    image = Image.objects.keep(data, made.width, made.height)
    image.drawings.add(drawing)
    return image


def settle(upload: Upload, **outcome) -> None:
    """Note what came of an upload; its file is wanted no more."""
    Upload.objects.filter(pk=upload.pk).update(**outcome)
    upload.file.delete(save=False)


def try_again(upload: Upload) -> bool:
    """Have an upload taken in once more, as long as that may help; say whether it is there at all."""
    waiting = Upload.objects.filter(pk=upload.pk)
    if not waiting.update(state=Picture.State.WAITING):
        return False  # it went with its drawing
    take_in.enqueue(upload.pk)
    return True


def prune() -> None:
    """Let go of old uploads, and of images that no drawing has any more."""
    old = timezone.now() - FORGOTTEN
    Upload.objects.filter(sent_at__lt=old).delete()
    let_go(Image.objects.filter(drawings=None, kept_at__lt=old))


@transaction.atomic
def let_go(images) -> None:
    """Delete images, but for those that somebody puts on a drawing at this moment."""
    # Looked at and deleted under one lock, which whoever keeps one of them takes too.
    locked = images.select_for_update(of=["self"])
    Image.objects.filter(pk__in=[one.pk for one in locked]).delete()


@receiver(post_delete, sender=Image)
@receiver(post_delete, sender=Upload)
def delete_file(sender, instance, **kwargs):
    """Let the file go with its row."""
    remove(instance.file)
