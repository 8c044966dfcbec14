import pytest
from django.test import Client
from django.utils import timezone

from quiz.bank.models import Question, QuestionVersion
from quiz.practice.models import Position, PracticeSession
from studyapp.people.models import Learner
from tests.factories import SessionFactory, UserFactory, with_score

from .conftest import Statements, token

pytestmark = pytest.mark.django_db
LATER = timezone.now().replace(year=2100)
LENGTH_WORDS = "Say how many questions: a whole number from 1 to 200."


def start(client, *, length=5, profile="guide", **fields):
    """Start a session as the form on the page does."""
    page = client.get("/practice/", {"profile": profile})
    fields = {"token": token(page), "length": length} | fields
    return client.post(f"/practice/?profile={profile}", fields)


def test_empty_history_says_what_will_be_here(client):
    page = client.get("/practice/")

    assert page.status_code == 200
    assert b"None yet." in page.content
    assert Learner.objects.count() == 0


@pytest.mark.parametrize("length", (5, 10, 20))
@pytest.mark.parametrize("profile", ("guide", "aws"))
def test_start_makes_a_session_of_the_profile(client, length, profile):
    response = start(client, length=length, profile=profile)

    session = PracticeSession.objects.get()
    assert response.headers["Location"] == f"/practice/{session.pk}/1/"
    assert session.profile.slug == profile
    assert session.length == session.positions.count() == length
    assert {each.version.profile.slug for each in session.positions.all()} == {profile}
    assert all(each.version.workload for each in session.positions.all())


@pytest.mark.parametrize("number", (1, 7, 65))
def test_any_other_number_of_questions_goes_before_the_quick_ones(client, number):
    start(client, length=10, number=number, profile="aws", pool="everything")

    assert PracticeSession.objects.get().length == number


def test_number_out_of_range_is_shown_again_as_it_was_typed(client):
    page = start(client, number="1000", draw="mix")

    assert page.status_code == 422
    assert 'name="number"' in page.text
    assert 'value="1000"' in page.text
    assert page.context["start"].initial["draw"] == "mix"


def test_facts_can_be_chosen_in_the_form(client):
    fields = {"token": token(client.get("/practice/")), "length": 5, "profile": "aws"}
    client.post("/practice/", fields)

    assert PracticeSession.objects.get().profile.slug == "aws"


def test_presets_that_would_be_empty_are_told_instead_of_offered(client):
    page = client.get("/practice/").text

    assert "None by these facts yet. What you get wrong or leave blank waits here." in page
    assert "None by these facts yet. What you flag in a session waits here." in page
    assert 'name="draw" value="missed">Missed ones' not in page


def test_presets_tell_how_many_questions_wait(client, session):
    session.positions.filter(number=1).update(
        checked_at=LATER, points=0, points_of=1, is_flagged=True
    )
    session.positions.filter(number=2).update(is_flagged=True)

    page = client.get("/practice/").text

    assert "The one that you got wrong or left blank" in page
    assert "The 2 that you flagged" in page


@pytest.mark.parametrize("profile", ("guide", "aws"))
def test_everything_draws_from_every_kind(client, profile):
    start(client, length=20, profile=profile, pool="everything")

    session = PracticeSession.objects.get()
    assert session.length == session.positions.count() == 20
    assert session.title.startswith("20 questions: ")
    assert {each.version.profile.slug for each in session.positions.all()} == {profile}
    assert len({each.version.kind for each in session.positions.all()}) > 2


@pytest.mark.parametrize("seed", range(5))
def test_parts_of_a_case_study_stay_together(client, monkeypatch, seed):
    monkeypatch.setattr("secrets.randbelow", lambda most: seed)
    alone = QuestionVersion.objects.published().alone().values_list("question", flat=True)
    Question.objects.filter(pk__in=list(alone)).update(status="retired")

    start(client, length=10, profile="aws", pool="everything")

    found = [
        (position.version.case.slug, position.version.part)
        for position in PracticeSession.objects.get().positions.select_related("version__case")
    ]
    cases = dict.fromkeys(slug for slug, part in found)
    assert found == [(slug, part) for slug in cases for part in (1, 2, 3, 4)]
    assert len(cases) == 2


def test_scenarios_alone_hold_no_part_of_a_case_study(client):
    start(client, length=20, profile="aws")

    assert not PracticeSession.objects.get().positions.exclude(version__case=None).exists()


def test_open_questions_are_not_scored(client):
    Question.objects.exclude(versions__kind="open").update(status="retired")

    start(client, length=5, profile="aws", pool="everything")

    assert not PracticeSession.objects.get().positions.filter(is_scored=True).exists()


def test_empty_pool_of_everything_is_said_in_words(client):
    Question.objects.update(status="retired")
    fields = {"token": "a" * 32, "length": 5, "pool": "everything"}

    response = client.post("/practice/", fields)

    assert b"There are no questions for these facts yet." in response.content


def test_pool_is_kept_when_an_open_session_is_asked_about(client, session):
    response = start(client, pool="everything")

    assert response.status_code == 409
    assert b'name="pool" value="everything"' in response.content


def test_profile_of_the_visitor_is_used(client):
    client.post("/guide/profile/", {"profile": "aws", "next": "/practice/"})
    client.post("/practice/", {"token": token(client.get("/practice/")), "length": 5})

    assert PracticeSession.objects.get().profile.slug == "aws"


def test_start_takes_all_there_are_where_they_are_few(client):
    scenarios = QuestionVersion.objects.published().scenarios().alone()
    keep = scenarios.values_list("question", flat=True)[:3]
    Question.objects.exclude(pk__in=list(keep)).update(status="retired")
    profile = Question.objects.get(pk=keep[0]).versions.get(is_current=True).profile.slug

    start(client, length=20, profile=profile)

    assert PracticeSession.objects.get().length <= 3


def test_unseen_questions_come_first(client):
    start(client, length=10)
    first = PracticeSession.objects.get()
    first.positions.update(checked_at=LATER, points=1, points_of=1)

    start(client, length=10)

    second = PracticeSession.objects.latest("pk")
    seen = set(first.positions.values_list("version", flat=True))
    assert seen.isdisjoint(second.positions.values_list("version", flat=True))


def test_empty_bank_is_said_in_words(client):
    Question.objects.update(status="retired")

    response = start_anyway(client)

    assert response.status_code == 422
    assert b"There are no scenario questions for these facts yet." in response.content
    assert PracticeSession.objects.count() == Learner.objects.count() == 0


def start_anyway(client):
    return client.post("/practice/", {"token": "a" * 32, "length": 5})


@pytest.mark.parametrize(
    ("fields", "words"),
    (
        ({"token": "a" * 32}, LENGTH_WORDS),
        ({"token": "a" * 32, "length": "0"}, LENGTH_WORDS),
        ({"token": "a" * 32, "length": "many"}, LENGTH_WORDS),
        ({"token": "a" * 32, "length": "5", "number": "-3"}, LENGTH_WORDS),
        ({"token": "a" * 32, "length": "5", "number": "201"}, LENGTH_WORDS),
        ({"token": "a" * 32, "length": "5", "number": "2.5"}, LENGTH_WORDS),
        (
            {"token": "a" * 32, "length": "5", "profile": "mine"},
            "These facts are unknown. Choose among those shown.",
        ),
        (
            {"token": "a" * 32, "length": "5", "pool": "all"},
            "Draw from the scenarios only, or from everything.",
        ),
        ({"length": "5"}, "This form came without its token."),
        ({"token": "short", "length": "5"}, "The token of this form cannot be read."),
        ({"token": "a" * 65, "length": "5"}, "The token of this form cannot be read."),
        ({"token": "<b>" * 10, "length": "5"}, "The token of this form cannot be read."),
    ),
)
def test_nonsense_is_refused_in_words(client, fields, words):
    response = client.post("/practice/", fields)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert PracticeSession.objects.count() == 0


def test_repeated_start_finds_the_first_session(client):
    fields = {"token": "a" * 32, "length": 5}

    first, second = client.post("/practice/", fields), client.post("/practice/", fields)

    assert first.headers["Location"] == second.headers["Location"]
    assert PracticeSession.objects.count() == 1


def test_repeated_start_of_a_new_guest_makes_one_guest():
    fields = {"token": "a" * 32, "length": 5}

    first, second = Client().post("/practice/", fields), Client().post("/practice/", fields)

    assert first.headers["Location"] == second.headers["Location"]
    assert Learner.objects.count() == 1


def test_open_session_is_asked_about_first(client, session):
    response = start(client)

    assert response.status_code == 409
    assert b"One session is still open" in response.content
    assert f'href="/practice/{session.pk}/1/"'.encode() in response.content
    assert PracticeSession.objects.get() == session


def test_open_session_is_closed_where_that_is_said(client, session):
    response = start(client, close=session.pk)

    session.refresh_from_db()
    assert response.status_code == 302
    assert session.finished_at is not None
    assert PracticeSession.objects.open().count() == 1


def test_only_the_named_session_is_closed(client, session):
    stranger = SessionFactory()

    response = start(client, close=stranger.pk)

    stranger.refresh_from_db()
    session.refresh_from_db()
    assert response.status_code == 409
    assert stranger.is_open
    assert session.is_open


def test_session_without_open_questions_is_closed_unasked(client, session):
    session.positions.update(checked_at=LATER, points=1, points_of=1)

    response = start(client)

    session.refresh_from_db()
    assert response.status_code == 302
    assert not session.is_open


def test_open_session_is_offered_with_its_progress(client, session):
    session.positions.filter(number=1).update(checked_at=LATER, points=1, points_of=1)

    page = client.get("/practice/").content.decode()

    assert "1 of 2 answered" in page
    assert f'href="/practice/{session.pk}/2/"' in page


@pytest.mark.parametrize("count", (1, 3))
def test_history_shows_scores(client, sign_in, count):
    learner = SessionFactory(finished_at=LATER).learner
    SessionFactory.create_batch(count - 1, learner=learner, finished_at=LATER)
    Position.objects.filter(number=1).update(checked_at=LATER, points=1, points_of=1)
    for session in learner.practice_sessions.all():
        with_score(session)
    sign_in(client, learner)

    page = client.get("/practice/").content.decode()

    assert page.count("1 of 2 (50 %)") == count


def test_history_is_not_that_of_others(client):
    SessionFactory(finished_at=LATER, title="Somebody’s")
    SessionFactory(title="Somebody’s")

    page = client.get("/practice/").content.decode()

    assert "Somebody’s" not in page


def test_statements_do_not_grow_with_history(client, sign_in):
    learner = SessionFactory(finished_at=LATER).learner
    sign_in(client, learner)
    with Statements() as short:
        client.get("/practice/")
    SessionFactory.create_batch(25, learner=learner, finished_at=LATER)

    with Statements() as long:
        page = client.get("/practice/")

    assert len(long.all) == len(short.all) <= 8
    assert "These are the latest 20; 6 earlier ones are kept." in page.content.decode()


def test_user_has_sessions_of_their_own(client):
    client.force_login(UserFactory())
    start(client)

    assert PracticeSession.objects.get().learner.user.email.startswith("person")
    assert Client().get(f"/practice/{PracticeSession.objects.get().pk}/").status_code == 404


def test_get_writes_nothing(client, session):
    with Statements() as asked:
        client.get("/practice/")

    assert asked.writes == []
