"""The history of a learner: as a plot, as tables, and as files."""

from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quiz.access import whose
from quiz.bank.models import QuestionVersion
from quiz.engine.history import Finished, plot
from quiz.engine.standing import by_ground, by_objective, missed_most
from quiz.practice.actions import as_closed
from quiz.practice.models import PracticeSession
from quiz.sheet import sheet
from studyapp.guide import knowledge
from studyapp.web import render

from .standing import records_of

# As many as a plot can hold apart, and as one reads; the files have all.
LATEST, WEAKEST, MOST = 40, 8, 10
MARKS = {knowledge.DEFAULT_PROFILE: "circle"}
HISTORY = [
    "finished (UTC)",
    "session",
    "mode",
    "exam form",
    "profile",
    "questions",
    "scored",
    "points",
    "percent",
    "scaled (estimate)",
    "minutes",
]
QUESTIONS = ["question", "objective", "met", "missed", "share first", "share latest"]


@never_cache
@require_safe
def index(request):
    """Every finished session with its score, what is weakest, and what was missed most."""
    sessions = finished_by(request)
    latest = sessions[-LATEST:]
    records = records_of(request, traits_of(request)) if sessions else []
    missed = missed_most(records, count=MOST)
    context = {
        "sessions": latest[::-1],
        "all_sessions": len(sessions),
        "plot": plot([as_plotted(session) for session in latest]),
        "legend": legend(latest),
        "objectives": by_objective(records),
        "grounds": by_ground(records)[:WEAKEST],
        "missed": with_stems(missed),
        "met": len(records),
        "open_session": open_to(request),
    }
    return render(request, "quiz/progress/index.html", context)


def finished_by(request):
    """The finished sessions of whoever asks, in the order in which they were finished."""
    now = timezone.now()
    mine = PracticeSession.objects.filter(whose(request)).shown(now)
    found = [as_closed(each, now=now) for each in mine.select_related("profile", "form")]
    return sorted(found, key=lambda session: (session.finished_at, session.pk))


def open_to(request):
    """A session that whoever asks can still answer; None without one."""
    now, mine = timezone.now(), PracticeSession.objects.filter(whose(request)).own().open()
    return next((each for each in mine if not each.is_over(now)), None)


def traits_of(request):
    return knowledge.profile_of(request).traits


def mark_of(profile):
    return MARKS.get(profile.slug, "square")


def as_plotted(session):
    return Finished(
        percent=session.score.percent,
        of=session.scored,
        day=session.finished_at.date(),
        mark=mark_of(session.profile),
        is_exam=session.scale_lowest is not None,
    )


def legend(sessions):
    """The marks of the profiles that the plot holds, as (mark, label)."""
    return sorted({(mark_of(each.profile), each.profile.label) for each in sessions})


def with_stems(missed):
    """The first line of each of these questions, as it was asked last, with its record."""
    stems = dict(
        QuestionVersion.objects.filter(pk__in=[each.latest.version for each in missed]).values_list(
            "pk", "stem"
        )
    )
    return [(stems[each.latest.version].splitlines()[0], each) for each in missed]


@never_cache
@require_safe
def history(request):
    """All finished sessions as a CSV file."""
    rows = [row(session) for session in finished_by(request)]
    return sheet("history.csv", HISTORY, rows)


def row(session):
    score = session.score
    estimate = session.scaled(score)
    return [
        session.finished_at.strftime("%Y-%m-%d %H:%M"),
        session.title,
        session.mode,
        str(session.form or ""),
        session.profile.slug,
        session.length,
        score.of,
        score.written,
        score.percent,
        estimate.value if estimate else "",
        round((session.finished_at - session.started_at).total_seconds() / 60, 1),
    ]


@never_cache
@require_safe
def questions(request):
    """All questions that were ever scored as a CSV file: how often met and missed, first and latest."""
    records = records_of(request, traits_of(request))
    ids = [each.latest.version for each in records]
    slugs = QuestionVersion.objects.filter(pk__in=ids).values_list("pk", "question__slug")
    named = dict(slugs)
    rows = [
        [
            named[each.latest.version],
            each.latest.objective,
            each.met,
            each.missed,
            f"{float(each.first.fraction):.4g}",
            f"{float(each.latest.fraction):.4g}",
        ]
        for each in records
    ]
    return sheet("questions.csv", QUESTIONS, rows)
