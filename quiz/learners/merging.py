"""Two learners become one: all work of a guest is handed to another learner."""

import secrets

from django.db import IntegrityError, transaction

from quiz.practice.actions import close_session
from studyapp.people.models import Learner


def locked(*learners):
    """These learners by id, held until the transaction ends; one that is gone is left out.

    Always in the same order, and without holding up whoever only points at one of them.
    """
    held = Learner.objects.select_for_update(no_key=True).order_by("pk")
    return {each.pk: each for each in held.filter(pk__in=[each.pk for each in learners])}


def closed_by_merging(*, guest, into, now):
    """The session of the guest that merging closes because both have one open; None where neither does."""
    still_open = [each.practice_sessions.open().with_progress().first() for each in (guest, into)]
    if any(each is None or each.is_over(now) for each in still_open):
        return None
    return still_open[0]


def merge_learners(*, guest, into, now):
    """Hand all work of a guest to another learner, who keeps an open session of their own.

    Where both have one open, the guest's is closed as it stands and kept. The guest is gone then,
    with all links to go on as one; merging once more changes nothing.
    """
    try:
        hand_over(guest=guest, into=into, now=now)
    except IntegrityError:
        # The other learner started a session, or the same form, at this moment: now it is seen.
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
    closed = closed_by_merging(guest=guest, into=into, now=now)
    if closed:
        close_session(session=closed, now=now)
    # A start token says which form started a session, and both may have sent the same.
    twice = into.practice_sessions.values_list("start_token", flat=True)
    for session in guest.practice_sessions.filter(start_token__in=list(twice)):
        session.start_token = secrets.token_urlsafe(32)
        session.save(update_fields=["start_token"])
    guest.practice_sessions.update(learner=into)
    held[guest.pk].delete()
