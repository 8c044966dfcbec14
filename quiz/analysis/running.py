"""The verbs while a set runs: close it early, give it longer, and let one person go on."""

from django.db import transaction

from quiz.engine.timing import Phase, limit
from quiz.practice.actions import close_session
from quiz.practice.models import Pick, Position, PracticeSession
from quiz.practice.tries import shown_from, time_for
from quiz.sets.actions import lock, note
from quiz.sets.models import Member
from studyapp.moments import in_utc

from .actions import forget_marks


class NotReopened(Exception):
    """Nothing to reopen, or what was shown forbids it; the words say what to do instead."""


@transaction.atomic
def move_closing(*, quiz_set, closes_at, by, now):
    """Let a set close at another moment, or never (None): open tries end with it.

    A moment that is past closes it now: what was saved counts. Nobody's time becomes shorter but by
    this, and it is noted who did it. Whoever's time is over already stays where it ended.
    """
    held = lock(quiz_set)
    closes_at = closes_at and max(closes_at, now)
    if held.closes_at == closes_at:
        return held
    held.closes_at = closes_at
    held.save(update_fields=["closes_at", "changed_at"])
    PracticeSession.objects.filter(quiz_set=held).update(shown_from=shown_from(held))
    members = {each.learner_id: each for each in held.members.all()}
    for session in PracticeSession.objects.open().filter(quiz_set=held):
        is_lapsed = session.phase(now) is Phase.LAPSED
        if not is_lapsed:
            member = members[session.learner_id]
            member.quiz_set = held
            session.deadline = ending(session, member)
            session.save(update_fields=["deadline"])
        if is_lapsed or closes_at == now:
            close_session(session=session, now=now)
    words = {None: "It stays open now", now: "Closed early"}.get(
        closes_at, closes_at and f"It closes on {in_utc(closes_at)} now"
    )
    note(quiz_set=held, by=by, at=now, words=words)
    return held


def ending(session, member):
    """When an open try ends now that its set closes at another moment (None: it does not).

    What it had stays, also where it was opened again for longer; only the closing takes from it.
    """
    closes_at = member.quiz_set.closes_at
    if session.deadline is None:
        return closes_at
    allowed = time_for(member, session.started_at)
    if allowed is None:
        return None
    longest = max(session.deadline, session.started_at + allowed)
    return longest if closes_at is None else min(longest, closes_at)


@transaction.atomic
def reopen(*, member, minutes, by, now):
    """Let one person go on with the try that was finished last, for so many minutes (None: no limit).

    Only where no key of it was shown yet: NotReopened says to grant another try instead.
    """
    held = Member.objects.select_for_update().get(pk=member.pk)
    tries = PracticeSession.objects.filter(learner=held.learner_id, quiz_set=held.quiz_set_id)
    session = tries.order_by("try_number").last()
    if session is None:
        raise NotReopened("Nothing was begun yet, so there is nothing to reopen.")
    # It need not be the last one: an account and a guest may have come together.
    if tries.open().exists():
        raise NotReopened("The try is open still.")
    if not session.is_exam or session.may_show(now):
        raise NotReopened("The right answers can be seen already. Grant one more try instead.")
    lock(held.quiz_set)
    forget_marks(session)
    Pick.objects.filter(position__session=session).delete()
    Position.objects.filter(session=session).update(
        is_closed=False, checked_at=None, points=None, points_of=None
    )
    session.finished_at = session.points = session.points_of = session.scored = None
    session.deadline = limit(minutes=minutes, factor=1) + now if minutes else None
    session.save(update_fields=["finished_at", "points", "points_of", "scored", "deadline"])
    time = f"for {minutes} minutes" if minutes else "without a time limit"
    words = f"the last try was opened again {time}"
    note(quiz_set=member.quiz_set, by=by, at=now, member=member, words=words)
    return session
