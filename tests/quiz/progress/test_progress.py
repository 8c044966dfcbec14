import csv
from datetime import UTC, datetime, timedelta

import pytest

from quiz.practice.models import ExamForm
from quiz.progress.views import LATEST
from studyapp.guide.models import Fact, Objective, Profile
from studyapp.people.middleware import GUEST_KEY
from tests.factories import (
    GuestFactory,
    PositionFactory,
    QuestionFactory,
    SessionFactory,
    VersionFactory,
    with_score,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def learner(client):
    """A guest; `client` is theirs."""
    guest = GuestFactory()
    session = client.session
    session[GUEST_KEY] = guest.guest_key
    session.save()
    return guest


def finished(learner, right, hours=0, **values):
    """A finished session of two questions, of which so many were right."""
    session = SessionFactory(learner=learner, finished_at=NOON + timedelta(hours=hours), **values)
    for position in session.positions.all():
        is_right = position.number <= right
        position.points, position.points_of, position.checked_at = int(is_right), 1, NOON
        position.save()
    return with_score(session)


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
@pytest.mark.parametrize("count", [1, 12])
def test_the_history_costs_the_same_however_long_it_is(
    client, learner, count, django_assert_max_num_queries
):
    for hour in range(count):
        finished(learner, 1, hours=hour)

    with django_assert_max_num_queries(8):
        client.get("/progress/")


@pytest.mark.django_db
def test_whoever_has_nothing_yet_is_led_to_practice_exam_and_guide(client, learner):
    page = client.get("/progress/").text

    assert [
        to for to in ("/practice/", "/practice/exam/", "/guide/") if f'href="{to}"' not in page
    ] == []
    assert "What is weakest" not in page


@pytest.mark.django_db
def test_the_plot_marks_whose_facts_and_which_were_exams(client, learner):
    aws, form = Profile.objects.get(slug="aws"), ExamForm.objects.first()
    finished(learner, 1)
    finished(learner, 2, hours=1, profile=aws, form=form, scale_lowest=100)

    response = client.get("/progress/")

    points = response.context["plot"].points
    assert [(p.session.mark, p.session.is_exam, p.session.of) for p in points] == [
        ("circle", False, 2),
        ("square", True, 2),
    ]
    assert response.context["legend"] == [("circle", "The study guide"), ("square", aws.label)]
    assert response.text.count("plot-point--exam") == 2
    assert "<title>Exam of 22 Nov 2026: 100 % of 2 questions</title>" in response.text


@pytest.mark.django_db
def test_only_the_latest_sessions_are_drawn_and_that_is_said(client, learner):
    for hour in range(LATEST + 1):
        SessionFactory(learner=learner, length=1, finished_at=NOON + timedelta(hours=hour))

    response = client.get("/progress/")

    assert len(response.context["plot"].points) == len(response.context["sessions"]) == LATEST
    assert f"The latest {LATEST} of {LATEST + 1} sessions" in response.text
    assert len(client.get("/progress/history.csv").text.splitlines()) == LATEST + 2


# What is weakest


def meet(learner, version, right, hours, **values):
    """A finished session in which one question was met."""
    session = SessionFactory(learner=learner, length=0, finished_at=NOON + timedelta(hours=hours))
    graded = {"checked_at": NOON, "points": int(right), "points_of": 1}
    PositionFactory(session=session, version=version, **graded | values)
    return with_score(session)


def standings(response, name):
    return [
        (each.name, each.first.written, each.latest.written, each.latest.of)
        for each in response.context[name]
    ]


@pytest.mark.django_db
def test_objectives_tell_the_first_and_the_latest_answers(client, learner):
    compare, recognise = Objective.objects.all()[:2]
    learned = VersionFactory(question=QuestionFactory(objective=compare))
    forgotten = VersionFactory(question=QuestionFactory(objective=recognise))
    meet(learner, learned, False, 1)
    meet(learner, forgotten, True, 2)
    meet(learner, learned, True, 3)
    meet(learner, forgotten, False, 4)

    response = client.get("/progress/")

    assert standings(response, "objectives") == [
        (recognise.text, "1", "0", 1),
        (compare.text, "0", "1", 1),
    ]
    assert "2 questions so far" in response.text


@pytest.mark.django_db
def test_facts_are_told_with_their_place_in_the_guide(client, learner):
    version = VersionFactory()
    version.facts.add(Fact.objects.current().get(slug="aws-serverless-gpu"))
    meet(learner, version, False, 1)

    response = client.get("/progress/")

    assert standings(response, "grounds") == [("Serverless inference, GPU: no", "0", "0", 1)]
    assert 'href="/guide/capabilities/#gpu"' in response.text


@pytest.mark.django_db
def test_a_blank_counts_as_missed_and_a_question_in_any_wording_as_one(client, learner):
    old = VersionFactory(is_current=False)
    new = VersionFactory(question=old.question, number=2, stem="Newly asked?")
    meet(learner, old, False, 1, points=None, points_of=None, checked_at=None)
    session = meet(learner, new, True, 2)

    response = client.get("/progress/")

    ((stem, record),) = response.context["missed"]
    assert (stem, record.met, record.missed) == ("Newly asked?", 2, 1)
    assert f'href="/practice/{session.pk}/1/"' in response.text
    assert "<td>1 of 2</td><td>right</td>" in response.text


@pytest.mark.django_db
def test_what_did_not_count_or_is_not_finished_or_is_of_others_is_left_out(client, learner):
    finished(learner, 2)
    meet(learner, VersionFactory(), False, 1, is_scored=False)
    meet(GuestFactory(), VersionFactory(), False, 2)
    SessionFactory(learner=learner)

    response = client.get("/progress/")

    assert response.context["met"] == 2
    assert response.context["missed"] == []
    assert "Missed most often" not in response.text


@pytest.mark.django_db
def test_a_question_whose_objective_was_given_up_is_named_so(client, learner):
    meet(learner, VersionFactory(question=QuestionFactory(objective=None)), True, 1)

    assert standings(client.get("/progress/"), "objectives") == [
        ("Without an objective", "1", "1", 1)
    ]


# The files


@pytest.mark.django_db
def test_the_file_says_the_same_as_the_page(client, learner):
    session = finished(learner, 1, started_at=NOON - timedelta(minutes=90, seconds=30))
    response = client.get("/progress/history.csv")
    rows = list(csv.DictReader(response.text.splitlines()))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert rows == [
        {
            "finished (UTC)": "2026-11-22 12:00",
            "session": session.title,
            "mode": "study",
            "exam form": "",
            "profile": session.profile.slug,
            "questions": "2",
            "scored": "2",
            "points": "1",
            "percent": "50",
            "scaled (estimate)": "",
            "minutes": "90.5",
        }
    ]


@pytest.mark.django_db
def test_the_file_has_the_estimate_of_an_exam(client, learner):
    form = ExamForm.objects.first()
    scale = {"scale_lowest": 100, "scale_highest": 1000, "scale_pass": 720}
    finished(learner, 1, mode="exam", form=form, **scale)

    (row,) = csv.DictReader(client.get("/progress/history.csv").text.splitlines())

    assert (row["exam form"], row["scaled (estimate)"]) == (str(form), "550")


@pytest.mark.django_db
def test_the_file_of_questions_tells_how_each_was_met(client, learner):
    version = VersionFactory()
    meet(learner, version, False, 1, points=1, points_of=3)
    meet(learner, version, True, 2)

    rows = list(csv.DictReader(client.get("/progress/questions.csv").text.splitlines()))

    assert rows == [
        {
            "question": version.question.slug,
            "objective": version.question.objective.text,
            "met": "2",
            "missed": "1",
            "share first": "0.3333",
            "share latest": "1",
        }
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 12])
def test_the_file_of_questions_costs_the_same_however_long_it_is(
    client, learner, count, django_assert_max_num_queries
):
    for hour in range(count):
        finished(learner, 1, hours=hour)

    with django_assert_max_num_queries(6):
        client.get("/progress/questions.csv")


@pytest.mark.django_db
def test_a_stranger_gets_empty_files(client, learner):
    finished(GuestFactory(), 2)

    for name in ("history", "questions"):
        assert len(client.get(f"/progress/{name}.csv").text.splitlines()) == 1
