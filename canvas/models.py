"""What is kept: drawings, their logs, and who made them."""

import secrets
import string
from hashlib import sha256

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from django.utils import timezone

from canvas.engine.ops import HIDEABLE, Remove

KEY_LETTERS = string.ascii_letters + string.digits


def new_key() -> str:
    """Make up a key nobody can guess: 131 random bits."""
    return "".join(secrets.choice(KEY_LETTERS) for _ in range(22))


def picture_path(picture: "Picture", filename: str) -> str:
    """Return where a picture's file is kept."""
    return f"made/{picture.drawing.key}/{filename}"


class Author(models.Model):
    """Somebody who has drawn, as a guest or with an account; the key is theirs for ever."""

    key = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=40)
    colour = models.CharField(max_length=7)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="authors"
    )

    def __str__(self):
        return self.name


class DrawingQuerySet(models.QuerySet):
    """Drawings, by what one asks of them."""

    def finished(self):
        return self.filter(finished_at__isnull=False)

    def unfinished(self):
        return self.filter(finished_at__isnull=True)

    def public(self):
        return self.filter(visibility=Drawing.Visibility.PUBLIC, is_hidden=False)

    def gallery(self):
        """Return what everybody may see finished, newest first."""
        shown = self.finished().public().filter(head__gt=0)
        return shown.order_by("-finished_at")

    def in_progress(self):
        """Return what everybody may see being drawn, the liveliest first."""
        return self.unfinished().public().filter(head__gt=0).order_by("-drawn_at")

    def of(self, person):
        """Return the drawings somebody started."""
        return self.filter(models.Q(owner__in=authors_of(person)))


class Drawing(models.Model):
    """The thing made together."""

    class Visibility(models.TextChoices):
        PRIVATE = "private", "only me"
        UNLISTED = "unlisted", "anyone with the link"
        PUBLIC = "public", "everyone"

    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    title = models.CharField(max_length=120, blank=True)
    owner = models.ForeignKey(Author, models.PROTECT, related_name="drawings")
    visibility = models.CharField(
        max_length=8, choices=Visibility, default=Visibility.UNLISTED
    )
    width = models.PositiveIntegerField(default=1920)
    height = models.PositiveIntegerField(default=1080)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    drawn_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, db_index=True)
    head = models.PositiveIntegerField(
        default=0, editable=False, help_text="The seq of the last op."
    )
    head_hash = models.BinaryField(
        default=bytes(32), help_text="The hash of the last op; zeros before the first."
    )
    is_hidden = models.BooleanField(
        default=False,
        editable=False,
        help_text="Whether everything drawn was taken out of the picture by somebody who moderates.",
    )
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="forks", editable=False
    )
    parent_seq = models.PositiveIntegerField(
        null=True, editable=False, help_text="The parent's last op this one shares."
    )
    checked_seq = models.PositiveIntegerField(
        null=True, editable=False, help_text="The seq up to which the log was verified."
    )
    fault = models.CharField(
        max_length=60,
        blank=True,
        editable=False,
        help_text="The first bad op, when it was verified.",
    )
    contributors = models.ManyToManyField(Author, related_name="drawn", editable=False)
    picture = models.ImageField(upload_to="pictures", blank=True, editable=False)
    thumbnail = models.ImageField(upload_to="thumbnails", blank=True, editable=False)
    picture_seq = models.PositiveIntegerField(
        null=True, editable=False, help_text="The seq the picture shows."
    )

    objects = DrawingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["visibility", "-finished_at"])]

    def __str__(self):
        return self.title or "Untitled"

    def get_absolute_url(self):
        return reverse("drawing", args=[self.key])

    @property
    def channel(self) -> str:
        return f"drawing-{self.key}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def is_public(self) -> bool:
        return self.visibility == self.Visibility.PUBLIC

    @property
    def is_shown(self) -> bool:
        """Say whether the picture shows everything drawn."""
        return bool(self.picture) and self.picture_seq == self.head

    @property
    def is_being_pictured(self) -> bool:
        """Say whether somebody is making its picture, or soon will, or has made it since this was read."""
        unsettled = [Picture.State.WAITING, Picture.State.MAKING]
        making = self.pictures.filter(kind="preview", state__in=unsettled)
        made = Drawing.objects.filter(pk=self.pk, picture_seq=self.head)
        return making.exists() or made.exists()

    def is_owned_by(self, person) -> bool:
        return authors_of(person).filter(pk=self.owner_id).exists()

    def may_be_seen_by(self, person) -> bool:
        return self.visibility != self.Visibility.PRIVATE or self.sees_private(person)

    def sees_private(self, person) -> bool:
        """Say whether the person may see this even when it is private."""
        return self.is_owned_by(person) or may_see_everything(person)

    def credits(self):
        """Return those who have drawn, in the order of their first op, a user once for all their browsers."""
        everybody = self.drawers().select_related("user")
        return list({one.user_id or one.pk: one for one in everybody}.values())

    def drawers(self):
        """Return the authors who have drawn, in the order of their first op; who only removed has not."""
        return self._authors(ops__drawing=self, ops__kind__in=HIDEABLE - {Remove.t})

    def authors(self):
        """Return those who have an op in the log, in the order of their first one."""
        return self._authors(ops__drawing=self)

    def _authors(self, **having):
        authors = Author.objects.filter(**having)
        return authors.annotate(first=models.Min("ops__seq")).order_by("first")


class Op(models.Model):
    """One op of a drawing's log, as it was accepted; never changed, never deleted alone."""

    drawing = models.ForeignKey(Drawing, models.CASCADE, related_name="ops")
    seq = models.PositiveIntegerField()
    name = models.CharField(max_length=29, help_text="The op id its browser gave it.")
    author = models.ForeignKey(Author, models.PROTECT, related_name="ops")
    kind = models.CharField(max_length=8, help_text="What the op is: its t.")
    time = models.BigIntegerField(help_text="Milliseconds since 1970.")
    data = models.BinaryField(help_text="The op as codec.encode writes it.")
    hash = models.BinaryField(help_text="SHA-256 of the hash before, and of this op.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["drawing", "seq"], name="one_op_a_seq"),
            models.UniqueConstraint(fields=["drawing", "name"], name="one_op_a_name"),
        ]
        indexes = [models.Index(fields=["drawing", "author"])]
        ordering = ["drawing", "seq"]

    def __str__(self):
        return f"{self.name} ({self.seq})"


class Picture(models.Model):
    """What is made, or to be made, of a drawing's log up to a seq: the key says all of it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        MAKING = "making"
        MADE = "made"
        FAILED = "failed"

    drawing = models.ForeignKey(Drawing, models.CASCADE, related_name="pictures")
    seq = models.PositiveIntegerField(help_text="The last op it shows.")
    kind = models.CharField(max_length=16)
    size = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="Percent.")
    tries = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=32, blank=True, help_text="Why it failed.")
    file = models.FileField(upload_to=picture_path, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, help_text="When it was made, or not.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["drawing", "seq", "kind", "size"], name="one_picture_a_key"
            )
        ]
        indexes = [models.Index(fields=["asked_at"])]

    def __str__(self):
        return f"{self.drawing.key} {self.seq} {self.kind} {self.size}".rstrip()


def image_path(image: "Image", filename: str) -> str:
    """Return where an image's file is kept."""
    return f"images/{image.name[:2]}/{image.name}.webp"


class ImageQuerySet(models.QuerySet):
    """Images, each kept once."""

    def keep(self, data: bytes, width: int, height: int) -> "Image":
        """Return the one image of a file's content."""
        name, now = sha256(data).hexdigest(), timezone.now()
        size = {"width": width, "height": height}
        # Whoever lets go of old ones leaves it alone for now.
        image, _ = self.update_or_create(
            name=name,
            defaults={"kept_at": now},
            create_defaults={**size, "kept_at": now},
        )
        if not image.file or not image.file.storage.exists(image.file.name):
            image.file.save(name, ContentFile(data))
        return image


class Image(models.Model):
    """What somebody has put on a drawing: kept once by its content, whoever shows it."""

    name = models.CharField(
        max_length=64, unique=True, help_text="SHA-256 of its file."
    )
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to=image_path)
    kept_at = models.DateTimeField(default=timezone.now)
    drawings = models.ManyToManyField(Drawing, related_name="images")

    objects = ImageQuerySet.as_manager()

    def __str__(self):
        return self.name

    @property
    def content(self) -> tuple[str, int, int]:
        """What an op says of it."""
        return self.name, self.width, self.height


class Upload(models.Model):
    """A file somebody has sent for a drawing, until a worker has made an image of it."""

    drawing = models.ForeignKey(Drawing, models.CASCADE, related_name="uploads")
    file = models.FileField(upload_to="uploads", blank=True)
    state = models.CharField(
        max_length=8, choices=Picture.State, default=Picture.State.WAITING
    )
    tries = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=32, blank=True, help_text="Why it failed.")
    image = models.ForeignKey(Image, models.SET_NULL, null=True)
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self):
        return f"{self.drawing.key} {self.sent_at:%H:%M:%S} {self.state}"


class Worker(models.Model):
    """A process that makes pictures, as of when it last said that it lives."""

    name = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    def __str__(self):
        return f"{self.host}:{self.pid}"


def author_for(person) -> Author:
    """Return the person's author, with the name and colour they have now."""
    shown = {"name": person.name, "colour": person.colour, "user": person.user}
    author, is_new = Author.objects.get_or_create(pk=person.key, defaults=shown)
    # What they sent as a guest was still on its way when they signed in.
    if person.user is None and author.user_id is not None:
        return author
    if not is_new and any(getattr(author, field) != shown[field] for field in shown):
        Author.objects.filter(pk=author.pk).update(**shown)
        author.refresh_from_db()
    return author


def authors_of(person):
    """Return all the authors a person is: one for each browser they were a guest in."""
    own = models.Q(pk=person.key)
    if person.user is not None:
        own |= models.Q(user=person.user)
    return Author.objects.filter(own)


def may_see_everything(person) -> bool:
    """Say whether the person looks after this site's drawings."""
    return person.user is not None and person.user.has_perm("canvas.view_drawing")


def may_moderate(person) -> bool:
    """Say whether the person may take out of a drawing what others drew."""
    return person.user is not None and person.user.has_perm("canvas.change_drawing")


def claim(guest_key: str, user) -> None:
    """Make a guest's drawings and strokes those of the user they signed in as, and by that name."""
    shown = {"name": str(user)[:40], "colour": user.colour}
    Author.objects.filter(pk=guest_key, user=None).update(user=user, **shown)
