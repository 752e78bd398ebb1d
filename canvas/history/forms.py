"""What people may ask of a drawing's log."""

import secrets
import string

from django import forms

from canvas.engine import codec
from canvas.engine.ops import MOST_OPS, Hide, Op, Rejected, Remove, Show
from canvas.history.lines import Unreadable

SUFFIX_LETTERS = string.ascii_lowercase + string.digits
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
    "layer-locked": "this is on a layer that was locked.",
    "no-such-image": "the image shown here is not in the file, or not of that size.",
    "not-an-image": "this is not an image that drawings have.",
    "broken": "this image cannot be opened.",
    "too-many-pixels": "this image is too large.",
    "too-many-images": "these are more images than a drawing holds.",
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


class RulingForm(forms.Form):
    """Say what a moderator takes out of a picture, or brings back."""

    ACTS = {
        "remove-op": "It is out of the picture.",
        "remove-author": "All they drew is out of the picture.",
        "remove-all": "All that was drawn is out of the picture.",
        "bring-back": "It is back in the picture.",
        "remove-again": "It is out of the picture again.",
    }

    act = forms.ChoiceField(choices=[(act, act) for act in ACTS])
    what = forms.CharField(required=False, max_length=29)

    @property
    def said(self) -> str:
        """What has come of it, in words."""
        return self.ACTS[self.cleaned_data["act"]]

    def clean(self):
        """Refuse what makes no op."""
        given = super().clean()
        if "act" in given and "what" in given:
            try:
                codec.decode_bytes(codec.encode(self._op("somebody.1")))
            except Rejected:
                raise forms.ValidationError("There is nothing like that.") from None
        return given

    def op(self, author) -> Op:
        """Return the op, by the moderator's author."""
        suffix = "".join(secrets.choice(SUFFIX_LETTERS) for _ in range(16))
        return self._op(f"{author.pk}.{suffix}")

    def _op(self, name: str) -> Op:
        what = self.cleaned_data["what"]
        match self.cleaned_data["act"]:
            case "remove-op":
                return Remove(name, (what,), None)
            case "remove-author":
                return Remove(name, None, what)
            case "remove-all":
                return Remove(name, None, None)
            case "bring-back":
                return Hide(name, (what,))
            case _:
                return Show(name, (what,))
