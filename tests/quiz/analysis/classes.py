"""A class that takes a set: everybody's answers are saved and closed as the pages do it."""

from datetime import timedelta

from django.utils import timezone

from quiz.practice.actions import close_session
from quiz.practice.models import PracticeSession
from quiz.sets.models import SetItem
from tests.factories import MemberFactory, PublishedSetFactory, SessionFactory, VersionFactory

STARTED = timezone.now() - timedelta(hours=3)


def a_set(*versions, **values):
    """A published set of these versions in their order."""
    held = PublishedSetFactory(questions=0, **values)
    for position, version in enumerate(versions, start=1):
        SetItem.objects.create(
            quiz_set=held, position=position, question=version.question, version=version
        )
    return held


def written(count):
    """So many questions of four options each, of which the first is right."""
    return [VersionFactory(stem=f"Question number {n}?") for n in range(1, count + 1)]


def option(version, place):
    """The id of an option by its place from 1; None for a blank."""
    return place and version.options.get(position=place).pk


def answers(quiz_set, member, places, *, is_finished=True, minutes=10):
    """The next try of a member, with the option in this place picked in each question (None: blank)."""
    items = quiz_set.items.select_related("version").order_by("position")
    versions = [item.version for item in items]
    number = PracticeSession.objects.filter(quiz_set=quiz_set, learner=member.learner).count() + 1
    session = SessionFactory(
        learner=member.learner,
        quiz_set=quiz_set,
        try_number=number,
        mode="exam",
        scoring=quiz_set.scoring,
        length=len(versions),
        positions=versions,
        started_at=STARTED,
    )
    for position, place in zip(session.positions.order_by("number"), places, strict=True):
        position.response = option(position.version, place)
        position.save()
    if is_finished:
        close_session(session=session, now=STARTED + timedelta(minutes=minutes))
    return session


def takes(quiz_set, places, *, name="Grace", **values):
    """A new member who takes the set once."""
    return answers(quiz_set, MemberFactory(quiz_set=quiz_set, name=name), places, **values)
