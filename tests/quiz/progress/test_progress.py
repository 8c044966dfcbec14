import csv
from datetime import UTC, datetime, timedelta

import pytest

from quiz.engine.history import plot
from studyapp.people.middleware import GUEST_KEY
from tests.factories import GuestFactory, SessionFactory, with_score

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def learner(client):
    """A guest; `client` is theirs."""
    guest = GuestFactory()
    session = client.session
    session[GUEST_KEY] = guest.guest_key
    session.save()
    return guest


def finished(learner, right, hours=0):
    """A finished session of two questions, of which so many were right."""
    session = SessionFactory(learner=learner, finished_at=NOON + timedelta(hours=hours))
    for position in session.positions.all():
        is_right = position.number <= right
        position.points, position.points_of, position.checked_at = int(is_right), 1, NOON
        position.save()
    return with_score(session)


# The plot


def test_scores_stand_evenly_from_left_to_right_and_higher_is_better():
    found = plot([0, 50, 100])

    assert [(point.x, point.y) for point in found.points] == [(0, 192), (50, 102), (100, 12)]
    assert [(one.number, other.number) for one, other in found.stretches] == [(1, 2), (2, 3)]


def test_a_single_session_stands_in_the_middle():
    assert [(point.x, point.percent) for point in plot([40]).points] == [(50, 40)]


def test_the_plot_is_told_in_words():
    assert plot([40]).in_words == "One session: 40 %."
    assert plot([40, 90, 70]).in_words == (
        "3 sessions, from 40 % in the first to 70 % in the last; the best is 90 %."
    )


def test_without_sessions_there_is_no_plot():
    assert plot([]) is None


# The page


@pytest.mark.django_db
def test_nobody_has_progress_at_first_and_is_told_what_to_do(client):
    page = client.get("/progress/").text

    assert "There is nothing to show yet." in page
    assert 'href="/practice/"' in page


@pytest.mark.django_db
def test_a_learner_sees_finished_sessions_the_latest_first(client, learner):
    first, second = finished(learner, 1), finished(learner, 2, hours=1)
    response = client.get("/progress/")

    assert [session.pk for session in response.context["sessions"]] == [second.pk, first.pk]
    assert [point.percent for point in response.context["plot"].points] == [50, 100]


@pytest.mark.django_db
def test_an_open_session_is_named_and_not_counted(client, learner):
    finished(learner, 1)
    still_open = SessionFactory(learner=learner)
    response = client.get("/progress/")

    assert len(response.context["sessions"]) == 1
    assert f'href="/practice/{still_open.pk}/"' in response.text


@pytest.mark.django_db
def test_a_stranger_sees_nothing_of_it(client, learner):
    finished(GuestFactory(), 2)

    assert client.get("/progress/").context["sessions"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_history_costs_the_same_however_long_it_is(
    client, learner, count, django_assert_max_num_queries
):
    for hour in range(count):
        finished(learner, 1, hours=hour)

    with django_assert_max_num_queries(6):
        client.get("/progress/")


@pytest.mark.django_db
def test_the_file_says_the_same_as_the_page(client, learner):
    session = finished(learner, 1)
    response = client.get("/progress/history.csv")
    rows = list(csv.DictReader(response.text.splitlines()))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert rows == [
        {
            "finished (UTC)": "2026-11-22 12:00",
            "session": session.title,
            "profile": session.profile.slug,
            "questions": "2",
            "points": "1",
            "percent": "50",
        }
    ]
