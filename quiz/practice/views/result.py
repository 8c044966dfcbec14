from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quiz.access import whose
from quiz.engine.kinds import BY_SLUG
from quiz.engine.result import Answered, outcome
from quiz.sheet import sheet
from studyapp.web import render

from ..actions import finish_session
from ..forms import new_token
from ..models import PracticeSession

HEAD = ["number", "question", "kind", "objective", "your answer", "right answer", "share"]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def result(request, session):
    """The score of a session and all its questions; a POST finishes it."""
    now = timezone.now()
    session = get_object_or_404(PracticeSession.objects.filter(whose(request)), pk=session)
    if request.method == "POST":
        finish_session(session=session, now=now)
        return redirect("practice:result", session.pk)
    return render(
        request,
        "quiz/practice/result.html",
        {
            "session": session,
            "outcome": outcome([answered(each) for each in session.answers()]),
            "token": new_token(),
        },
    )


@never_cache
@require_safe
def result_file(request, session):
    """The questions of a finished session as a CSV file; there is none while it is open."""
    mine = PracticeSession.objects.filter(whose(request)).exclude(finished_at=None)
    session = get_object_or_404(mine, pk=session)
    return sheet(f"result-{session.pk}.csv", HEAD, [row(each) for each in session.answers()])


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
        is_scored=position.is_scored,
        is_pick=kind.is_pick,
        objective=objective.text if objective else "Without an objective",
        kind=kind.label,
    )
