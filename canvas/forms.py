"""What people may say about a drawing."""

from django import forms
from django.utils import timezone

from canvas.models import Drawing


class FinishForm(forms.ModelForm):
    """Finish a drawing under a title, for the gallery or for those with the link."""

    title = forms.CharField(max_length=120)
    in_gallery = forms.BooleanField(
        required=False, initial=True, label="Show it in the gallery"
    )

    class Meta:
        model = Drawing
        fields = ["title"]

    def save(self, commit=True):
        """Finish the drawing at the log's present end."""
        drawing = super().save(commit=False)
        drawing.finished_at = timezone.now()
        if self.cleaned_data["in_gallery"]:
            drawing.visibility = Drawing.Visibility.PUBLIC
        if commit:
            drawing.save(update_fields=["title", "finished_at", "visibility"])
        return drawing


class ShareForm(forms.ModelForm):
    """Say who may see a drawing."""

    class Meta:
        model = Drawing
        fields = ["visibility"]
        widgets = {"visibility": forms.RadioSelect}
