"""What can be made of a drawing: the kinds of files, and the sizes each comes in."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from canvas.engine.raster.stencil import LARGEST
from canvas.engine.render import WHITE

PREVIEW = "preview"
CHECKPOINT = "checkpoint"  # the layers each for itself, for those who join
UNASKED = frozenset({PREVIEW, CHECKPOINT})  # made whenever people pause
CLEAR = "-clear"  # ends the name of a size without paper
SCALES = (1, 2, 4)


class Unmakeable(Exception):
    """Something that is not made of a drawing; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Kind:
    """A format: what people call it, its files' suffix and media type, its sizes."""

    label: str
    suffix: str
    media_type: str
    sizes: tuple[str, ...] = ("",)


def sizes(*scales: int) -> tuple[str, ...]:
    """Return the names of these scales, on paper and without."""
    return tuple(f"{scale}x{paper}" for scale in scales for paper in ("", CLEAR))


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        PREVIEW: Kind("Preview", ".png", "image/png"),
        "png": Kind("PNG", ".png", "image/png", sizes(*SCALES)),
        "webp": Kind("WebP", ".webp", "image/webp", sizes(*SCALES)),
        "avif": Kind("AVIF", ".avif", "image/avif", sizes(*SCALES)),
        "svg": Kind("SVG", ".svg", "image/svg+xml", sizes(1)),
        "pdf": Kind("PDF", ".pdf", "application/pdf"),
        "timelapse-webp": Kind("WebP", ".webp", "image/webp"),
        "timelapse-avif": Kind("AVIF", ".avif", "image/avif"),
        "timelapse-gif": Kind("GIF", ".gif", "image/gif"),
        "timelapse-mp4": Kind("MP4", ".mp4", "video/mp4"),
    }
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One thing to make: its kind, and the size by name."""

    kind: str
    size: str = ""

    @classmethod
    def of(cls, kind: str, size: str) -> "Recipe":
        """Return the recipe for what somebody asks, or raise Unmakeable."""
        if kind not in KINDS or kind == PREVIEW or kind in missing():
            raise Unmakeable("no-such-kind")
        if size not in KINDS[kind].sizes:
            raise Unmakeable("no-such-size")
        return cls(kind, size)

    @property
    def scale(self) -> int:
        """How many px of the picture are one of the drawing."""
        return int(self.size.partition("x")[0] or 1)

    @property
    def paper(self) -> str | None:
        """The colour of the paper, None without any."""
        return None if self.size.endswith(CLEAR) else WHITE

    @property
    def suffix(self) -> str:
        """The end of its file's name."""
        return KINDS[self.kind].suffix

    @property
    def is_timelapse(self) -> bool:
        """Say whether it shows the drawing being made."""
        return self.kind.startswith("timelapse-")

    def fits(self, width: int, height: int) -> bool:
        """Say whether a drawing of this size can be had so large."""
        return max(width, height) * self.scale <= LARGEST


def missing() -> set[str]:
    """Return the kinds this machine has no program for."""
    return set() if shutil.which("ffmpeg") else {"timelapse-mp4"}
