"""A drawing being made, as a film of one length whatever the number of ops."""

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import Any

from PIL import Image

from canvas.engine.raster.stencil import View
from canvas.pictures.album import EMPTY, Album
from canvas.pictures.paintings import Numbered, Painting, Size

FRAME = 100  # ms
MOST_FRAMES = 180
HELD = 2000  # ms more for the last frame: with the others, 20 seconds
LONGEST_SIDE = 960  # px

SHADES = 255  # of a GIF; Pillow wants the last one of 256 for what stays as it is
SAMPLES = 9  # frames that choose the shades, for what is erased at the end was seen too

SETTINGS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        ".webp": {"format": "WEBP", "quality": 70, "method": 0},
        ".avif": {"format": "AVIF", "quality": 60, "speed": 10, "max_threads": 1},
        ".gif": {"format": "GIF", "optimize": False, "disposal": 1},
    }
)

Tell = Callable[[int], None]


class Frames:
    """The pictures a film is made of, each from the one before it."""

    def __init__(
        self, ops: Sequence[Numbered], size: Size, album: Album = EMPTY
    ) -> None:
        self._ops = ops
        self._album = album
        self._drawing = size
        self._scale = min(1.0, LONGEST_SIDE / max(size))
        self._count = max(1, min(MOST_FRAMES, len(ops)))
        self._start()

    def __len__(self) -> int:
        return self._count

    @property
    def size(self) -> Size:
        """The size of every frame."""
        return View.of(self._drawing, self._scale).size

    @property
    def durations(self) -> list[int]:
        """How long each frame is shown, in ms."""
        frame = MOST_FRAMES * FRAME // self._count
        return [frame] * (self._count - 1) + [frame + HELD]

    def __getitem__(self, number: int) -> Image.Image:
        """Return a frame; asked for in their order, all of them cost one rendering."""
        if not 0 <= number < self._count:
            raise IndexError(number)
        end = ceil((number + 1) * len(self._ops) / self._count)
        if end < self._taken:
            self._start()
        self._painting.take(self._ops[self._taken : end])
        self._taken = end
        return self._painting.image()

    def _start(self) -> None:
        self._painting = Painting(self._drawing, self._scale, self._album)
        self._taken = 0


class Film(Image.Image):
    """Frames as one image of many, as Pillow reads files: each is made when it is sought."""

    def __init__(
        self, frames: Frames, tell: Tell, palette: Image.Image | None = None
    ) -> None:
        super().__init__()
        self.n_frames = len(frames)
        self.is_animated = self.n_frames > 1
        self._mode = "RGB" if palette is None else "P"
        self._size = frames.size
        self.palette = palette and palette.palette
        self._frames, self._tell, self._shades = frames, tell, palette
        self._sought, self._loaded = 0, None

    def tell(self) -> int:
        """Return the number of the frame that was sought."""
        return self._sought

    def seek(self, frame: int) -> None:
        """Go to a frame; it is made once somebody looks at it."""
        if not 0 <= frame < self.n_frames:
            raise EOFError
        self._sought = frame

    def load(self) -> Any:
        """Make the frame that was sought."""
        if self._loaded != self._sought:
            self.im = self._frame(self._sought).im
            self._loaded = self._sought
            self._tell(100 * self._sought // self.n_frames)
        return super().load()

    def _frame(self, number: int) -> Image.Image:
        frame = self._frames[number]
        if self._shades is None:
            return frame
        return frame.quantize(palette=self._shades, dither=Image.Dither.NONE)


def timelapse(frames: Frames, path: Path, tell: Tell) -> None:
    """Write the film in the format of the path's suffix."""
    if path.suffix == ".mp4":
        mp4(frames, path, tell)
        return
    settings = {**SETTINGS[path.suffix], "loop": 0, "duration": frames.durations}
    if path.suffix == ".gif":
        shades = palette(frames, lambda percent: tell(percent // 2))
        film = Film(frames, lambda percent: tell(50 + percent // 2), shades)
        settings["palette"] = bytes(shades.getpalette())
    else:
        film = Film(frames, tell)
    film.save(path, save_all=True, **settings)


def palette(frames: Frames, tell: Tell) -> Image.Image:
    """Return an image whose palette suits frames from all over the film."""
    step = max(1, len(frames) // SAMPLES)
    chosen = [*range(0, len(frames), step), len(frames) - 1]
    width, height = frames.size
    sheet = Image.new("RGB", (width, height * len(chosen)))
    for place, number in enumerate(chosen):
        sheet.paste(frames[number], (0, place * height))
        tell(100 * place // len(chosen))
    return sheet.quantize(SHADES)


def mp4(frames: Frames, path: Path, tell: Tell) -> None:
    """Write the film with ffmpeg, which wants frames of one duration and even sides."""
    with subprocess.Popen(  # noqa: S603
        command(frames, path), stdin=subprocess.PIPE
    ) as process:
        for number, shown in enumerate(repeats(frames)):
            data = frames[number].tobytes()
            for _ in range(shown):
                process.stdin.write(data)
            tell(100 * number // len(frames))
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "ffmpeg")


def repeats(frames: Frames) -> Iterator[int]:
    """Yield for how many frames of a film each frame is shown."""
    return (duration // FRAME for duration in frames.durations)


def command(frames: Frames, path: Path) -> list[str]:
    """Return how to call ffmpeg."""
    width, height = frames.size
    return [
        shutil.which("ffmpeg") or "ffmpeg",
        *["-loglevel", "error", "-y", "-threads", "1"],
        *["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}"],
        *["-r", str(1000 // FRAME), "-i", "-"],
        *["-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2:color=white"],
        *["-c:v", "libx264", "-preset", "veryfast", "-crf", "20"],
        *["-pix_fmt", "yuv420p", "-movflags", "+faststart", str(path)],
    ]
