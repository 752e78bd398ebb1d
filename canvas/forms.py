"""What people may say about a drawing."""

from django import forms
from django.utils import timezone

from canvas.models import Drawing
from canvas.seen import seen


class FinishForm(forms.ModelForm):
    """Finish a drawing under a title, for the gallery or for those with the link."""

    title = forms.CharField(max_length=120)
    in_gallery = forms.BooleanField(required=False, label="Show it in the gallery")

    class Meta:
        model = Drawing
        fields = ["title"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What was kept from everybody is not shown to them by a box nobody looked at.
        is_private = self.instance.visibility == Drawing.Visibility.PRIVATE
        self.initial["in_gallery"] = not is_private

    def clean_title(self):
        """Refuse a title nobody would see."""
        title = seen(self.cleaned_data["title"], "")
        if not title:
            raise forms.ValidationError("There is nothing to see in this title.")
        return title

    def save(self, commit=True):
        """Finish the drawing at the log's present end."""
        drawing = super().save(commit=False)
        drawing.finished_at = timezone.now()
        if self.cleaned_data["in_gallery"]:
            drawing.visibility = Drawing.Visibility.PUBLIC
        elif drawing.is_public:
            drawing.visibility = Drawing.Visibility.UNLISTED
        if commit:
            drawing.save(update_fields=["title", "finished_at", "visibility"])
        return drawing


class ShareForm(forms.ModelForm):
    """Say who may see a drawing."""

    class Meta:
        model = Drawing
        fields = ["visibility"]
        widgets = {"visibility": forms.RadioSelect}
