"""Scores held against the answers that they are made of."""

from fractions import Fraction

from quiz.engine.kinds import BY_SLUG
from quiz.practice.models import Position

from .models import RegradeChange


def differences(sessions):
    """Sessions whose scores are not what their raw answers come to, each with words that say where."""
    positions = (
        Position.objects.filter(session__in=sessions)
        .select_related("session", "version__number_key")
        .prefetch_related("version__options", "saves")
        .defer("version__certificate", "version__explanation", "version__written")
    )
    changes = RegradeChange.objects.filter(position__in=positions, regrade__undone_at=None)
    changes = changes.order_by("regrade__at", "regrade")
    decided = {change.position_id: change for change in changes}
    held = {}
    for position in positions.order_by("session", "number"):
        held.setdefault(position.session, []).append(position)
    for session, places in held.items():
        found = [words for each in places if (words := fault_in(each, decided.get(each.pk)))]
        scored = [each for each in places if is_scored(each, decided.get(each.pk))]
        total = sum((worth(each, decided.get(each.pk)) or 0 for each in scored), Fraction(0))
        if (session.score.points, session.score.of) != (total, len(scored)):
            found.append(
                f"kept are {session.score.points} of {session.score.of} points, "
                f"the answers come to {total} of {len(scored)}"
            )
        if found:
            yield session, found


def fault_in(position, change):
    """What is wrong with one answer, in words; "" where it is graded and kept as it was sent."""
    sent = next((each for each in position.saves.all() if each.token == position.revision), None)
    if position.is_scored and sent and sent.response != position.response:
        return f"question {position.number} holds another answer than was sent"
    points = worth(position, change)
    if points != position.fraction:
        return f"question {position.number} is kept with {position.fraction}, its answer is worth {points}"
    return ""


def is_scored(position, change):
    return change.is_scored if change else position.is_scored


def worth(position, change):
    """The share that an answer earns by its key, or by what was decided on it; None for a blank."""
    if change:
        if change.points_of_after is None:
            return None
        return Fraction(change.points_after, change.points_of_after)
    if position.response is None:
        return None
    grade = BY_SLUG[position.version.kind].grade(
        position.response, position.version.key_held, position.session.rule
    )
    return None if grade is None else grade.fraction
