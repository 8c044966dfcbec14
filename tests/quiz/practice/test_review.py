"""All questions of a finished session on one page, with every verdict and reason."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from quiz.bank.models import QuestionVersion
from quiz.engine.kinds import KINDS
from tests.factories import CaseFactory, SessionFactory, VersionFactory, version_of
from tests.quiz.specimens import SPECIMENS

from .conftest import Statements

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def reviewed(client, sign_in):
    """A finished session through these versions, all blank; `client` had it."""

    def make(*versions, **values):
        session = SessionFactory(
            length=len(versions), positions=versions, **{"finished_at": NOW} | values
        )
        sign_in(client, session.learner)
        return session

    return make


def check(session, number, *, right, **values):
    position = session.positions.get(number=number)
    option = position.version.options.filter(is_correct=right).first()
    session.positions.filter(number=number).update(
        response=option.pk, checked_at=NOW, points=int(right), points_of=1, **values
    )


def look(client, session, show=""):
    return client.get(f"/practice/{session.pk}/review/{show}")


def numbers(response):
    return [each.position.number for each in response.context["reviewed"]]


def test_every_option_has_its_verdict_and_what_is_said_about_it(client, reviewed):
    session = reviewed(VersionFactory())
    check(session, 1, right=False)

    page = look(client, session).text

    assert page.count("You picked this: wrong") == 1
    assert page.count("Rightly left") == 2
    assert page.count("Missed") >= 1
    assert [
        text for text in ("Picked 2.", "Left 1.", "Left 3.", "Left 4.") if text not in page
    ] == []


def test_a_scenario_shows_the_reasons_of_the_engine_with_their_sources(client, reviewed):
    scenario = QuestionVersion.objects.published().scenarios().alone().first()
    session = reviewed(scenario)

    page = look(client, session).text

    hard = [
        s for said in scenario.explanation["options"].values() for s in said if s["kind"] == "hard"
    ]
    assert hard != []
    assert [each["url"] for each in hard if f'href="{each["url"]}"' not in page] == []
    assert 'href="/wizard/?' in page


def test_a_question_of_every_kind_is_reviewed(client, reviewed):
    session = reviewed(*(version_of(SPECIMENS[kind.slug]) for kind in KINDS))

    response = look(client, session)

    assert numbers(response) == list(range(1, len(KINDS) + 1))
    assert response.text.count("<article") == len(KINDS)


def test_a_scenario_shows_its_lanes_and_no_two_pictures_share_an_id(client, reviewed):
    published = QuestionVersion.objects.published().scenarios().alone()
    drawn = [each for each in published if each.explanation.get("lanes")][:2]
    session = reviewed(*drawn, VersionFactory())

    page = look(client, session).text

    assert page.count('class="lanes') - page.count('class="lanes-') == 2
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_what_a_question_rests_on_is_named_by_its_number(client, reviewed):
    claim = {"slug": "claim-01-real-time-payload", "title": "Payload", "sources": []}
    session = reviewed(VersionFactory(claim=claim), VersionFactory(claim=claim))

    page = look(client, session).text

    labels = re.findall(r'<aside class="provenance" aria-label="([^"]+)"', page)
    assert labels == ["What question 1 rests on", "What question 2 rests on"]


def test_an_open_answer_is_shown_and_graded_on_its_own_page(client, reviewed):
    session = reviewed(version_of(SPECIMENS["open"]))
    session.positions.update(response={"text": "My <b>words</b>."}, checked_at=NOW)

    page = look(client, session).text

    assert "My &lt;b&gt;words&lt;/b&gt;." in page
    assert "Not graded yet: open it to grade it yourself" in page
    assert "Keep this grade" not in page


def test_the_story_of_a_case_is_told_once_for_its_parts(client, reviewed):
    case = CaseFactory(title="A bank", story="The story of a bank.")
    session = reviewed(
        VersionFactory(case=case, part=1), VersionFactory(case=case, part=2), VersionFactory()
    )

    page = look(client, session).text

    assert page.count("The story of a bank.") == 1
    assert "part 2 of 2" in page


@pytest.mark.parametrize(
    ("show", "shown", "left"),
    (
        ("", "all", [1, 2, 3, 4]),
        ("?show=all", "all", [1, 2, 3, 4]),
        ("?show=missed", "missed", [2, 3, 4]),
        ("?show=flagged", "flagged", [1, 3]),
        ("?show=certain-but-wrong", "certain-but-wrong", [2]),
        ("?show=nonsense", "all", [1, 2, 3, 4]),
    ),
)
def test_links_leave_in_what_is_asked_for(client, reviewed, show, shown, left):
    session = reviewed(*VersionFactory.create_batch(4))
    check(session, 1, right=True, is_flagged=True, confidence=4)
    check(session, 2, right=False, confidence=4)
    check(session, 3, right=False, is_flagged=True, confidence=1)

    response = look(client, session, show)

    assert response.context["show"] == shown
    assert numbers(response) == left
    assert f'<a href="?show={shown}" aria-current="true">' in response.text
    assert [count for *_, count in response.context["filters"]] == [4, 3, 2, 1]


def test_where_nothing_is_left_it_is_said(client, reviewed):
    session = reviewed(VersionFactory())

    assert "No question of this session is here." in look(client, session, "?show=flagged").text


def test_questions_that_did_not_count_are_marked(client, reviewed):
    session = reviewed(*VersionFactory.create_batch(2))
    session.positions.filter(number=2).update(is_scored=False)

    assert look(client, session).text.count('<span class="badge">not scored</span>') == 1


def test_an_open_session_leads_back_to_its_questions(client, session):
    response = look(client, session)

    assert response.status_code == 302
    assert response.headers["Location"] == f"/practice/{session.pk}/"


def test_the_review_of_others_is_not_found(reviewed):
    session = reviewed(VersionFactory())

    assert look(Client(), session).status_code == 404


@pytest.mark.parametrize("length", (1, 65))
def test_statements_do_not_grow_with_length(client, reviewed, length):
    session = reviewed(*VersionFactory.create_batch(length))

    with Statements() as asked:
        look(client, session)

    assert asked.writes == []
    assert len(asked.all) <= 6
