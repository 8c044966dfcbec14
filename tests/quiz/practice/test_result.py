import pytest
from django.utils import timezone

from quiz.practice.models import PracticeSession
from tests.factories import SessionFactory

from .conftest import Statements, address, option

pytestmark = pytest.mark.django_db
TOKEN = "token-of-the-answer-to-"


def answer(client, session, number, *, right):
    position = session.positions.get(number=number)
    fields = {"option": option(position, right=right), "token": f"{TOKEN}{number}"}
    return client.post(address(session, number), fields)


def test_open_session_shows_how_far_it_is(client, session):
    answer(client, session, 1, right=True)

    page = client.get(f"/practice/{session.pk}/").content.decode()

    assert "1 of 2 answered" in page
    assert "Go on with question 2" in page
    assert "Not answered yet" in page
    assert 'class="score"' not in page


def test_finish_shows_the_score_and_every_question(client, session):
    answer(client, session, 1, right=True)
    answer(client, session, 2, right=False)

    response = client.post(f"/practice/{session.pk}/", follow=True)

    page = response.content.decode()
    assert "1 of 2" in page
    assert "(50 %)" in page
    assert "Right: “Text 1”" in page
    assert "You picked “Text 2”; right is “Text 1”" in page
    assert f'href="{address(session, 1)}"' in page
    assert f'href="{address(session, 2)}"' in page


def test_blank_counts_as_wrong(client, session):
    answer(client, session, 1, right=True)

    page = client.post(f"/practice/{session.pk}/", follow=True).content.decode()

    assert "(50 %)" in page
    assert "Left blank; right is “Text 1”" in page


def test_what_was_taken_for_what_is_counted(client, session):
    for number in (1, 2):
        answer(client, session, number, right=False)

    page = client.post(f"/practice/{session.pk}/", follow=True).content.decode()

    assert '<th scope="row">Text 2</th><td>Text 1</td><td>2</td>' in page


def test_nothing_missed_is_said(client, session):
    for number in (1, 2):
        answer(client, session, number, right=True)

    page = client.post(f"/practice/{session.pk}/", follow=True).content.decode()

    assert "Nothing was missed." in page
    assert "What you took for what" not in page


def test_second_finish_changes_nothing(client, session):
    client.post(f"/practice/{session.pk}/")
    first = PracticeSession.objects.get().finished_at

    response = client.post(f"/practice/{session.pk}/")

    assert response.status_code == 302
    assert PracticeSession.objects.get().finished_at == first


def test_huge_number_is_not_found(client):
    assert client.get("/practice/99999999999999999999999/").status_code == 404


@pytest.mark.parametrize("length", (1, 65))
def test_statements_do_not_grow_with_length(client, sign_in, length):
    session = SessionFactory(length=length, finished_at=timezone.now())
    sign_in(client, session.learner)

    with Statements() as asked:
        client.get(f"/practice/{session.pk}/")

    assert asked.writes == []
    assert len(asked.all) <= 8


def test_unscored_questions_of_an_exam_are_told_apart_from_open_ones(client, session):
    session.positions.filter(number=1).update(is_scored=False)
    client.post(f"/practice/{session.pk}/")

    page = client.get(f"/practice/{session.pk}/").text

    assert "One question was not scored, as in the exam" in page
    assert page.count(">not scored</span>") == 1
    assert "grade it yourself" not in page


def test_unscored_questions_are_not_told_before_the_session_is_over(client, session):
    session.positions.filter(number=1).update(is_scored=False)

    assert "not scored" not in client.get(f"/practice/{session.pk}/").text
