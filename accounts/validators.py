"""What may be a name and what may be a colour."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

# Control, format, surrogate, private and unassigned characters, line and paragraph ends: they hide, or turn the text around.
UNSEEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Persian and Hindi are written with these two, and so are joined emoji.
JOINERS = {"\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"}
# Letters and symbols by category, yet nothing is seen of them.
BLANKS = set("\u115f\u1160\u2800\u3164\uffa0")

validate_colour = RegexValidator(r"^#[0-9a-f]{6}\Z", "A colour is written #rrggbb.")


def validate_name(name: str) -> None:
    """Refuse a name with characters nobody sees, or with nothing to see."""
    if any(is_unseen(letter) for letter in name):
        raise ValidationError("This name has characters that cannot be seen.", "unseen")
    if not any(unicodedata.category(letter)[0] in "LNPS" for letter in name):
        raise ValidationError("There is nothing to see in this name.", "empty")


def is_unseen(letter: str) -> bool:
    """Say whether a character hides, or changes how its neighbours are shown."""
    unseen = unicodedata.category(letter) in UNSEEN_CATEGORIES or letter in BLANKS
    return unseen and letter not in JOINERS
