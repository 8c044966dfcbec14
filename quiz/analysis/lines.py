"""One line a learner and one a question, as the pages and the files both show them."""

from dataclasses import dataclass

from quiz.bank.models import QuestionVersion
from quiz.engine.item_analysis import FEWEST
from quiz.engine.kinds import BY_SLUG

from .people import FIRST, Person, Try


@dataclass(frozen=True)
class LearnerLine:
    """One person: how many tries, and the one that counts."""

    person: Person
    state: str
    chosen: Try | None

    @property
    def name(self):
        return self.person.name

    @property
    def tries(self):
        return len(self.person.tries)

    @property
    def score(self):
        return self.chosen and self.chosen.score

    @property
    def share(self):
        return self.chosen.share if self.chosen else -1

    @property
    def seconds(self):
        return round(self.chosen.time.total_seconds()) if self.chosen else -1


def learner_lines(people, now, *, which=FIRST):
    return [LearnerLine(each, each.state(now), each.counting(which)) for each in people]


@dataclass(frozen=True)
class OptionLine:
    """One option to pick: how many picked it, in per cent of all who were asked, and what it means."""

    id: int
    text: str
    misconception: str
    feedback: str
    is_correct: bool
    count: int
    rate: float | None


@dataclass(frozen=True)
class QuestionLine:
    """One question with its figures, rounded as they are shown; None where there is none to show.

    Facility, deviation, efficiency and guess are per cent, discrimination is a correlation.
    """

    version: int
    number: int
    slug: str
    kind: str
    stem: str
    asked: int
    blank: int
    is_shown: bool
    is_self_graded: bool
    is_left_out: bool
    facility: float | None = None
    facility_low: float | None = None
    facility_high: float | None = None
    sd: float | None = None
    discrimination: float | None = None
    discrimination_low: float | None = None
    discrimination_high: float | None = None
    efficiency: float | None = None
    guess: float | None = None
    options: tuple[OptionLine, ...] = ()

    @property
    def is_backwards(self):
        """Whether those who did better on all other questions did worse on this one."""
        return self.discrimination is not None and self.discrimination < 0

    @property
    def is_backwards_beyond_chance(self):
        return self.discrimination_high is not None and self.discrimination_high < 0


def per_cent(share):
    return None if share is None else round(share * 100, 1)


def rounded(value):
    return None if value is None else round(value, 2)


def question_lines(quiz_set, figures, *, beside=()):
    """A line for every question of the set and every one that was drawn, in the order of the set.

    `beside` are ids of versions that have a line although nobody has finished them yet.
    """
    pinned = [pk for pk in quiz_set.items.values_list("version", flat=True) if pk]
    drawn = list({*figures.questions, *beside} - set(pinned))
    rows = QuestionVersion.objects.filter(pk__in=[*pinned, *drawn]).select_related(
        "question", "number_key"
    )
    rows = rows.defer("certificate", "explanation", "written").prefetch_related("options").in_bulk()
    drawn.sort(key=lambda pk: rows[pk].question.slug)
    return [
        question_line(number, rows[pk], figures.questions.get(pk), quiz_set.rule)
        for number, pk in enumerate([*pinned, *drawn], start=1)
    ]


def question_line(number, version, found, rule):
    kind = BY_SLUG[version.kind]
    guess = kind.guess(version.key_held, rule)
    line = {
        "version": version.pk,
        "number": number,
        "slug": version.question.slug,
        "kind": kind.label,
        "stem": version.stem.strip().splitlines()[0],
        "asked": found.asked if found else 0,
        "blank": found.blank if found else 0,
        "is_shown": bool(found and found.asked >= FEWEST),
        "is_self_graded": kind.is_self_graded,
        "is_left_out": bool(found and found.is_left_out),
        "guess": per_cent(guess and float(guess)),
        "options": option_lines(version, found) if kind.is_pick else (),
    }
    of = found and found.statistics
    if of and of.is_shown:
        line |= {
            "facility": per_cent(of.facility),
            "facility_low": per_cent(of.facility_interval.low),
            "facility_high": per_cent(of.facility_interval.high),
            "sd": per_cent(of.sd),
            "discrimination": rounded(of.discrimination),
            "efficiency": per_cent(of.efficiency),
        }
        between = of.discrimination_interval
        if between:
            line |= {
                "discrimination_low": rounded(between.low),
                "discrimination_high": rounded(between.high),
            }
    return QuestionLine(**line)


def option_lines(version, found):
    """What became of each option; where options have no feedback, what the question says of it."""
    picks, asked = (found.picks, found.asked) if found else ({}, 0)
    return tuple(
        OptionLine(
            id=option.pk,
            text=option.text,
            misconception=option.misconception,
            feedback=option.feedback_picked
            or (version.feedback_right if option.is_correct else version.feedback_wrong),
            is_correct=option.is_correct,
            count=picks.get(option.pk, 0),
            rate=per_cent(picks.get(option.pk, 0) / asked) if asked >= FEWEST else None,
        )
        for option in version.options.all()
    )
