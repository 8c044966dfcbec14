"""Whoever signs in takes along what this browser did as a guest, once, and nobody else's."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from quiz.practice.models import PracticeSession
from studyapp.people.models import Learner, User
from tests.factories import AccountFactory, MemberFactory, SessionFactory

from .conftest import PASSWORD, code_in, post_sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(client, sign_in):
    """A session that a guest began in this browser."""
    begun = SessionFactory(title="Begun as a guest")
    sign_in(client, begun.learner)
    return begun


def owner_of(session):
    session.refresh_from_db()
    return session.learner.user


def test_the_work_of_a_guest_is_in_the_account_after_signing_in(client, session):
    user = AccountFactory()

    page = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}, follow=True)

    assert owner_of(session) == user
    assert "1 practice session from this browser went along" in page.text
    assert "guest_key" not in client.session
    assert Learner.objects.count() == 1


def test_quiz_sets_that_a_guest_joined_go_along(client, sign_in):
    user, member = AccountFactory(), MemberFactory()
    sign_in(client, member.learner)

    page = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}, follow=True)

    member.refresh_from_db()
    assert member.learner.user == user
    assert "1 quiz set from this browser went along" in page.text


def test_work_of_both_is_kept_and_signing_in_again_changes_nothing(client, session):
    user = AccountFactory()
    own = SessionFactory(
        learner=Learner.objects.create(user=user), finished_at=timezone.now(), title="Own"
    )

    post_sign_in(client, user.email)
    before = list(PracticeSession.objects.order_by("pk").values())
    client.post("/accounts/logout/")
    page = post_sign_in(client, user.email)

    assert page.status_code == 302
    assert {owner_of(session), owner_of(own)} == {user}
    assert list(PracticeSession.objects.order_by("pk").values()) == before


def test_a_wrong_password_takes_nothing_along(client, session):
    user = AccountFactory()

    post_sign_in(client, user.email, "not the password")

    assert owner_of(session) is None
    assert client.session["guest_key"] == session.learner.guest_key


def test_whoever_comes_next_to_the_browser_finds_nothing(client, session):
    post_sign_in(client, AccountFactory().email)
    client.post("/accounts/logout/")

    assert client.get(f"/practice/{session.pk}/").status_code == 404
    post_sign_in(client, AccountFactory().email)
    assert client.get(f"/practice/{session.pk}/").status_code == 404


def test_a_guest_without_work_is_told_nothing(client):
    page = client.post(
        "/accounts/login/",
        {"login": AccountFactory().email, "password": PASSWORD},
        follow=True,
    )

    assert "went along" not in page.text


def test_a_new_account_takes_the_work_along_once_its_address_is_proved(client, session):
    form = {"email": "Ada@Example.org", "password1": PASSWORD}
    page = client.post("/accounts/signup/", form)
    assert owner_of(session) is None

    page = client.post(page["Location"], {"code": code_in(mail.outbox[0])}, follow=True)

    assert owner_of(session) == User.objects.get(email="ada@example.org")
    assert "1 practice session from this browser went along" in page.text


def test_another_browser_that_guesses_the_code_wrong_is_not_signed_in(client, session):
    page = client.post("/accounts/signup/", {"email": "ada@example.org", "password1": PASSWORD})

    client.post(page["Location"], {"code": "WRONG1"})

    assert owner_of(session) is None
    assert Client().get("/accounts/").status_code == 302


def test_whoever_runs_the_server_signs_in_at_once(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="Root@Example.org", interactive=False, verbosity=0)

    assert post_sign_in(client, "root@example.org", next="/admin/")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
