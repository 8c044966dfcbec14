"""A guest is kept for some days after the last activity; then only scored answers stay."""

import io
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from quiz.learners.forgetting import erase_learner, forget_guest
from quiz.learners.links import make_link
from quiz.practice.models import Position, PracticeSession, Save
from quiz.sets.models import Member, QuizSet
from studyapp.guide.models import Profile
from studyapp.people.models import Learner, ResumeLink
from tests.factories import GuestFactory, SessionFactory, UserFactory, version_of
from tests.quiz.practice.conftest import address
from tests.quiz.specimens import SPECIMENS

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LONG_AGO, LATELY = NOW - timedelta(days=31), NOW - timedelta(days=29)
SECRET = "My name is Ada Lovelace"


@pytest.fixture
def guest():
    """A guest whose only session, an answered open question and a picked option, is long past."""
    learner = GuestFactory()
    versions = [version_of(SPECIMENS[kind]) for kind in ("open", "single-choice")]
    session = SessionFactory(learner=learner, positions=versions, started_at=LONG_AGO)
    opened, picked = session.positions.order_by("number")
    right = picked.version.options.get(is_correct=True).pk
    for position, response in ((opened, {"text": SECRET, "ticked": []}), (picked, right)):
        Save.objects.create(
            session=session, position=position, token=f"save-{position.pk}", saved_at=LONG_AGO,
            response=response, unfinished={"text": [SECRET]},
        )  # fmt: skip
        position.response, position.unfinished = response, {"text": [SECRET]}
        position.save()
    Learner.objects.update(created_at=LONG_AGO)
    return learner


def forget():
    out = io.StringIO()
    call_command("forget_guests", stdout=out)
    return out.getvalue()


def everything_kept():
    """All rows of the database as one text."""
    with connection.cursor() as cursor:
        texts = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            texts.append(repr(cursor.fetchall()))
    return "".join(texts)


def test_who_was_not_here_for_long_is_forgotten_and_the_score_stays(guest):
    key = guest.guest_key
    assert SECRET in everything_kept()

    assert forget().startswith("1 guest forgotten")

    guest.refresh_from_db()
    session = PracticeSession.objects.get()
    assert guest.erased_at
    assert session.learner == guest
    assert (session.points, session.scored) == (1, 1)
    assert Position.objects.get(number=1).response == {"text": "", "ticked": []}
    assert SECRET not in everything_kept()
    assert key not in everything_kept()


def test_a_forgotten_guest_is_not_forgotten_twice(guest):
    forget()

    assert forget().startswith("0 guests forgotten")


def test_the_browser_of_a_forgotten_guest_finds_nothing(guest, client, sign_in):
    sign_in(client, guest)
    forget()

    assert client.get(address(PracticeSession.objects.get())).status_code == 404
    assert client.get("/practice/").status_code == 200


def started(guest):
    SessionFactory(learner=guest, started_at=LATELY, finished_at=LATELY)


def finished(guest):
    guest.practice_sessions.update(finished_at=LATELY, points=0, points_of=1, scored=1)


def saved(guest):
    Save.objects.update(saved_at=LATELY)


def went_elsewhere(guest):
    make_link(learner=guest, token="a" * 32, now=LATELY)


def joined(guest):
    quiz_set = QuizSet.objects.create(title="A set", profile=Profile.objects.first())
    Member.objects.create(quiz_set=quiz_set, learner=guest, joined_at=LATELY)


@pytest.mark.parametrize("does", (started, finished, saved, went_elsewhere, joined))
def test_whoever_did_something_lately_is_kept(guest, does):
    does(guest)

    assert forget().startswith("0 guests forgotten")


def test_somebody_who_comes_back_at_the_last_moment_is_kept(guest):
    saved(guest)

    assert not forget_guest(guest=guest, since=NOW - timedelta(days=30), now=NOW)


def test_a_guest_without_work_is_removed():
    GuestFactory()
    Learner.objects.update(created_at=LONG_AGO)

    forget()

    assert not Learner.objects.exists()


def test_an_account_is_never_forgotten():
    account = Learner.objects.create(user=UserFactory())
    Learner.objects.update(created_at=LONG_AGO)

    forget()

    assert Learner.objects.get() == account


def test_a_member_who_is_forgotten_has_no_name_and_stays_counted(guest):
    joined(guest)
    Member.objects.update(name="Ada", joined_at=LONG_AGO)

    forget()

    assert Member.objects.get().name == ""


def test_expired_links_and_login_sessions_are_removed(guest, client, sign_in):
    saved(guest)
    sign_in(client, guest)
    make_link(learner=guest, token="a" * 32, now=LONG_AGO)
    make_link(learner=guest, token="b" * 32, now=NOW)
    Session.objects.update(expire_date=LATELY)

    assert forget() == "0 guests forgotten, 1 expired link removed\n"
    assert ResumeLink.objects.count() == 1
    assert not Session.objects.exists()


def test_a_user_who_is_erased_leaves_answers_without_a_name(guest):
    user = UserFactory(email="ada@example.org")
    Learner.objects.filter(pk=guest.pk).update(user=user, guest_key=None)

    erase_learner(learner=guest, now=NOW)
    user.delete()

    assert "ada@example.org" not in everything_kept()
    assert str(Learner.objects.get()) == "erased learner"
    assert PracticeSession.objects.count() == 1


def test_pages_tell_how_long_work_is_kept(client):
    for path in ("/practice/", "/resume/"):
        assert "30 days after you last used it" in client.get(path).content.decode()


def test_a_place_where_somebody_is_not_signed_in_any_more_is_removed(client):
    user, ended = UserFactory(), UserFactory()
    client.force_login(user)
    for person, key in ((user, client.session.session_key), (ended, "ended")):
        UserSession.objects.get_or_create(
            session_key=key, defaults={"user": person, "ip": "127.0.0.1", "user_agent": "Canary"}
        )

    forget()

    assert [each.user for each in UserSession.objects.all()] == [user]
