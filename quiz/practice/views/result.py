from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import whose
from quiz.engine.kinds import BY_SLUG
from quiz.engine.result import Answered, outcome
from studyapp.web import render

from ..actions import finish_session
from ..models import PracticeSession


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
        {"session": session, "outcome": outcome([answered(each) for each in session.answers()])},
    )


def answered(position):
    """One question as the result sees it; a blank has nothing picked."""
    version = position.version
    kind, key = BY_SLUG[version.kind], version.key_held
    return Answered(
        number=position.number,
        stem=version.stem.splitlines()[0],
        picked=kind.told(position.response, key),
        right=kind.told(kind.correct_response(key), key),
        fraction=position.fraction,
        is_checked=position.is_checked,
        is_scored=position.is_scored,
        is_pick=kind.is_pick,
    )
