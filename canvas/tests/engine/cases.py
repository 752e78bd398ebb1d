"""The cases both languages are held to."""

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "cases"


def cases(file: str, has: str = "name") -> pytest.MarkDecorator:
    """Run a test once for each case of a file that has a field of that name."""
    found = [case for case in read(file) if has in case]
    return pytest.mark.parametrize("case", found, ids=[case["name"] for case in found])


def read(file: str) -> list[dict[str, Any]]:
    """Return all the cases of a file."""
    return json.loads((FOLDER / file).read_text())


def write(file: str, found: list[dict[str, Any]]) -> None:
    """Write cases to a file, a line for each."""
    lines = (json.dumps(case, separators=(",", ":")) for case in found)
    (FOLDER / file).write_text("[\n" + ",\n".join(lines) + "\n]\n")
