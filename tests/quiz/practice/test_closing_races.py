"""An answer that is still being written while its session is closed: both end, and it counts."""

import time
from threading import Event

import pytest
from django.db import transaction
from django.utils import timezone

from quiz.practice.actions import Given, Sender, close_session, save_answer
from quiz.practice.models import PracticeSession
from tests.factories import SessionFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_closing_waits_for_an_answer_under_way_and_counts_it(race, database):
    position = SessionFactory(length=1).positions.select_related("session", "version").get()
    key, now, is_written = position.version.key_held, timezone.now(), Event()
    right = next(option.pk for option in key.options if option.is_correct)
    sender = Sender(token="a" * 32, tab="tab", seq=1, base="")

    def answer():
        with transaction.atomic():
            kept = save_answer(
                position=position, given=Given(right), sender=sender, now=now, key=key
            )
            is_written.set()
            # Long enough for the other to stand before the rows that are held here.
            time.sleep(0.5)
        return kept

    def close():
        is_written.wait(10)
        return close_session(session=PracticeSession.objects.get(), now=now)

    kept, was_closed = race(answer, close)

    session = PracticeSession.objects.get()
    assert kept.response == right
    assert was_closed
    assert (session.points, session.scored) == (1, 1)
