"""A class of learners with a long history, each with an open session, for benchmarks."""

import random
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from quiz.bank.models import QuestionVersion
from quiz.engine.kinds import BY_SLUG
from quiz.engine.shuffle import option_order
from quiz.practice.models import Position, PracticeSession, Save
from studyapp.guide.models import Edition, Profile
from studyapp.people.middleware import GUEST_KEY
from studyapp.people.models import Learner, User

Mode = PracticeSession.Mode
LEARNERS, LENGTH, BEFORE = 200, 65, 8


def fill():
    """Users with BEFORE finished sessions each: over 100,000 answers all in all."""
    users = User.objects.bulk_create(
        User(email=f"learner{n}@example.org", password="!") for n in range(LEARNERS)
    )
    learners = Learner.objects.bulk_create(Learner(user=user) for user in users)
    versions = QuestionVersion.objects.published().select_related("number_key")
    versions = list(versions.prefetch_related("options"))
    for seed in range(BEFORE):
        add_sessions(learners, versions, seed=seed, is_finished=True)
    return learners, versions


def guests(count):
    """Guests who have done nothing yet."""
    return Learner.objects.bulk_create(
        Learner(guest_key=secrets.token_urlsafe(32)) for _ in range(count)
    )


def add_sessions(learners, versions, *, seed, mode=Mode.STUDY, length=LENGTH, is_finished=False):
    """A session of so many questions for each learner: finished, or open with nothing answered."""
    profile, edition = Profile.objects.get(slug="guide"), Edition.objects.get().number
    chance, now = random.Random(seed), timezone.now()
    closed = {"finished_at": now, "points": 0, "points_of": 1, "scored": length}
    sessions = PracticeSession.objects.bulk_create(
        PracticeSession(
            learner=learner,
            title="A session",
            mode=mode,
            profile=profile,
            edition=edition,
            length=length,
            seed=seed,
            start_token=secrets.token_urlsafe(24),
            started_at=now - timedelta(hours=1),
            **closed if is_finished else {},
        )
        for learner in learners
    )
    positions = Position.objects.bulk_create(
        (
            Position(
                session=session,
                number=number,
                version=version,
                is_scored=not BY_SLUG[version.kind].is_self_graded,
                option_order=option_order(version.options.all(), seed=seed, number=number),
                **answered(version, now) if is_finished else {},
            )
            for session in sessions
            for number, version in enumerate(chance.sample(versions, length), start=1)
        ),
        batch_size=2_000,
    )
    if is_finished:
        Save.objects.bulk_create(
            (
                Save(
                    session_id=each.session_id,
                    position=each,
                    token=each.revision,
                    response=each.response,
                    saved_at=now,
                )
                for each in positions
            ),
            batch_size=2_000,
        )
    return sessions


def answered(version, now):
    """The columns of a position that was answered rightly and checked."""
    return {
        "response": BY_SLUG[version.kind].correct_response(version.key_held),
        "revision": secrets.token_urlsafe(24),
        "saved_at": now,
        "checked_at": now,
        "points": 1,
        "points_of": 1,
        "is_closed": True,
    }


def cookies_of(learner):
    """The cookies by which a learner is known, as signing in would set them."""
    login = SessionStore()
    if learner.user_id:
        login[SESSION_KEY] = str(learner.user_id)
        login[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        login[HASH_SESSION_KEY] = learner.user.get_session_auth_hash()
    else:
        login[GUEST_KEY] = learner.guest_key
    login.save()
    return {"sessionid": login.session_key}


def right_fields(version):
    """A form that answers a version, as a browser posts it."""
    kind, key = BY_SLUG[version.kind], version.key_held
    if kind.is_self_graded:
        return {"text": "The limit is stated by its source, and the workload is beyond it."}
    return kind.fields(kind.correct_response(key), key)
