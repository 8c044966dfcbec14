"""A class takes a set: joining, tries, windows, more time, and keys that wait for the whole class."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from quiz.practice.models import PracticeSession
from quiz.sets.models import Member
from studyapp.guide.models import Objective
from tests.factories import MemberFactory, PublishedSetFactory, UserFactory, VersionFactory

from .conftest import hidden

TOKEN = "a-token-of-a-form-{:04}"

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client, sign_in):
    """A guest who has joined a set of two questions with one try; `client` is theirs."""
    found = MemberFactory()
    sign_in(client, found.learner)
    return found


def address(member):
    return f"/practice/set/{member.quiz_set.pk}/"


def start(client, member, number=1):
    return client.post(address(member), {"token": TOKEN.format(number)})


def change(quiz_set, **values):
    type(quiz_set).objects.filter(pk=quiz_set.pk).update(**values)


def main(response):
    """What a page says, without what differs from one request to the next."""
    return response.text.partition("<main")[2].partition("</main>")[0]


def started():
    return PracticeSession.objects.get()


# Joining


def test_a_guest_joins_by_the_link_with_a_name(client):
    held = PublishedSetFactory()
    page = client.get(f"/join/{held.join_secret}/")

    response = client.post(
        f"/join/{held.join_secret}/", {"token": hidden(page)["token"], "name": "Grace"}
    )

    assert response["Location"] == f"/practice/set/{held.pk}/"
    assert Member.objects.get().name == "Grace"
    assert "You take part as Grace" in client.get(response["Location"]).text


def test_a_code_is_read_with_spaces_and_small_letters(client):
    held = PublishedSetFactory(join_code="ABC234XYZ")

    response = client.post("/join/", {"code": " abc 234-xyz "})

    assert response["Location"] == f"/join/{held.join_secret}/"


def test_joining_twice_makes_one_member(client):
    held = PublishedSetFactory()
    fields = {"token": TOKEN.format(1), "name": "Grace"}

    client.post(f"/join/{held.join_secret}/", fields)
    client.post(f"/join/{held.join_secret}/", fields)

    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"join_secret": None},
        {"status": "archived"},
        {"closes_at": timezone.now() - timedelta(days=1)},
        {"join_until": timezone.now() - timedelta(days=1)},
    ],
)
def test_a_link_that_does_not_open_says_the_same_as_one_that_never_was(client, values):
    held = PublishedSetFactory()
    change(held, **values)
    answers = [client.get(f"/join/{secret}/") for secret in (held.join_secret, "never-made-secret")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert main(answers[0]) == main(answers[1])
    assert "No quiz set opens with that" in main(answers[0])


def test_a_set_for_people_with_an_account_asks_for_it(client):
    held = PublishedSetFactory(needs_account=True)

    response = client.post(
        f"/join/{held.join_secret}/", {"token": TOKEN.format(1), "name": "Grace"}
    )

    assert "This set is for people with an account" in response.text
    assert not Member.objects.exists()


def test_somebody_with_an_account_joins_without_giving_a_name(client):
    held = PublishedSetFactory(needs_account=True)
    client.force_login(UserFactory(name="Grace"))

    client.post(f"/join/{held.join_secret}/", {"token": TOKEN.format(1)})

    assert Member.objects.get().shown == "Grace"


def test_whoever_was_removed_cannot_join_again(client, member):
    Member.objects.update(removed_at=timezone.now())

    response = client.get(f"/join/{member.quiz_set.join_secret}/")

    assert response.status_code == 404


def test_a_stranger_finds_no_page_of_the_set(client, member):
    assert client.get(address(member)).status_code == 200
    client.logout()

    assert client.get(address(member)).status_code == 404


# Tries


def test_a_try_asks_the_pinned_questions_and_is_found_again(client, member):
    first, second = start(client, member), start(client, member, 2)

    assert first["Location"] == second["Location"] == f"/practice/{started().pk}/1/"
    assert (started().try_number, started().mode, started().scoring) == (1, "exam", "exam")
    assert set(started().positions.values_list("version", flat=True)) == set(
        member.quiz_set.items.values_list("version", flat=True)
    )


def test_a_try_stands_beside_a_session_of_ones_own(client, member):
    client.post("/practice/", {"token": TOKEN.format(9), "length": "5", "pool": "scenarios"})

    start(client, member)

    assert PracticeSession.objects.open().count() == 2


def test_when_all_tries_are_used_the_page_says_so(client, member):
    start(client, member)
    client.post(f"/practice/{started().pk}/")

    response = start(client, member, 2)

    assert response.status_code == 409
    assert "You have used every try" in response.text
    assert PracticeSession.objects.count() == 1


def test_one_person_has_one_try_more(client, member):
    Member.objects.update(extra_tries=1)
    start(client, member)
    client.post(f"/practice/{started().pk}/")

    start(client, member, 2)

    assert list(PracticeSession.objects.order_by("pk").values_list("try_number", flat=True)) == [
        1,
        2,
    ]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"opens_at": timezone.now() + timedelta(days=1)}, "It opens on"),
        ({"closes_at": timezone.now() - timedelta(days=1)}, "It closed on"),
        ({"status": "archived"}, "not given at the moment"),
    ],
)
def test_outside_the_window_no_try_begins(client, member, values, words):
    change(member.quiz_set, **values)

    response = start(client, member)

    assert response.status_code == 409
    assert words in response.text
    assert not PracticeSession.objects.exists()


def test_whoever_was_removed_begins_no_try(client, member):
    Member.objects.update(removed_at=timezone.now())

    assert "You do not take part" in start(client, member).text


@pytest.mark.parametrize(
    ("minutes", "closes_in", "granted", "expected"),
    [
        (None, None, {}, None),
        (30, None, {}, 30),
        (30, None, {"time_factor": "1.5"}, 45),
        (30, None, {"is_untimed": True}, None),
        (30, 20, {"time_factor": 10}, 20),
        (None, 20, {}, 20),
        (30, 20, {"is_untimed": True}, 20),
    ],
)
def test_a_try_ends_with_its_time_or_with_the_set(
    client, member, minutes, closes_in, granted, expected
):
    now = timezone.now().replace(microsecond=0)
    closes_at = closes_in and now + timedelta(minutes=closes_in)
    change(member.quiz_set, minutes=minutes, closes_at=closes_at)
    Member.objects.update(**granted)

    with time_machine.travel(now, tick=False):
        start(client, member)

    assert started().deadline == (expected and now + timedelta(minutes=expected))


def test_a_rule_draws_for_each_learner_what_fits_it(client, member):
    objective = Objective.objects.first()
    objective.pk, objective.slug = None, "of-the-rule"
    objective.save()
    drawn = {VersionFactory(question__objective=objective).pk for _ in range(4)}
    member.quiz_set.items.create(position=9, count=3, objective=objective)

    start(client, member)

    asked = set(started().positions.values_list("version", flat=True))
    assert started().length == 5
    assert len(asked & drawn) == 3


# Keys wait for the class


@pytest.fixture
def waiting(client, member):
    """A finished try of a set whose keys are shown when it has closed, in an hour."""
    closes_at = timezone.now() + timedelta(hours=1)
    change(member.quiz_set, feedback="window", closes_at=closes_at)
    start(client, member)
    client.post(f"/practice/{started().pk}/")
    return started()


PAGES = ("", "1/", "2/", "review/", "missed/", "flagged/", "1/trap/", "result.csv")


def pages(client, session):
    held = [client.get(f"/practice/{session.pk}/{each}", follow=True) for each in PAGES]
    lists = [
        client.get(each)
        for each in ("/practice/", "/progress/", f"/practice/set/{session.quiz_set_id}/")
    ]
    return [page.content.decode() for page in held + lists]


def test_nothing_tells_key_or_score_before_the_set_has_closed(client, waiting):
    for position in waiting.positions.select_related("version"):
        position.version.options.update(feedback_picked="CANARY-1", feedback_left="CANARY-1")

    for page in pages(client, waiting):
        assert "CANARY-1" not in page
        assert "of 2 (" not in page


def test_once_the_set_has_closed_everything_is_shown(client, waiting):
    with time_machine.travel(waiting.shown_from):
        pages_then = pages(client, waiting)

    assert sum("of 2" in page for page in pages_then) >= 3


def test_missed_ones_are_not_drawn_from_a_try_that_is_held_back(client, waiting):
    response = client.post(
        "/practice/",
        {"token": TOKEN.format(5), "length": "5", "pool": "everything", "draw": "missed"},
    )

    assert response.status_code == 422
