"""Several requests at the same moment, on whichever database the tests run: one effect, no error."""

from threading import Event
from time import sleep

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from quiz.practice.actions import Given, Sender, close_session, save_answer
from quiz.practice.models import Position, PracticeSession, Save
from tests.factories import SessionFactory

from .conftest import address

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def position(database):
    return SessionFactory(length=1).positions.get()


def clients(learner, sign_in, count):
    return [sign_in(Client(), learner) for _ in range(count)]


def answer(client, position, token, place=0):
    fields = {"token": token, "option": position.option_order[place]}
    return lambda: client.post(address(position.session), fields)


def test_same_answer_sent_twice_has_one_effect(race, position, sign_in):
    one, two = clients(position.session.learner, sign_in, 2)

    found = race(answer(one, position, "a" * 32), answer(two, position, "a" * 32))

    assert [response.status_code for response in found] == [302, 302]
    assert Save.objects.count() == 1


def test_two_answers_at_once_one_counts_and_one_is_refused(race, position, sign_in):
    one, two = clients(position.session.learner, sign_in, 2)

    found = race(answer(one, position, "a" * 32, 0), answer(two, position, "b" * 32, 1))

    assert sorted(response.status_code for response in found) == [302, 409]
    assert Save.objects.get().response == Position.objects.get(pk=position.pk).response


def test_answer_and_finish_at_once_leave_a_whole_session(race, position, sign_in):
    one, two = clients(position.session.learner, sign_in, 2)
    path = f"/practice/{position.session_id}/"

    answered, finished = race(answer(one, position, "a" * 32), lambda: two.post(path))

    assert finished.status_code == 302
    assert answered.status_code in (302, 409)
    assert Save.objects.count() == (answered.status_code == 302)
    assert not PracticeSession.objects.get().is_open


def test_session_that_closes_while_an_answer_is_under_way_waits_for_it(race, position):
    """PostgreSQL looks at foreign keys when a save commits; the closing must not hold that up."""
    saved, now = Event(), timezone.now()
    sender = Sender(token="a" * 32, tab="b" * 32, seq=1, base="")
    given = Given(response=position.option_order[0])

    def save_slowly():
        with transaction.atomic():
            save_answer(position=position, given=given, sender=sender, now=now, key=None)
            saved.set()
            sleep(0.5)
        return "kept"

    def close():
        saved.wait(10)
        return close_session(session=PracticeSession.objects.get(), now=now)

    assert race(save_slowly, close) == ["kept", True]
    assert Position.objects.get().is_checked


def start(client, token):
    return lambda: client.post("/practice/", {"token": token, "length": 5})


def test_four_starts_of_one_guest_make_one_session(race, database, sign_in):
    learner = SessionFactory(finished_at="2100-01-01T00:00Z").learner
    starts = [
        start(client, f"token-of-start-{n}")
        for n, client in enumerate(clients(learner, sign_in, 4))
    ]

    found = race(*starts)

    assert sorted(response.status_code for response in found) == [302, 409, 409, 409]
    assert PracticeSession.objects.open().count() == 1


def test_first_start_of_a_new_guest_sent_four_times_makes_one_session(race, database):
    found = race(*[start(Client(), "a" * 32) for _ in range(4)])

    assert {response.headers.get("Location") for response in found} == {
        f"/practice/{PracticeSession.objects.get().pk}/1/"
    }
