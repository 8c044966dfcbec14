import re

import pytest
from django.utils import timezone

from quiz.bank.models import Question, QuestionVersion, StoryBook
from quiz.practice.actions import close_session
from quiz.practice.models import Position, PracticeSession, Save
from tests.factories import GuestFactory, SessionFactory, VersionFactory

from .conftest import HIDDEN, Statements, option

pytestmark = pytest.mark.django_db
OPTIONS = re.compile(r'name="option" value="(\d+)"')
CANARIES = ("certificate", "is_correct", "picked-right", "serves this workload best", "ruled out")


@pytest.fixture
def session(client, sign_in):
    """A guest's session of two: a scenario that is answered wrongly, and a written question."""
    scenario = QuestionVersion.objects.published().get(question__slug="scan-upload-start-up")
    session = SessionFactory(positions=[scenario, VersionFactory()])
    sign_in(client, session.learner)
    first = session.positions.get(number=1)
    client.post(f"/practice/{session.pk}/1/", sent(option(first, right=False), "b"))
    return session


def sent(picked, letter):
    return {"option": picked, "do": "check", "token": letter * 20, "tab": letter * 20, "seq": 1}


def trap(session, number=1, seed="?seed=7"):
    return f"/practice/{session.pk}/{number}/trap/{seed}"


def fields(page, picked="1", **more):
    """The form as a browser posts it."""
    return dict(HIDDEN.findall(page.content.decode())) | {"option": picked} | more


def close(session):
    close_session(session=session, now=timezone.now())


def picks(page):
    return OPTIONS.findall(page.content.decode())


def test_review_of_a_scenario_offers_the_same_trap_and_leads_to_one_seed(client, session):
    page = client.get(f"/practice/{session.pk}/1/")

    link = trap(session, seed="")
    assert f'href="{link}"' in page.content.decode()
    assert re.fullmatch(rf"{link}\?seed=\d{{1,9}}", client.get(link).headers["Location"])


def test_review_of_a_written_question_does_not(client, session):
    close(session)

    assert b"Same trap" not in client.get(f"/practice/{session.pk}/2/").content


def test_result_offers_it_for_missed_scenarios_only(client, session):
    assert b"Same trap" not in client.get(f"/practice/{session.pk}/").content

    close(session)
    page = client.get(f"/practice/{session.pk}/").content.decode()

    assert page.count("Same trap, new numbers") == 1
    assert f'href="{trap(session, seed="")}"' in page


def test_question_is_shown_unsaved_and_the_same_on_every_reload(client, session):
    before = Question.objects.count()
    with Statements() as asked:
        first = client.get(trap(session))
    pages = [client.get(trap(session)) for _ in range(5)]

    assert first.status_code == 200
    assert asked.writes == []
    assert {page.context["question"].stem for page in pages} == {first.context["question"].stem}
    assert {tuple(picks(page)) for page in pages} == {tuple(picks(first))}
    assert Question.objects.count() == before


def test_no_number_and_no_sentence_of_the_origin_is_repeated(client, session):
    origin = session.positions.get(number=1).version

    for seed in range(10):
        stem = client.get(trap(session, seed=f"?seed={seed}")).context["question"].stem

        assert not set(stem.splitlines()) & set(origin.stem.splitlines())
        assert not {"50 MB", "45 s"} & set(re.findall(r"\d+ \w+", stem))


def test_page_tells_nothing_of_the_key(client, session):
    page = client.get(trap(session)).content.decode()

    assert [canary for canary in CANARIES if canary in page] == []
    assert sorted(picks(client.get(trap(session)))) == ["1", "2", "3", "4", "5"]


def test_page_and_answer_cost_so_many_statements(client, session):
    close(session)
    with Statements() as asked:
        page = client.get(trap(session))
    with Statements() as answering:
        client.post(trap(session), fields(page))

    assert (len(asked.all), len(answering.all)) == (4, 23)


@pytest.mark.parametrize("slug", ("real-time", "asynchronous"))
def test_answer_is_kept_in_a_session_of_its_own(client, session, slug):
    close(session)
    page = client.get(trap(session))
    texts = [(each.mark, str(each.id)) for each in page.context["question"].options]

    response = client.post(trap(session), fields(page, picked=dict(texts)[slug]))

    begun = PracticeSession.objects.latest("pk")
    first = begun.positions.get()
    assert response.headers["Location"] == f"/practice/{begun.pk}/1/#verdict"
    assert begun.title == "Same trap, new numbers: The study guide"
    assert first.version.question.drawn_from == session.positions.get(number=1).version.question
    assert first.points == (slug == "asynchronous")
    shown = [first.version.options.get(pk=pk).key for pk in first.option_order]
    assert shown == [mark for mark, _ in texts]
    assert page.context["question"].stem == first.version.stem
    assert begun.positions.count() == Save.objects.filter(session=begun).count() == 1


def test_review_of_the_drawn_question_offers_another_one(client, session):
    close(session)
    client.post(trap(session), fields(client.get(trap(session))))
    begun = PracticeSession.objects.latest("pk")

    review = client.get(f"/practice/{begun.pk}/1/").content.decode()
    assert f'href="{trap(begun, seed="")}"' in review
    page = client.get(trap(begun))
    client.post(trap(begun), fields(page))

    latest = PracticeSession.objects.latest("pk")
    begun.refresh_from_db()
    assert not begun.is_open
    assert latest.positions.get().version.stem != begun.positions.get().version.stem
    assert b"Same trap, new numbers" in client.get("/progress/").content


def test_review_stays_as_it_was_when_stories_and_bank_change(client, session):
    close(session)
    client.post(trap(session), fields(client.get(trap(session))))
    begun = PracticeSession.objects.latest("pk")
    close(begun)

    def seen():
        return client.get(f"/practice/{begun.pk}/1/").context["question"]

    before = seen()
    StoryBook.objects.all().delete()
    Question.objects.filter(drawn_from=None).update(status="retired")

    assert seen() == before


def test_repeated_answer_finds_the_first_session(client, session):
    close(session)
    posted = fields(client.get(trap(session)), picked="1")

    one = client.post(trap(session), posted)
    two = client.post(trap(session), posted | {"option": "2"})

    assert one.headers["Location"] == two.headers["Location"]
    assert Question.objects.filter(status="drawn").count() == 1
    assert PracticeSession.objects.count() == 2


def test_open_session_is_asked_about_and_nothing_is_kept_until_then(client, session):
    page = client.get(trap(session))
    posted = fields(page, picked="3")

    assert "Go on with question 2" in page.content.decode()
    response = client.post(trap(session), posted)

    assert response.status_code == 409
    assert "Another session is open:" in response.content.decode()
    assert re.search(r'value="3" checked', response.content.decode())
    assert Question.objects.filter(status="drawn").count() == 0

    response = client.post(trap(session), posted | {"close": session.pk})

    session.refresh_from_db()
    assert response.status_code == 302
    assert not session.is_open
    assert PracticeSession.objects.open().get().positions.get().is_checked


@pytest.mark.parametrize(
    ("change", "status", "words"),
    (
        ({"option": ""}, 422, "That is none of the options shown."),
        ({"option": "6"}, 422, "That is none of the options shown."),
        ({"token": "short"}, 422, "The token of this form cannot be read."),
        ({"shown": ""}, 422, "It is not known which question this answers."),
        ({"shown": "0" * 64}, 409, "That question was changed meanwhile."),
    ),
)
def test_nonsense_is_refused_in_words(client, session, change, status, words):
    response = client.post(trap(session), fields(client.get(trap(session))) | change)

    assert response.status_code == status
    assert words in response.content.decode()
    assert PracticeSession.objects.count() == 1
    assert Question.objects.filter(status="drawn").count() == 0


@pytest.mark.parametrize(
    "seed", ("", "?seed=", "?seed=x", "?seed=-1", f"?seed={'9' * 40}", "?seed=٣")
)
def test_address_without_a_readable_seed_gets_one(client, session, seed):
    response = client.get(trap(session, seed=seed))

    assert response.status_code == 302
    assert client.get(response.headers["Location"]).status_code == 200


def test_question_that_is_not_answered_yet_gives_none(client, session):
    scenario = QuestionVersion.objects.published().get(question__slug="wedding-film-captions")
    Position.objects.filter(session=session, number=2).update(version=scenario)

    for method, status in ((client.get, 200), (client.post, 409)):
        response = method(trap(session, number=2))

        assert response.status_code == status
        assert b"Answer this question first" in response.content


def test_written_question_gives_none(client, session):
    close(session)

    response = client.get(trap(session, number=2))

    assert response.status_code == 200
    assert b"Only scenario questions can be drawn anew." in response.content


def test_question_that_cannot_be_drawn_says_why(client, session):
    version = session.positions.get(number=1).version
    QuestionVersion.objects.filter(pk=version.pk).update(workload={"payload_mb": "1 MB"})

    response = client.get(trap(session))

    assert b"No other question can be drawn from this one." in response.content
    assert response.status_code == 200


def test_stranger_finds_nothing(client, session, sign_in):
    sign_in(client, GuestFactory())

    assert client.get(trap(session)).status_code == 404
    assert client.post(trap(session)).status_code == 404


def test_missed_drawn_question_is_practised_again_by_the_one_of_the_bank(client, session):
    close(session)
    client.post(trap(session), fields(client.get(trap(session)), picked="1"))
    begun = PracticeSession.objects.latest("pk")
    close(begun)

    page = client.get(f"/practice/{begun.pk}/missed/")

    assert page.context["picked"] == [session.positions.get(number=1).version_id]
