"""Work done beside the pages: whatever is made of a drawing's log."""

from canvas.tasks.asking import (
    TooMany,
    ask,
    ask_preview,
    ask_preview_after_all,
    ask_preview_again,
)
from canvas.tasks.making import make

__all__ = [
    "TooMany",
    "ask",
    "ask_preview",
    "ask_preview_after_all",
    "ask_preview_again",
    "make",
]
