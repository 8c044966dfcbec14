"""What is posted to practice, read into plain values."""

import re
import secrets

from django import forms

LENGTHS = ((5, "5"), (10, "10"), (20, "20"))
POOLS = (("scenarios", "Scenarios only"), ("everything", "Every kind of question"))
TOKEN = re.compile(r"\A[A-Za-z0-9_-]{16,64}\Z")


class TokenField(forms.RegexField):
    """What tells one sending of a form from another: made with the page, posted by the browser."""

    def __init__(self, **kwargs):
        words = {
            "required": "This form came without its token. Please send it once more.",
            "invalid": "The token of this form cannot be read. Please send it once more.",
        }
        super().__init__(TOKEN, error_messages=words, widget=forms.HiddenInput, **kwargs)


class TokenForm(forms.Form):
    token = TokenField()

    def words(self):
        """Everything that is wrong, as sentences."""
        return [error for errors in self.errors.values() for error in errors]


class StartForm(TokenForm):
    """How long the session is and what it draws from.

    `close` names the open session that may be closed for it.
    """

    length = forms.TypedChoiceField(
        choices=LENGTHS,
        coerce=int,
        error_messages={
            "required": "Say how many questions: 5, 10 or 20.",
            "invalid_choice": "A session has 5, 10 or 20 questions.",
        },
    )
    pool = forms.ChoiceField(
        choices=POOLS,
        required=False,
        error_messages={"invalid_choice": "Draw from the scenarios only, or from everything."},
    )
    close = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def clean_pool(self):
        return self.cleaned_data["pool"] or "scenarios"


class NearForm(TokenForm):
    """Which question was shown; the answer itself is read by its kind."""

    version = forms.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        error_messages={"required": "It is not known which question this answers."},
    )
    close = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


def new_token():
    """A token for one form, made with the page."""
    return secrets.token_urlsafe(24)
