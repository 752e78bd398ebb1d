"""Image files of every format there is, whole and damaged."""

from io import BytesIO
from random import Random

from PIL import Image, ImageCms

from canvas.tests.generate import cut_out, photograph

SIZE = (48, 36)
INTERESTING = (0, 1, 0x7F, 0x80, 0xFE, 0xFF)  # bytes at which lengths and signs turn


def specimens() -> list[bytes]:
    """Return small files: of every format, and of what each is known for."""
    plain, faded = photograph(Random(1), *SIZE), cut_out(Random(2), *SIZE)
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    frames = [photograph(Random(seed), *SIZE) for seed in (3, 4)]
    film = {"save_all": True, "append_images": frames, "duration": 50}
    return [
        written(plain, "PNG"),
        written(faded, "PNG"),
        written(faded.quantize(16), "PNG"),
        written(
            plain.convert("I;16") if plain.mode == "L" else plain.convert("L"), "PNG"
        ),
        written(plain, "JPEG", quality=80, exif=exif, icc_profile=profile),
        written(plain, "JPEG", progressive=True),
        written(plain.convert("CMYK"), "JPEG"),
        written(plain, "WEBP", quality=80),
        written(faded, "WEBP", lossless=True, exif=exif),
        written(plain, "WEBP", **film),
        written(plain, "GIF", **film),
        written(faded.quantize(16), "GIF", transparency=3, interlace=1),
        written(plain, "AVIF", speed=10),
        written(faded, "AVIF", speed=10),
    ]


def written(picture: Image.Image, kind: str, **settings) -> bytes:
    """Return a picture as a file."""
    file = BytesIO()
    picture.save(file, kind, **settings)
    return file.getvalue()


def mutated(random: Random, whole: list[bytes]) -> bytes:
    """Return a file damaged in one or several places."""
    data = bytearray(random.choice(whole))
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        random.choice((flip, overwrite, number, cut, repeat, splice))(
            random, data, whole
        )
    return bytes(data)


def flip(random: Random, data: bytearray, whole: list[bytes]) -> None:
    """Turn one bit round."""
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def overwrite(random: Random, data: bytearray, whole: list[bytes]) -> None:
    """Put a byte at which things turn."""
    if data:
        data[random.randrange(len(data))] = random.choice(INTERESTING)


def number(random: Random, data: bytearray, whole: list[bytes]) -> None:
    """Put a number of four bytes, of either order, mostly near the beginning."""
    reach = random.choice((64, len(data)))
    at = random.randrange(max(1, min(reach, len(data))))
    value = random.choice(
        (0, 1, 2**16, 2**31 - 1, 2**31, 2**32 - 1, random.getrandbits(32))
    )
    data[at : at + 4] = value.to_bytes(4, random.choice(("big", "little")))


def cut(random: Random, data: bytearray, whole: list[bytes]) -> None:
    """Leave out the end, or something in the middle."""
    start = random.randrange(len(data) + 1)
    end = random.choice((len(data), start + random.randrange(64)))
    del data[start:end]


def repeat(random: Random, data: bytearray, whole: list[bytes]) -> None:
    """Say something twice."""
    start = random.randrange(len(data) + 1)
    data[start:start] = data[start : start + random.randrange(256)]


def splice(random: Random, data: bytearray, whole: list[bytes]) -> None:
    """Go on with the end of another file."""
    other = random.choice(whole)
    at = random.randrange(len(data) + 1)
    data[at:] = other[random.randrange(len(other)) :]
