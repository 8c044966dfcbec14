"""Where somebody is signed in: told in words that are recognised, and signed out of one by one."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from studyapp.people.devices import device
from tests.factories import AccountFactory

from .conftest import post_sign_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)


@pytest.fixture
def person():
    return AccountFactory(email="grace@example.org")


def signed_in(person, user_agent):
    """A browser in which somebody has signed in."""
    client = Client(headers={"user-agent": user_agent})
    assert post_sign_in(client, person.email).status_code == 302
    client.get("/")
    return client


def held(client):
    return UserSession.objects.get(session_key=client.session.session_key)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"),
        (ANDROID, "Chrome on Android"),
        (IPHONE, "Safari on an iPhone"),
        (EDGE, "Edge on Windows"),
        ("a feed reader", "a feed reader"),
        ("", ""),
    ],
)
def test_a_browser_is_told_in_words(user_agent, words):
    assert device(user_agent) == words


def test_one_browser_is_signed_out_and_the_others_stay(person):
    here, there, elsewhere = (signed_in(person, each) for each in (FIREFOX, ANDROID, IPHONE))

    page = here.post("/accounts/sessions/", {"end": held(there).pk}, follow=True)

    assert "That browser is signed out." in page.text
    assert "Chrome on Android" not in page.text
    assert there.get("/accounts/").status_code == 302
    assert elsewhere.get("/accounts/").status_code == 200
    assert here.get("/accounts/").status_code == 200


def test_the_browser_of_somebody_else_stays_signed_in(person):
    stranger = AccountFactory(email="mallory@example.org")
    here, theirs = signed_in(stranger, FIREFOX), signed_in(person, ANDROID)

    here.post("/accounts/sessions/", {"end": held(theirs).pk})

    assert theirs.get("/accounts/").status_code == 200


def test_all_others_are_signed_out_at_once(person):
    here, there = signed_in(person, FIREFOX), signed_in(person, ANDROID)

    here.post("/accounts/sessions/")

    assert there.get("/accounts/").status_code == 302
    assert here.get("/accounts/").status_code == 200
