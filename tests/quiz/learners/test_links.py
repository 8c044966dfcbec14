"""A guest goes on in another browser by a link that works once."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from quiz.learners.links import LIFE, MOST
from quiz.practice.models import Position, PracticeSession
from studyapp.people.guessing import MOST as MOST_GUESSES
from studyapp.people.models import Learner, ResumeLink
from tests.factories import SessionFactory, UserFactory

from .conftest import learner_of, make, new_token, take

pytestmark = pytest.mark.django_db
NO_LINK = "This link does not work"


@pytest.fixture(autouse=True)
def nobody_has_guessed(db):
    cache.clear()


def said(response):
    return response.content.decode()


def test_link_holds_256_bits_of_which_only_a_digest_is_kept(link):
    secret = link.split("/")[2]
    (row,) = ResumeLink.objects.values()

    assert len(secret) * 6 >= 256
    assert secret not in str(row)


def test_link_leads_to_the_same_session_order_answers_and_deadline(here, there, client):
    session = PracticeSession.objects.get()
    session.deadline = timezone.now() + timedelta(minutes=30)
    session.save()
    position = session.positions.get(number=1)
    here.post(
        f"/practice/{session.pk}/1/",
        {"token": new_token(), "do": "save", "option": position.option_order[2]},
    )

    take(there, make(here))

    with time_machine.travel(timezone.now(), tick=False):
        pages = [browser.get(f"/practice/{session.pk}/1/").context for browser in (here, there)]
    assert pages[0]["question"] == pages[1]["question"]
    assert [o.id for o in pages[1]["question"].options if o.chosen] == [position.option_order[2]]
    assert pages[0]["seconds_left"] == pages[1]["seconds_left"]
    assert learner_of(there) == learner_of(here)


def test_page_of_a_link_says_what_will_happen_and_changes_nothing(here, there, link):
    before = list(ResumeLink.objects.values())

    page = there.get(link)

    assert page.status_code == 200
    assert "no finished sessions, and one that is open" in said(page)
    assert "Open is “Begun here”: 0 of 2 answered." in said(page)
    assert list(ResumeLink.objects.values()) == before
    assert "guest_key" not in there.session


def test_pages_of_links_belong_to_practice(here, there, link):
    for page in (said(here.get("/resume/")), said(there.get(link))):
        assert 'href="/practice/" aria-current="true"' in page


def test_taking_a_link_gives_the_browser_a_new_session_key(there, here, link):
    there.post("/guide/profile/", {"profile": "aws", "next": "/"})
    before = there.session.session_key

    take(there, link)

    assert there.session.session_key != before
    assert there.session["profile"] == "aws"


def test_a_link_works_once(here, there, link):
    take(there, link)

    page = take(Client(), link)

    assert page.status_code == 404
    assert NO_LINK in said(page)


def test_the_form_that_used_a_link_sent_again_is_answered_as_before(there, link):
    token = new_token()
    take(there, link, token)
    # The first answer was lost, and with it the cookie that it brought.
    without_cookie = Client()

    page = take(without_cookie, link, token)

    assert page.status_code == 302
    assert learner_of(without_cookie) == learner_of(there)


def test_making_a_link_twice_by_one_form_makes_one(here):
    token = new_token()

    assert make(here, token) == make(here, token)
    assert ResumeLink.objects.count() == 1


def wrong(here, link):
    return "/resume/" + "A" * 43 + "/"


def expired(here, link):
    ResumeLink.objects.update(expires_at=timezone.now())
    return link


def revoked(here, link):
    here.post("/resume/", {"token": new_token(), "revoke": ResumeLink.objects.get().pk})
    return link


def used(here, link):
    take(Client(), link)
    return link


@pytest.mark.parametrize("method", ("get", "post"))
def test_wrong_expired_revoked_and_used_links_are_answered_alike(here, there, method):
    pages = []
    for spoil in (wrong, expired, revoked, used):
        ResumeLink.objects.all().delete()
        address = spoil(here, make(here))
        page = getattr(there, method)(address, {"token": new_token()})
        pages.append((page.status_code, said(page).replace(address, "")))

    assert pages[0][0] == 404
    assert NO_LINK in pages[0][1]
    assert len({(status, strip(text)) for status, text in pages}) == 1
    assert "guest_key" not in there.session


def strip(text):
    """The page without the tokens that are new on each."""
    return text.split("<main", 1)[1].split("</main>", 1)[0]


def test_links_are_listed_with_what_became_of_them(here, link):
    page = said(here.get("/resume/"))

    assert "Works once, until" in page
    revoked(here, link)
    assert "Revoked" in said(here.get("/resume/"))
    assert link not in page


def test_used_and_expired_links_say_so(here, link):
    take(Client(), link)
    make(here)
    ResumeLink.objects.filter(used_at=None).update(expires_at=timezone.now())

    page = said(here.get("/resume/"))

    assert "</strong> Used " in page
    assert "</strong> Expired " in page


def test_a_link_expires_after_its_life(here, there, link):
    with time_machine.travel(timezone.now() + LIFE + timedelta(seconds=1)):
        assert take(there, link).status_code == 404


def test_nobody_can_revoke_the_link_of_somebody_else(there, sign_in, link):
    stranger = sign_in(there, SessionFactory().learner)

    stranger.post("/resume/", {"token": new_token(), "revoke": ResumeLink.objects.get().pk})

    assert ResumeLink.objects.get().revoked_at is None


def test_only_so_many_links_work_at_a_time(here):
    for _ in range(MOST):
        make(here)

    page = here.post("/resume/", {"token": new_token()})

    assert page.status_code == 409
    assert f"{MOST} links work already." in said(page)
    assert ResumeLink.objects.count() == MOST


def test_somebody_without_work_is_told_to_start_first(there):
    page = there.post("/resume/", {"token": new_token()})

    assert page.status_code == 409
    assert "There is nothing to go on with yet" in said(page)
    assert not Learner.objects.exists()


def test_somebody_signed_in_is_told_that_signing_in_is_the_way(there):
    there.force_login(UserFactory())

    page = there.post("/resume/", {"token": new_token()})

    assert page.status_code == 409
    assert "Sign in at the other browser" in said(page)
    assert not ResumeLink.objects.exists()


def test_a_link_is_not_used_up_by_somebody_signed_in(there, link):
    there.force_login(UserFactory())

    page = take(there, link)

    assert page.status_code == 409
    assert "It was not used up." in said(page)
    assert ResumeLink.objects.get().used_at is None


def test_a_link_is_not_used_up_by_the_browser_that_made_it(here, link):
    assert "This is a browser that has the work already" in said(here.get(link))
    assert take(here, link).status_code == 302
    assert ResumeLink.objects.get().used_at is None


@pytest.mark.parametrize("fields", ({}, {"token": "short"}, {"token": "a" * 32, "revoke": "one"}))
def test_malformed_forms_are_refused_in_words(here, fields):
    page = here.post("/resume/", fields)

    assert page.status_code == 422
    assert 'role="alert"' in said(page)


def test_a_form_without_its_token_does_not_use_the_link_up(there, link):
    assert there.post(link).status_code == 422
    assert ResumeLink.objects.get().used_at is None


# Guessing


def guess(client, **headers):
    return client.get("/resume/" + "B" * 43 + "/", **headers)


def test_who_guesses_is_held_up_and_nobody_else(there, link):
    for _ in range(MOST_GUESSES):
        assert guess(there).status_code == 404

    assert guess(there).status_code == 429
    assert there.get(link).status_code == 429
    assert there.get(link, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_links_that_work_are_not_counted(here, there, link):
    for _ in range(MOST_GUESSES + 1):
        assert there.get(link).status_code == 200


def test_guessing_is_forgiven_after_some_minutes(there, link):
    for _ in range(MOST_GUESSES):
        guess(there)

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert there.get(link).status_code == 200


def test_behind_a_proxy_the_address_that_it_names_counts(there, settings, link):
    settings.PUBLIC = True
    for _ in range(MOST_GUESSES):
        guess(there, headers={"X-Forwarded-For": "203.0.113.1, 198.51.100.9"})

    def asked(forwarded):
        return there.get(link, headers={"X-Forwarded-For": forwarded}).status_code

    assert asked("203.0.113.77, 198.51.100.9") == 429
    assert asked("203.0.113.1") == 200


def test_of_a_version_6_address_the_network_counts(there, link):
    for _ in range(MOST_GUESSES):
        guess(there, REMOTE_ADDR="2001:db8::1")

    assert there.get(link, REMOTE_ADDR="2001:db8::ffff:2").status_code == 429
    assert there.get(link, REMOTE_ADDR="2001:db8:0:1::1").status_code == 200


def test_pages_of_links_ask_the_database_little(here, there, link):
    for address, client, most in (("/resume/", here, 5), (link, there, 6)):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)

        assert len(asked) <= most, [each["sql"] for each in asked]


def test_positions_stay_where_they_are(here, there, link):
    before = list(Position.objects.values_list("pk", "session", "option_order"))

    take(there, link)

    assert list(Position.objects.values_list("pk", "session", "option_order")) == before
