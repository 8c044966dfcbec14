"""An instructor watches a set, closes it early, gives it longer, and lets one person go on."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from quiz.practice.models import PracticeSession
from quiz.sets.models import SetEvent
from studyapp.people.middleware import GUEST_KEY
from tests.factories import MemberFactory, PublishedSetFactory, SessionFactory

TOKEN = "a-token-of-a-form-{:04}"

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """A moment at which the clock stands still."""
    with time_machine.travel(
        timezone.now().replace(second=0, microsecond=0), tick=False
    ) as stopped:
        yield timezone.now()
        assert stopped


@pytest.fixture
def member(now):
    """Somebody in a set of half an hour that closes tomorrow and shows keys then."""
    held = PublishedSetFactory(
        minutes=30, closes_at=now + timedelta(days=1), feedback="window", tries=2
    )
    return MemberFactory(quiz_set=held, name="Grace")


def begin(client, member):
    """In the browser of a member, begin the first try."""
    session = client.session
    session[GUEST_KEY] = member.learner.guest_key
    session.save()
    client.post(f"/practice/set/{member.quiz_set_id}/", {"token": TOKEN.format(1)})


@pytest.fixture
def grace(client, member):
    """Grace's own browser, in which her first try is open."""
    begin(client, member)
    return client


@pytest.fixture
def instructor(member):
    """The browser of the instructor."""
    browser = Client()
    browser.force_login(member.quiz_set.owner)
    return browser


def board(member):
    return f"/sets/{member.quiz_set_id}/board/"


def a_try():
    return PracticeSession.objects.get()


def as_posted(moment):
    return moment.strftime("%Y-%m-%dT%H:%M")


def test_the_board_tells_who_has_begun_and_how_far_everybody_is(instructor, grace, member):
    MemberFactory(quiz_set=member.quiz_set, name="Alan")
    position = a_try().positions.first()
    option = position.version.options.first().pk
    grace.post(
        f"/practice/{a_try().pk}/1/", {"token": TOKEN.format(2), "do": "save", "option": option}
    )

    context = instructor.get(board(member)).context

    assert [(row.member.name, row.state, row.answered) for row in context["rows"]] == [
        ("Grace", "answering", 1),
        ("Alan", "not started", 0),
    ]
    assert context["counts"] == [("not started", 1), ("answering", 1), ("finished", 0)]


def test_the_board_is_asked_for_again_and_again_at_little_cost(
    instructor, grace, member, django_assert_max_num_queries
):
    for _ in range(30):
        MemberFactory(quiz_set=member.quiz_set)

    with django_assert_max_num_queries(6):
        response = instructor.get(
            board(member), headers={"HX-Request": "true", "HX-Target": "section#board"}
        )

    assert response.text.strip().startswith('<section id="board"')


def test_closing_early_ends_tries_under_way_and_shows_keys(instructor, grace, member, now):
    instructor.post(board(member), {"do": "close"})

    held = a_try()
    assert (held.finished_at, held.deadline) == (now, now)
    assert held.may_show(now)
    assert SetEvent.objects.first().words == "Closed early"


def test_a_later_closing_gives_nobody_less_time(instructor, grace, member, now):
    before = a_try().deadline

    instructor.post(board(member), {"closes_at": as_posted(now + timedelta(days=2))})

    assert a_try().deadline == before == now + timedelta(minutes=30)
    assert a_try().shown_from == now + timedelta(days=2)


def test_a_try_that_the_closing_had_cut_short_gets_its_time(instructor, client, member, now):
    member.quiz_set.closes_at = now + timedelta(minutes=10)
    member.quiz_set.save()
    begin(client, member)
    assert a_try().deadline == now + timedelta(minutes=10)

    instructor.post(board(member), {"closes_at": as_posted(now + timedelta(days=1))})

    assert a_try().deadline == now + timedelta(minutes=30)


def test_a_set_whose_keys_wait_for_its_closing_has_to_close(instructor, grace, member):
    response = instructor.post(board(member), {"closes_at": ""})

    assert response.status_code == 422
    assert "it has to close: give a date" in response.text


def test_one_person_goes_on_with_all_answers_kept(instructor, grace, member, now):
    option = a_try().positions.first().version.options.first().pk
    grace.post(
        f"/practice/{a_try().pk}/1/", {"token": TOKEN.format(2), "do": "save", "option": option}
    )
    grace.post(f"/practice/{a_try().pk}/")
    assert a_try().finished_at == now

    instructor.post(f"{board(member)}{member.pk}/", {"minutes": "15"})

    held = a_try()
    assert (held.finished_at, held.points) == (None, None)
    assert held.deadline == now + timedelta(minutes=15)
    assert held.positions.first().response == option
    assert f'value="{option}" checked' in grace.get(f"/practice/{held.pk}/1/").text
    grace.post(f"/practice/{held.pk}/")
    assert a_try().finished_at == now


@pytest.mark.parametrize(
    ("feedback", "finish", "words"),
    [
        ("window", False, "The try is open still."),
        ("end", True, "Grant one more try instead."),
    ],
)
def test_what_cannot_be_reopened_says_what_to_do(
    instructor, client, member, feedback, finish, words
):
    type(member.quiz_set).objects.update(feedback=feedback)
    begin(client, member)
    if finish:
        client.post(f"/practice/{a_try().pk}/")

    response = instructor.post(f"{board(member)}{member.pk}/", {"minutes": "15"})

    assert response.status_code == 409
    assert words in response.text


def test_nothing_begun_is_nothing_to_reopen(instructor, member):
    response = instructor.post(f"{board(member)}{member.pk}/", {"minutes": ""})

    assert response.status_code == 409
    assert "Nothing was begun yet" in response.text


# What a moved closing must not do


def reopened(instructor, grace, member, minutes):
    grace.post(f"/practice/{a_try().pk}/")
    instructor.post(f"{board(member)}{member.pk}/", {"minutes": minutes})


def test_a_later_closing_leaves_somebody_who_goes_on_the_minutes_that_were_given(
    instructor, grace, member, now
):
    with time_machine.travel(now + timedelta(minutes=29), tick=False):
        reopened(instructor, grace, member, "45")
        instructor.post(board(member), {"closes_at": as_posted(now + timedelta(days=2))})

    assert a_try().deadline == now + timedelta(minutes=29 + 45)


def test_an_earlier_closing_ends_the_try_of_somebody_who_goes_on_without_a_limit(
    instructor, grace, member, now
):
    reopened(instructor, grace, member, "")
    assert a_try().deadline is None

    instructor.post(board(member), {"closes_at": as_posted(now + timedelta(hours=2))})

    assert a_try().deadline == now + timedelta(hours=2)


def test_a_later_closing_opens_no_try_whose_answers_were_shown(instructor, client, member, now):
    closes_at = now + timedelta(minutes=10)
    type(member.quiz_set).objects.update(closes_at=closes_at)
    begin(client, member)

    with time_machine.travel(closes_at + timedelta(minutes=1), tick=False):
        assert a_try().may_show(timezone.now())
        instructor.post(board(member), {"closes_at": as_posted(now + timedelta(days=1))})

    assert a_try().finished_at == a_try().deadline == closes_at


def test_a_try_is_not_opened_again_beside_one_that_is_open(instructor, grace, member):
    """An account and a guest come together with an open try and a finished one."""
    last = SessionFactory(
        learner=member.learner,
        quiz_set=member.quiz_set,
        try_number=2,
        mode="exam",
        shown_from=member.quiz_set.closes_at,
        started_at=timezone.now(),
        finished_at=timezone.now(),
    )

    response = instructor.post(f"{board(member)}{member.pk}/", {"minutes": "15"})

    assert response.status_code == 409
    assert "The try is open still." in response.text
    last.refresh_from_db()
    assert last.finished_at is not None
