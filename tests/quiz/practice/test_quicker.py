"""Somebody was quicker, or one token comes twice: each finds what is there, or is told in words."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from quiz.practice.actions import StillOpen, start_session
from quiz.practice.models import PracticeSession, Save
from tests.factories import GuestFactory, VersionFactory, version_of
from tests.quiz.specimens import SPECIMENS

from .conftest import address, option

pytestmark = pytest.mark.django_db
ONE, TWO = "a" * 32, "b" * 32


def begin(learner, token, versions=None):
    return start_session(
        learner=learner,
        title="A session",
        profile="guide",
        versions=versions or [VersionFactory()],
        edition=1,
        seed=7,
        token=token,
        now=timezone.now(),
    )


@pytest.fixture
def quicker(monkeypatch):
    """Let another request begin a session just before the next one writes: quicker(learner, token)."""

    def run(learner, token):
        def overtaken():
            monkeypatch.undo()
            begin(learner, token)
            # It saw no open session before, as the one that waits for the database did not.
            monkeypatch.setattr("quiz.practice.actions.make_room", lambda *args, **kwargs: None)
            return transaction.atomic()

        monkeypatch.setattr(transaction, "atomic", overtaken)

    return run


def test_the_form_that_comes_twice_at_once_finds_the_session_of_the_quicker_one(quicker):
    learner = GuestFactory()
    quicker(learner, ONE)

    found = begin(learner, ONE)

    assert found == PracticeSession.objects.get()


def test_another_form_at_the_same_moment_is_told_of_the_session_of_the_quicker_one(quicker):
    learner = GuestFactory()
    quicker(learner, ONE)

    with pytest.raises(StillOpen) as told:
        begin(learner, TWO)

    assert told.value.session == PracticeSession.objects.get(start_token=ONE)


def test_a_session_that_would_ask_one_question_twice_is_not_begun():
    version = VersionFactory()

    with pytest.raises(IntegrityError):
        begin(GuestFactory(), ONE, [version, version])

    assert not PracticeSession.objects.exists()


def test_a_flag_that_is_sent_twice_is_kept_once(client, learner, session):
    first = session.positions.get(number=1)
    client.post(
        address(session), {"token": ONE, "do": "check", "option": option(first, right=True)}
    )

    for _ in range(2):
        fields = {"token": TWO, "do": "flag", "flag": "yes"}
        assert client.post(address(session), fields).status_code == 302

    first.refresh_from_db()
    assert first.is_flagged
    assert Save.objects.count() == 2


def test_an_own_grade_with_the_token_of_another_question_is_asked_for_once_more(client, sign_in):
    session = begin(GuestFactory(), ONE, [version_of(SPECIMENS["open"]), VersionFactory()])
    sign_in(client, session.learner)
    second = session.positions.get(number=2)
    client.post(address(session), {"token": ONE, "do": "check", "text": "My words."})
    client.post(
        address(session, 2), {"token": TWO, "do": "check", "option": option(second, right=True)}
    )

    reply = client.post(address(session), {"token": TWO, "do": "grade"})

    assert reply.status_code == 409
    assert "This form was sent for another question before. Please grade once more." in reply.text
    assert not session.positions.get(number=1).is_graded


def test_more_than_a_question_can_hold_is_refused_in_words(client, learner, session):
    reply = client.post(address(session), {"token": ONE, "text": "word " * 5_000})

    assert reply.status_code == 422
    assert "Shorten it, then send it again." in reply.text
    assert not Save.objects.exists()
