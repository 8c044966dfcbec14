"""Every scored question of the finished sessions of a learner, with what it rests on."""

from fractions import Fraction

from django.utils import timezone

from quiz.access import whose
from quiz.bank.grounds import grounds_of
from quiz.engine.standing import Met, records
from quiz.practice.models import Position, PracticeSession

COLUMNS = (
    "version__question",
    "version",
    "points",
    "points_of",
    "session",
    "number",
    "version__question__objective__text",
)


def records_of(request, traits):
    """The record of each question that whoever asks has met, in three queries whatever their number."""
    finished = PracticeSession.objects.filter(whose(request)).shown(timezone.now()).finished()
    mine = Position.objects.filter(session__in=finished, is_scored=True)
    in_order = mine.order_by("session__finished_at", "session", "number")
    rows = list(in_order.values_list(*COLUMNS))
    grounds = grounds_of({row[1] for row in rows}, traits)
    return records(met(*row, grounds=grounds) for row in rows)


def met(question, version, points, points_of, session, number, objective, *, grounds):
    return Met(
        question=question,
        version=version,
        fraction=Fraction(points, points_of) if points_of else Fraction(0),
        session=session,
        number=number,
        objective=objective or "Without an objective",
        grounds=grounds[version],
    )
