"""An instructor changes their mind about a question: seen first, with a reason, and taken back exactly."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command

from quiz.analysis.actions import regrade, take_in, undo
from quiz.analysis.models import Regrade, RegradeChange
from quiz.analysis.running import reopen
from quiz.practice.actions import close_session
from quiz.practice.models import Position, PracticeSession
from quiz.sets.models import Member, SetEvent
from tests.factories import InstructorFactory, version_of
from tests.quiz.specimens import SPECIMENS

from .classes import STARTED, a_set, option, takes, written

pytestmark = pytest.mark.django_db
NOW = STARTED + timedelta(hours=2)
TOKEN = "a-token-of-a-regrade-{}"


@pytest.fixture
def held(client):
    """A set of three questions that four people took; its owner is signed in."""
    found = a_set(*written(3))
    takes(found, [1, 1, 1], name="Ada")
    takes(found, [2, 1, 1], name="Bea")
    takes(found, [3, 1, 2], name="Cyd")
    takes(found, [None, 2, 2], name="Dot")
    client.force_login(found.owner)
    return found


@pytest.fixture
def version(held):
    return held.items.first().version


def decide(held, action, *, place=None, number=1, version=None):
    version = version or held.items.first().version
    return regrade(
        quiz_set=held,
        version=version,
        action=action,
        option=place and version.options.get(position=place),
        reason="It can be read both ways",
        token=TOKEN.format(number),
        by=held.owner,
        now=NOW + timedelta(minutes=number),
    )


def scores(held):
    """The score of everybody, by name."""
    names = dict(Member.objects.filter(quiz_set=held).values_list("learner", "name"))
    return {
        names[each.learner_id]: f"{each.score.written} of {each.score.of}"
        for each in PracticeSession.objects.filter(quiz_set=held).finished().order_by("pk")
    }


def marks():
    """Everything that is kept of every answer and every score."""
    columns = ("pk", "points", "points_of", "is_scored", "checked_at", "response")
    sessions = PracticeSession.objects.order_by("pk")
    return (
        list(Position.objects.order_by("pk").values_list(*columns)),
        list(sessions.values_list("pk", "points", "points_of", "scored", "finished_at")),
    )


def verify():
    out = io.StringIO()
    call_command("verify_scores", stdout=out)
    return out.getvalue()


def address(held, version, page=""):
    return f"/sets/{held.pk}/results/questions/{version.pk}/{page}"


# What each decision does


@pytest.mark.parametrize(
    ("action", "place", "expected"),
    [
        ("accept", 2, ["3 of 3", "3 of 3", "1 of 3", "0 of 3"]),
        ("accept-all", None, ["3 of 3", "3 of 3", "2 of 3", "1 of 3"]),
        ("drop", None, ["2 of 2", "2 of 2", "1 of 2", "0 of 2"]),
        ("rescore", None, ["3 of 3", "2 of 3", "1 of 3", "0 of 3"]),
    ],
)
def test_a_decision_changes_every_score_and_taking_it_back_restores_all(
    held, action, place, expected
):
    before = marks()

    made = decide(held, action, place=place)

    assert list(scores(held).values()) == expected
    assert verify().endswith("0 of 4 scores differ\n")
    undo(regrade=made, by=held.owner, now=NOW)
    assert marks() == before
    assert verify().endswith("0 of 4 scores differ\n")


def test_grading_anew_sets_a_decision_aside_and_can_be_taken_back_too(held):
    before = scores(held)
    decide(held, "accept-all")
    given = marks()

    anew = decide(held, "rescore", number=2)

    assert scores(held) == before
    assert verify().endswith("0 of 4 scores differ\n")
    undo(regrade=anew, by=held.owner, now=NOW)
    assert marks() == given
    assert verify().endswith("0 of 4 scores differ\n")


def test_decisions_stack_and_come_off_in_turn(held):
    stages = [marks()]
    made = []
    for number, (action, place) in enumerate(
        [("accept", 2), ("drop", None), ("accept", 3), ("rescore", None), ("accept-all", None)], 1
    ):
        made.append(decide(held, action, place=place, number=number))
        stages.append(marks())
        assert verify().endswith("0 of 4 scores differ\n")

    for each, stage in zip(made[::-1], stages[-2::-1], strict=True):
        undo(regrade=each, by=held.owner, now=NOW)
        assert marks() == stage
        assert verify().endswith("0 of 4 scores differ\n")


def test_a_decision_on_several_right_options_keeps_parts(client):
    version = version_of(SPECIMENS["multiple-response"])
    held = a_set(version, scoring="practice")
    session = takes(held, [None])
    Position.objects.filter(session=session).update(
        response=[option(version, 1), option(version, 2)]
    )
    reopened = PracticeSession.objects.filter(pk=session.pk)
    reopened.update(finished_at=None, points=None, points_of=None, scored=None)
    session.refresh_from_db()
    close_session(session=session, now=NOW)
    assert scores(held) == {"Grace": "0 of 1"}

    decide(held, "accept", place=1)

    assert scores(held) == {"Grace": "0.67 of 1"}
    assert verify().endswith("0 of 1 scores differ\n")


def test_a_decision_in_one_set_changes_nothing_in_another(held, version):
    other = a_set(version)
    takes(other, [2], name="Eve")

    decide(held, "accept", place=2)

    assert scores(other) == {"Eve": "0 of 1"}


# The page


def test_the_preview_shows_person_by_person_and_writes_nothing(client, held, version):
    before = marks()

    page = client.get(
        address(held, version, "regrade/"), {"action": "accept", "option": option(version, 2)}
    )

    (change,) = page.context["changes"]
    assert change[1] == "Bea"
    assert "2 of 3 (67 %) → 3 of 3 (100 %)" in page.text
    assert "0 % → 100 %" in page.text
    assert (marks(), Regrade.objects.count()) == (before, 0)


def test_whoever_missed_a_question_that_is_left_out_rises(client, held, version):
    page = client.get(address(held, version, "regrade/"), {"action": "drop"})

    assert "2 scores rise, 0 fall." in page.text
    assert "1 of 3 (33 %) → 1 of 2 (50 %)" in page.text


def test_a_decision_needs_a_reason(client, held, version):
    response = client.post(
        address(held, version, "regrade/"),
        {"action": "drop", "token": TOKEN.format(1), "reason": " "},
    )

    assert response.status_code == 422
    assert not Regrade.objects.exists()


def test_a_form_that_is_sent_twice_regrades_once_and_the_log_says_who_and_why(
    client, held, version
):
    fields = {"action": "drop", "token": TOKEN.format(1), "reason": "Two answers fit"}

    for _ in range(2):
        response = client.post(address(held, version, "regrade/"), fields)
        assert response["Location"] == address(held, version)

    made = Regrade.objects.get()
    assert (made.by, made.reason, made.changes.count()) == (held.owner, "Two answers fit", 4)
    assert "Reason: Two answers fit" in client.get(address(held, version)).text
    assert SetEvent.objects.get().words == (
        f"Regraded {version.question.slug}: Leave the question out of the score. Two answers fit"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "explode"},
        {"action": "accept"},
        {"action": "accept", "option": "99999999"},
        {"action": "accept", "option": "x"},
        {},
    ],
)
def test_nonsense_is_refused_in_words(client, held, version, fields):
    sent = fields | {"token": TOKEN.format(1), "reason": "Because"}

    response = client.post(address(held, version, "regrade/"), sent)

    assert response.status_code == 422
    assert not Regrade.objects.exists()


def test_the_option_of_another_question_and_the_right_one_cannot_be_accepted(client, held, version):
    other = held.items.last().version
    for wrong in (option(other, 2), option(version, 1)):
        response = client.get(
            address(held, version, "regrade/"), {"action": "accept", "option": wrong}
        )
        assert response.status_code == 422


def test_only_the_newest_decision_can_be_taken_back_and_the_page_says_so(client, held, version):
    first, second = decide(held, "accept", place=2), decide(held, "drop", number=2)

    page = client.get(address(held, version)).text
    refused = client.post(address(held, version), {"do": "undo", "regrade": first.pk})

    assert page.count("Take it back</button>") == 1
    assert "take the newest back first" in page
    assert refused.status_code == 409
    assert (
        client.post(address(held, version), {"do": "undo", "regrade": second.pk}).status_code == 302
    )
    assert (
        client.post(address(held, version), {"do": "undo", "regrade": second.pk}).status_code == 302
    )
    assert Regrade.objects.exclude(undone_at=None).get() == second


@pytest.mark.parametrize("regrade", ["", "x", "0", "9" * 30])
def test_a_decision_that_is_not_there_cannot_be_taken_back(client, held, version, regrade):
    response = client.post(address(held, version), {"do": "undo", "regrade": regrade})

    assert response.status_code == 404


def test_another_instructor_neither_sees_nor_regrades(client, held, version):
    made = decide(held, "drop")
    client.force_login(InstructorFactory())

    fields = {"action": "drop", "token": TOKEN.format(5), "reason": "Mine", "regrade": made.pk}
    for page in ("", "regrade/"):
        assert client.get(address(held, version, page)).status_code == 404
        assert client.post(address(held, version, page), fields | {"do": "undo"}).status_code == 404
    assert Regrade.objects.get().undone_at is None


def test_a_question_of_another_set_is_not_found(client, held):
    other = a_set(*written(1)).items.first().version

    assert client.get(address(held, other)).status_code == 404
    assert client.get(address(held, other, "regrade/")).status_code == 404


def test_a_question_that_is_graded_by_oneself_cannot_be_regraded(client):
    version = version_of(SPECIMENS["open"])
    held = a_set(version)
    client.force_login(held.owner)

    assert "See what it changes" not in client.get(address(held, version)).text
    assert client.get(address(held, version, "regrade/")).status_code == 404


@pytest.mark.parametrize("kind", [kind for kind in SPECIMENS if kind != "open"])
def test_every_kind_has_its_page_and_can_be_left_out_or_given(client, kind):
    version = version_of(SPECIMENS[kind])
    held = a_set(version)
    takes(held, [None])
    client.force_login(held.owner)

    assert client.get(address(held, version)).status_code == 200
    decide(held, "accept-all", version=version)

    assert scores(held) == {"Grace": "1 of 1"}
    assert verify().endswith("0 of 1 scores differ\n")


# What comes later


def test_a_try_that_is_finished_later_can_be_taken_in(client, held, version):
    made = decide(held, "accept", place=2)
    takes(held, [2, 1, 1], name="Eve")
    assert scores(held)["Eve"] == "2 of 3"
    assert (
        "1 answer came after that, and is graded by the key only"
        in client.get(address(held, version)).text
    )

    client.post(address(held, version), {"do": "take-in", "regrade": made.pk})

    assert scores(held)["Eve"] == "3 of 3"
    assert take_in(regrade=made, by=held.owner, now=NOW) == 0
    assert verify().endswith("0 of 5 scores differ\n")
    undo(regrade=made, by=held.owner, now=NOW)
    assert scores(held)["Eve"] == "2 of 3"


@pytest.mark.parametrize("action", ["drop", "accept-all"])
def test_a_try_that_is_reopened_leaves_every_regrade_and_is_graded_anew(held, action):
    made = decide(held, action)
    later = NOW + timedelta(days=9)
    PracticeSession.objects.update(shown_from=later)
    member = Member.objects.get(name="Dot")

    session = reopen(member=member, minutes=None, by=held.owner, now=NOW)

    assert not RegradeChange.objects.filter(position__session=session).exists()
    assert set(session.positions.values_list("is_scored", flat=True)) == {True}
    close_session(session=session, now=NOW)
    assert scores(held)["Dot"] == "0 of 3"
    take_in(regrade=made, by=held.owner, now=NOW)
    assert scores(held)["Dot"] == {"drop": "0 of 2", "accept-all": "1 of 3"}[action]
    assert verify().endswith("0 of 4 scores differ\n")


# What a learner reads


def test_a_learner_reads_what_was_changed_and_why_until_it_is_taken_back(
    client, sign_in, held, version
):
    made = decide(held, "accept", place=2)
    learner = Member.objects.get(name="Bea").learner
    session = learner.practice_sessions.get()
    client.logout()
    sign_in(client, learner)

    page = client.get(f"/practice/{session.pk}/").text

    assert "Your instructor changed this" in page
    assert "another option is right too. It can be read both ways" in page
    assert "3 of 3" in page
    one = client.get(f"/practice/{session.pk}/1/").text
    assert "Counts as right" in one
    assert "another option is right too. It can be read both ways" in one
    assert "Your instructor" not in client.get(f"/practice/{session.pk}/2/").text
    undo(regrade=made, by=held.owner, now=NOW)
    assert "Your instructor changed this" not in client.get(f"/practice/{session.pk}/").text


def test_a_learner_whose_mark_did_not_change_reads_nothing_of_it(client, sign_in, held):
    decide(held, "accept", place=2)
    learner = Member.objects.get(name="Ada").learner
    client.logout()
    sign_in(client, learner)

    page = client.get(f"/practice/{learner.practice_sessions.get().pk}/").text

    assert "Your instructor changed this" not in page
