"""What a result tells beside the score: shares, the missed ones again, and a file."""

import csv
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from quiz.bank.models import Question, QuestionVersion
from quiz.engine.kinds import BY_SLUG, KINDS
from quiz.practice.models import PracticeSession
from quiz.sheet import harmless
from studyapp.guide.models import Fact, Objective
from tests.factories import (
    AnswerOptionFactory,
    SaveFactory,
    SessionFactory,
    VersionFactory,
    version_of,
)
from tests.quiz.specimens import SPECIMENS

from .conftest import Statements

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TOKEN = "a" * 32
MINUTE = timedelta(minutes=1)


@pytest.fixture
def finished(client, sign_in):
    """A finished session through these versions with these (points, of); `client` had it."""

    def make(*answers, learner=None):
        known = {"learner": learner} if learner else {}
        session = SessionFactory(
            length=len(answers),
            finished_at=NOW,
            positions=[version for version, *_ in answers],
            **known,
        )
        for number, (_, points, of) in enumerate(answers, start=1):
            if of:
                session.positions.filter(number=number).update(
                    checked_at=NOW, points=points, points_of=of
                )
        sign_in(client, session.learner)
        return session

    return make


def version(**values):
    return VersionFactory(**values)


def shares(client, session, name):
    """The rows of a table of the result, as (name, points, out of)."""
    outcome = client.get(f"/practice/{session.pk}/").context["outcome"]
    return [(s.name, s.score.written, s.score.of) for s in getattr(outcome, name)]


# By objective and by kind


def test_shares_by_objective_tell_the_weakest_first(client, finished):
    strong, weak = Objective.objects.all()[:2]
    session = finished(
        (version(question__objective=strong), 1, 1),
        (version(question__objective=strong), 1, 2),
        (version(question__objective=weak), 1, 3),
        (version(question__objective=weak), None, None),
    )

    assert shares(client, session, "by_objective") == [
        (weak.text, "0.33", 2),
        (strong.text, "1.5", 2),
    ]
    page = client.get(f"/practice/{session.pk}/").text
    assert f'<th scope="row">{strong.text}</th><td>1.5 of 2 (75 %)</td>' in page


def test_shares_by_kind_count_scored_questions_only(client, finished):
    session = finished(
        (version(), 1, 1),
        (version_of(SPECIMENS["ordering"]), 1, 2),
        (version_of(SPECIMENS["open"]), 0, 2),
    )

    assert shares(client, session, "by_kind") == [("Ordering", "0.5", 1), ("Single choice", "1", 1)]


def test_a_question_whose_objective_was_given_up_is_counted(client, finished):
    session = finished((version(question__objective=None), 1, 1))

    assert shares(client, session, "by_objective") == [("Without an objective", "1", 1)]


def test_open_session_tells_no_shares(client, session):
    page = client.get(f"/practice/{session.pk}/").text

    assert "Where the points are" not in page
    assert "result.csv" not in page


# The missed ones again


def test_missed_ones_are_practised_again_in_their_order(client, finished):
    versions = VersionFactory.create_batch(4)
    session = finished(
        (versions[0], 0, 1), (versions[1], 1, 1), (versions[2], 1, 2), (versions[3], None, None)
    )

    response = client.post(f"/practice/{session.pk}/missed/", {"token": TOKEN})

    begun = PracticeSession.objects.open().get()
    assert response.headers["Location"] == f"/practice/{begun.pk}/1/"
    assert [each.version for each in begun.positions.all()] == [
        versions[0],
        versions[2],
        versions[3],
    ]
    assert begun.title == f"3 missed again: {session.profile.label}"


def test_missed_ones_are_asked_as_they_are_worded_now(client, finished):
    changed, gone, drafted = VersionFactory.create_batch(3)
    session = finished((changed, 0, 1), (gone, 0, 1), (drafted, 0, 1))
    QuestionVersion.objects.filter(pk=changed.pk).update(is_current=False)
    new = VersionFactory(question=changed.question, number=2)
    Question.objects.filter(pk=gone.question_id).update(status="retired")
    Question.objects.filter(pk=drafted.question_id).update(status="draft")

    page = client.get(f"/practice/{session.pk}/missed/")
    response = client.post(f"/practice/{session.pk}/missed/", {"token": TOKEN})

    begun = PracticeSession.objects.open().get()
    assert "1 of the 3 questions that you missed" in page.text
    assert [each.version for each in begun.positions.all()] == [new]
    assert response.headers["Location"] == f"/practice/{begun.pk}/1/?asked=3"


def test_button_stands_on_the_result_only_where_something_was_missed(client, finished):
    missed = finished((version(), 0, 1))
    assert f'action="/practice/{missed.pk}/missed/"' in client.get(f"/practice/{missed.pk}/").text

    right = finished((version(), 1, 1), learner=missed.learner)
    assert "missed/" not in client.get(f"/practice/{right.pk}/").text


def test_self_graded_questions_are_not_missed(client, finished):
    session = finished((version_of(SPECIMENS["open"]), 0, 2))

    response = client.post(f"/practice/{session.pk}/missed/", {"token": TOKEN})

    assert response.status_code == 422
    assert "Nothing was missed in this session." in response.text
    assert PracticeSession.objects.open().count() == 0


def test_missed_ones_that_are_all_gone_are_said(client, finished):
    session = finished((version(), 0, 1))
    Question.objects.update(status="retired")

    response = client.post(f"/practice/{session.pk}/missed/", {"token": TOKEN})

    assert response.status_code == 422
    assert "None of the questions that you missed is asked any more." in response.text


def test_open_session_is_asked_about_before_the_missed_ones(client, finished):
    session = finished((version(), 0, 1))
    still_open = SessionFactory(learner=session.learner)

    asked = client.post(f"/practice/{session.pk}/missed/", {"token": TOKEN})

    assert asked.status_code == 409
    assert "Another session is open:" in asked.text
    assert f'name="close" value="{still_open.pk}"' in asked.text
    assert f'name="token" value="{TOKEN}"' in asked.text

    closed = client.post(
        f"/practice/{session.pk}/missed/", {"token": TOKEN, "close": still_open.pk}
    )

    still_open.refresh_from_db()
    assert closed.status_code == 302
    assert not still_open.is_open


def test_missed_ones_sent_twice_start_one_session(client, finished):
    session = finished((version(), 0, 1))

    found = [
        client.post(f"/practice/{session.pk}/missed/", {"token": TOKEN}).headers["Location"]
        for _ in range(2)
    ]

    assert found[0] == found[1]
    assert PracticeSession.objects.count() == 2


@pytest.mark.parametrize("fields", ({}, {"token": "short"}, {"token": TOKEN, "close": "x"}))
def test_form_that_cannot_be_read_is_refused_in_words(client, finished, fields):
    session = finished((version(), 0, 1))

    response = client.post(f"/practice/{session.pk}/missed/", fields)

    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert PracticeSession.objects.open().count() == 0


def test_missed_ones_of_an_open_session_wait_for_its_end(client, session):
    page = client.get(f"/practice/{session.pk}/missed/")
    response = client.post(f"/practice/{session.pk}/missed/", {"token": TOKEN})

    assert page.status_code == 200
    assert response.status_code == 409
    assert "This session is still open." in response.text
    assert PracticeSession.objects.get() == session


def test_missed_ones_and_file_of_others_are_not_found(finished):
    session = finished((version(), 0, 1))
    stranger = Client()

    assert stranger.get(f"/practice/{session.pk}/missed/").status_code == 404
    assert stranger.post(f"/practice/{session.pk}/missed/", {"token": TOKEN}).status_code == 404
    assert stranger.get(f"/practice/{session.pk}/result.csv").status_code == 404


@pytest.mark.parametrize("length", (1, 20))
def test_statements_for_the_missed_ones_do_not_grow(client, finished, length):
    session = finished(*((version(), 0, 1) for _ in range(length)))

    with Statements() as asked:
        client.post(f"/practice/{session.pk}/missed/", {"token": TOKEN})

    assert len(asked.all) <= 16


# The flagged ones again


def test_flagged_ones_are_practised_again_right_or_wrong(client, finished):
    versions = VersionFactory.create_batch(3)
    session = finished((versions[0], 0, 1), (versions[1], 1, 1), (versions[2], 0, 1))
    session.positions.filter(number__in=(1, 2)).update(is_flagged=True)

    page = client.get(f"/practice/{session.pk}/flagged/").text
    response = client.post(f"/practice/{session.pk}/flagged/", {"token": TOKEN})

    begun = PracticeSession.objects.open().get()
    assert "the 2 questions that you flagged" in page
    assert response.headers["Location"] == f"/practice/{begun.pk}/1/"
    assert [each.version for each in begun.positions.all()] == versions[:2]
    assert begun.title == f"2 flagged again: {session.profile.label}"


def test_button_for_flagged_ones_stands_only_where_something_is_flagged(client, finished):
    session = finished((version(), 1, 1))
    assert "flagged/" not in client.get(f"/practice/{session.pk}/").text

    session.positions.update(is_flagged=True)
    page = client.get(f"/practice/{session.pk}/").text
    assert f'action="/practice/{session.pk}/flagged/"' in page


def test_nothing_flagged_is_said(client, finished):
    session = finished((version(), 0, 1))

    response = client.post(f"/practice/{session.pk}/flagged/", {"token": TOKEN})

    assert response.status_code == 422
    assert "Nothing was flagged in this session." in response.text


# The file


def rows_of(client, session):
    response = client.get(f"/practice/{session.pk}/result.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(response.text.splitlines()))


def test_file_has_a_row_for_every_question(client, finished):
    right, blank = VersionFactory.create_batch(2)
    right.facts.add(Fact.objects.current().get(slug="guide-serverless-payload"))
    session = finished((right, 2, 3), (blank, None, None))
    session.positions.filter(number=1).update(
        response=right.options.first().pk, confidence=4, is_flagged=True
    )
    SaveFactory(position=session.positions.get(number=1), saved_at=session.started_at + MINUTE)

    assert rows_of(client, session) == [
        {
            "number": "1",
            "question": right.question.slug,
            "kind": "Single choice",
            "objective": right.question.objective.text,
            "your answer": "Text 1",
            "right answer": "Text 1",
            "share": "0.6667",
            "scored": "yes",
            "confidence": "Certain",
            "seconds": "60",
            "flagged": "yes",
            "rests on": "Serverless inference, payload: at most 6 MB",
        },
        {
            "number": "2",
            "question": blank.question.slug,
            "kind": "Single choice",
            "objective": blank.question.objective.text,
            "your answer": "",
            "right answer": "Text 1",
            "share": "0",
            "scored": "yes",
            "confidence": "",
            "seconds": "",
            "flagged": "no",
            "rests on": "",
        },
    ]


def test_file_tells_which_questions_did_not_count(client, finished):
    session = finished((version(), None, None), (version_of(SPECIMENS["open"]), 1, 2))
    session.positions.filter(number=1).update(is_scored=False)

    assert [(row["scored"], row["share"]) for row in rows_of(client, session)] == [
        ("no", "0"),
        ("by yourself", "0.5"),
    ]


@pytest.mark.parametrize(
    ("kind", "words"),
    (
        ("single-choice", "Serverless"),
        ("multiple-response", "Serverless; Asynchronous"),
        ("ordering", "1. Upload; 2. Wait; 3. Fetch"),
        ("matching", "Real-time: 6 MB; Asynchronous: 1 GB; Batch transform: Unlimited"),
        ("true-false", "False"),
    ),
)
def test_file_tells_every_answer_in_words(client, finished, kind, words):
    made = version_of(SPECIMENS[kind])
    session = finished((made, 1, 1))
    session.positions.update(response=BY_SLUG[kind].correct_response(made.key_held))

    (row,) = rows_of(client, session)

    assert (row["your answer"], row["right answer"]) == (words, words)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_every_kind_tells_a_blank_by_nothing_and_its_right_answer_by_something(kind):
    key = version_of(SPECIMENS[kind.slug]).key_held

    assert kind.in_words(None, key) == ""
    assert kind.in_words(kind.correct_response(key), key) != ""


def test_file_gives_the_model_answer_and_no_share_before_the_grade(client, finished):
    made = version_of(SPECIMENS["open"])
    session = finished((made, None, None))
    session.positions.update(response={"text": "My words."}, checked_at=NOW)

    (row,) = rows_of(client, session)

    assert row["your answer"] == "My words."
    assert row["right answer"] == made.model_answer
    assert row["share"] == ""


@pytest.mark.parametrize(
    "sign",
    ("=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0@", "\uff1d", "\uff0b", "\uff0d", "\uff20"),
)
def test_a_cell_that_a_spreadsheet_would_calculate_is_made_text(client, finished, sign):
    made = VersionFactory(options=())
    AnswerOptionFactory(version=made, text=f"{sign}1+1", is_correct=True)
    session = finished((made, 1, 1))

    response = client.get(f"/practice/{session.pk}/result.csv")

    assert f"'{sign}1+1" in response.content.decode()
    assert harmless("1+1") == "1+1"


def test_file_is_not_to_be_had_while_the_session_is_open(client, session):
    response = client.get(f"/practice/{session.pk}/result.csv")

    assert response.status_code == 404
    assert "Text 1" not in response.text


@pytest.mark.parametrize("length", (1, 65))
def test_file_writes_nothing_and_costs_the_same_however_long(client, finished, length):
    session = finished(*((version(), 1, 1) for _ in range(length)))

    with Statements() as asked:
        client.get(f"/practice/{session.pk}/result.csv")

    assert asked.writes == []
    assert len(asked.all) <= 8
