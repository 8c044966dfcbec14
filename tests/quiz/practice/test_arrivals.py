"""What becomes of an answer that arrives about the deadline, by every route that writes one."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from quiz.engine.timing import GRACE
from quiz.practice.models import Position, PracticeSession, Save
from tests.factories import SessionFactory, VersionFactory, version_of
from tests.quiz.specimens import SPECIMENS

pytestmark = pytest.mark.django_db

DEADLINE = datetime(2026, 11, 3, 12, tzinfo=UTC)
TICK = timedelta(milliseconds=1)
# When, whether it is kept, and whether the session still takes a check or a finish.
ARRIVALS = (
    ("a millisecond before the deadline", DEADLINE - TICK, True, True),
    ("at the deadline", DEADLINE, True, True),
    ("a millisecond after the deadline", DEADLINE + TICK, True, False),
    ("a millisecond before the end of the grace", DEADLINE + GRACE - TICK, True, False),
    ("at the end of the grace", DEADLINE + GRACE, True, False),
    ("a millisecond after the grace", DEADLINE + GRACE + TICK, False, False),
)
at_every_moment = pytest.mark.parametrize(
    ("now", "is_kept", "is_open"),
    [each[1:] for each in ARRIVALS],
    ids=[each[0] for each in ARRIVALS],
)
ROUTES = [
    (do, target)
    for do in ("", "check", "save", "next", "hint", "flag")
    for target in ("", "saved", "section#question")
]
by_every_route = pytest.mark.parametrize(("do", "target"), ROUTES)
in_every_mode = pytest.mark.parametrize("mode", PracticeSession.Mode.values)
TOKEN = "a" * 32


@pytest.fixture
def timed(client, sign_in):
    """A session that ends at the deadline: timed(mode); `client` is whose it is."""

    def run(mode, **values):
        started = DEADLINE - timedelta(hours=1)
        session = SessionFactory(mode=mode, started_at=started, deadline=DEADLINE, **values)
        with time_machine.travel(started, tick=False):
            sign_in(client, session.learner)
        return session

    return run


def send(client, session, now, *, number=1, target="", **fields):
    headers = {"HX-Request": "true", "HX-Target": target} if target else {}
    path = f"/practice/{session.pk}/{number}/" if number else f"/practice/{session.pk}/"
    with time_machine.travel(now, tick=False):
        return client.post(path, {"token": TOKEN} | fields, headers=headers)


def right(session, number=1):
    return session.positions.get(number=number).version.options.get(is_correct=True).pk


@at_every_moment
@by_every_route
@in_every_mode
def test_answer_arrives(client, timed, mode, do, target, now, is_kept, is_open):
    session = timed(mode)

    response = send(client, session, now, target=target, do=do, option=right(session))

    position = session.positions.get(number=1)
    session.refresh_from_db()
    is_check = mode == "study" and do in ("", "check")
    assert (position.response is not None) == is_kept
    assert Save.objects.exclude(purpose=Save.Purpose.FLAG).count() == is_kept
    if is_kept:
        is_moved = do == "next" and target != "saved"
        assert response.status_code == (200 if target else 302)
        assert session.is_open
        assert position.is_checked == (is_check and is_open)
        if target == "section#question" and not is_open:
            assert b"Time is up" in response.content
            assert b"verdict" not in response.content
            assert (b"Question 2 of 2" in response.content) == is_moved
    elif do == "flag":
        # What is over is shown as a review, and a review can be flagged.
        assert response.status_code == (200 if target else 302)
    else:
        assert response.status_code == 409
        assert b"The time was over before this came" in response.content
    if not is_kept:
        assert (session.finished_at, session.points) == (DEADLINE, 0)


@at_every_moment
@in_every_mode
def test_answer_that_was_kept_counts_once_the_session_is_closed(
    client, timed, mode, now, is_kept, is_open
):
    session = timed(mode)
    send(client, session, now, do="save", option=right(session))

    send(client, session, DEADLINE + timedelta(hours=1), number=0)

    session.refresh_from_db()
    assert (session.finished_at, session.points) == (DEADLINE, int(is_kept))


@at_every_moment
@in_every_mode
def test_finish_arrives(client, timed, mode, now, is_kept, is_open):
    session = timed(mode)
    send(client, session, DEADLINE - timedelta(minutes=1), do="save", option=right(session))

    response = send(client, session, now, number=0)

    # Until the grace is over, answers may still be on their way; then the deadline is the end.
    session.refresh_from_db()
    is_closed = is_open or not is_kept
    assert response.status_code == 302
    assert session.finished_at == (min(now, DEADLINE) if is_closed else None)
    assert session.points == (1 if is_closed else None)


@at_every_moment
@in_every_mode
def test_save_that_is_sent_again_finds_its_first_reply(client, timed, mode, now, is_kept, is_open):
    session = timed(mode)
    fields = {"target": "saved", "do": "save", "option": right(session)}
    first = send(client, session, DEADLINE - timedelta(minutes=1), **fields)

    again = send(client, session, now, **fields)

    assert (again.status_code, again.content) == (200, first.content)
    assert Save.objects.count() == 1


@at_every_moment
@pytest.mark.parametrize("target", ("", "section#question"))
def test_flag_on_a_review_arrives(client, timed, target, now, is_kept, is_open):
    session = timed("study")
    send(client, session, DEADLINE - timedelta(minutes=1), do="check", option=right(session))

    response = send(client, session, now, target=target, do="flag", flag="yes", token="b" * 32)

    session.refresh_from_db()
    assert response.status_code == (200 if target else 302)
    assert session.positions.get(number=1).is_flagged
    assert session.finished_at == (None if is_kept else DEADLINE)


@at_every_moment
@pytest.mark.parametrize("target", ("", "section#question"))
@pytest.mark.parametrize("do", ("save", "check"))
def test_own_grade_arrives(client, timed, do, target, now, is_kept, is_open):
    """It never counts in the score, so it may be given whenever the model answer is shown."""
    session = timed("study", length=1, positions=[version_of(SPECIMENS["open"])])
    send(client, session, DEADLINE - timedelta(minutes=1), do=do, text="The limit is stated.")
    point = session.positions.get().version.options.first().pk

    grade = {"do": "grade", "point": point, "token": "b" * 32}
    response = send(client, session, now, target=target, **grade)

    session.refresh_from_db()
    is_shown = do == "check" or not is_kept
    assert response.status_code == ((200 if target else 302) if is_shown else 409)
    assert Position.objects.get().is_graded == is_shown
    assert session.finished_at == (None if is_kept else DEADLINE)


@at_every_moment
def test_start_of_another_session_arrives(client, timed, now, is_kept, is_open):
    """While an answer may be on its way, the open session stays; once it is over, it gives way."""
    session = timed("exam")

    with time_machine.travel(now, tick=False):
        response = client.post("/practice/", {"token": TOKEN, "length": 5})

    session.refresh_from_db()
    assert response.status_code == (409 if is_kept else 302)
    assert session.finished_at == (None if is_kept else DEADLINE)


@at_every_moment
@pytest.mark.parametrize("mode", PracticeSession.Mode.values)
def test_reading_about_the_deadline_writes_nothing_and_shows_no_key_too_early(
    client, timed, mode, now, is_kept, is_open
):
    session = timed(mode)

    with time_machine.travel(now, tick=False):
        pages = [
            client.get(f"/practice/{session.pk}/{place}").content.decode() for place in ("", "1/")
        ]

    session.refresh_from_db()
    assert session.is_open
    for page in pages:
        assert ("Left blank" in page) == (not is_kept)
        assert ("Time is up" in page) == (is_kept and not is_open)


def test_case_of_the_wizard_has_no_deadline(client, timed):
    """An answer near a workload starts a session without a limit; one that is over gives way."""
    timed("study", positions=[VersionFactory(), VersionFactory()])
    case = "/practice/near/?payload_mb=50+MB&processing_s=45+s&reply=notify&profile=guide"

    with time_machine.travel(DEADLINE + GRACE + TICK, tick=False):
        version = client.get(case).context["version"]
        picked = version.options.filter(is_correct=True).get().pk
        client.post(case, {"version": version.pk, "option": picked, "token": TOKEN})

    before, after = PracticeSession.objects.order_by("pk")
    assert (before.finished_at, after.deadline) == (DEADLINE, None)
    assert after.positions.get(number=1).points == 1
