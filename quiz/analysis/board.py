"""Who of a class has started, how far everybody is, and who has finished: read anew every few seconds."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from quiz.practice.models import Position, PracticeSession


@dataclass(frozen=True)
class Row:
    """One person: the latest try with what is answered of it, or none yet."""

    member: object
    session: PracticeSession | None
    answered: int
    saved_at: datetime | None
    is_over: bool

    @property
    def state(self):
        if self.session is None:
            return "not started"
        return "finished" if self.is_over else "answering"


def board(quiz_set, now):
    """A row for everybody who takes part, in three queries whatever the size of the class."""
    members = quiz_set.members.taking_part().select_related("learner__user")
    latest = {}
    for session in PracticeSession.objects.filter(quiz_set=quiz_set).order_by("try_number"):
        latest[session.learner_id] = session
    counted = (
        Position.objects.filter(session__in=[each.pk for each in latest.values()])
        .order_by()
        .values_list("session")
        .annotate(
            answered=Count("pk", filter=Q(response__isnull=False) | Q(checked_at__isnull=False)),
            last=Max("saved_at"),
        )
    )
    progress = {session: (answered, last) for session, answered, last in counted}
    rows = []
    for member in members:
        session = latest.get(member.learner_id)
        answered, last = progress.get(session and session.pk, (0, None))
        is_over = session is not None and session.is_over(now)
        rows.append(Row(member, session, answered, last, is_over))
    return rows


def counts(rows):
    """How many stand where, in the order of the way."""
    states = [row.state for row in rows]
    return [(state, states.count(state)) for state in ("not started", "answering", "finished")]
