"""A stranger's file made into an image that drawings keep, by a process of its own.

Whatever the file does to a decoder, it does it in here, alone, within limits the kernel
keeps; a file that no case is written for ends the process, and that says enough.
"""

import json
import sys
from io import BytesIO
from pathlib import Path
from threading import Thread
from types import MappingProxyType

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from canvas.engine.ops import LARGEST_IMAGE
from canvas.pictures.limits import allow, confine, end_with_parent

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
MOST_PIXELS = 64 * 2**20  # what a telephone takes is up to 50 million
KEPT = "image.webp"
LARGEST = (LARGEST_IMAGE, LARGEST_IMAGE)

# What compares well with a lossy file is kept as it is: screens, drawings, lettering.
LOSSLESS = {"format": "WEBP", "lossless": True, "quality": 20, "method": 1}
LOSSY = {"format": "WEBP", "quality": 90, "method": 3}
WORTH = 2.0  # times as many bytes
SMALL = 200_000  # bytes, for which there is nothing to be gained

TOO_MANY_PIXELS = "too-many-pixels"
NOT_AN_IMAGE = "not-an-image"
BROKEN = "broken"


class Undecodable(Exception):
    """A file that no image is made of; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def decode(file: Path, folder: Path) -> tuple[int, int]:
    """Write what a file shows as an image that is kept; return its size."""
    image = shown(file)
    (folder / KEPT).write_bytes(encoded(image))
    return image.size


def shown(file: Path) -> Image.Image:
    """Return what a file shows, upright, in sRGB, no larger than is kept."""
    with opened(file, FORMATS) as image:
        image.draft("RGB", LARGEST)  # a JPEG need not be read at its full size
        straight = coloured(ImageOps.exif_transpose(image))
    straight.thumbnail(LARGEST, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return straight


def opened(file: Path, formats: tuple[str, ...]) -> Image.Image:
    """Open a file, or raise Undecodable for one that is no image or too large."""
    try:
        image = Image.open(file, formats=formats)
    except UnidentifiedImageError:
        raise Undecodable(NOT_AN_IMAGE) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Undecodable(TOO_MANY_PIXELS) from None
    if image.width * image.height > MOST_PIXELS:
        raise Undecodable(TOO_MANY_PIXELS)
    return image


def coloured(image: Image.Image) -> Image.Image:
    """Return an image as RGB or RGBA, its colours those of sRGB."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "RGBA", "CMYK"}:
        try:
            return in_srgb(image, profile, mode)
        except ImageCms.PyCMSError:  # a profile that says nothing is as good as none
            return image.convert(mode)
    return image.convert(mode)


def in_srgb(image: Image.Image, profile: bytes, mode: str) -> Image.Image:
    """Return an image's colours, which a profile tells, as those of sRGB."""
    told = ImageCms.ImageCmsProfile(BytesIO(profile))
    srgb = ImageCms.createProfile("sRGB")
    return ImageCms.profileToProfile(image, told, srgb, outputMode=mode)


def encoded(image: Image.Image) -> bytes:
    """Return an image as the file that is kept: nothing but its pixels."""
    image.info = {}
    lossless, lossy = written(image, LOSSLESS), written(image, LOSSY)
    is_worth_it = len(lossless) <= max(SMALL, WORTH * len(lossy))
    return lossless if is_worth_it else lossy


def written(image: Image.Image, settings: dict) -> bytes:
    """Return an image as a file of these settings."""
    file = BytesIO()
    image.save(file, **settings)
    return file.getvalue()


def verify(folder: Path, _: Path) -> dict[str, tuple[int, int]]:
    """Return the size of each file in a folder, if all could have been written here."""
    return {file.name: size_of(file) for file in folder.iterdir()}


def size_of(file: Path) -> tuple[int, int]:
    """Return the size of a file that is kept as it is, or raise Undecodable."""
    with opened(file, ("WEBP",)) as image:
        image.load()
        hidden = {"exif", "icc_profile", "xmp"} & image.info.keys()
        if max(image.size) > LARGEST_IMAGE or image.is_animated or hidden:
            raise Undecodable(NOT_AN_IMAGE)
        return image.size


ACTS = MappingProxyType({"decode": decode, "verify": verify})


def main() -> None:
    """Do with a file what the command line says, and tell what came of it."""
    act, file, folder, memory, largest, seconds = sys.argv[1:]
    confine(int(memory), int(largest))
    allow(int(seconds))
    Thread(target=end_with_parent, daemon=True).start()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        tell(made=ACTS[act](Path(file), Path(folder)))
    except Undecodable as refused:
        tell(code=refused.code)
    except MemoryError:
        tell(code=TOO_MANY_PIXELS)


def tell(**word: object) -> None:
    """Say something to whoever has started this process."""
    sys.stdout.write(json.dumps(word))


if __name__ == "__main__":
    main()
