"""What is kept of somebody: all of it in one file, and gone for good when they say so."""

import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from quiz.practice.models import Position, PracticeSession, Save
from quiz.sets.models import Member, QuizSet
from studyapp.people.models import Learner, User
from tests.factories import (
    AccountFactory,
    MemberFactory,
    PublishedSetFactory,
    QuestionFactory,
    SessionFactory,
    SetFactory,
    VersionFactory,
    version_of,
    with_score,
)
from tests.people.conftest import PASSWORD, forgotten_tries, post_sign_in
from tests.quiz.specimens import SPECIMENS

from .test_forgetting import everything_kept

__all__ = ["forgotten_tries"]
pytestmark = pytest.mark.django_db
QUERIES = 10
NAME, WORDS = "Ada Lovelace-Canary", "Words that only Ada would write"


def work_of(learner, words, **values):
    """A finished session with an open answer in somebody's own words, and one that was picked."""
    versions = [version_of(SPECIMENS[kind]) for kind in ("open", "single-choice")]
    session = SessionFactory(
        learner=learner, positions=versions, finished_at=timezone.now(), **values
    )
    opened, picked = session.positions.order_by("number")
    right = picked.version.options.get(is_correct=True).pk
    for position, response in ((opened, {"text": words, "ticked": []}), (picked, right)):
        position.response, position.checked_at = response, timezone.now()
        if position == picked:
            position.points, position.points_of = 1, 1
        position.save()
        Save.objects.create(
            session=session, position=position, token=f"save-{position.pk}-token",
            saved_at=timezone.now(), response=response,
        )  # fmt: skip
    return with_score(session)


@pytest.fixture
def ada():
    """An instructor who also takes a set of somebody else's, with work of every kind."""
    user = AccountFactory(email="ada-canary@example.org", name=NAME, teaches_since=timezone.now())
    learner = Learner.objects.create(user=user)
    member = MemberFactory(learner=learner, name="", quiz_set=PublishedSetFactory())
    work_of(learner, WORDS, quiz_set=member.quiz_set, try_number=1)
    work_of(learner, WORDS)
    SetFactory(owner=user, title="A set of Ada's")
    VersionFactory(question=QuestionFactory(author=user), stem="Which one did Ada ask about?")
    return user


@pytest.fixture
def other():
    """Somebody else with as much."""
    user = AccountFactory(email="other-canary@example.org", name="Grace Other-Canary")
    learner = Learner.objects.create(user=user)
    work_of(learner, "Words that only Grace would write")
    return user


@pytest.fixture
def as_ada(client, ada):
    post_sign_in(client, ada.email)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "a-secret-canary"})
    return client


def file_of(client):
    page = client.get("/your-data/file.json")
    assert page.headers["Content-Disposition"].startswith("attachment")
    return page.text


def erase(client, typed):
    return client.post("/your-data/erase/", {"typed": typed})


# Taking it away


def test_the_file_holds_all_of_it_and_no_secret(as_ada):
    text = file_of(as_ada)
    held = json.loads(text)

    assert held["account"]["email"] == "ada-canary@example.org"
    assert held["account"]["name"] == NAME
    assert held["account"]["e-mail addresses"][0]["verified"] is True
    assert held["account"]["ways to prove it is you"][0]["type"] == "totp"
    assert [each["title"] for each in held["quiz sets of mine"]] == ["A set of Ada's"]
    assert held["questions of mine"][0]["versions"][0]["stem"] == "Which one did Ada ask about?"
    assert len(held["quiz sets joined"]) == 1
    assert len(held["practice sessions"]) == 2
    answers = held["practice sessions"][0]["questions"]
    assert answers[0]["answer"]["text"] == answers[0]["deliveries"][0]["response"]["text"] == WORDS
    assert answers[1]["points"] == "1"
    assert "a-secret-canary" not in text
    assert PASSWORD not in text
    assert User.objects.get(name=NAME).password not in text


def test_the_file_holds_nothing_of_anybody_else(as_ada, other):
    text = file_of(as_ada)

    assert "Other-Canary" not in text
    assert "other-canary" not in text
    assert "only Grace" not in text


def test_a_guest_has_a_file_too(client, sign_in):
    session = work_of(SessionFactory().learner, WORDS)
    sign_in(client, session.learner)

    held = json.loads(file_of(client))

    assert set(held) == {
        "written_at", "learner since", "links to go on elsewhere", "quiz sets joined",
        "practice sessions",
    }  # fmt: skip
    assert session.learner.guest_key not in file_of(client)


def test_the_file_holds_no_key_of_a_session_that_is_open(client, sign_in):
    session = SessionFactory(positions=[version_of(SPECIMENS["open"]), VersionFactory()])
    sign_in(client, session.learner)

    questions = json.loads(file_of(client))["practice sessions"][0]["questions"]

    assert [set(each) & {"options", "points"} for each in questions] == [set(), set()]


def test_the_file_holds_no_score_that_an_instructor_holds_back(client, sign_in):
    session = SessionFactory(
        finished_at=timezone.now(), shown_from=timezone.now() + timedelta(days=1)
    )
    sign_in(client, session.learner)

    held = json.loads(file_of(client))["practice sessions"][0]

    assert "score" not in held
    assert [each for each in held["questions"] if "points" in each or "options" in each] == []


def test_the_file_costs_as_many_queries_for_three_sessions_as_for_two(
    client, sign_in, django_assert_num_queries
):
    learner = work_of(SessionFactory().learner, WORDS).learner
    sign_in(client, learner)

    with django_assert_num_queries(QUERIES):
        file_of(client)
    work_of(learner, WORDS)
    with django_assert_num_queries(QUERIES):
        file_of(client)


def test_whoever_has_nothing_is_told_so(client):
    assert "Nothing is kept of you" in client.get("/your-data/").text
    assert client.get("/your-data/erase/").status_code == 302


# Erasing it


def test_nothing_that_names_somebody_is_left_and_the_totals_stay(as_ada, other):
    before = list(PracticeSession.objects.order_by("pk").values_list("points", "scored"))

    page = erase(as_ada, "ada-canary@example.org")

    kept = everything_kept()
    assert page["Location"] == "/"
    assert [each for each in (NAME, WORDS, "ada-canary", "a-secret-canary") if each in kept] == []
    assert list(PracticeSession.objects.order_by("pk").values_list("points", "scored")) == before
    assert Position.objects.filter(points=1).count() == 3
    assert Member.objects.get().shown == "erased learner"
    assert "only Grace" in kept
    assert User.objects.filter(pk=other.pk).exists()


def test_questions_and_sets_pass_to_staff(as_ada):
    erase(as_ada, "ada-canary@example.org")

    held = QuizSet.objects.get(title="A set of Ada's")
    staff = AccountFactory(is_staff=True)
    as_ada.force_login(staff)
    assert held.owner is None
    assert as_ada.get(f"/sets/{held.pk}/").status_code == 200


def test_every_place_is_signed_out(as_ada, ada):
    elsewhere = Client()
    Authenticator.objects.filter(user=ada).delete()
    post_sign_in(elsewhere, ada.email)
    assert elsewhere.get("/accounts/").status_code == 200

    erase(as_ada, "ada-canary@example.org")

    assert elsewhere.get("/accounts/").status_code == 302
    assert as_ada.get("/accounts/").status_code == 302
    assert not UserSession.objects.exists()
    assert elsewhere.cookies["sessionid"].value not in Session.objects.values_list("pk", flat=True)


def test_another_word_erases_nothing(as_ada):
    as_ada.get("/your-data/erase/")
    before = everything_kept()

    page = erase(as_ada, "yes")

    assert page.status_code == 422
    assert "Type ada-canary@example.org, exactly" in page.text
    assert everything_kept() == before


def test_whoever_finds_a_browser_signed_in_is_asked_for_the_password(client):
    user = AccountFactory()
    client.force_login(user)

    page = client.get("/your-data/erase/")
    assert page["Location"] == "/accounts/reauthenticate/?next=%2Fyour-data%2Ferase%2F"
    assert erase(client, user.email).status_code == 302
    assert User.objects.filter(pk=user.pk).exists()

    client.post("/accounts/reauthenticate/?next=/your-data/", {"password": PASSWORD})
    erase(client, user.email)
    assert not User.objects.filter(pk=user.pk).exists()


def test_a_guest_erases_what_this_browser_has(client, sign_in):
    session = work_of(SessionFactory().learner, WORDS)
    key = session.learner.guest_key
    sign_in(client, session.learner)

    erase(client, "erase")

    assert key not in everything_kept()
    assert WORDS not in everything_kept()
    assert client.get(f"/practice/{session.pk}/").status_code == 404
    assert "Nothing is kept of you" in client.get("/your-data/").text
