"""The person behind a request: a user, or a guest known by a signed cookie."""

import secrets
import string
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

KEY_LETTERS = string.ascii_lowercase + string.digits
COLOURS = {
    "#c2410c": "Rust",
    "#b45309": "Ochre",
    "#4d7c0f": "Olive",
    "#047857": "Pine",
    "#0e7490": "Teal",
    "#1d4ed8": "Blue",
    "#6d28d9": "Violet",
    "#a21caf": "Plum",
    "#be123c": "Crimson",
    "#475569": "Slate",
}
# fmt: off
ADJECTIVES = [
    "Amber", "Brave", "Calm", "Clever", "Coral", "Gentle", "Golden", "Happy",
    "Jolly", "Kind", "Lucky", "Merry", "Mint", "Quiet", "Swift", "Violet",
]
ANIMALS = [
    "Badger", "Crane", "Dolphin", "Finch", "Fox", "Gecko", "Heron", "Koala",
    "Lynx", "Marten", "Otter", "Panda", "Robin", "Seal", "Tapir", "Wren",
]
# fmt: on
NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may draw: `key` is theirs for ever, name and colour may change."""

    key: str
    name: str
    colour: str
    user: Any = None
    is_new: bool = False  # a guest whose colour is chance so far

    def told_apart(self, others: Iterable[str]) -> "Person":
        """Return a new guest in their colour for good, one that as few others as can be have."""
        counts = Counter(others)
        fewest = min(counts[colour] for colour in COLOURS)
        free = [colour for colour in COLOURS if counts[colour] == fewest]
        colour = self.colour if self.colour in free else secrets.choice(free)
        return replace(self, colour=colour, is_new=False)


def new_key() -> str:
    """Make up a key nobody can guess and nobody else has (62 random bits)."""
    return "".join(secrets.choice(KEY_LETTERS) for _ in range(12))


def new_colour() -> str:
    """Pick a colour that can be read on light and on dark."""
    return secrets.choice(list(COLOURS))


def new_guest() -> Person:
    """Make up a guest with a friendly name."""
    name = f"{secrets.choice(ADJECTIVES)} {secrets.choice(ANIMALS)}"
    return Person(new_key(), name, new_colour(), is_new=True)


def person_of(user: Any) -> Person:
    """Return the person a signed-in user is."""
    return Person(user.key, str(user)[:NAME_LENGTH], user.colour, user)


def show_as(person: Person, name: str, colour: str) -> Person:
    """Return the person under another name and colour; a user keeps them in the account."""
    user = person.user
    if user is None:
        return replace(person, name=name, colour=colour, is_new=False)
    user.name, user.colour = name, colour
    user.save(update_fields=["name", "colour"])
    return person_of(user)
