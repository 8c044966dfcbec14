"""Two learners become one: all work of a guest is handed to another learner."""

import secrets

from django.db import IntegrityError, transaction
from django.db.models import Max

from quiz.practice.actions import close_session
from quiz.sets.models import SetEvent
from studyapp.people.models import Learner


def locked(*learners):
    """These learners by id, held until the transaction ends; one that is gone is left out.

    Always in the same order, and without holding up whoever only points at one of them.
    """
    held = Learner.objects.select_for_update(no_key=True).order_by("pk")
    return {each.pk: each for each in held.filter(pk__in=[each.pk for each in learners])}


def closed_by_merging(*, guest, into, now):
    """The sessions of the guest that merging closes, because the other has one open in that place.

    A place is a quiz set, or practice of one's own.
    """
    mine, theirs = (
        [s for s in each.practice_sessions.open().with_progress() if not s.is_over(now)]
        for each in (guest, into)
    )
    taken = {session.quiz_set_id for session in theirs}
    return [session for session in mine if session.quiz_set_id in taken]


def merge_learners(*, guest, into, now):
    """Hand all work of a guest to another learner, who keeps an open session of their own.

    Where both have one open, the guest's is closed as it stands and kept. The guest is gone then,
    with all links to go on as one; merging once more changes nothing.
    """
    try:
        hand_over(guest=guest, into=into, now=now)
    except IntegrityError:
        # The other learner started a session, or joined a set, at this moment: now it is seen.
        hand_over(guest=guest, into=into, now=now)


@transaction.atomic
def hand_over(*, guest, into, now):
    held = locked(guest, into)
    if guest.pk == into.pk or guest.pk not in held or into.pk not in held:
        return
    if held[guest.pk].guest_key is None:
        raise ValueError("only the work of a guest can be handed over")
    for learner in (guest, into):
        for session in learner.practice_sessions.overdue(now):
            close_session(session=session, now=now)
    for session in closed_by_merging(guest=guest, into=into, now=now):
        close_session(session=session, now=now)
    hand_over_sessions(guest, into)
    hand_over_memberships(guest, into)
    held[guest.pk].delete()


def hand_over_sessions(guest, into):
    """All sessions; tries of a set are counted on after those that the other has made."""
    # A start token says which form started a session, and both may have sent the same.
    twice = set(into.practice_sessions.values_list("start_token", flat=True))
    tries = dict(
        into.practice_sessions.exclude(quiz_set=None)
        .order_by()
        .values_list("quiz_set")
        .annotate(Max("try_number"))
    )
    for session in guest.practice_sessions.order_by("started_at", "pk"):
        if session.start_token in twice:
            session.start_token = secrets.token_urlsafe(32)
        if session.quiz_set_id in tries:
            session.try_number = tries[session.quiz_set_id] = tries[session.quiz_set_id] + 1
        session.learner = into
        session.save(update_fields=["learner", "start_token", "try_number"])


def hand_over_memberships(guest, into):
    """All memberships; where both take part in a set, nobody loses what was granted to either."""
    held = {member.quiz_set_id: member for member in into.memberships.all()}
    for member in guest.memberships.all():
        kept = held.get(member.quiz_set_id)
        if kept is None:
            member.learner = into
            member.save(update_fields=["learner"])
            continue
        kept.name = kept.name or member.name
        kept.time_factor = max(kept.time_factor, member.time_factor)
        kept.is_untimed = kept.is_untimed or member.is_untimed
        kept.extra_tries = max(kept.extra_tries, member.extra_tries)
        kept.joined_at = min(kept.joined_at, member.joined_at)
        kept.save()
        SetEvent.objects.filter(member=member).update(member=kept)
        member.delete()
