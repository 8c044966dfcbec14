import secrets

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import whose
from quiz.bank.models import QuestionVersion
from quiz.engine.shuffle import SEEDS
from studyapp.guide import knowledge
from studyapp.people.middleware import make_learner
from studyapp.web import render

from ..actions import StillOpen, settled_answers, start_session
from ..forms import AgainForm, new_token
from ..models import PracticeSession
from .question import first_page
from .result import answered


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def missed(request, session):
    """What was missed in a finished session, to be practised again; a POST starts that."""
    mine = PracticeSession.objects.filter(whose(request)).select_related("profile")
    now = timezone.now()
    session = get_object_or_404(mine, pk=session)
    if not session.is_over(now):
        words = ["This session is still open. Finish it first, then see what was missed."]
        status = 409 if request.method == "POST" else 200
        return show_missed(request, session, 0, [], words=words, status=status)
    questions = missed_in(session, now)
    picked = current_of(questions, session.profile)
    if request.method == "POST" and picked:
        return start_again(request, session, questions, picked)
    status = 422 if request.method == "POST" else 200
    return show_missed(request, session, len(questions), picked, status=status)


def start_again(request, session, questions, picked):
    """Start a session of exactly these versions."""
    now, form = timezone.now(), AgainForm(request.POST)
    if not form.is_valid():
        return show_missed(request, session, len(questions), picked, words=form.words(), status=422)
    token = form.cleaned_data["token"]
    try:
        with transaction.atomic():
            begun = start_session(
                learner=make_learner(request),
                title=f"{len(picked)} missed again: {session.profile.label}",
                profile=session.profile.slug,
                versions=QuestionVersion.objects.in_order(picked),
                edition=knowledge.of(request).number,
                seed=secrets.randbelow(SEEDS),
                token=token,
                now=now,
                closing=form.cleaned_data["close"],
            )
    except StillOpen as error:
        return show_missed(
            request,
            session,
            len(questions),
            picked,
            token=token,
            still_open=error.session,
            status=409,
        )
    return redirect(first_page(begun, asked=len(questions)))


def missed_in(session, now):
    """The questions that were missed, in the order of the session."""
    positions = settled_answers(session, now=now)
    return [each.version.question_id for each in positions if answered(each).is_missed]


def current_of(questions, profile):
    """The ids of the versions of these questions that are published now, in the same order."""
    published = QuestionVersion.objects.published().for_profile(profile)
    ids = dict(published.filter(question__in=questions).values_list("question", "pk"))
    return [ids[each] for each in questions if each in ids]


def show_missed(request, session, number, picked, *, token=None, status=200, **said):
    context = {
        "session": session,
        "is_over": session.is_over(timezone.now()),
        "number": number,
        "picked": picked,
        "token": token or new_token(),
    }
    return render(request, "quiz/practice/missed.html", context | said, status=status)
