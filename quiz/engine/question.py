"""A question as a learner sees it and as it is reviewed: two classes that share no key."""

from dataclasses import dataclass
from datetime import date

from studyapp.decision.amount import units_beside

from .kinds import BY_SLUG, Verdict
from .result import SHORT, in_quotes
from .scoring import EXAM

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class OptionSeen:
    """One part of a question before it is checked: nothing here tells whether it is right.

    `mark` is the option of the guide that it names, where all options of the question name one;
    `chosen` is what the form holds for it.
    """

    id: int
    letter: str
    text: str
    mark: str
    chosen: str


@dataclass(frozen=True)
class QuestionSeen:
    """A question before it is checked: this class has no place for a key.

    `counterparts` are all texts that parts can be matched with, `unit` is the one of a bare number
    and `units` are all that are read; `text` is what was typed so far.
    """

    kind: str
    legend: str
    counted: str
    stem: str
    options: tuple[OptionSeen, ...]
    counterparts: tuple[tuple[str, str], ...]
    unit: str
    units: tuple[str, ...]
    text: str

    @property
    def places(self):
        return [str(place) for place in range(1, len(self.options) + 1)]


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
    """One part of a question after it was checked: its verdict, why, and everything said about it."""

    id: int
    letter: str
    text: str
    mark: str
    verdict: Verdict
    feedback: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class QuestionReviewed:
    """A question after it was checked.

    `is_right` is None while whoever answered has still to grade it; `answer` and `given` are texts
    where a few tell it.
    """

    kind: str
    stem: str
    options: tuple[OptionReviewed, ...]
    is_blank: bool
    is_right: bool | None
    is_self_graded: bool
    given: tuple[str, ...]
    answer: tuple[str, ...]
    feedback: str
    text: str
    model_answer: str

    @property
    def short_answer(self):
        """The answer in a few words, quoted; "" where it takes more, and the parts tell it better."""
        is_short = len(" and ".join(self.answer)) <= SHORT
        return " and ".join(in_quotes(self.answer)) if is_short else ""


def see(version, key, order, *, rule, post=None):
    """What a learner sees of a version before checking; `post` is the form as it was left."""
    kind, post = BY_SLUG[version.kind], post or {}
    unit = key.number.unit if key.number else ""
    typed = [texts for name, texts in post.items() if name in ("amount", "text") and texts]
    return QuestionSeen(
        kind=version.kind,
        legend=kind.legend,
        counted=kind.counted[rule.slug],
        stem=version.stem,
        options=tuple(
            OptionSeen(
                id=option.id,
                letter=letter,
                text=option.text,
                mark=option.key if version.workload else "",
                chosen=kind.chosen(post, option),
            )
            for letter, option in lettered(kind.asked(key.options), order)
        ),
        counterparts=kind.counterparts(key.options),
        unit=unit,
        units=units_beside(unit),
        text=typed[0][0] if typed else "",
    )


def review(version, key, order, response):
    """What a learner sees of a version once the response (None is a blank) is final."""
    kind = BY_SLUG[version.kind]
    verdicts, grade = kind.verdicts(response, key), kind.grade(response, key, EXAM)
    is_right = grade and grade.fraction == 1
    told = (version.explanation or {}).get("options", {})
    known = dict(lettered_ids(key.options, order))
    shown = {option.id: option for option in key.options if option.id in verdicts}
    return QuestionReviewed(
        kind=version.kind,
        stem=version.stem,
        options=tuple(
            OptionReviewed(
                id=each,
                letter=known[each],
                text=shown[each].text,
                mark=shown[each].key if version.workload else "",
                verdict=verdicts[each],
                feedback=feedback_on(kind, shown[each], verdicts[each]),
                said=tuple(said(one) for one in told.get(shown[each].key, ())),
            )
            for each in in_order_of(kind, verdicts, order)
        ),
        is_blank=response is None,
        is_right=is_right,
        is_self_graded=kind.is_self_graded,
        given=kind.told(response, key),
        answer=kind.told(kind.correct_response(key), key),
        feedback=version.feedback_right if is_right else version.feedback_wrong,
        text=response["text"] if kind.is_self_graded and response else "",
        model_answer=version.model_answer,
    )


def feedback_on(kind, option, verdict):
    """What is said about one part to whoever did that with it."""
    is_met = verdict.is_picked if kind.says_by_pick else verdict.is_right
    return option.feedback_picked if is_met else option.feedback_left


def in_order_of(kind, verdicts, order):
    """The ids as a review shows them: as the question did, or as the kind sorts them."""
    return list(verdicts) if kind.sorts_review else [each for each in order if each in verdicts]


def lettered(options, order):
    """The options in the order of their ids, each with the letter of its place."""
    known = {option.id: option for option in options}
    shown = [known[each] for each in order if each in known]
    return list(zip(LETTERS, shown, strict=False))


def lettered_ids(options, order):
    return [(option.id, letter) for letter, option in lettered(options, order)]


def said(frozen):
    """One frozen sentence; what else is frozen with it is for programs."""
    as_of = frozen["as_of"] and date.fromisoformat(frozen["as_of"])
    return Said(frozen["kind"], frozen["text"], frozen["source"], frozen["url"], as_of)
