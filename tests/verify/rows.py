"""Rows that the proofs begin with, and what they read afterwards; import it once Django is set up."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Count
from django.utils import timezone

from quiz.bank.models import QuestionVersion
from quiz.engine.kinds import BY_SLUG
from quiz.engine.shuffle import option_order
from quiz.practice.models import Position, PracticeSession, Save
from studyapp.guide.models import Profile
from studyapp.people.middleware import GUEST_KEY
from studyapp.people.models import Learner, User

from .site import new_token

BATCH = 500


def guests(count):
    """So many guests, each as (learner, the cookies of a browser that is theirs)."""
    learners = Learner.objects.bulk_create(Learner(guest_key=new_token()) for _ in range(count))
    return list(
        zip(learners, signed_in({GUEST_KEY: each.guest_key} for each in learners), strict=True)
    )


def users(count):
    """So many people with an account who are signed in, as (user, cookies)."""
    made = [User(email=f"{new_token()}@example.org", password="!") for _ in range(count)]
    made = User.objects.bulk_create(made)
    held = (
        {
            SESSION_KEY: str(each.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: each.get_session_auth_hash(),
        }
        for each in made
    )
    return list(zip(made, signed_in(held), strict=True))


def signed_in(held):
    """The cookies of new browser sessions that hold these values."""
    store, until = SessionStore(), timezone.now() + timedelta(days=30)
    rows = [
        Session(session_key=new_token(), session_data=store.encode(each), expire_date=until)
        for each in held
    ]
    Session.objects.bulk_create(rows, batch_size=BATCH)
    return [{settings.SESSION_COOKIE_NAME: row.session_key} for row in rows]


def published(*kinds):
    """The current versions of these kinds by the facts of the guide, with their options."""
    found = QuestionVersion.objects.published().filter(profile__slug="guide")
    found = found.filter(kind__in=kinds) if kinds else found
    return list(found.prefetch_related("options").select_related("number_key").order_by("pk"))


def open_sessions(learners, versions, *, chance, length, modes=PracticeSession.Mode.values):
    """One open session for each learner, through questions drawn by chance, with its positions."""
    now, profile = timezone.now(), Profile.objects.get(slug="guide")
    made = PracticeSession.objects.bulk_create(
        [
            PracticeSession(
                learner=learner,
                title="A session",
                mode=(mode := chance.choice(modes)),
                scoring="exam" if mode == "exam" else "practice",
                profile=profile,
                edition=1,
                length=length,
                seed=chance.randrange(2**31),
                start_token=new_token(),
                started_at=now,
            )
            for learner in learners
        ],
        batch_size=BATCH,
    )
    Position.objects.bulk_create(
        (
            Position(
                session=session,
                number=number,
                version=version,
                is_scored=not BY_SLUG[version.kind].is_self_graded,
                option_order=option_order(version.options.all(), seed=session.seed, number=number),
            )
            for session in made
            for number, version in enumerate(chance.sample(versions, length), start=1)
        ),
        batch_size=BATCH,
    )
    return made


def positions_of(sessions):
    """The positions of sessions, by session id and number."""
    found = {}
    ids = [each.pk for each in sessions]
    for start in range(0, len(ids), BATCH):
        rows = Position.objects.filter(session__in=ids[start : start + BATCH])
        for row in rows.order_by("session", "number"):
            found.setdefault(row.session_id, {})[row.number] = row
    return found


def saves_by_token():
    """Every save as it stands in the database; a token that two rows share is a list of both."""
    found = {}
    for row in Save.objects.order_by("pk").iterator():
        found.setdefault(row.token, []).append(row)
    return found


def learners_with_several_open():
    held = PracticeSession.objects.open().order_by().values("learner").annotate(n=Count("pk"))
    return held.filter(n__gt=1).count()


def scores():
    """The stored score of every session, by its id."""
    rows = PracticeSession.objects.order_by("pk")
    return {pk: rest for pk, *rest in rows.values_list("pk", "points", "points_of", "scored")}
