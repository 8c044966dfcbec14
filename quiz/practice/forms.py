"""What is posted to practice, read into plain values."""

import re
from dataclasses import dataclass
from fractions import Fraction

from django import forms

from quiz.engine.confidence import LEVELS
from quiz.engine.kinds import KINDS, Unreadable
from quiz.engine.timing import FACTORS
from quiz.tokens import TOKEN, TOKEN_WORDS, TokenForm

from .actions import Sender
from .models import ExamForm, PracticeSession
from .pool import POOLS, Choices


def time_words(factor):
    """A time limit by how far it is stretched."""
    return "The time of the exam" if factor == 1 else f"{float(factor):g} times as long"


LENGTHS = (5, 10, 20)
MOST = 200
LENGTH_WORDS = f"Say how many questions: a whole number from 1 to {MOST}."
DIFFICULTIES = (("", "Any"), ("1", "1, easiest"), ("2", "2"), ("3", "3, hardest"))
DRAWS = (
    ("unseen", "Unseen first"),
    ("missed", "Missed before"),
    ("flagged", "Flagged"),
    ("mix", "A mix of missed, unseen and mastered"),
    ("all", "All, by chance"),
)
MODES = PracticeSession.Mode.choices
TIMES = (("", "No time limit"), *((f"{float(each):g}", time_words(each)) for each in FACTORS))
TIME_WORDS = "The time is off, or from 1 to 10 times that of the exam. Choose one of those shown."


WHAT = ("check", "save", "next", "hint", "flag", "grade")
UNREADABLE = "Part of this form cannot be read. Load the page again, then answer once more."


SURE_WORDS = "Say how sure you are by one of the four levels shown."
HIGHEST = 2**53  # the greatest whole number that a browser counts to


@dataclass(frozen=True)
class Sending:
    """What comes with every answer beside the answer: who sends it, and what is wanted ("": the usual)."""

    do: str
    sender: Sender
    confidence: int | None
    is_flagged: bool


def read_sending(post):
    """Read what comes with an answer; Unreadable, with all that is wrong, where that cannot be done.

    By hand, because every answer needs it. A browser without scripts posts the page's own token as
    its tab, and never counts on.
    """
    given = {name: post.get(name, "").strip() for name in SENT}
    wrong = [words for name, (is_right, words) in SENT.items() if not is_right(given[name])]
    if not given["token"]:
        wrong.insert(0, TOKEN_WORDS["required"])
    if wrong:
        raise Unreadable(*dict.fromkeys(wrong))
    token = given["token"]
    return Sending(
        do=given["do"],
        sender=Sender(token, given["tab"] or token, int(given["seq"] or 1), given["base"]),
        confidence=int(given["confidence"]) if given["confidence"] else None,
        is_flagged=given["flag"] == "yes",
    )


def is_count(text):
    """Whether a text is a number of a delivery, or empty."""
    return not text or (text.isdecimal() and len(text) < 20 and 1 <= int(text) <= HIGHEST)


def is_token(text):
    """Whether a text is a token, or empty."""
    return not text or TOKEN.match(text)


# Each field that is sent, what it may hold, and the words where it holds anything else.
SENT = {
    "token": (is_token, TOKEN_WORDS["invalid"]),
    "do": ({"", *WHAT}.__contains__, UNREADABLE),
    "tab": (is_token, UNREADABLE),
    "seq": (is_count, UNREADABLE),
    "base": (is_token, UNREADABLE),
    "confidence": ({"", *(str(level) for level, _ in LEVELS)}.__contains__, SURE_WORDS),
    "flag": ({"", "yes", "no"}.__contains__, UNREADABLE),
}


class BeginForm(TokenForm):
    """Start a session; `close` names the open one that may be closed for it."""

    close = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class TimeField(forms.TypedChoiceField):
    """How far the time of the exam is stretched; None where there is no limit."""

    def __init__(self, **kwargs):
        super().__init__(
            choices=TIMES,
            coerce=Fraction,
            empty_value=None,
            required=False,
            error_messages={"invalid_choice": TIME_WORDS},
            **kwargs,
        )


class ExamStartForm(BeginForm):
    """Which form of an exam to take, and in what time."""

    form = forms.ModelChoiceField(
        ExamForm.objects.all(),
        to_field_name="slug",
        error_messages={
            "required": "Say which exam.",
            "invalid_choice": "That exam is unknown. Choose one of those shown.",
        },
    )
    time = TimeField()


class LengthField(forms.IntegerField):
    """A number of questions; what is no such number is told in words that say which are."""

    def __init__(self, **kwargs):
        wrong = ("required", "invalid", "min_value", "max_value")
        words = dict.fromkeys(wrong, LENGTH_WORDS)
        super().__init__(min_value=1, max_value=MOST, error_messages=words, **kwargs)


class StartForm(BeginForm):
    """How long the session is and what it draws from; where nothing is ticked, everything counts.

    `length` is one of those shown, and a `number` that is typed goes before it.
    """

    profile = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": "These facts are unknown. Choose among those shown."},
    )
    length = LengthField(required=False)
    number = LengthField(required=False)
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
        error_messages={"invalid_choice": "Draw in one of the ways shown."},
    )
    mode = forms.ChoiceField(
        choices=MODES,
        required=False,
        error_messages={"invalid_choice": "Choose feedback after each question, or at the end."},
    )
    time = TimeField()

    def __init__(self, *args, offer, profiles, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer = offer
        self.fields["objectives"].choices = offer.objectives
        self.fields["profile"].choices = [(each.slug, each.label) for each in profiles]

    def clean(self):
        given = super().clean()
        if not self.errors.keys() & {"length", "number"}:
            given["length"] = given["number"] or given["length"]
            if not given["length"]:
                self.add_error("length", LENGTH_WORDS)
        return given

    def clean_pool(self):
        return self.cleaned_data["pool"] or "scenarios"

    def clean_draw(self):
        return self.cleaned_data["draw"] or "unseen"

    def clean_mode(self):
        return self.cleaned_data["mode"] or PracticeSession.Mode.STUDY

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
        kept["time"] = self.data.get("time", "")
        kept["number"] = self.data.get("number", "")[:10]
        return kept | {name: self.data.getlist(name) for name in ("objectives", "kinds")}


def at_first(offer):
    """What is chosen before anybody chooses."""
    return {
        "length": 10,
        "number": "",
        "pool": "scenarios",
        "objectives": [slug for slug, _ in offer.objectives],
        "kinds": [slug for slug, _ in offer.kinds],
        "difficulty": "",
        "draw": "unseen",
        "mode": PracticeSession.Mode.STUDY,
        "time": "",
    }


def some_of(ticked, offered):
    """What was ticked, or nothing where that is all that there is to tick."""
    return () if {value for value, _ in offered} <= set(ticked) else tuple(ticked)


class NearForm(BeginForm):
    """Which question was shown; the answer itself is read by its kind."""

    version = forms.IntegerField(
        min_value=1,
        max_value=2**63 - 1,
        error_messages={"required": "It is not known which question this answers."},
    )


class DrawnForm(BeginForm):
    """Which drawn question was shown, by the digest of its words; the answer is read by its kind."""

    shown = forms.RegexField(
        re.compile(r"\A[0-9a-f]{64}\Z"),
        error_messages=dict.fromkeys(
            ("required", "invalid"), "It is not known which question this answers."
        ),
    )
