"""Whoever starts a session chooses which questions it has, and loses nothing when none fits."""

import re

import pytest
from django.utils import timezone

from quiz.bank.models import Question, QuestionVersion
from quiz.practice.models import Position, PracticeSession
from studyapp.guide.models import Objective
from tests.factories import SessionFactory, VersionFactory

from .conftest import Statements, token

pytestmark = pytest.mark.django_db
NOW = timezone.now()
CHECKED = re.compile(r'name="(\w+)" value="([^"]*)" checked')


def start(client, *, length=5, profile="aws", **fields):
    """Send the form with these choices, as a browser that ticked nothing else."""
    page = client.get("/practice/", {"profile": profile})
    fields = {"token": token(page), "length": length, "pool": "everything"} | fields
    return client.post(f"/practice/?profile={profile}", fields)


def drawn():
    """The versions of the one session that was started."""
    positions = PracticeSession.objects.get().positions
    return [each.version for each in positions.select_related("version__question__objective")]


def checked(response):
    """What is ticked or picked in the form, by name."""
    found = {}
    for name, value in CHECKED.findall(response.text):
        found.setdefault(name, []).append(value)
    return found


def only(*versions):
    """Leave only the questions of these versions published."""
    kept = [version.question_id for version in versions]
    Question.objects.exclude(pk__in=kept).update(status="retired")


def test_form_begins_with_everything_ticked_and_the_choices_folded(client):
    page = client.get("/practice/", {"profile": "aws"})

    assert checked(page) == {
        "profile": ["aws"],
        "pool": ["scenarios"],
        "length": ["10"],
        "mode": ["study"],
        "objectives": list(Objective.objects.values_list("slug", flat=True)),
        "kinds": [
            "single-choice",
            "multiple-response",
            "ordering",
            "matching",
            "true-false",
            "number",
            "open",
        ],
        "difficulty": [""],
        "draw": ["unseen"],
    }
    assert '<details class="further">' in page.text


def test_objectives_are_those_that_were_ticked(client):
    wanted = {"asynchronous-architecture", "traffic-use-cases"}

    start(client, length=20, objectives=sorted(wanted))

    assert len(drawn()) == 20
    assert {version.question.objective.slug for version in drawn()} <= wanted


def test_kinds_are_those_that_were_ticked(client):
    start(client, length=5, kinds=["ordering", "true-false"])

    assert {version.kind for version in drawn()} <= {"ordering", "true-false"}


def test_kinds_do_not_matter_where_only_scenarios_are_drawn(client):
    response = start(client, pool="scenarios", kinds=["ordering"])

    assert response.status_code == 302
    assert {version.kind for version in drawn()} == {"single-choice"}


@pytest.mark.parametrize("difficulty", (1, 2, 3))
def test_difficulty_is_that_which_was_picked(client, difficulty):
    start(client, difficulty=difficulty)

    assert {version.question.difficulty for version in drawn()} == {difficulty}


def test_nothing_ticked_is_everything(client):
    response = start(client, length=20, objectives=[], kinds=[])

    assert response.status_code == 302
    assert len(drawn()) == 20


# What was missed before


@pytest.fixture
def history(client, sign_in):
    """A finished session: right, wrong, in part, left blank; `client` is of whoever had it."""
    session = SessionFactory(length=4, finished_at=NOW)
    for number, points in ((1, 2), (2, 0), (3, 1)):
        session.positions.filter(number=number).update(
            checked_at=NOW, points=points, points_of=2, response=1
        )
    sign_in(client, session.learner)
    return session


def version_at(session, number):
    return session.positions.get(number=number).version


def test_missed_before_draws_what_was_wrong_in_part_or_blank(client, history):
    start(client, profile="guide", draw="missed")

    session = PracticeSession.objects.open().get()
    found = set(session.positions.values_list("version", flat=True))
    assert found == {version_at(history, number).pk for number in (2, 3, 4)}
    assert session.title.startswith("3 missed questions: ")


def test_what_was_right_since_is_not_missed_any_more(client, history):
    later = SessionFactory(
        learner=history.learner, length=1, finished_at=NOW, positions=[version_at(history, 2)]
    )
    later.positions.update(checked_at=NOW, points=1, points_of=1)

    start(client, profile="guide", draw="missed")

    found = PracticeSession.objects.open().get().positions.values_list("version", flat=True)
    assert set(found) == {version_at(history, number).pk for number in (3, 4)}


def test_a_missed_question_is_drawn_in_its_new_wording(client, history):
    old = version_at(history, 2)
    QuestionVersion.objects.filter(pk=old.pk).update(is_current=False)
    new = VersionFactory(question=old.question, number=2)

    start(client, profile="guide", draw="missed")

    found = PracticeSession.objects.open().get().positions.values_list("version", flat=True)
    assert new.pk in found
    assert old.pk not in found


def test_what_others_missed_is_not_drawn(client):
    SessionFactory(finished_at=NOW)

    response = start(client, profile="guide", draw="missed")

    assert response.status_code == 422
    assert "To find some, draw from all of them." in response.text


def test_all_by_chance_draws_what_was_seen_as_well(client, history):
    only(*(version_at(history, number) for number in (1, 2, 3, 4)), VersionFactory())

    start(client, profile="guide", draw="all")

    assert PracticeSession.objects.open().get().length == 5


# Where few fit, or none


def test_where_fewer_fit_the_page_says_how_many(client):
    only(*VersionFactory.create_batch(3))

    response = start(client, length=10, profile="guide")

    session = PracticeSession.objects.get()
    assert session.length == 3
    assert response.headers["Location"] == f"/practice/{session.pk}/1/?asked=10"
    page = client.get(response.headers["Location"]).text
    assert "You asked for 10 questions; this session has 3" in page


@pytest.mark.parametrize("asked", ("2", "1", "-5", "9999", "many", "²", "<b>"))
def test_an_address_that_asks_for_nothing_more_says_nothing(client, session, asked):
    page = client.get(f"/practice/{session.pk}/1/", {"asked": asked})

    assert page.status_code == 200
    assert "You asked for" not in page.text


def test_where_none_fits_words_name_the_choice_to_widen_and_everything_is_kept(client):
    only(VersionFactory(question__difficulty=1))
    fields = {
        "difficulty": "3",
        "kinds": ["single-choice"],
        "objectives": [Objective.objects.first().slug],
        "draw": "all",
    }

    response = start(client, length=20, profile="guide", **fields)

    assert response.status_code == 422
    assert "No question fits all of these choices. To find some, choose any difficulty." in (
        response.text
    )
    assert '<details class="further" open>' in response.text
    assert checked(response) == {
        "pool": ["everything"],
        "length": ["20"],
        "mode": ["study"],
        "profile": ["guide"],
    } | {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
    assert PracticeSession.objects.count() == 0


def test_where_one_choice_is_not_enough_words_name_them_all(client):
    only(
        VersionFactory(question__difficulty=1),
        VersionFactory(question__difficulty=2, kind="open"),
    )

    response = start(client, profile="guide", difficulty="3", kinds=["number"])

    assert response.status_code == 422
    assert "Widen more than one of them: tick more kinds, choose any difficulty." in response.text


def test_every_way_that_helps_is_named(client):
    only(
        VersionFactory(question__difficulty=1), VersionFactory(question__difficulty=3, kind="open")
    )

    response = start(client, profile="guide", difficulty="3", kinds=["single-choice"])

    assert "To find some, tick more kinds or choose any difficulty." in response.text


@pytest.mark.parametrize(
    ("fields", "words"),
    (
        ({"objectives": ["dancing"]}, "One objective has no questions for these facts."),
        ({"kinds": ["riddle"]}, "One kind of question is unknown."),
        ({"difficulty": "4"}, "The difficulty is any, 1, 2 or 3."),
        ({"draw": "hat"}, "Draw in one of the ways shown."),
    ),
)
def test_a_choice_that_is_none_is_refused_and_the_others_are_kept(client, fields, words):
    response = start(client, length=20, **fields)

    assert response.status_code == 422
    assert words in response.text
    assert checked(response)["length"] == ["20"]
    assert checked(response)["pool"] == ["everything"]
    assert PracticeSession.objects.count() == 0


def test_choices_go_along_when_an_open_session_is_asked_about(client, session):
    fields = {"kinds": ["number", "ordering"], "difficulty": "2", "draw": "all"}
    response = start(client, **fields)
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.text)

    assert response.status_code == 409
    assert [value for name, value in hidden if name == "kinds"] == ["number", "ordering"]
    assert ("difficulty", "2") in hidden
    assert ("draw", "all") in hidden
    assert ("length", "5") in hidden


@pytest.mark.parametrize("count", (1, 30))
def test_statements_of_a_start_do_not_grow_with_history(client, sign_in, count):
    session = SessionFactory(length=count, finished_at=NOW)
    sign_in(client, session.learner)
    page = client.get("/practice/")
    fields = {"token": token(page), "length": 5, "pool": "everything", "draw": "missed"}

    with Statements() as asked:
        response = client.post("/practice/", fields)

    assert response.status_code == 302
    assert len(asked.all) <= 16
    assert Position.objects.filter(session__finished_at=None).count() == min(count, 5)
