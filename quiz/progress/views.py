"""The history of a learner: as a plot, as a table, and as a file."""

from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quiz.access import whose
from quiz.engine.history import plot
from quiz.practice.models import PracticeSession
from quiz.sheet import sheet
from studyapp.web import render


@never_cache
@require_safe
def index(request):
    """Every finished session with its score, oldest at the left of the plot."""
    sessions = finished_by(request)
    return render(
        request,
        "quiz/progress/index.html",
        {
            "sessions": sessions[::-1],
            "plot": plot([session.score.percent for session in sessions]),
            "open_session": PracticeSession.objects.filter(whose(request)).open().first(),
        },
    )


@never_cache
@require_safe
def history(request):
    """The same as a CSV file."""
    return sheet(
        "history.csv",
        ["finished (UTC)", "session", "profile", "questions", "points", "percent"],
        [
            [
                session.finished_at.strftime("%Y-%m-%d %H:%M"),
                session.title,
                session.profile.slug,
                score.of,
                score.written,
                score.percent,
            ]
            for session in finished_by(request)
            for score in [session.score]
        ],
    )


def finished_by(request):
    """The finished sessions of whoever asks, in the order in which they were finished."""
    mine = PracticeSession.objects.filter(whose(request)).finished()
    return list(mine.select_related("profile").order_by("finished_at", "pk"))
