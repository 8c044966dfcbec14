from dataclasses import dataclass
from operator import attrgetter

from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quiz.bank.pictures import picture_of
from quiz.engine.confidence import LEVELS
from quiz.engine.question import QuestionReviewed
from quiz.engine.question import review as review_of
from quiz.engine.result import Answered
from studyapp.web import render

from ..actions import settled_answers
from ..models import Position
from ..outcome import answered
from ..places import session_of

# By the value of ?show=: its label, and which questions it leaves in.
FILTERS = {
    "all": ("All", lambda seen: True),
    "missed": ("Missed", attrgetter("is_missed")),
    "flagged": ("Flagged", attrgetter("is_flagged")),
    "certain-but-wrong": ("Certain but wrong", attrgetter("is_certain_but_wrong")),
}


@dataclass(frozen=True)
class Reviewed:
    """One question of a session with its place in it, how it went, and its whole review."""

    position: Position
    seen: Answered
    question: QuestionReviewed
    level: str

    @property
    def picture(self):
        return picture_of(self.position.version)

    @property
    def muddy(self):
        return (self.position.version.explanation or {}).get("muddy", ())


@never_cache
@require_safe
def review(request, session):
    """All questions of a finished session with every verdict and reason, to be read and printed."""
    now, session = timezone.now(), session_of(request, session)
    if not session.may_show(now):
        return redirect("practice:result", session.pk)
    positions = settled_answers(session, now=now, heads=session.reviews())
    seen = [(each, answered(each)) for each in positions]
    show = request.GET.get("show") if request.GET.get("show") in FILTERS else "all"
    label, is_shown = FILTERS[show]
    context = {
        "session": session,
        "show": show,
        "label": label,
        "filters": [
            (value, label, sum(bool(test(each)) for _, each in seen))
            for value, (label, test) in FILTERS.items()
        ],
        "reviewed": [reviewed(*each) for each in seen if is_shown(each[1])],
    }
    return render(request, "quiz/practice/review.html", context)


def reviewed(position, seen):
    version = position.version
    return Reviewed(
        position=position,
        seen=seen,
        question=review_of(version, version.key_held, position.option_order, position.response),
        level=dict(LEVELS).get(position.confidence, ""),
    )
