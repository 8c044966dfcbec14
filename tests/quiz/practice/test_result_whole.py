"""The whole result of a session: time, confidence, the scaled estimate, and what did not count."""

from datetime import timedelta

import pytest
from django.utils import timezone

from quiz.practice.models import ExamForm, PracticeSession
from quiz.templatetags.quiz import duration
from studyapp.guide.models import Fact
from tests.factories import SaveFactory, SessionFactory, VersionFactory, version_of
from tests.quiz.specimens import SPECIMENS

from .conftest import Statements

pytestmark = pytest.mark.django_db
NOW = timezone.now()
START = NOW - timedelta(hours=2)


@pytest.fixture
def over(client, sign_in):
    """A finished session of so many written questions with these (points, of); `client` had it."""

    def make(*points, versions=None, **values):
        session = SessionFactory(
            length=len(points),
            started_at=START,
            positions=versions,
            **{"finished_at": NOW} | values,
        )
        for number, each in enumerate(points, start=1):
            if each is not None:
                session.positions.filter(number=number).update(
                    checked_at=NOW, points=each, points_of=1, response=1, is_closed=True
                )
        sign_in(client, session.learner)
        return session

    return make


def look(client, session):
    return client.get(f"/practice/{session.pk}/")


def save(session, number, *, after, purpose="draft"):
    position = session.positions.get(number=number)
    SaveFactory(position=position, purpose=purpose, saved_at=START + timedelta(seconds=after))


# Time


def test_time_goes_to_the_question_that_was_saved_and_long_pauses_to_none(client, over):
    session = over(1, 0, 1)
    save(session, 1, after=40)
    save(session, 2, after=100)
    save(session, 1, after=105)
    save(session, 2, after=3000)

    response = look(client, session)

    spent = [each.spent for each in response.context["outcome"].answered]
    assert spent == [timedelta(seconds=45), timedelta(seconds=60), None]
    assert "Time on all questions: 1 min 45 s." in response.text
    assert "a pause of more than 10 min counts for none" in response.text


def test_what_is_done_with_a_finished_session_takes_no_time_of_it(client, over):
    session = over(1, finished_at=START + timedelta(seconds=60))
    save(session, 1, after=50)
    save(session, 1, after=90, purpose="flag")
    save(session, 1, after=95, purpose="grade")

    assert look(client, session).context["outcome"].spent == timedelta(seconds=50)


def test_an_answer_that_came_within_the_grace_counts_with_its_time(client, over):
    at = START + timedelta(seconds=60)
    session = over(1, finished_at=at, deadline=at)
    save(session, 1, after=63)

    response = look(client, session)

    assert response.context["outcome"].spent == timedelta(seconds=63)
    assert '<span class="score">1 min</span> of 1 min' in response.text


def test_without_a_save_no_time_is_claimed(client, over):
    assert "No time was measured" in look(client, over(1)).text


@pytest.mark.parametrize(
    ("seconds", "words"),
    (
        (0, "0 s"),
        (59.6, "1 min"),
        (42, "42 s"),
        (62, "1 min 02 s"),
        (600, "10 min"),
        (3900, "1 h 05 min"),
    ),
)
def test_time_is_written_as_people_say_it(seconds, words):
    assert duration(timedelta(seconds=seconds)) == words


# Confidence


def test_what_was_certain_but_wrong_is_to_be_read_first(client, over):
    session = over(1, 0, 0)
    session.positions.filter(number__in=(1, 3)).update(confidence=4)
    session.positions.filter(number=2).update(confidence=1)

    page = look(client, session).text

    assert f'href="/practice/{session.pk}/review/?show=certain-but-wrong"' in page
    assert "You were certain 2 times, and wrong in 1 of them." in page
    assert f'<li><a href="/practice/{session.pk}/3/">Question 3:' in page
    assert "<td>1 of 2 (50 %)</td><td>9 and 91 %</td>" in page


def test_confidence_never_changes_the_score(client, over):
    session = over(1, 0)
    before = look(client, session).context["outcome"].score
    session.positions.update(confidence=4)

    assert look(client, session).context["outcome"].score == before


def test_without_confidence_it_is_said_how_to_get_the_plot(client, over):
    page = look(client, over(1)).text

    assert "You did not say how sure you were." in page
    assert 'class="calibration"' not in page


# The scaled score


@pytest.fixture
def form():
    return ExamForm.objects.order_by("position").first()


def exam(form, **values):
    terms = {name: form.number(figure) for name, figure in SCALE.items()}
    return {"form": form, "mode": "exam", "scoring": "exam"} | terms | values


SCALE = {"scale_lowest": "lowest", "scale_highest": "highest", "scale_pass": "to_pass"}


def test_exam_tells_an_estimate_with_its_formula_and_the_pass_line(client, over, form):
    session = over(1, 1, 1, 0, **exam(form))

    page = look(client, session).text

    assert '<span class="score">775</span> 55 above the pass line of 720' in page
    assert "100 + (1000 − 100) × 3 ÷ 4 = <strong>775</strong>, to the nearest whole" in page
    assert "AWS does not publish its own formula" in page


def test_exam_that_was_shorter_than_its_form_says_so(client, over, form):
    session = over(1, 0, **exam(form))

    assert f"This session asked 2 questions, fewer than the {form.asks} of the exam" in " ".join(
        look(client, session).text.split()
    )


def test_estimate_stays_when_the_form_is_given_up(client, over, form):
    session = over(1, 0, **exam(form) | {"form": None})

    page = look(client, session).text

    assert '<span class="score">550</span> 170 below the pass line of 720' in page
    assert "fewer than" not in page


def test_a_session_of_no_form_has_no_scaled_score(client, over):
    response = look(client, over(1))

    assert response.context["scaled"] is None
    assert "estimate" not in response.text


def test_questions_that_did_not_count_are_told_only_in_the_result(client, over, form):
    session = over(1, 0, 0, **exam(form, finished_at=None))
    session.positions.filter(number=2).update(is_scored=False)

    assert "not scored" not in look(client, session).text

    client.post(f"/practice/{session.pk}/")
    response = look(client, session)
    assert response.text.count('<span class="badge">not scored</span>') == 1
    assert (response.context["outcome"].unscored, response.context["outcome"].self_graded) == (1, 0)
    assert response.context["outcome"].missed == 2


# Facts


def test_result_tells_on_which_facts_points_were_lost(client, over):
    known, missed = VersionFactory.create_batch(2)
    known.facts.add(Fact.objects.current().get(slug="aws-serverless-gpu"))
    missed.facts.add(Fact.objects.current().get(slug="guide-serverless-payload"))
    session = over(1, 0, versions=[known, missed])

    response = look(client, session)

    words = "Serverless inference, payload: at most 6 MB"
    link = f'<a href="/guide/compare/?profile=guide#payload_mb">{words}</a>'
    assert f'<th scope="row">{link}</th><td>0 of 1 (0 %)</td>' in response.text
    assert [s.name for s in response.context["outcome"].other_grounds] == [
        "Serverless inference, GPU: no"
    ]


def test_an_open_session_tells_no_facts(client, over):
    version = VersionFactory()
    version.facts.add(Fact.objects.current().get(slug="guide-serverless-payload"))
    session = over(None, versions=[version], finished_at=None)

    assert "Serverless inference, payload" not in look(client, session).text


# A session that nobody closed


@pytest.fixture
def lapsed(over, form):
    """An exam whose time was over an hour ago, with one right answer that nobody graded yet."""
    version = VersionFactory()
    hour = timedelta(hours=1)
    session = over(None, None, versions=[version, VersionFactory()], **exam(form), finished_at=None)
    PracticeSession.objects.filter(pk=session.pk).update(deadline=NOW - hour)
    right = version.options.get(is_correct=True).pk
    session.positions.filter(number=1).update(response=right, confidence=4)
    save(session, 1, after=30)
    return session


def told(response):
    context = response.context
    names = ("outcome", "scaled", "calibration", "finished_at", "took", "limit")
    return {name: context[name] for name in names}


def test_a_session_that_nobody_closed_shows_what_its_closing_will_write(client, lapsed):
    before = told(look(client, lapsed))
    review = client.get(f"/practice/{lapsed.pk}/review/").context["filters"]
    file = client.get(f"/practice/{lapsed.pk}/result.csv").content

    client.post(f"/practice/{lapsed.pk}/")

    assert told(look(client, lapsed)) == before
    assert client.get(f"/practice/{lapsed.pk}/review/").context["filters"] == review
    assert client.get(f"/practice/{lapsed.pk}/result.csv").content == file
    assert (before["outcome"].score.written, before["scaled"].value) == ("1", 550)


def test_looking_at_it_writes_nothing(client, lapsed):
    with Statements() as asked:
        look(client, lapsed)
        client.get(f"/practice/{lapsed.pk}/review/")
        client.get(f"/practice/{lapsed.pk}/result.csv")

    assert asked.writes == []
    lapsed.refresh_from_db()
    assert lapsed.is_open


def test_what_was_written_by_oneself_is_told_apart(client, over):
    session = over(1, 1, versions=[VersionFactory(), version_of(SPECIMENS["open"])])

    page = look(client, session).text

    assert "One open question is left out of the score, because you grade it yourself." in page
    assert "not scored" not in page
