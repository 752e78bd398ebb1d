"""Checkpoints as files: what is told of one, and a picture of each layer."""

from pathlib import Path

from msgspec import Raw, Struct, json

from canvas.pictures.images import SETTINGS
from canvas.pictures.paintings import Painting

TOLD = "checkpoint.json"


class Told(Struct, frozen=True):
    """What is told of a checkpoint (protocol P59)."""

    seq: int
    layers: list[int]
    authors: dict[str, str]
    ops: list[tuple[int, int, Raw]]


def checkpoint(painting: Painting, folder: Path) -> list[str]:
    """Write what is told, and a picture of each layer; return the names of the files."""
    numbers = []
    for number, image in painting.layers():
        image.save(folder / f"{number}.webp", **SETTINGS["webp"])
        numbers.append(number)
    (folder / TOLD).write_bytes(json.encode(told(painting, numbers)))
    return [TOLD, *(f"{number}.webp" for number in numbers)]


def told(painting: Painting, layers: list[int]) -> Told:
    """Return what is told of a painting's checkpoint."""
    remembered = painting.remembered
    # A checkpoint says nothing of when.
    ops = [(seq, 0, Raw(data)) for seq, data in remembered.layers]
    return Told(painting.head, layers, remembered.authors, ops)
