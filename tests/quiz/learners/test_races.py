"""Links taken at the same moment, on whichever database the tests run: one effect, no error."""

import pytest
from django.test import Client
from django.utils import timezone

from quiz.learners.merging import merge_learners
from quiz.practice.models import PracticeSession, Save
from studyapp.people.models import Learner, ResumeLink
from tests.factories import GuestFactory, SessionFactory

from .conftest import learner_of, make, take

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here(database, sign_in):
    return sign_in(Client(), SessionFactory(title="Begun here").learner)


@pytest.fixture
def there(database, sign_in):
    return sign_in(Client(), SessionFactory(title="Begun there").learner)


def test_four_browsers_that_take_one_link_at_once_one_gets_it(race, here):
    link = make(here)

    found = race(*[lambda: take(Client(), link) for _ in range(4)])

    assert sorted(each.status_code for each in found) == [302, 404, 404, 404]
    assert ResumeLink.objects.get().used_at


def test_one_form_sent_four_times_at_once_is_answered_alike(race, there, here):
    link = make(here)

    found = race(*[lambda: take(copy_of(there), link, "a" * 32) for _ in range(4)])

    assert [each.status_code for each in found] == [302] * 4
    assert Learner.objects.count() == 1
    assert PracticeSession.objects.open().get().title == "Begun here"


def copy_of(client):
    """The same browser once more, for another thread."""
    copy = Client()
    copy.cookies = client.cookies.copy()
    return copy


def test_two_browsers_that_take_each_others_links_at_once_end_as_one(race, here, there):
    links = [make(here), make(there)]

    found = race(lambda: take(there, links[0]), lambda: take(here, links[1]))

    assert sorted(each.status_code for each in found) in ([302, 302], [302, 404])
    assert Learner.objects.count() == 1
    assert Learner.objects.get().practice_sessions.count() == 2
    assert PracticeSession.objects.open().count() == 1


def test_an_answer_under_way_while_its_learner_is_merged_is_kept_or_refused(race, here, there):
    link = make(here)
    position = learner_of(there).practice_sessions.get().positions.get(number=1)
    fields = {"token": "a" * 32, "option": position.option_order[0]}
    path = f"/practice/{position.session_id}/1/"

    taken, answered = race(lambda: take(there, link), lambda: copy_of(there).post(path, fields))

    assert taken.status_code == 302
    assert answered.status_code in (302, 404, 409)
    assert Save.objects.count() == (answered.status_code == 302)
    position.refresh_from_db()
    assert (position.response is not None) == (answered.status_code == 302)


def test_a_start_while_a_guest_comes_in_leaves_one_session_open(race, database, sign_in):
    into, guest = GuestFactory(), SessionFactory().learner
    here = sign_in(Client(), into)

    started, _ = race(
        lambda: here.post("/practice/", {"token": "a" * 32, "length": 5}),
        lambda: merge_learners(guest=guest, into=into, now=timezone.now()),
    )

    assert started.status_code in (302, 409)
    assert Learner.objects.count() == 1
    assert PracticeSession.objects.open().count() == 1
