"""Finding somebody's own session, and its places by one statement: what every answer asks first."""

from django.shortcuts import get_object_or_404

from quiz.access import known_by, whose
from studyapp.statements import Select

from .models import NEXT_NUMBER, Position, PracticeSession

LARGEST = 2**63 - 1  # the largest id of a database


def select(column):
    then = f"""
        FROM quiz_position
        JOIN quiz_practicesession session ON session.id = quiz_position.session_id
        JOIN people_learner learner ON learner.id = session.learner_id
        WHERE learner.{column} = %s AND session.id = %s AND quiz_position.number BETWEEN %s AND %s
        ORDER BY quiz_position.number
    """
    tables = {"quiz_position": Position, "session": PracticeSession}
    return Select(then, more=[f"({NEXT_NUMBER})"], **tables)


SELECTS = {column: select(column) for column in ("user_id", "guest_key")}


def session_of(request, session, *more):
    """Somebody's own session with its profile, and what else is named; 404 for anybody else's."""
    mine = PracticeSession.objects.filter(whose(request)).select_related("profile", *more)
    return get_object_or_404(mine, pk=session)


def places_of(request, session, first, last):
    """The places of somebody's own session between two numbers, as far as there are so many.

    Each has its session and the `next_number` to answer; nobody else's session has any.
    """
    if max(session, last) > LARGEST:
        return []
    column, known = known_by(request)
    found = []
    for position, its_session, next_number in SELECTS[column].all(known, session, first, last):
        position.session, position.next_number = its_session, next_number
        found.append(position)
    return found
