"""What is posted about resume links, read into plain values."""

from django import forms

from quiz.tokens import TokenForm


class LinkForm(TokenForm):
    """Make a link; or `revoke` the one with this id."""

    revoke = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            "It cannot be read which link to revoke. Load the page again.",
        ),
    )


class ErasureForm(forms.Form):
    """Typed by whoever means it: what is erased cannot be brought back."""

    typed = forms.CharField(max_length=254)

    def __init__(self, *args, expected, **kwargs):
        super().__init__(*args, **kwargs)
        self.expected = expected
        self.fields["typed"].label = f"Type {expected} to confirm"
        self.fields["typed"].widget.attrs |= {"autocomplete": "off", "autocapitalize": "none"}

    def clean_typed(self):
        if self.cleaned_data["typed"].strip().lower() != self.expected:
            raise forms.ValidationError(f"Type {self.expected}, exactly as it stands here.")
        return self.expected
