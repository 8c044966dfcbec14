"""What is posted about resume links, read into plain values."""

from django import forms

from quiz.practice.forms import TokenForm


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
