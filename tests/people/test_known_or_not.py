"""No page tells whether somebody has an account, however it is asked."""

import re

import pytest
import time_machine
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.factories import AccountFactory, PublishedSetFactory

from .conftest import PASSWORD, post_sign_in

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "known@example.org", "nobody@example.org"
# What differs between any two answers: tokens, and the address that was typed.
TOKENS = re.compile(r'(name="csrfmiddlewaretoken" value=|"x-csrftoken": )"[^"]+"|\w+@example\.org')


@pytest.fixture(autouse=True)
def known():
    return AccountFactory(email=KNOWN)


def sign_in(client, email):
    return post_sign_in(client, email, "a wrong long password")


def sign_up(client, email):
    return client.post("/accounts/signup/", {"email": email, "password1": PASSWORD})


def reset(client, email):
    return client.post("/accounts/password/reset/", {"email": email})


def told(ask, email):
    """Everything that a stranger is told, with the page that comes next."""
    browser = Client()
    response = ask(browser, email)
    said = [(response.status_code, response.headers.get("Location"), plain(response))]
    if response.status_code == 302:
        said.append(
            (
                browser.get(response["Location"]).status_code,
                plain(browser.get(response["Location"])),
            )
        )
    return said, sorted(browser.cookies)


def plain(response):
    return TOKENS.sub("", response.text)


@pytest.mark.parametrize("ask", (sign_in, sign_up, reset))
def test_a_known_and_an_unknown_address_are_answered_alike(ask):
    assert told(ask, KNOWN) == told(ask, UNKNOWN)


@pytest.mark.parametrize("ask", (sign_up, reset))
def test_either_gets_one_mail(ask):
    for address in (KNOWN, UNKNOWN):
        told(ask, address)

    assert [each.to for each in mail.outbox] == [[KNOWN], [UNKNOWN]]


def test_the_code_of_a_sign_up_is_not_taken_for_a_known_address():
    browser = Client()
    page = sign_up(browser, KNOWN)

    answer = browser.post(page["Location"], {"code": "ABC123"})

    assert answer.status_code in (200, 302, 422)
    assert browser.get("/accounts/").status_code == 302


def test_an_unknown_address_costs_as_many_hashes_as_a_known_one(monkeypatch):
    """What takes the time is the hashing of the password."""
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given)
    )
    counts = []
    for ask in (sign_in, sign_up, reset):
        for address in (KNOWN, UNKNOWN):
            hashed.clear()
            ask(Client(), address)
            counts.append((ask.__name__, len(hashed)))

    assert counts[::2] == counts[1::2]


def test_links_to_join_that_do_not_work_are_answered_alike(client):
    """One that never was, and one of a set that is over."""
    over = PublishedSetFactory(closes_at=timezone.now())
    answers = [client.get(f"/join/{secret}/") for secret in ("x" * 43, over.join_secret)]

    assert [each.status_code for each in answers] == [404, 404]
    assert plain(answers[0]).replace("x" * 43, "") == plain(answers[1]).replace(
        over.join_secret, ""
    )


# Who is slowed down


def test_six_wrong_passwords_slow_down_one_account_and_nobody_else(client, known):
    for _ in range(6):
        page = sign_in(client, KNOWN)
    other = AccountFactory()

    assert "Too many" in page.text or page.status_code == 429
    assert post_sign_in(Client(), other.email).status_code == 302


def test_the_600th_of_a_class_signs_in_from_one_address_within_a_minute(rf):
    asks = rf.post("/accounts/login/")
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(590):
            limits = settings.ACCOUNT_RATE_LIMITS
            assert ratelimit.consume(asks, app="allauth.account", action="login", config=limits)
        answers = [post_sign_in(Client(), AccountFactory().email).status_code for _ in range(10)]

    assert answers == [302] * 10


# Where somebody is sent next

AWAY = (
    "https://evil.example",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    " https://evil.example",
    "\thttps://evil.example",
    "/%09/evil.example/../..//evil.example",
    "https://testserver@evil.example",
    "https://evil.example#testserver",
)


@pytest.mark.parametrize("next_", AWAY)
@pytest.mark.parametrize("page", ("/accounts/login/", "/accounts/logout/", "/guide/profile/"))
def test_nobody_is_sent_to_another_site(client, known, page, next_):
    if page == "/accounts/logout/":
        client.force_login(known)
    form = {"login": KNOWN, "password": PASSWORD, "profile": "aws", "next": next_}

    there = client.post(page, form).headers.get("Location", "")

    assert not re.match(r"\s*([a-z]+:|[/\\]{2})", there, re.I), there
    assert there.startswith("/")


def test_whoever_signs_in_goes_on_where_they_were(client):
    assert post_sign_in(client, KNOWN, next="/progress/")["Location"] == "/progress/"
