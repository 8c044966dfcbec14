"""A question as it is written, as a learner sees it, and as it is reviewed: three classes, no overlap."""

from dataclasses import dataclass
from datetime import date

from .kinds import BY_SLUG

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class DraftOption:
    """One answer option as it will be published; `key` says what it stands for."""

    key: str
    text: str
    is_correct: bool
    feedback_picked: str
    feedback_left: str
    stays_last: bool = False


@dataclass(frozen=True)
class Draft:
    """Everything one version of a question will hold, before it is published.

    `certificate` is what was proved and which facts it rests on; `explanation` is what a review
    shows of it. Both are plain data, as is `claim`.
    """

    kind: str
    profile: str
    stem: str
    options: tuple[DraftOption, ...]
    workload: dict | None = None
    certificate: dict | None = None
    explanation: dict | None = None
    claim: dict | None = None


@dataclass(frozen=True)
class OptionSeen:
    """An answer option before it is checked: nothing here tells whether it is right.

    `mark` is the option of the guide that it names, where all options of the question name one.
    """

    id: int
    letter: str
    text: str
    mark: str


@dataclass(frozen=True)
class QuestionSeen:
    """A question before it is checked: this class has no place for a key."""

    kind: str
    legend: str
    stem: str
    options: tuple[OptionSeen, ...]


@dataclass(frozen=True)
class Verdict:
    """What became of one answer option, in a word for the page and in words for people."""

    slug: str
    words: str


PICKED_RIGHT = Verdict("picked-right", "You picked this: right")
PICKED_WRONG = Verdict("picked-wrong", "You picked this: wrong")
MISSED = Verdict("missed", "Missed: this is right")
RIGHTLY_LEFT = Verdict("rightly-left", "Rightly left")


@dataclass(frozen=True)
class Said:
    """One sentence of the engine with its source; `kind` is hard, soft, silent or support."""

    kind: str
    text: str
    source: str
    url: str
    as_of: date | None


@dataclass(frozen=True)
class OptionReviewed:
    """An answer option after it was checked: its verdict, why, and everything said about it."""

    letter: str
    text: str
    mark: str
    verdict: Verdict
    feedback: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class QuestionReviewed:
    """A question after it was checked."""

    kind: str
    stem: str
    options: tuple[OptionReviewed, ...]
    is_blank: bool
    is_right: bool

    @property
    def right_options(self):
        return [each for each in self.options if each.verdict in (PICKED_RIGHT, MISSED)]


def see(version, options, order):
    """What a learner sees of a version before checking."""
    return QuestionSeen(
        kind=version.kind,
        legend=BY_SLUG[version.kind].legend,
        stem=version.stem,
        options=tuple(
            OptionSeen(option.id, letter, option.text, option.key if version.workload else "")
            for letter, option in lettered(options, order)
        ),
    )


def review(version, options, order, response):
    """What a learner sees of a version once the response (None is a blank) is final."""
    picked = BY_SLUG[version.kind].summarise(response)
    told = (version.explanation or {}).get("options", {})
    reviewed = tuple(
        OptionReviewed(
            letter=letter,
            text=option.text,
            mark=option.key if version.workload else "",
            verdict=verdict_of(option, picked),
            feedback=option.feedback_picked if option.id in picked else option.feedback_left,
            said=tuple(said(each) for each in told.get(option.key, ())),
        )
        for letter, option in lettered(options, order)
    )
    wrong = [each for each in reviewed if each.verdict in (PICKED_WRONG, MISSED)]
    return QuestionReviewed(version.kind, version.stem, reviewed, not picked, not wrong)


def lettered(options, order):
    """The options in the order of their ids, each with the letter of its place."""
    known = {option.id: option for option in options}
    return [(letter, known[each]) for letter, each in zip(LETTERS, order, strict=False)]


def verdict_of(option, picked):
    if option.id in picked:
        return PICKED_RIGHT if option.is_correct else PICKED_WRONG
    return MISSED if option.is_correct else RIGHTLY_LEFT


def said(frozen):
    """One frozen sentence; what else is frozen with it is for programs."""
    as_of = frozen["as_of"] and date.fromisoformat(frozen["as_of"])
    return Said(frozen["kind"], frozen["text"], frozen["source"], frozen["url"], as_of)
