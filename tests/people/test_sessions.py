"""The cookie that leads to the work of a guest lives as long as the work, and costs no answer."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.factories import SessionFactory
from tests.quiz.conftest import sign_in
from tests.quiz.practice.conftest import address

pytestmark = pytest.mark.django_db
__all__ = ["sign_in"]
START = timezone.now()


@pytest.fixture
def path(client, sign_in):
    session = SessionFactory()
    with time_machine.travel(START, tick=False):
        sign_in(client, session.learner)
    return address(session)


def expires():
    return Session.objects.get().expire_date - START


def at(**later):
    return time_machine.travel(START + timedelta(**later), tick=False)


def answer(client, path, number=1):
    """Save as one tab does, the how-manieth time."""
    sender = {"token": f"token-of-answer-{number:04}", "tab": "t" * 32, "seq": number}
    return client.post(path, {"do": "save", "flag": "yes", **sender})


def test_an_answer_after_a_day_keeps_the_cookie_for_the_whole_time_again(client, path):
    with at(days=20):
        response = answer(client, path)

    assert expires() == timedelta(days=50)
    assert response.cookies["sessionid"]["max-age"] == 30 * 24 * 3600


def test_an_answer_within_a_day_writes_no_session(client, path):
    with at(hours=23):
        response = answer(client, path)

    assert expires() == timedelta(days=30)
    assert "sessionid" not in response.cookies


def test_reading_renews_nothing(client, path):
    with at(days=20):
        client.get(path)

    assert expires() == timedelta(days=30)


def test_what_is_refused_renews_nothing(client, path):
    with at(days=20):
        assert client.post(path, {}).status_code == 422

    assert expires() == timedelta(days=30)


def test_whoever_answers_each_week_stays_the_same_guest(client, path):
    for week in range(1, 11):
        with at(weeks=week):
            assert answer(client, path, number=week).status_code == 302

    with at(weeks=11):
        assert client.get(path).status_code == 200
