"""The verbs of practice: start, check an answer, finish. Each writes in one transaction."""

from django.db import IntegrityError, transaction

from quiz.engine.kinds import BY_SLUG
from quiz.engine.shuffle import option_order
from studyapp.guide.models import Profile

from .models import Position, PracticeSession, Save


class StillOpen(Exception):
    """Another session is open; whoever starts a new one says first what becomes of it."""

    def __init__(self, session):
        super().__init__(f"{session} is still open")
        self.session = session


class Refused(Exception):
    """An answer that is not taken any more; the words say why."""


def start_session(*, learner, title, profile, versions, edition, seed, token, now, closing=None):
    """Start a session through these versions; a repeated token finds the one it started.

    `closing` is the id of the open session that may be closed for it; one that has no open
    question left is closed unasked.
    """
    begun = learner.practice_sessions.filter(start_token=token).first()
    if begun:
        return begun
    try:
        with transaction.atomic():
            still_open = learner.practice_sessions.open().with_progress().first()
            if still_open:
                if still_open.pk != closing and still_open.checked < still_open.length:
                    raise StillOpen(still_open)
                finish_session(session=still_open, now=now)
            session = PracticeSession.objects.create(
                learner=learner,
                title=title,
                profile=Profile.objects.get(slug=profile),
                edition=edition,
                length=len(versions),
                seed=seed,
                start_token=token,
                started_at=now,
            )
            Position.objects.bulk_create(
                Position(
                    session=session,
                    number=number,
                    version=version,
                    is_scored=not BY_SLUG[version.kind].is_self_graded,
                    option_order=option_order(version.options.all(), seed=seed, number=number),
                )
                for number, version in enumerate(versions, start=1)
            )
    except IntegrityError:
        # Somebody was quicker: the same form sent twice, or another one at the same moment.
        begun = learner.practice_sessions.filter(start_token=token).first()
        if begun:
            return begun
        still_open = learner.practice_sessions.open().with_progress().first()
        if still_open is None:
            raise
        raise StillOpen(still_open) from None
    return session


def check_answer(*, position, response, key, token, now):
    """Keep a response with its grade; a repeated token changes nothing and finds the first result.

    Raises Refused once the question is checked or the session is finished. Returns the position
    as it stands.
    """
    session = position.session
    head = {"response": response, "checked_at": now} | points(position, response, key)
    try:
        with transaction.atomic():
            Save.objects.create(
                session=session, position=position, token=token, response=response, saved_at=now
            )
            # checked_at stands in the UPDATE itself, so that PostgreSQL looks at it again after
            # waiting for another answer; a join would become a subquery that it does not repeat.
            still_open = PracticeSession.objects.open().filter(pk=session.pk)
            unchecked = Position.objects.filter(pk=position.pk, checked_at=None)
            if not unchecked.filter(session__in=still_open).update(**head):
                raise Refused
    except (IntegrityError, Refused):
        return repeated_answer(position=position, token=token)
    for name, value in head.items():
        setattr(position, name, value)
    return position


def points(position, response, key):
    """The columns for the grade of a response; None while its author has still to grade it."""
    grade = BY_SLUG[position.version.kind].grade(response, key, position.session.rule)
    if grade is None:
        return {"points": None, "points_of": None}
    return {"points": grade.fraction.numerator, "points_of": grade.fraction.denominator}


def grade_oneself(*, position, response, key, token, now):
    """Keep how somebody graded their own checked answer: once, and also after the session.

    It never counts in a score. A repeated token finds the first result; Refused says why not.
    """
    head = {"response": response} | points(position, response, key)
    try:
        with transaction.atomic():
            Save.objects.create(
                session=position.session,
                position=position,
                token=token,
                response=response,
                saved_at=now,
            )
            ungraded = Position.objects.filter(pk=position.pk, is_scored=False, points_of=None)
            if not ungraded.exclude(checked_at=None).update(**head):
                raise Refused
    except (IntegrityError, Refused):
        position.refresh_from_db(fields=["response", "points", "points_of", "checked_at"])
        if position.saves.filter(token=token).exists():
            return position
        if not position.is_checked:
            raise Refused("Check your answer first; then you can grade it.") from None
        if position.is_graded:
            raise Refused("You graded this before. The grade that was kept is shown.") from None
        raise Refused(
            "This form was sent for another question before. Please grade once more."
        ) from None
    for name, value in head.items():
        setattr(position, name, value)
    return position


def repeated_answer(*, position, token):
    """The first result of an answer that was sent before; Refused in words for any other."""
    position.refresh_from_db(fields=["response", "points", "points_of", "checked_at"])
    if position.saves.filter(token=token).exists():
        return position
    if position.is_checked:
        raise Refused("This question was checked before. The answer that counts is shown here.")
    position.session.refresh_from_db(fields=["finished_at"])
    if not position.session.is_open:
        raise Refused("This session is finished. Its answers stay as they are.")
    raise Refused("This form was sent for another question before. Please answer once more.")


def finish_session(*, session, now):
    """Finish an open session; questions left blank count as wrong. One that is finished stays so."""
    PracticeSession.objects.open().filter(pk=session.pk).update(finished_at=now)
