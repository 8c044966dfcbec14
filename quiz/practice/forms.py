"""What is posted to practice, read into plain values."""

import re
import secrets

from django import forms

from quiz.engine.kinds import KINDS

from .pool import POOLS, Choices

LENGTHS = ((5, "5"), (10, "10"), (20, "20"))
DIFFICULTIES = (("", "Any"), ("1", "1, easiest"), ("2", "2"), ("3", "3, hardest"))
DRAWS = (("unseen", "Unseen first"), ("missed", "Missed before"), ("all", "All, by chance"))
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
    """How long the session is and what it draws from; where nothing is ticked, everything counts.

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
    objectives = forms.MultipleChoiceField(
        required=False,
        error_messages={
            "invalid_choice": "One objective has no questions for these facts. Tick among those shown."
        },
    )
    kinds = forms.MultipleChoiceField(
        choices=[(kind.slug, kind.label) for kind in KINDS],
        required=False,
        error_messages={
            "invalid_choice": "One kind of question is unknown. Tick among those shown."
        },
    )
    difficulty = forms.ChoiceField(
        choices=DIFFICULTIES,
        required=False,
        error_messages={"invalid_choice": "The difficulty is any, 1, 2 or 3."},
    )
    draw = forms.ChoiceField(
        choices=DRAWS,
        required=False,
        error_messages={"invalid_choice": "Draw unseen ones first, those missed before, or all."},
    )
    close = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def __init__(self, *args, offer, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.fields["objectives"].choices = offer.objectives

    def clean_pool(self):
        return self.cleaned_data["pool"] or "scenarios"

    def clean_draw(self):
        return self.cleaned_data["draw"] or "unseen"

    def choices(self):
        """What was chosen; all of a list is the same as no choice, and scenarios have one kind."""
        given = self.cleaned_data
        kinds = given["kinds"] if given["pool"] == "everything" else ()
        return Choices(
            pool=given["pool"],
            objectives=some_of(given["objectives"], self.offer.objectives),
            kinds=some_of(kinds, self.offer.kinds),
            difficulty=given["difficulty"],
            draw=given["draw"],
        )

    def kept(self):
        """Everything as it was left, to be shown again; what cannot be read is as at first."""
        kept = {
            name: self.cleaned_data.get(name, first) for name, first in at_first(self.offer).items()
        }
        return kept | {name: self.data.getlist(name) for name in ("objectives", "kinds")}


def at_first(offer):
    """What is chosen before anybody chooses."""
    return {
        "length": 10,
        "pool": "scenarios",
        "objectives": [slug for slug, _ in offer.objectives],
        "kinds": [slug for slug, _ in offer.kinds],
        "difficulty": "",
        "draw": "unseen",
    }


def some_of(ticked, offered):
    """What was ticked, or nothing where that is all that there is to tick."""
    return () if {value for value, _ in offered} <= set(ticked) else tuple(ticked)


class AgainForm(TokenForm):
    """Start once more; `close` names the open session that may be closed for it."""

    close = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


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
