"""Whoever runs the server erases an account on request, as its owner could on the page."""

import io

import pytest
from django.core.management import CommandError, call_command

from quiz.practice.models import PracticeSession
from studyapp.people.models import Learner, User
from tests.factories import AccountFactory, SessionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    """Somebody with an account and one session."""
    user = AccountFactory(email="ada@example.org")
    SessionFactory(learner=Learner.objects.create(user=user))
    return user


@pytest.fixture
def type_in(monkeypatch):
    """Somebody at the terminal who types this when asked; the questions that were asked."""
    asked = []

    def types(text):
        def answer(question):
            asked.append(question)
            if text is None:
                raise EOFError
            return text

        monkeypatch.setattr("builtins.input", answer)
        return asked

    return types


def erase(*given):
    out = io.StringIO()
    call_command("erase_account", *given, stdout=out)
    return out.getvalue()


def test_an_account_is_erased_once_the_address_is_typed_again(ada, type_in):
    asked = type_in(" Ada@example.org ")

    said = erase("ADA@example.org")

    assert asked == ["To erase ada@example.org for good, type the address again: "]
    assert said.startswith("Erased the account of ADA@example.org.")
    assert not User.objects.exists()
    assert Learner.objects.get().erased_at
    assert PracticeSession.objects.get().finished_at


def test_with_yes_nothing_is_asked(ada, type_in):
    asked = type_in("no")

    erase("ada@example.org", "--yes")

    assert asked == []
    assert not User.objects.exists()


@pytest.mark.parametrize("typed", ["", "yes", "bea@example.org", None])
def test_whoever_types_anything_else_or_has_no_terminal_erases_nothing(ada, type_in, typed):
    type_in(typed)

    with pytest.raises(CommandError, match="Nothing was erased"):
        erase("ada@example.org")

    assert User.objects.get() == ada


def test_an_address_that_nobody_has_is_said(db):
    with pytest.raises(CommandError, match="Nobody has an account") as error:
        erase("bea@example.org", "--yes")

    assert error.value.returncode == 2
