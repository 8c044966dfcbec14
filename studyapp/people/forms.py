from django import forms

from .models import User


class NameForm(forms.ModelForm):
    """The name by which others see somebody; an instructor sees it beside the work in a set."""

    class Meta:
        model = User
        fields = ("name",)
        labels = {"name": "Your name"}
        help_texts = {
            "name": "An instructor whose quiz set you take sees it. Leave it empty to be seen by e-mail."
        }
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
