from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quiz.engine.confidence import LEVELS, calibration
from quiz.engine.kinds import BY_SLUG
from quiz.engine.timing import LONGEST_PAUSE, Phase, closing_time, seconds_left
from quiz.sheet import sheet
from quiz.tokens import new_token
from studyapp.guide import knowledge
from studyapp.web import render

from ..actions import close_session, settled_answers
from ..outcome import outcome_of, outcome_so_far
from ..places import session_of

TEMPLATE = "quiz/practice/result.html"
HEAD = [
    "number",
    "question",
    "kind",
    "objective",
    "your answer",
    "right answer",
    "share",
    "scored",
    "confidence",
    "seconds",
    "flagged",
    "rests on",
]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def result(request, session):
    """All questions of a session, and its score once it is over; a POST finishes it."""
    now, session = timezone.now(), session_of(request, session, "form__questions")
    if request.method == "POST":
        if session.phase(now) is not Phase.TIME_UP:
            close_session(session=session, now=now)
        return redirect("practice:result", session.pk)
    positions = settled_answers(session, now=now)
    if session.may_show(now):
        return show_result(request, session, positions, now)
    context = {
        "session": session,
        "is_time_up": session.phase(now) is Phase.TIME_UP,
        "is_withheld": session.is_over(now),
        "seconds_left": seconds_left(now=now, deadline=session.deadline),
        "outcome": outcome_so_far(positions),
    }
    return render(request, TEMPLATE, context)


def show_result(request, session, positions, now):
    """The whole result; a session that nobody closed shows what its closing will write."""
    finished_at = closing_time(now=session.finished_at or now, deadline=session.deadline)
    found = outcome_of(session, positions, ended=finished_at, traits=traits_of(request, session))
    context = {
        "session": session,
        "is_over": True,
        "finished_at": finished_at,
        "took": finished_at - session.started_at,
        "limit": session.deadline and session.deadline - session.started_at,
        "longest_pause": LONGEST_PAUSE,
        "outcome": found,
        "calibration": calibration(found.answered),
        "scaled": session.scaled(found.score),
        "levels": dict(LEVELS),
        "decisions": list(session.decisions()) if session.quiz_set_id else (),
        "token": new_token(),
    }
    return render(request, TEMPLATE, context)


def traits_of(request, session):
    return knowledge.of(request).profiles[session.profile.slug].traits


@never_cache
@require_safe
def result_file(request, session):
    """The questions of a finished session as a CSV file; there is none while it is open."""
    now, session = timezone.now(), session_of(request, session)
    if not session.may_show(now):
        raise Http404
    ended = closing_time(now=session.finished_at or now, deadline=session.deadline)
    positions = settled_answers(session, now=now)
    found = outcome_of(session, positions, ended=ended, traits=traits_of(request, session))
    rows = [row(*each) for each in zip(positions, found.answered, strict=True)]
    return sheet(f"result-{session.pk}.csv", HEAD, rows)


def row(position, seen):
    """One question as the file has it; the share is empty for what is not graded yet."""
    version = position.version
    kind, key = BY_SLUG[version.kind], version.key_held
    fraction = 0 if seen.fraction is None and not seen.is_self_graded else seen.fraction
    return [
        seen.number,
        version.question.slug,
        seen.kind,
        seen.objective,
        kind.in_words(position.response, key),
        version.model_answer or kind.in_words(kind.correct_response(key), key),
        "" if fraction is None else f"{float(fraction):.4g}",
        "yes" if seen.is_scored else "by yourself" if seen.is_self_graded else "no",
        dict(LEVELS).get(seen.confidence, ""),
        "" if seen.spent is None else round(seen.spent.total_seconds()),
        "yes" if seen.is_flagged else "no",
        "; ".join(ground.words for ground in seen.grounds),
    ]
