"""What people may ask of a drawing's log."""

from django import forms

from canvas.engine.ops import MOST_OPS
from canvas.history.lines import Unreadable

LARGEST_FILE = 64 * 1_048_576  # bytes

WORDS = {
    "not-a-drawing": "this is not a drawing's file, or one of a newer DrawnBy.",
    "cut-off": "the file ends too early. Was it downloaded whole?",
    "after-the-end": "something stands after the end.",
    "too-long": "this is longer than anything drawn here.",
    "not-an-op": "this is not an op.",
    "malformed": "this is not an op.",
    "too-many-points": "this stroke has too many points.",
    "wrong-seq": "the ops are out of order.",
    "twice": "this op was there before.",
    "unknown-author": "nobody knows who drew this.",
    "no-such-op": "this hides something that is not there.",
    "no-such-layer": "there is no such layer.",
    "drawing-full": f"a drawing takes {MOST_OPS:,} ops at most.",
    "wrong-hash": "the file was changed after it was downloaded.",
}


class ForkForm(forms.Form):
    """Say where to begin a new drawing from."""

    seq = forms.IntegerField(min_value=0)

    def __init__(self, *args, drawing, **kwargs):
        super().__init__(*args, **kwargs)
        self._drawing = drawing

    def clean_seq(self):
        """Refuse a moment that has not come."""
        seq = self.cleaned_data["seq"]
        if seq > self._drawing.head:
            raise forms.ValidationError("The drawing has not come that far.", "ahead")
        return seq


class ImportForm(forms.Form):
    """Bring a drawing from a file."""

    file = forms.FileField(
        label="A drawing's file",
        widget=forms.FileInput(attrs={"accept": ".drawnby"}),
    )

    def clean_file(self):
        """Refuse a file that nothing drawn here comes near to."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            most = LARGEST_FILE // 1_048_576
            raise forms.ValidationError(f"A file may have {most} MB.", "too-large")
        return file

    def refuse(self, unreadable: Unreadable) -> None:
        """Say which line of the file is wrong, and how."""
        words = WORDS.get(unreadable.code, unreadable.code)
        self.add_error("file", f"Line {unreadable.line}: {words}")
