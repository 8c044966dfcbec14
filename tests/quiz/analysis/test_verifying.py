"""Every score is what its answers come to: by the rules as they are told, and by the command."""

import io
import random
from dataclasses import asdict, replace
from datetime import timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from quiz.analysis.models import Regrade, RegradeChange
from quiz.engine.kinds import BY_SLUG
from quiz.engine.kinds.base import Key
from quiz.engine.scoring import RULES
from quiz.practice.actions import Given, Sender, close_session, save_answer
from quiz.practice.models import Position, PracticeSession
from quiz.sets.models import QuizSet
from tests.factories import SessionFactory, version_of
from tests.quiz.specimens import SPECIMENS

from .answers import GRADED, random_answer, random_parts
from .oracle import worth

NOW = timezone.now()


def plain(key):
    """What the oracle is told of a key: no class of the engine among it."""
    names = ("id", "is_correct", "rank", "match", "text")
    options = [{name: getattr(option, name) for name in names} for option in key.options]
    return options, key.number and (key.number.amount, key.number.tolerance)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("kind", GRADED)
def test_ten_thousand_answers_are_graded_as_the_rules_say(kind, rule):
    """Over all kinds and rules together: 12 cases of 850 answers."""
    dice, seen = random.Random(f"{kind} {rule}"), set()
    for _ in range(850):
        options, number = random_parts(dice, kind)
        held = [SimpleNamespace(id=7 * n, **asdict(o)) for n, o in enumerate(options, start=1)]
        key = Key(tuple(held), number)
        response = random_answer(dice, kind, key)

        grade = BY_SLUG[kind].grade(response, key, RULES[rule]).fraction

        assert grade == worth(kind, rule, response, *plain(key)), (response, key)
        seen.add(grade)
    assert {0, 1} <= seen


def a_session(dice, *, mode):
    """A finished session through a random question of each graded kind, and one to grade oneself."""
    drafts = []
    for kind in dice.sample(GRADED, len(GRADED)):
        options, number = random_parts(dice, kind)
        drafts.append(replace(SPECIMENS[kind], options=options, number=number))
    versions = [version_of(each) for each in (*drafts, SPECIMENS["open"])]
    session = SessionFactory(
        length=len(versions), positions=versions, mode=mode,
        scoring="exam" if mode == "exam" else "practice",
        started_at=NOW, deadline=NOW + timedelta(hours=1),
    )  # fmt: skip
    for position in session.positions.select_related("session", "version__number_key"):
        kind, key = position.version.kind, position.version.key_held
        response = {"text": "Mine"} if kind == "open" else random_answer(dice, kind, key)
        save_answer(
            position=position, given=Given(response), now=NOW, key=key,
            sender=Sender(f"save-of-{position.pk}", "tab", 1, ""),
            check=mode == "study" and response is not None and dice.random() < 0.7,
        )  # fmt: skip
    close_session(session=session, now=NOW + timedelta(hours=2))
    return session


def by_the_rules(session):
    """The score of a session as the oracle has it."""
    found = Fraction(0)
    for position in session.positions.exclude(version__kind="open"):
        key = position.version.key_held
        found += worth(position.version.kind, session.scoring, position.response, *plain(key))
    return found, len(GRADED)


def verify():
    out = io.StringIO()
    call_command("verify_scores", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ("study", "exam"))
def test_stored_scores_are_those_of_the_rules_and_the_command_finds_no_difference(mode):
    dice = random.Random(mode)
    sessions = [a_session(dice, mode=mode) for _ in range(12)]

    kept = [(each.score.points, each.score.of) for each in sessions]
    assert kept == [by_the_rules(each) for each in sessions]
    assert verify().endswith("0 of 12 scores differ\n")


@pytest.fixture
def session(db):
    return a_session(random.Random(3), mode="study")


def other_points(session):
    PracticeSession.objects.update(points=session.points + 1)


def other_number(session):
    PracticeSession.objects.update(scored=session.scored - 1)


def other_grade(session):
    graded = session.positions.filter(points_of__isnull=False).first()
    half = {"points": 1, "points_of": 7}
    Position.objects.filter(pk=graded.pk).update(**half)


def other_answer(session):
    picked = session.positions.get(version__kind="single-choice")
    another = picked.version.options.exclude(pk=picked.response).first()
    Position.objects.filter(pk=picked.pk).update(response=another.pk)


@pytest.mark.parametrize("spoil", (other_points, other_number, other_grade, other_answer))
def test_a_score_that_is_not_what_its_answers_come_to_is_named(session, spoil):
    spoil(session)
    out = io.StringIO()

    with pytest.raises(CommandError) as error:
        call_command("verify_scores", stdout=out)
    assert error.value.returncode == 1
    assert f"session {session.pk}: " in out.getvalue()
    assert "1 of 1 scores differ" in out.getvalue()


def test_what_an_instructor_decided_afterwards_counts_until_it_is_taken_back(session):
    position = session.positions.filter(is_scored=True).exclude(points=None).first()
    regrade = Regrade.objects.create(
        quiz_set=QuizSet.objects.create(title="A set", profile=session.profile),
        version=position.version, action="drop", reason="Ambiguous", token="a" * 32, at=NOW,
    )  # fmt: skip
    RegradeChange.objects.create(
        regrade=regrade, position=position, was_scored=True, is_scored=False,
        points_before=position.points, points_of_before=position.points_of,
        points_after=position.points, points_of_after=position.points_of,
    )  # fmt: skip
    without = session.score.points - position.fraction
    points, points_of = without.as_integer_ratio()
    PracticeSession.objects.update(points=points, points_of=points_of, scored=session.scored - 1)

    assert verify().endswith("0 of 1 scores differ\n")
    Regrade.objects.update(undone_at=NOW)
    with pytest.raises(CommandError):
        verify()


@pytest.mark.django_db
def test_open_sessions_are_not_looked_at():
    SessionFactory()

    assert verify().endswith("0 of 0 scores differ\n")


def test_verifying_asks_as_often_for_many_sessions_as_for_one(session, django_assert_num_queries):
    for _ in range(3):
        a_session(random.Random(4), mode="exam")

    with django_assert_num_queries(5):
        verify()
