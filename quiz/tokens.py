"""What tells one sending of a form from another, so that a repeated one does nothing twice."""

import re
import secrets

from django import forms

TOKEN = re.compile(r"\A[A-Za-z0-9_-]{16,64}\Z")


TOKEN_WORDS = {
    "required": "This form came without its token. Please send it once more.",
    "invalid": "The token of this form cannot be read. Please send it once more.",
}


class TokenField(forms.RegexField):
    """A token: made with the page, posted by the browser."""

    def __init__(self, **kwargs):
        super().__init__(TOKEN, error_messages=TOKEN_WORDS, widget=forms.HiddenInput, **kwargs)


class TokenForm(forms.Form):
    token = TokenField()

    def words(self):
        """Everything that is wrong, as sentences."""
        return list(dict.fromkeys(error for errors in self.errors.values() for error in errors))


def new_token():
    """A token for one form, made with the page."""
    return secrets.token_urlsafe(24)
