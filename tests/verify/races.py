"""Saves, a finish and the end of the time at the same moment: what was acknowledged counts.

    python -m tests.verify.races [--count 2000] [--seed 1]

In every race two answers and a finish of one session are sent at the same moment; in half of the
races the grace after the deadline ends at about that moment too. Every acknowledged answer must
count in the score, and every other one must have been refused with 409 and words.
"""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from random import Random

from .site import CLIENTS, Browser, Figure, at_once, close_connections, command, new_token

LENGTH, AT_ONCE, SPREAD = 2, 3, 0.03
# One thread has the only connection by which deadlines are set.
WRITER = ThreadPoolExecutor(1)


def prove(site, *, count, seed):
    """Saves, a finish and the end of the time at the same moment: what was acknowledged counts."""
    from . import rows

    chance = Random(seed)
    people = rows.guests(count)
    learners = [learner for learner, _ in people]
    versions = rows.published("single-choice")
    sessions = rows.open_sessions(learners, versions, chance=chance, length=LENGTH)
    positions = rows.positions_of(sessions)
    jobs = [
        (session, positions[session.pk], cookies, number % 2, seed * 100_000 + number)
        for number, (session, (_, cookies)) in enumerate(zip(sessions, people, strict=True))
    ]
    with ThreadPoolExecutor(CLIENTS // AT_ONCE) as pool:
        races = list(pool.map(partial(race, site), jobs))
    WRITER.submit(close_connections).result()
    finish_the_rest(site, jobs)
    return figures(rows, races, sessions)


def race(site, job):
    """Two answers and a finish at once; what was sent and what came back."""
    session, positions, cookies, is_timed, seed = job
    chance, browsers = Random(seed), [Browser(site, cookies) for _ in range(AT_ONCE)]
    tab = new_token()
    # Two questions, or two changes of one question by the same tab.
    numbers = chance.choice(((1, 2), (1, 1)))
    forms = [
        {
            "token": new_token(),
            "tab": tab,
            "seq": seq,
            "base": "",
            "do": "check" if session.mode == "study" and numbers == (1, 2) else "save",
            "option": chance.choice(positions[number].option_order),
        }
        for seq, number in enumerate(numbers, start=1)
    ]
    if is_timed:
        WRITER.submit(end_the_time, session, chance.random()).result()
    path = f"/practice/{session.pk}/"
    sends = [
        partial(later, chance.random() * SPREAD, browser, f"{path}{number}/", fields)
        for browser, number, fields in zip(browsers, numbers, forms, strict=False)
    ]
    sends.append(partial(later, chance.random() * SPREAD, browsers[-1], path, None))
    *saved, finished = at_once(*sends)
    for browser in browsers:
        browser.connection.close()
    return session.pk, list(zip(numbers, forms, saved, strict=True)), finished


def later(delay, browser, path, fields):
    time.sleep(delay)
    return browser.send("POST", path, fields)


def end_the_time(session, part):
    """Put the deadline so that the grace after it ends while the race is on."""
    from django.utils import timezone

    from quiz.engine.timing import GRACE
    from quiz.practice.models import PracticeSession

    end = timezone.now() + timedelta(seconds=part * SPREAD * 2)
    times = {"deadline": end - GRACE, "started_at": end - GRACE - timedelta(minutes=1)}
    PracticeSession.objects.filter(pk=session.pk).update(**times)


def finish_the_rest(site, jobs):
    """Finish what no request of its race has closed, as the next visit does."""
    from quiz.practice.models import PracticeSession

    held = set(PracticeSession.objects.open().values_list("pk", flat=True))
    for session, _, cookies, _, _ in jobs:
        if session.pk in held:
            browser = Browser(site, cookies)
            browser.send("POST", f"/practice/{session.pk}/")
            browser.connection.close()


def figures(rows, races, sessions):
    from quiz.practice.models import PracticeSession

    from .oracle import score_of_session

    saves, heads = rows.saves_by_token(), rows.positions_of(sessions)
    held = {each.pk: each for each in PracticeSession.objects.all()}
    statuses, lost, silent, kept = Counter(), 0, 0, 0
    for session, sent, _ in races:
        for number, fields, reply in sent:
            status = reply.status if reply else 0
            statuses[status] += 1
            is_kept = fields["token"] in saves
            if status == 302:
                lost += not counts(fields, number, saves, heads[session])
            else:
                kept += is_kept
                silent += status != 409 or 'id="errors"' not in reply.body
    finishes = Counter(finished.status if finished else 0 for _, _, finished in races)
    wrong = late = 0
    for each in held.values():
        positions = list(each.answers())
        stored = (each.points, each.points_of, each.scored)
        wrong += each.is_open or score_of_session(each, positions) != stored
        late += bool(each.deadline and each.finished_at and each.finished_at > each.deadline)
    return [
        Figure("races", len(races)),
        Figure("answers acknowledged", statuses[302]),
        Figure("answers refused with 409", statuses[409]),
        Figure("acknowledged answers that do not count", lost, 0),
        Figure("refused answers that were kept", kept, 0),
        Figure("other replies, or refusals without words", silent, 0),
        Figure("finishes that were no success", len(races) - finishes[302], 0),
        Figure("sessions that are open or whose score is wrong", wrong, 0),
        Figure("sessions finished after their deadline", late, 0),
    ]


def counts(fields, number, saves, heads):
    """Whether an answer is the one that its question holds, or was overtaken by its own tab."""
    kept = saves.get(fields["token"], [None])[0]
    if kept is None or kept.position_id != heads[number].pk:
        return False
    head = heads[number]
    is_latest = (head.revision, head.response) == (fields["token"], fields["option"])
    return (is_latest or head.seq > fields["seq"]) and head.is_closed and head.checked_at


if __name__ == "__main__":
    command(prove, count=2_000, minutes=20)
