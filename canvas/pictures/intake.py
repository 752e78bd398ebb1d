"""How files that strangers send are handed to a process that may break on them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from canvas.pictures.decoding import BROKEN, KEPT, Undecodable
from canvas.pictures.limits import Limits
from canvas.pictures.painter import ROOT, TOO_LONG

# A photograph of 50 million pixels takes 300 MB and two seconds.
LIMITS = Limits(memory=768 * 2**20, seconds=20, patience=60, file=32 * 2**20)


class Decoded(NamedTuple):
    """An image as it is kept: its file, and its size in px."""

    file: Path
    width: int
    height: int


def decode(file: Path, folder: Path, limits: Limits = LIMITS) -> Decoded:
    """Return the image made of a file, in a folder, or raise Undecodable."""
    width, height = told(["decode", str(file), str(folder)], limits)
    return Decoded(folder / KEPT, width, height)


def verify(folder: Path, limits: Limits = LIMITS) -> list[Decoded]:
    """Return the files of a folder, if all could have been written here, or raise Undecodable."""
    sizes = told(["verify", str(folder), str(folder)], limits)
    return [Decoded(folder / name, *size) for name, size in sizes.items()]


def told(act: list[str], limits: Limits) -> Any:
    """Return what a process has made of a file, or raise Undecodable."""
    with subprocess.Popen(  # noqa: S603
        command(act, limits),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    ) as process:
        try:
            process.wait(limits.patience)
        except subprocess.TimeoutExpired:
            raise Undecodable(TOO_LONG) from None
        finally:
            process.kill()
        return made_in(process.stdout.read())


def made_in(said: bytes) -> Any:
    """Return what a process says it has made, or raise Undecodable; one that broke says nothing."""
    word = json.loads(said or "{}")
    if "made" not in word:
        raise Undecodable(word.get("code", BROKEN))
    return word["made"]


def command(act: list[str], limits: Limits) -> list[str]:
    """Return how to start the process."""
    numbers = limits.memory, limits.file, limits.seconds
    module = "canvas.pictures.decoding"
    return [sys.executable, "-m", module, *act, *map(str, numbers)]
