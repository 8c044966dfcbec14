"""The first instructor is made at the terminal; everybody after that by staff."""

import io

import pytest
from django.core.management import CommandError, call_command

from studyapp.people.models import User
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


def make_instructor(email):
    out = io.StringIO()
    call_command("make_instructor", email, stdout=out)
    return out.getvalue().strip()


def test_somebody_with_an_account_teaches_from_then_on(client):
    ada = AccountFactory(email="ada@example.org")
    client.force_login(ada)
    assert client.get("/sets/").status_code == 403

    said = make_instructor(" Ada@Example.org ")

    assert said == "ada@example.org is an instructor now."
    assert client.get("/sets/").status_code == 200


def test_a_second_time_changes_nothing():
    AccountFactory(email="ada@example.org")
    make_instructor("ada@example.org")
    since = User.objects.get().teaches_since

    assert make_instructor("ada@example.org") == "ada@example.org was an instructor before."
    assert User.objects.get().teaches_since == since


def test_an_address_without_an_account_is_refused_with_what_to_do():
    with pytest.raises(CommandError, match="Sign up first, then run this again") as refused:
        make_instructor("nobody@example.org")

    assert refused.value.returncode == 2
    assert not User.objects.exists()
