"""Dates are typed and shown in the zone that an instructor chose, right across changes of the clocks."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from quiz.sets.models import SetEvent
from studyapp.moments import here, in_utc, zone_named, zones
from studyapp.people.templatetags.times import clock, moment, with_moments
from tests.factories import (
    InstructorFactory,
    MemberFactory,
    PublishedSetFactory,
    SetFactory,
    UserFactory,
)

SUMMER = datetime(2027, 7, 1, 12, 0, 5, tzinfo=UTC)
WINTER = datetime(2027, 1, 1, 12, 0, 5, tzinfo=UTC)


@pytest.fixture
def berliner(client):
    """An instructor in Berlin; `client` is theirs."""
    user = InstructorFactory(name="Ada", time_zone="Europe/Berlin")
    client.force_login(user)
    return user


def rules(client, quiz_set, **dates):
    given = {"title": quiz_set.title, "feedback": "end", "scoring": "exam"} | dates
    return client.post(f"/sets/{quiz_set.pk}/rules/", given)


# Telling


@pytest.mark.parametrize(
    ("zone", "at", "told"),
    [
        ("", SUMMER, "1 July 2027, 12:00 UTC"),
        ("Europe/Berlin", SUMMER, "1 July 2027, 14:00 CEST"),
        ("Europe/Berlin", WINTER, "1 January 2027, 13:00 CET"),
        ("Asia/Kathmandu", WINTER, "1 January 2027, 17:45 UTC+0545"),
        ("Pacific/Kiritimati", WINTER, "2 January 2027, 02:00 UTC+14"),
        ("No/Such", WINTER, "1 January 2027, 12:00 UTC"),
        ("../etc/passwd", WINTER, "1 January 2027, 12:00 UTC"),
    ],
)
def test_a_moment_is_told_in_a_zone_with_its_name(zone, at, told):
    with timezone.override(zone_named(zone)):
        assert here(at) == told


def test_a_moment_on_a_page_carries_itself_in_utc():
    with timezone.override(zone_named("Europe/Berlin")):
        assert (
            moment(SUMMER) == '<time datetime="2027-07-01T12:00:05Z">1 July 2027, 14:00 CEST</time>'
        )
        assert clock(WINTER) == '<time datetime="2027-01-01T12:00:05Z">13:00:05 CET</time>'


def test_words_that_were_kept_are_told_in_the_zone_of_the_page():
    words = f"It closes on {in_utc(SUMMER)} now"

    with timezone.override(zone_named("Europe/Berlin")):
        told = with_moments(words)

    assert words == "It closes on 1 July 2027, 12:00 UTC now"
    assert told == (
        'It closes on <time datetime="2027-07-01T12:00:00Z">1 July 2027, 14:00 CEST</time> now'
    )


@pytest.mark.parametrize("typed", ["<b>31 Foo 2026, 10:00 UTC", "99 May 2026, 10:00 UTC"])
def test_words_that_only_look_like_a_moment_stay_as_they_are(typed):
    assert with_moments(typed) == typed.replace("<b>", "&lt;b&gt;")


def test_the_zones_can_be_chosen_by_their_part_of_the_world():
    assert "Europe/Berlin" in zones()["Europe"]
    assert "Etc" not in zones()


# Choosing


@pytest.mark.django_db
def test_an_instructor_chooses_a_zone_once(client):
    user = InstructorFactory(name="Ada")
    client.force_login(user)
    held = SetFactory(owner=user, opens_at=SUMMER)
    assert "Time zone: UTC. Empty" in client.get(f"/sets/{held.pk}/rules/").text

    client.post("/accounts/", {"name": "Ada", "time_zone": "Europe/Berlin"})

    page = client.get(f"/sets/{held.pk}/rules/").text
    assert "Time zone: Europe/Berlin. Empty" in page
    assert 'value="2027-07-01T14:00"' in page
    assert "1 July 2027, 14:00 CEST" in client.get(f"/sets/{held.pk}/").text
    client.post("/accounts/", {"name": "Ada L."})
    user.refresh_from_db()
    assert (user.name, user.time_zone) == ("Ada L.", "Europe/Berlin")


@pytest.mark.django_db
def test_a_zone_that_there_is_not_is_refused_and_a_learner_has_none_to_choose(client):
    client.force_login(InstructorFactory())
    assert client.post("/accounts/", {"name": "A", "time_zone": "Mars/Base"}).status_code == 422
    learner = UserFactory()
    client.force_login(learner)

    client.post("/accounts/", {"name": "B", "time_zone": "Europe/Berlin"})

    learner.refresh_from_db()
    assert (learner.name, learner.time_zone) == ("B", "")


@pytest.mark.django_db
def test_the_zone_of_one_does_not_reach_the_next_who_asks(client, berliner):
    member = MemberFactory(quiz_set=PublishedSetFactory(owner=berliner, closes_at=SUMMER))
    held = member.quiz_set
    assert "14:00 CEST" in client.get(f"/sets/{held.pk}/").text
    client.logout()

    page = client.get(f"/join/{held.join_secret}/").text

    assert "1 July 2027, 12:00 UTC" in page
    assert "times.js" in page


# Typing


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-07-01T14:00", SUMMER.replace(second=0)),
        ("2027-01-01T13:00", WINTER.replace(second=0)),
        # The last minute before the clocks go forward, and the first after it.
        ("2027-03-28T01:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28T03:00", datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        # The last that comes once before they go back, and the first after it.
        ("2027-10-31T01:59", datetime(2027, 10, 30, 23, 59, tzinfo=UTC)),
        ("2027-10-31T03:00", datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_date_is_typed_in_ones_own_zone(client, berliner, typed, meant):
    held = SetFactory(owner=berliner)

    assert rules(client, held, opens_at=typed).status_code == 302

    held.refresh_from_db()
    assert held.opens_at == meant


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (
            "2027-03-28T02:30",
            "There is no 02:30 that day, because the clocks go forward. Choose another time.",
        ),
        (
            "2027-10-31T02:30",
            "02:30 comes twice that day, because the clocks go back. Choose another time.",
        ),
        ("2027-10-31 02:30:00", "02:30 comes twice that day"),
        ("0001-01-01T00:00", "Enter a valid date/time."),
        ("9999-12-31T23:59", "Enter a valid date/time."),
        ("soon", "Enter a valid date/time."),
    ],
)
def test_a_time_that_there_is_not_or_twice_is_refused_in_words(client, berliner, typed, words):
    held = SetFactory(owner=berliner)

    response = rules(client, held, closes_at=typed)

    assert response.status_code == 422
    assert words in response.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kept",
    [
        datetime(2027, 10, 31, 0, 30, 7, 8, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, 7, 8, tzinfo=UTC),
    ],
)
def test_a_date_that_is_sent_back_as_it_was_stays_to_the_second(client, berliner, kept):
    """Both are 02:30 in Berlin: once before the clocks go back, once after."""
    draft = SetFactory(owner=berliner, closes_at=kept)
    running = PublishedSetFactory(owner=berliner, closes_at=kept)
    assert 'value="2027-10-31T02:30"' in client.get(f"/sets/{draft.pk}/rules/").text

    rules(client, draft, closes_at="2027-10-31T02:30")
    client.post(f"/sets/{running.pk}/board/", {"closes_at": "2027-10-31T02:30"})

    for held in (draft, running):
        held.refresh_from_db()
        assert held.closes_at == kept
    assert not SetEvent.objects.exists()


@pytest.mark.django_db
def test_the_closing_is_moved_in_ones_own_zone_and_noted_in_utc(client, berliner):
    held = PublishedSetFactory(owner=berliner)

    client.post(f"/sets/{held.pk}/board/", {"closes_at": "2027-07-01T14:00"})

    held.refresh_from_db()
    assert held.closes_at == SUMMER.replace(second=0)
    assert SetEvent.objects.get().words == "It closes on 1 July 2027, 12:00 UTC now"
    assert "It closes on <time" in client.get(f"/sets/{held.pk}/").text


@pytest.mark.django_db
def test_a_set_is_closed_now_whatever_stands_in_the_date(client, berliner):
    held = PublishedSetFactory(owner=berliner)

    client.post(f"/sets/{held.pk}/board/", {"closes_at": "2027-03-28T02:30", "do": "close"})

    held.refresh_from_db()
    assert held.is_closed(timezone.now())


@pytest.mark.django_db
def test_a_closing_before_the_opening_is_refused_in_words(client, berliner):
    held = PublishedSetFactory(owner=berliner, opens_at=timezone.now() + timedelta(days=2))
    soon = f"{timezone.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"

    for sent in ({"closes_at": soon}, {"do": "close"}):
        response = client.post(f"/sets/{held.pk}/board/", sent)
        assert response.status_code == 422
        assert "and has to close after that." in response.text
    held.refresh_from_db()
    assert held.closes_at is None


@pytest.mark.django_db
def test_a_page_that_is_older_than_the_choice_of_a_zone_is_read_in_the_zone_that_it_named(client):
    """The page of the rules links to the choice, and the browser's Back shows it as it was."""
    ada = InstructorFactory(name="Ada")
    client.force_login(ada)
    held = SetFactory(owner=ada, closes_at=SUMMER)
    assert (
        '<input type="hidden" name="zone" value="UTC">'
        in client.get(f"/sets/{held.pk}/rules/").text
    )
    client.post("/accounts/", {"name": "Ada", "time_zone": "Europe/Berlin"})

    rules(client, held, zone="UTC", opens_at="2027-01-01T12:00", closes_at="2027-07-01T12:00")

    held.refresh_from_db()
    assert (held.opens_at, held.closes_at) == (WINTER.replace(second=0), SUMMER)
    refused = rules(client, held, zone="UTC", closes_at="2026-01-01T12:00").text
    refused += rules(client, held, zone="UTC", opens_at="2027-02-01T12:00", tries=0).text
    assert '<input type="hidden" name="zone" value="UTC">' in refused
    assert "Time zone: UTC. Empty: it stays open." in refused
    rules(client, held, zone="Mars/Base", closes_at="2027-07-01T13:00")
    held.refresh_from_db()
    assert held.closes_at == SUMMER.replace(hour=13, second=0)
