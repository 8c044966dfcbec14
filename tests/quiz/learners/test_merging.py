"""Two learners become one: nothing is lost, doubled, or shown to others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from quiz.learners.merging import merge_learners
from quiz.practice.models import PracticeSession
from quiz.sets.models import Member, QuizSet, SetEvent
from studyapp.guide.models import Profile
from studyapp.people.models import Learner
from tests.factories import GuestFactory, SessionFactory, UserFactory

from .conftest import learner_of, make, new_token, take
from .histories import merge_one, some_versions

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(40))
def test_random_histories_are_merged_whole_and_once(seed):
    assert merge_one(seed, some_versions()) == []


def test_every_row_that_belongs_to_a_learner_is_known_to_merging():
    held = {each.related_model._meta.label for each in Learner._meta.related_objects}

    # Sessions and memberships are handed over; the links of a guest go with the guest.
    assert held == {"quiz.PracticeSession", "quiz.Member", "people.ResumeLink"}


def test_where_both_have_a_session_open_the_guests_is_closed_and_kept():
    guest, into = SessionFactory(title="The guest's"), SessionFactory(title="The other")
    now = timezone.now()

    merge_learners(guest=guest.learner, into=into.learner, now=now)

    assert [
        (each.title, each.finished_at) for each in into.learner.practice_sessions.order_by("pk")
    ] == [("The guest's", now), ("The other", None)]


def test_where_the_others_time_is_over_the_guests_session_stays_open():
    now = timezone.now()
    deadline = now - timedelta(minutes=1)
    guest = SessionFactory()
    into = SessionFactory(started_at=now - timedelta(hours=1), deadline=deadline)

    merge_learners(guest=guest.learner, into=into.learner, now=now)

    guest.refresh_from_db()
    into.refresh_from_db()
    assert guest.finished_at is None
    assert into.finished_at == deadline


def test_work_of_a_guest_is_handed_to_an_account():
    session, account = SessionFactory(), Learner.objects.create(user=UserFactory())

    merge_learners(guest=session.learner, into=account, now=timezone.now())

    assert [each.pk for each in account.practice_sessions.all()] == [session.pk]


def test_work_of_an_account_is_never_handed_over():
    account = Learner.objects.create(user=UserFactory())

    with pytest.raises(ValueError, match="only the work of a guest"):
        merge_learners(guest=account, into=GuestFactory(), now=timezone.now())


def test_merging_with_oneself_changes_nothing():
    session = SessionFactory()

    merge_learners(guest=session.learner, into=session.learner, now=timezone.now())

    assert PracticeSession.objects.get().learner == session.learner
    assert session.learner.practice_sessions.open().exists()


def test_sessions_that_one_form_started_for_both_are_both_kept():
    now = timezone.now()
    guest = SessionFactory(start_token="the-same-form-000", finished_at=now)
    into = SessionFactory(start_token="the-same-form-000", finished_at=now)

    merge_learners(guest=guest.learner, into=into.learner, now=now)

    tokens = dict(into.learner.practice_sessions.values_list("pk", "start_token"))
    assert tokens[into.pk] == "the-same-form-000"
    assert len(tokens[guest.pk]) <= 64
    assert len(set(tokens.values())) == 2


@pytest.fixture
def quiz_set():
    return QuizSet.objects.create(title="A set", profile=Profile.objects.get(slug="guide"))


def test_tries_of_a_set_are_counted_on_and_one_stays_open(quiz_set):
    now = timezone.now()
    guest, into = GuestFactory(), GuestFactory()
    for learner in (guest, into):
        SessionFactory(learner=learner, quiz_set=quiz_set, try_number=1, finished_at=now)
        SessionFactory(learner=learner, quiz_set=quiz_set, try_number=2)
        SessionFactory(learner=learner)

    merge_learners(guest=guest, into=into, now=now)

    sessions = into.practice_sessions.order_by("pk")
    assert list(sessions.values_list("try_number", flat=True)) == [3, 4, None, 1, 2, None]
    assert [each.is_open for each in sessions] == [False, False, False, False, True, True]


def test_an_open_try_of_a_set_and_an_open_session_of_ones_own_both_stay_open(quiz_set):
    guest, into = SessionFactory(quiz_set=quiz_set, try_number=1), SessionFactory()

    merge_learners(guest=guest.learner, into=into.learner, now=timezone.now())

    assert into.learner.practice_sessions.open().count() == 2


def test_memberships_are_handed_over_and_nothing_that_was_granted_is_lost(quiz_set):
    now = timezone.now()
    guest, into = GuestFactory(), GuestFactory()
    other_set = QuizSet.objects.create(title="Another", profile=quiz_set.profile)
    mine = Member.objects.create(
        quiz_set=quiz_set, learner=guest, name="Ada", joined_at=now, time_factor=2
    )
    event = SetEvent.objects.create(quiz_set=quiz_set, member=mine, at=now, words="Twice the time")
    Member.objects.create(quiz_set=quiz_set, learner=into, joined_at=now, extra_tries=1)
    Member.objects.create(quiz_set=other_set, learner=guest, name="Ada", joined_at=now)

    merge_learners(guest=guest, into=into, now=now)

    kept = into.memberships.get(quiz_set=quiz_set)
    assert (kept.name, kept.time_factor, kept.extra_tries) == ("Ada", 2, 1)
    assert SetEvent.objects.get(pk=event.pk).member == kept
    assert into.memberships.get(quiz_set=other_set).name == "Ada"
    assert Member.objects.count() == 2


# In two browsers


@pytest.fixture
def there(sign_in):
    """Another browser with a finished session, and one that is open."""
    session = SessionFactory(title="Begun there")
    SessionFactory(learner=session.learner, finished_at=timezone.now())
    return sign_in(Client(), session.learner)


def test_page_tells_which_session_is_closed_before_anything_is_merged(there, link):
    page = there.get(link).content.decode()

    assert "This browser has work of its own" in page
    assert "Its 2 sessions are added" in page
    assert "“Begun there”, open here with 0 of 2 answered, is closed as it stands" in page
    assert "You took the work of this browser" not in page
    assert Learner.objects.count() == 2


def test_page_tells_of_a_third_browser_that_loses_the_work(there, link):
    take(Client(), make(there))

    assert "You took the work of this browser to another one" in there.get(link).content.decode()


def test_both_browsers_have_all_work_afterwards(here, there, link):
    take(there, link)

    titles = [
        {(each.title, each.is_open) for each in learner_of(browser).practice_sessions.all()}
        for browser in (here, there)
    ]
    assert titles[0] == titles[1]
    assert titles[0] == {("Begun here", True), ("Begun there", False), ("A session", False)}
    assert Learner.objects.count() == 1


def test_a_link_of_the_merged_guest_leads_nowhere_any_more(there, link):
    own_link = make(there)

    take(there, link)

    assert Client().get(own_link).status_code == 404


def test_the_same_form_sent_again_merges_nothing_again(there, link):
    token = new_token()
    take(there, link, token)
    before = list(PracticeSession.objects.order_by("pk").values())

    assert take(there, link, token).status_code == 302
    assert list(PracticeSession.objects.order_by("pk").values()) == before
