import re

import pytest
from django.test import Client

from quiz.bank.models import Question, QuestionVersion
from quiz.practice.models import PracticeSession, Save
from studyapp.people.models import Learner
from tests.factories import SessionFactory, VersionFactory

from .conftest import Statements, option

pytestmark = pytest.mark.django_db
CASE = "/practice/near/?payload_mb=50+MB&processing_s=45+s&reply=notify&profile=guide"
TOKEN = "a" * 32
OPTIONS = re.compile(r'name="option" value="(\d+)"')


def shown(response):
    """The version that the page shows."""
    return response.context["version"]


def fields(version, *, right=True, **more):
    picked = version.options.filter(is_correct=right).first().pk
    return {"version": version.pk, "option": picked, "token": TOKEN} | more


def test_nearest_scenario_is_shown_unsaved(client):
    with Statements() as asked:
        page = client.get(CASE)

    assert page.status_code == 200
    assert shown(page).workload["reply"] == "notify"
    assert asked.writes == []
    assert Learner.objects.count() == PracticeSession.objects.count() == 0


@pytest.mark.parametrize("version", range(0, 40, 8))
def test_every_scenario_is_nearest_to_its_own_workload(client, version):
    versions = list(QuestionVersion.objects.published().scenarios().alone())
    wanted = versions[version % len(versions)]

    page = client.get("/practice/near/", wanted.workload | {"profile": wanted.profile.slug})

    assert shown(page) == wanted


def test_profile_of_the_link_is_used(client):
    page = client.get("/practice/near/?payload_mb=50&profile=aws")

    assert shown(page).profile.slug == "aws"


def test_reload_shows_the_same_order(client):
    orders = {tuple(OPTIONS.findall(client.get(CASE).content.decode())) for _ in range(5)}

    assert len(orders) == 1
    assert len(orders.pop()) == 5


@pytest.mark.parametrize(
    ("query", "words"),
    (
        ("payload_mb=0", "payload_mb: &#x27;0&#x27; is not accepted"),
        ("payload_mb=many", "an amount above 0 and up to 1,048,576 MB"),
        ("payload_mb=9999999", "up to 1,048,576 MB"),
        ("payload_mb=50+kg", "is not accepted"),
        ("colour=red", "there is no such trait"),
        ("reply=fax", "one of same-call, poll, notify, dataset"),
        ("latency_ms=10&processing_s=5", "is impossible when the work takes"),
        ("latency_ms=10&reply=poll", "cannot be combined"),
        (f"{'x' * 3000}=1", "there is no such trait"),
        ("%00=%00", "there is no such trait"),
    ),
)
def test_bad_workload_gives_words(client, query, words):
    for method in (client.get, client.post):
        response = method(f"/practice/near/?{query}")

        assert response.status_code == 422
        assert words in response.content.decode()
        assert "Correct it in the wizard" in response.content.decode()


def test_open_fields_and_no_fields_are_legal(client):
    assert client.get("/practice/near/").status_code == 200
    assert client.get("/practice/near/?payload_mb=&reply=notify").status_code == 200


def test_empty_bank_is_said_in_words(client):
    Question.objects.update(status="retired")

    response = client.get(CASE)

    assert response.status_code == 422
    assert b"There are no scenario questions for these facts yet." in response.content


@pytest.mark.parametrize(("right", "points"), ((True, 1), (False, 0)))
def test_answer_starts_a_session_with_the_answer_kept(client, right, points):
    page = client.get(CASE)
    order = OPTIONS.findall(page.content.decode())

    response = client.post(CASE, fields(shown(page), right=right))

    session = PracticeSession.objects.get()
    first = session.positions.get(number=1)
    assert response.headers["Location"] == f"/practice/{session.pk}/1/#verdict"
    assert (first.version, first.points) == (shown(page), points)
    assert list(map(str, first.option_order)) == order
    assert session.length == session.positions.count() == 5
    assert {each.version.profile.slug for each in session.positions.all()} == {"guide"}
    assert Save.objects.count() == 1


def test_repeated_answer_finds_the_first_session(client):
    version = shown(client.get(CASE))

    one = client.post(CASE, fields(version, right=True))
    two = client.post(CASE, fields(version, right=False))

    assert one.headers["Location"] == two.headers["Location"]
    assert PracticeSession.objects.count() == Save.objects.count() == 1
    assert PracticeSession.objects.get().positions.get(number=1).points == 1


@pytest.mark.parametrize(
    ("change", "words"),
    (
        ({"option": ""}, "That is none of the options shown."),
        ({"option": "0"}, "That is none of the options shown."),
        ({"token": "short"}, "The token of this form cannot be read."),
        ({"version": ""}, "It is not known which question this answers."),
        ({"version": "x"}, "Enter a whole number."),
    ),
)
def test_nonsense_is_refused_in_words(client, change, words):
    response = client.post(CASE, fields(shown(client.get(CASE))) | change)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert PracticeSession.objects.count() == Learner.objects.count() == 0


def test_question_that_is_no_scenario_of_the_profile_is_refused(client):
    written = VersionFactory()
    other = (
        QuestionVersion.objects.published().scenarios().alone().filter(profile__slug="aws").first()
    )

    for version in (written, other):
        response = client.post(CASE, fields(version))

        assert response.status_code == 409
        assert b"That question was changed meanwhile." in response.content
    assert PracticeSession.objects.count() == 0


def test_open_session_is_asked_about_and_the_pick_is_kept(client, session):
    version = shown(client.get(CASE))
    posted = fields(version)

    response = client.post(CASE, posted)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Another session is open:" in page
    assert re.search(rf'value="{posted["option"]}" checked', page)
    assert PracticeSession.objects.get() == session

    response = client.post(CASE, posted | {"close": session.pk})

    session.refresh_from_db()
    assert response.status_code == 302
    assert not session.is_open
    assert PracticeSession.objects.open().get().positions.get(number=1).points == 1


def test_stranger_cannot_close_a_session(client):
    stranger = SessionFactory()

    client.post(CASE, fields(shown(client.get(CASE)), close=stranger.pk))

    stranger.refresh_from_db()
    assert stranger.is_open
    assert option(stranger.positions.first(), right=True)


def test_link_of_the_wizard_leads_here(client):
    page = Client().get("/wizard/?payload_mb=50&processing_s=45&reply=notify&gpu=no")
    link = re.search(r'href="(/practice/near/\?[^"]+)"', page.content.decode())[1]

    assert client.get(link.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("do", ("save", "check"))
def test_token_of_another_form_never_answers_that_session(client, session, do):
    PracticeSession.objects.update(start_token=TOKEN)
    position = session.positions.get(number=1)
    sent = {"option": option(position, right=False), "token": "b" * 32, "do": do}
    client.post(f"/practice/{session.pk}/1/", sent)

    version = shown(client.get(CASE))
    response = client.post(CASE, fields(version))

    kept = session.positions.get(number=1)
    assert response.status_code == 409
    assert b"sent before" in response.content
    assert Save.objects.count() == 1
    assert kept.response == option(position, right=False)
