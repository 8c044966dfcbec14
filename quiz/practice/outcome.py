"""The result of a session from its settled positions: what was given, what it rests on, and when."""

from django.db.models import Q

from quiz.bank.grounds import grounds_of
from quiz.engine.kinds import BY_SLUG
from quiz.engine.result import Answered, outcome
from quiz.engine.timing import spent

from .models import Save

ANSWERS = (Save.Purpose.DRAFT, Save.Purpose.CHECK)


def outcome_so_far(positions):
    """What an open session comes to: nothing here tells what questions rest on."""
    return outcome([answered(each) for each in positions])


def outcome_of(session, positions, *, ended, traits):
    """The whole result of a session that is over, with the time of each question and its grounds."""
    times = time_of(session, ended=ended)
    grounds = grounds_of([each.version_id for each in positions], traits)
    return outcome(
        [
            answered(each, spent=times.get(each.number), grounds=grounds[each.version_id])
            for each in positions
        ]
    )


def time_of(session, *, ended):
    """The time that went to each question by its number; what came after the end is no answering."""
    counted = session.saves.filter(Q(purpose__in=ANSWERS) | Q(saved_at__lte=ended))
    saves = counted.order_by("saved_at", "pk").values_list("saved_at", "position__number")
    return spent(saves, started_at=session.started_at)


def answered(position, **told):
    """One question as the result sees it; a blank has nothing picked."""
    version = position.version
    kind, key = BY_SLUG[version.kind], version.key_held
    objective = version.question.objective
    return Answered(
        number=position.number,
        stem=version.stem.splitlines()[0],
        picked=kind.told(position.response, key),
        right=kind.told(kind.correct_response(key), key),
        fraction=position.fraction,
        is_checked=position.is_checked,
        is_answered=position.is_answered,
        is_flagged=position.is_flagged,
        is_scored=position.is_scored,
        is_self_graded=kind.is_self_graded,
        is_pick=kind.is_pick,
        has_rivals=kind.has_rivals,
        is_proved=version.is_proved,
        objective=objective.text if objective else "Without an objective",
        kind=kind.label,
        confidence=position.confidence,
        **told,
    )
