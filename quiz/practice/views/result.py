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
    picked = BY_SLUG[version.kind].summarise(position.response)
    options = version.options.all()
    return Answered(
        number=position.number,
        stem=version.stem.splitlines()[0],
        picked=tuple(option.text for option in options if option.id in picked),
        right=tuple(option.text for option in options if option.is_correct),
        fraction=position.fraction,
    )
