"""What an instructor posts while a set runs."""

from django import forms

from quiz.sets.forms import MomentField, WithMoments
from quiz.tokens import TokenForm

from .models import Regrade


class ClosingForm(WithMoments, forms.Form):
    """When the set closes for everybody; empty: it stays open."""

    closes_at = MomentField(label="Closes", help_text="Empty: it stays open.")


class ReopenForm(forms.Form):
    """How long one person may go on."""

    minutes = forms.IntegerField(
        label="For how many minutes",
        min_value=1,
        max_value=14 * 24 * 60,
        required=False,
        help_text="Empty: without a time limit.",
    )


class DecisionForm(forms.Form):
    """What is decided on a question: the options that can be accepted are those that are wrong."""

    action = forms.ChoiceField(
        choices=Regrade.Action, label="What to do", widget=forms.RadioSelect, required=True
    )
    option = forms.ModelChoiceField(
        queryset=None, label="Which option is right too", required=False, empty_label="Choose …"
    )

    def __init__(self, *args, options, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["option"].queryset = options
        if not options:
            del self.fields["option"]
            self.fields["action"].choices = [
                each for each in Regrade.Action.choices if each[0] != Regrade.Action.ACCEPT
            ]

    def clean(self):
        given = super().clean()
        if given.get("action") != Regrade.Action.ACCEPT:
            given["option"] = None
        elif not given.get("option") and "option" not in self.errors:
            self.add_error("option", "Say which option is right too.")
        return given


class ReasonForm(TokenForm):
    """Why something is decided; everybody whose answer it changes reads it."""

    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="Everybody whose mark changes reads it with their result.",
    )
