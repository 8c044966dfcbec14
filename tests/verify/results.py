"""Results of a large class: how long the pages take when nothing is kept yet, and afterwards.

    python -m tests.verify.results [--count 1000] [--questions 65] [--seed 1]

Makes a set with so many learners and questions and random answers, then asks for its pages as its
instructor, in this process. Cold: nothing is kept of the figures. Warm: the median of seven more.
"""

import os
import statistics
import time
from datetime import timedelta
from random import Random

from .site import Figure, command

COLD, WARM, ROUNDS = 2.0, 0.3, 7
SLOWEST = "no slower than promised"


def prove(site, *, count, questions, seed):
    """Results of a large class within two seconds cold, and within 0.3 seconds warm."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings

    held = a_class(count=count, questions=questions, chance=Random(seed))
    one = f"questions/{held.items.first().version_id}/"
    found = [Figure("processors of this machine", os.cpu_count())]
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client(SERVER_NAME="testserver")
        client.force_login(held.owner)

        def ask(page):
            began = time.perf_counter()
            response = client.get(f"/sets/{held.pk}/results/{page}", secure=True)
            body = b"".join(response) if response.streaming else response.content
            return time.perf_counter() - began, response.status_code, len(body)

        ask("")
        for page in ("", "questions/", one, "learners.csv", "questions.csv", "answers.csv"):
            name = page.replace(one, "questions/<one>/") or "by learner"
            cache.clear()
            cold, status, size = ask(page)
            warm = statistics.median(ask(page)[0] for _ in range(ROUNDS))
            with CaptureQueriesContext(connection) as asked:
                ask(page)
            found += [
                Figure(f"{name}: status", status, 200),
                Figure(f"{name}: bytes", size),
                Figure(f"{name}: statements", len(asked)),
                Figure(f"{name}: seconds cold", f"{cold:.3f}"),
                Figure(f"{name}: seconds warm", f"{warm:.3f}"),
            ]
            if not page.endswith("answers.csv"):
                found += [
                    Figure(f"{name}: {SLOWEST}, cold", cold <= COLD, True),
                    Figure(f"{name}: {SLOWEST}, warm", warm <= WARM, True),
                ]
        found += regraded(held)
    return found


def regraded(held):
    """How long a regrade that changes every mark takes, and taking it back."""
    from django.utils import timezone

    from quiz.analysis.actions import regrade, undo

    began = time.perf_counter()
    made = regrade(
        quiz_set=held,
        version=held.items.first().version,
        action="drop",
        option=None,
        reason="It can be read both ways",
        token="a-token-of-a-regrade",
        by=held.owner,
        now=timezone.now(),
    )
    took = time.perf_counter() - began
    began = time.perf_counter()
    undo(regrade=made, by=held.owner, now=timezone.now())
    return [
        Figure("marks that one regrade changes", made.changes.count()),
        Figure("regrade: seconds", f"{took:.3f}"),
        Figure("taking it back: seconds", f"{time.perf_counter() - began:.3f}"),
    ]


def a_class(*, count, questions, chance):
    """A published set that so many guests have finished, with answers by chance, in bulk."""
    from django.utils import timezone

    from quiz.practice.actions import picks, points, put_score
    from quiz.practice.models import Pick, Position, PracticeSession
    from quiz.sets.models import Member, QuizSet, SetItem
    from studyapp.guide.models import Profile

    from . import rows

    now = timezone.now()
    ((owner, _),) = rows.users(1)
    owner.teaches_since = now
    owner.save()
    versions = rows.published("single-choice", "multiple-response")[:questions]
    held = QuizSet.objects.create(
        owner=owner,
        make_token=rows.new_token(),
        title="A large class",
        status="published",
        published_at=now,
        profile=Profile.objects.get(slug="guide"),
    )
    SetItem.objects.bulk_create(
        SetItem(quiz_set=held, position=n, question_id=each.question_id, version=each)
        for n, each in enumerate(versions, start=1)
    )
    learners = [learner for learner, _ in rows.guests(count)]
    Member.objects.bulk_create(
        (
            Member(quiz_set=held, learner=each, name=f"Learner {n}", joined_at=now)
            for n, each in enumerate(learners, start=1)
        ),
        batch_size=rows.BATCH,
    )
    orders = {each.pk: [option.pk for option in each.options.all()] for each in versions}
    keys = {each.pk: each.key_held for each in versions}
    sessions, positions = [], []
    for learner in learners:
        strength, finished_at = chance.random(), now + timedelta(minutes=chance.randrange(1, 90))
        session = PracticeSession(
            learner=learner,
            title=held.title,
            mode="exam",
            scoring=held.scoring,
            profile=held.profile,
            edition=1,
            length=len(versions),
            seed=chance.randrange(2**31),
            start_token=rows.new_token(),
            started_at=now,
            finished_at=finished_at,
            quiz_set=held,
            try_number=1,
        )
        own = [
            Position(
                session=session,
                number=number,
                version=version,
                option_order=orders[version.pk],
                response=answer(version, strength, chance),
                checked_at=finished_at,
                is_closed=True,
            )
            for number, version in enumerate(versions, start=1)
        ]
        for each in own:
            for name, value in points(each, each.response, keys[each.version_id]).items():
                setattr(each, name, value)
        put_score(session, own, at=finished_at)
        sessions.append(session)
        positions += own
    PracticeSession.objects.bulk_create(sessions, batch_size=rows.BATCH)
    for first in range(0, len(positions), 10_000):
        some = Position.objects.bulk_create(positions[first : first + 10_000])
        Pick.objects.bulk_create(picks(some))
    return held


def answer(version, strength, chance):
    """The right answer as often as somebody of this strength gives it, or else any option."""
    from quiz.engine.kinds import BY_SLUG

    kind, key = BY_SLUG[version.kind], version.key_held
    if chance.random() < strength:
        return kind.correct_response(key)
    picked = chance.choice(key.options).pk
    return picked if version.kind == "single-choice" else [picked]


if __name__ == "__main__":
    command(prove, count=1000, minutes=15, questions=65)
