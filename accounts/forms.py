"""What people may say about themselves."""

import unicodedata

from django import forms

from accounts.people import NAME_LENGTH
from accounts.validators import validate_colour, validate_name


class NameField(forms.CharField):
    """A name, without the spaces around it and in one way of writing each letter."""

    default_validators = [validate_name]

    def to_python(self, value):
        name = unicodedata.normalize("NFC", super().to_python(value))
        return " ".join(name.split())


class ColourField(forms.CharField):
    """A colour as the browser's own colour input gives it."""

    default_validators = [validate_colour]
    widget = forms.TextInput(attrs={"type": "color"})

    def to_python(self, value):
        return super().to_python(value).lower()


class PersonForm(forms.Form):
    """Say under which name and in which colour one is shown."""

    name = NameField(
        max_length=NAME_LENGTH,
        help_text="What others see beside your pointer and under what you drew.",
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    colour = ColourField(help_text="The colour of your pointer and of your dot.")
