"""What an instructor posts while a set runs."""

from django import forms

from quiz.sets.forms import MomentField


class ClosingForm(forms.Form):
    """When the set closes for everybody; empty: it stays open."""

    closes_at = MomentField(label="Closes", help_text="UTC. Empty: it stays open.")


class ReopenForm(forms.Form):
    """How long one person may go on."""

    minutes = forms.IntegerField(
        label="For how many minutes",
        min_value=1,
        max_value=14 * 24 * 60,
        required=False,
        help_text="Empty: without a time limit.",
    )
