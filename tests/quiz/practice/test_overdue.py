"""A session that nobody closes: its deadline does, whether the command runs or not."""

import io
import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from quiz.engine.timing import FACTORS, GRACE
from quiz.management.commands import close_overdue
from quiz.practice.actions import close_session
from quiz.practice.models import Pick, Position, PracticeSession, Save
from tests.factories import SessionFactory

from .conftest import Statements, address

START = timezone.now()
DEADLINE = START + timedelta(minutes=10)


@pytest.fixture
def abandoned(db, sign_in, client):
    """An exam of three questions: one answered right, one wrong, one left blank; then nothing."""
    session = SessionFactory(length=3, mode="exam", scoring="exam", deadline=DEADLINE)
    PracticeSession.objects.update(started_at=START)
    sign_in(client, session.learner)
    for position in session.positions.filter(number__lte=2):
        options = position.version.options.filter(is_correct=position.number == 1)
        with time_machine.travel(START + timedelta(minutes=1), tick=False):
            client.post(
                address(session, position.number),
                {
                    "token": f"save-of-question-{position.number}",
                    "do": "save",
                    "option": options[0].pk,
                },
            )
    return session


def run(**options):
    out = io.StringIO()
    call_command("close_overdue", stdout=out, **options)
    return out.getvalue()


def all_rows():
    return [
        list(m.objects.order_by("pk").values()) for m in (PracticeSession, Position, Save, Pick)
    ]


def shown(page):
    """What a result says, whatever the tokens are."""
    outcome = page.context["outcome"]
    return outcome.score, outcome.answered, page.context["finished_at"], page.context["is_over"]


@time_machine.travel(DEADLINE + GRACE + timedelta(seconds=1), tick=False)
def test_without_the_command_a_get_shows_the_closed_result_and_writes_nothing(abandoned, client):
    before = all_rows()

    with Statements() as asked:
        page = client.get(f"/practice/{abandoned.pk}/")

    assert shown(page)[0].points == 1
    assert shown(page)[2] == DEADLINE
    assert asked.writes == []
    assert all_rows() == before


@time_machine.travel(DEADLINE + GRACE + timedelta(seconds=1), tick=False)
def test_the_command_closes_it_at_its_deadline_with_what_was_saved(abandoned, client):
    before = shown(client.get(f"/practice/{abandoned.pk}/"))

    assert run() == "1 session closed\n"

    abandoned.refresh_from_db()
    assert abandoned.finished_at == DEADLINE
    assert (abandoned.points, abandoned.scored) == (1, 3)
    assert shown(client.get(f"/practice/{abandoned.pk}/")) == before


@pytest.mark.parametrize("path", ("/progress/", "/progress/history.csv", "/practice/missed/"))
def test_lists_show_it_as_they_do_once_it_is_closed(abandoned, client, path):
    path = path.replace("/practice/missed/", f"/practice/{abandoned.pk}/missed/")
    before = all_rows()
    with time_machine.travel(DEADLINE + timedelta(minutes=1), tick=False):
        waiting = listed(client.get(path))
        assert all_rows() == before
        run()

        assert listed(client.get(path)) == waiting


def listed(page):
    """What a page lists of finished sessions; a file as it is."""
    said = page.context or {"file": page.content}
    found = {
        name: said.get(name) for name in ("sessions", "plot", "open_session", "number", "file")
    }
    found["scores"] = [(s, s.score, s.finished_at) for s in found["sessions"] or ()]
    return found


def by_command(client, session):
    run()


def by_finishing(client, session):
    client.post(f"/practice/{session.pk}/")


def by_answering(client, session):
    option = session.positions.get(number=3).option_order[0]
    page = client.post(address(session, 3), {"token": "t" * 32, "do": "save", "option": option})
    assert page.status_code == 409


def by_starting(client, session):
    client.post("/practice/", {"token": "t" * 32, "length": 5})
    PracticeSession.objects.exclude(pk=session.pk).delete()


@pytest.mark.parametrize("close", (by_finishing, by_answering, by_starting))
def test_the_next_post_writes_the_same_rows_as_the_command(abandoned, client, close):
    from django.db import transaction

    written = []
    with time_machine.travel(DEADLINE + timedelta(days=2), tick=False):
        for way in (by_command, close):
            with transaction.atomic():
                way(client, abandoned)
                written.append([without_keys(rows) for rows in all_rows()])
                transaction.set_rollback(True)

    assert written[0] == written[1]


def without_keys(rows):
    return [{name: value for name, value in row.items() if name != "id"} for row in rows]


@pytest.mark.parametrize(
    ("moment", "closed"),
    (
        (DEADLINE, 0),
        (DEADLINE + GRACE, 0),
        (DEADLINE + GRACE + timedelta(milliseconds=1), 1),
    ),
)
def test_the_command_waits_for_the_end_of_the_grace(abandoned, moment, closed):
    with time_machine.travel(moment, tick=False):
        run()

    assert PracticeSession.objects.finished().count() == closed


def test_sessions_without_a_deadline_stay_open(db):
    SessionFactory()

    assert run() == "0 sessions closed\n"
    assert PracticeSession.objects.open().count() == 1


def test_one_that_cannot_be_closed_leaves_no_other_open(db, monkeypatch):
    past = timezone.now() - timedelta(hours=1)
    one, two = (
        SessionFactory(started_at=past - timedelta(hours=1), deadline=past) for _ in range(2)
    )

    def close(*, session, now):
        if session.pk == one.pk:
            raise ZeroDivisionError
        return close_session(session=session, now=now)

    monkeypatch.setattr(close_overdue, "close_session", close)
    monkeypatch.setattr(close_overdue.connections, "close_all", lambda: None)

    with pytest.raises(CommandError, match="could not be closed"):
        call_command("close_overdue", stdout=io.StringIO(), stderr=io.StringIO())
    two.refresh_from_db()
    assert two.finished_at == past


@pytest.mark.parametrize("options", ({"every": 0}, {"seconds": -1}))
def test_odd_times_are_refused(db, options):
    with pytest.raises(CommandError, match="--every takes 1"):
        run(**options)


def test_it_looks_again_for_as_long_as_it_is_told(db):
    past = timezone.now() - timedelta(hours=1)
    SessionFactory(started_at=past - timedelta(hours=1), deadline=past)

    assert run(every=1, seconds=1) == "1 session closed\n"


def test_it_stops_when_its_parent_is_another(db):
    past = timezone.now() - timedelta(hours=1)
    SessionFactory(started_at=past - timedelta(hours=1), deadline=past)

    assert run(every=30, seconds=60, beside=1) == ""
    assert PracticeSession.objects.open().exists()


def test_sigterm_stops_it_at_once_and_cleanly(tmp_path):
    watching = subprocess.Popen(
        [sys.executable, "manage.py", "close_overdue", "--every", "1", "--for", "60"],
        env={**os.environ, "DATA_DIR": str(tmp_path), "DATABASE_URL": ""},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    # Without tables it says what is wrong, and tries again.
    assert "Trying again in 1 s" in watching.stderr.readline()
    watching.send_signal(signal.SIGTERM)

    watching.communicate(timeout=20)
    assert watching.returncode == 0


# Every time limit can be off, or up to ten times as long


def starts(client, path, fields, time_chosen):
    client.post(path, {"token": "t" * 32, "time": time_chosen, **fields})
    return PracticeSession.objects.get()


@pytest.mark.parametrize(
    ("path", "fields"),
    (("/practice/", {"length": 5}), ("/practice/exam/", {"form": "mla-c01"})),
)
@pytest.mark.parametrize("factor", FACTORS)
def test_a_time_limit_can_be_stretched_up_to_ten_times(db, client, path, fields, factor):
    with time_machine.travel(START, tick=False):
        stretched = starts(client, path, fields, f"{float(factor):g}")
        length = stretched.deadline - stretched.started_at
        stretched.delete()
        once = starts(client, path, fields, "1")

    assert (min(FACTORS), max(FACTORS)) == (1, 10)
    assert abs(length / (once.deadline - once.started_at) - float(factor)) < 1e-6


@pytest.mark.parametrize(
    ("path", "fields"),
    (("/practice/", {"length": 5}), ("/practice/exam/", {"form": "mla-c01"})),
)
def test_a_time_limit_can_be_off(db, client, path, fields):
    assert starts(client, path, fields, "").deadline is None
