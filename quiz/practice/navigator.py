"""All questions of a session in a row: which are answered, flagged, and shown at the moment."""

from dataclasses import dataclass

from django.db.models import Q


@dataclass(frozen=True)
class Place:
    """One question of the session as the navigator shows it."""

    number: int
    is_answered: bool
    is_flagged: bool


def navigator(session):
    """The places of a session in their order, in one query."""
    is_answered = Q(response__isnull=False) if session.is_exam else Q(checked_at__isnull=False)
    rows = session.positions.order_by("number").values_list("number", is_answered, "is_flagged")
    return [Place(*row) for row in rows]
