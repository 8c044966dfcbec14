"""The statistics of a class: from the first finished try of everybody, each with a blank as wrong."""

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q

from quiz.bank.models import QuestionVersion
from quiz.engine.distribution import Distribution, distribution
from quiz.engine.item_analysis import (
    ItemStatistics,
    SetStatistics,
    item_statistics,
    score_statistics,
    set_statistics,
)
from quiz.engine.kinds import BY_SLUG
from quiz.practice.models import Pick, Position, PracticeSession

# Belongs to the form of the classes below, and to what they count: what an older form has kept is
# not read.
FORM = 2
KEPT_FOR = 24 * 60 * 60


@dataclass(frozen=True)
class QuestionFigures:
    """One question: how many were asked, left it blank and picked each option, and its statistics.

    `statistics` is None where whoever answers grades it, `is_left_out` says that it does not count.
    """

    asked: int
    blank: int
    picks: dict
    statistics: ItemStatistics | None
    is_left_out: bool


@dataclass(frozen=True)
class ClassFigures:
    """All questions by the id of their version, the set as a whole, and how its scores are spread."""

    questions: dict
    whole: SetStatistics | None
    spread: Distribution
    is_one_list: bool


def figures_of(quiz_set, people):
    """The figures of a class, worked out anew only when a first try or a mark has changed."""
    firsts = [person.first for person in people if person.first]
    key = key_of(quiz_set, firsts)
    found = cache.get(key)
    if found is None:
        found = worked_out(quiz_set)
        cache.set(key, found, KEPT_FOR)
    return found


def key_of(quiz_set, firsts):
    """Names everything that the figures rest on; regrading and reopening write an event each."""
    event = quiz_set.events.order_by("-pk").values_list("pk", flat=True).first()
    told = [
        (each.pk, each.finished_at, each.points, each.points_of, each.scored) for each in firsts
    ]
    digest = sha256(repr((FORM, quiz_set.scoring, event, told)).encode()).hexdigest()
    return f"results-{quiz_set.pk}-{digest}"


def first_finished(quiz_set):
    """The first finished try of everybody who takes part."""
    tries = PracticeSession.objects.filter(quiz_set=quiz_set).finished()
    earlier = tries.filter(learner=OuterRef("learner"), try_number__lt=OuterRef("try_number"))
    taking_part = quiz_set.members.taking_part().values("learner")
    return tries.filter(learner__in=taking_part).exclude(Exists(earlier))


def worked_out(quiz_set):
    """The figures over all first tries, in four queries whatever the size of the class."""
    # In one order always, or the last digits of sums would differ from one reading to the next.
    within = Position.objects.filter(session__in=first_finished(quiz_set))
    rows = within.order_by("session", "number").values_list(
        "session", "version", "points", "points_of", "is_scored", Q(response__isnull=True)
    )
    marks, totals, blanks, counted = {}, {}, Counter(), {}
    for session, version, points, points_of, is_scored, is_blank in rows.iterator(10_000):
        fraction = points / points_of if points_of else 0.0
        marks.setdefault(version, []).append((session, fraction, is_scored))
        blanks[version] += is_blank
        if is_scored:
            totals[session] = totals.get(session, 0.0) + fraction
            counted.setdefault(session, {})[version] = fraction
    versions = {each.pk: each for each in QuestionVersion.objects.in_order(list(marks))}
    picks = picked(quiz_set)
    questions = {}
    for pk, held in marks.items():
        kind, key = BY_SLUG[versions[pk].kind], versions[pk].key_held
        statistics = None
        if not kind.is_self_graded:
            own = [fraction for _, fraction, _ in held]
            # The score on all others is wanted: one that is left out is in no total yet.
            whole = [
                totals.get(session, 0.0) + (0.0 if is_scored else fraction)
                for session, fraction, is_scored in held
            ]
            guess = kind.guess(key, quiz_set.rule)
            guess = None if guess is None else float(guess)
            statistics = item_statistics(own, whole, guess=guess)
        questions[pk] = QuestionFigures(
            asked=len(held),
            blank=blanks[pk],
            picks=picks.get(pk, {}),
            statistics=statistics,
            is_left_out=not kind.is_self_graded and not any(each[2] for each in held),
        )
    return whole_class(questions, counted)


def picked(quiz_set):
    """How often each option was picked, by version."""
    rows = Pick.objects.filter(position__session__in=first_finished(quiz_set)).order_by()
    rows = rows.values_list("position__version", "option").annotate(number=Count("pk"))
    found = {}
    for version, option, number in rows:
        found.setdefault(version, {})[option] = number
    return found


def whole_class(questions, counted):
    """The set as a whole; questions that differ from person to person have no consistency."""
    sheets = list(counted.values())
    shares = [sum(sheet.values()) / len(sheet) for sheet in sheets]
    asked = {frozenset(sheet) for sheet in sheets}
    if len(asked) == 1:
        (order,) = asked
        whole = set_statistics([[sheet[pk] for pk in order] for sheet in sheets])
    else:
        whole = score_statistics(shares)
    return ClassFigures(questions, whole, distribution(shares), len(asked) <= 1)
