"""The images that a drawing's file encloses: a stranger's, until they have been looked at."""

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from canvas.history.aside import aside
from canvas.history.lines import Unreadable
from canvas.models import Drawing, Image
from canvas.pictures.decoding import Undecodable
from canvas.pictures.intake import verify
from canvas.tasks.taking import MOST_IMAGES, MOST_PIXELS

Content = tuple[str, int, int]

NO_SUCH_IMAGE, TOO_MANY_IMAGES = "no-such-image", "too-many-images"


@dataclass(slots=True)
class Enclosed:
    """The images of a file: what each consists of, and what the ops say of it."""

    files: dict[str, bytearray] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)  # where each begins
    claimed: set[Content] = field(default_factory=set)
    found: list[Content] | None = None  # what they are, once somebody has looked

    def add(self, name: str, data: bytes, line: int) -> None:
        """Take in a piece of an image."""
        if name not in self.files and len(self.files) == MOST_IMAGES:
            raise Unreadable(TOO_MANY_IMAGES, line)
        self.lines.setdefault(name, line)
        self.files.setdefault(name, bytearray()).extend(data)

    def __contains__(self, content: Content) -> bool:
        """Say whether an op may show what it says; whether that is true is seen later."""
        name, _, _ = content
        if name in self.files:
            self.claimed.add(content)
        return name in self.files

    def check_names(self) -> None:
        """Raise Unreadable for an image that is not what its name stands for."""
        for name, data in self.files.items():
            if sha256(data).hexdigest() != name:
                raise Unreadable("wrong-hash", self.lines[name])

    def write(self, folder: Path) -> None:
        """Write each image to a file of its name."""
        for name, data in self.files.items():
            (folder / name).write_bytes(data)

    def look(self) -> None:
        """Find out what the images are, or raise Unreadable unless they are what is said of them.

        A process of its own opens them: whoever calls this waits for it as for any other,
        so not on a thread beside the sockets.
        """
        self.found = contents(self) if self.files else []
        for name, _, _ in self.claimed.difference(self.found):
            raise Unreadable(NO_SUCH_IMAGE, self.lines[name])
        if sum(width * height for _, width, height in self.found) > MOST_PIXELS:
            raise Unreadable(TOO_MANY_IMAGES, min(self.lines.values()))

    def hang(self, drawing: Drawing) -> None:
        """Keep the images as those of a drawing, once they have been looked at."""
        if self.files and self.found is None:
            raise ValueError("Nobody has looked at these images.")
        for name, width, height in self.found or []:
            image = Image.objects.keep(bytes(self.files[name]), width, height)
            drawing.images.add(image)


def contents(enclosed: Enclosed) -> list[Content]:
    """Return the names and sizes of images, or raise Unreadable."""
    with TemporaryDirectory() as folder:
        aside(enclosed.write, Path(folder))
        try:
            made = verify(Path(folder))
        except Undecodable as refused:
            raise Unreadable(refused.code, min(enclosed.lines.values())) from None
        return [(one.file.name, one.width, one.height) for one in made]
