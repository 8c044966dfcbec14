from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quiz.access import whose
from quiz.engine.kinds import BY_SLUG
from quiz.engine.result import Answered, outcome
from quiz.engine.timing import Phase, closing_time, seconds_left
from quiz.sheet import sheet
from studyapp.web import render

from ..actions import close_session, settled_answers
from ..forms import new_token
from ..models import PracticeSession

HEAD = ["number", "question", "kind", "objective", "your answer", "right answer", "share"]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def result(request, session):
    """All questions of a session, and its score once it is over; a POST finishes it."""
    now = timezone.now()
    mine = PracticeSession.objects.filter(whose(request)).select_related("profile", "form")
    session = get_object_or_404(mine, pk=session)
    phase = session.phase(now)
    if request.method == "POST":
        if phase is not Phase.TIME_UP:
            close_session(session=session, now=now)
        return redirect("practice:result", session.pk)
    positions = settled_answers(session, now=now)
    return render(
        request,
        "quiz/practice/result.html",
        {
            "session": session,
            "is_over": session.is_over(now),
            "is_time_up": phase is Phase.TIME_UP,
            "finished_at": closing_time(now=session.finished_at or now, deadline=session.deadline),
            "seconds_left": seconds_left(now=now, deadline=session.deadline),
            "outcome": outcome([answered(each) for each in positions]),
            "token": new_token(),
        },
    )


@never_cache
@require_safe
def result_file(request, session):
    """The questions of a finished session as a CSV file; there is none while it is open."""
    now = timezone.now()
    session = get_object_or_404(PracticeSession.objects.filter(whose(request)), pk=session)
    if not session.is_over(now):
        raise Http404
    rows = [row(each) for each in settled_answers(session, now=now)]
    return sheet(f"result-{session.pk}.csv", HEAD, rows)


def row(position):
    """One question as the file has it; the share is empty for what is not graded yet."""
    version, seen = position.version, answered(position)
    kind, key = BY_SLUG[version.kind], version.key_held
    fraction = 0 if seen.fraction is None and seen.is_scored else seen.fraction
    return [
        position.number,
        version.question.slug,
        seen.kind,
        seen.objective,
        kind.in_words(position.response, key),
        version.model_answer or kind.in_words(kind.correct_response(key), key),
        "" if fraction is None else f"{float(fraction):.4g}",
    ]


def answered(position):
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
        objective=objective.text if objective else "Without an objective",
        kind=kind.label,
    )
