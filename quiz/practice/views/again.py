import secrets
from operator import attrgetter

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.bank.models import QuestionVersion
from quiz.engine.shuffle import SEEDS
from quiz.tokens import new_token
from studyapp.web import render

from ..actions import StillOpen, settled_answers
from ..forms import BeginForm
from ..outcome import answered
from ..places import session_of
from ..starting import begin
from .question import first_page

WHICH = {
    "missed": attrgetter("is_missed"),
    "flagged": attrgetter("is_flagged"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def again(request, session, which):
    """What was missed or flagged in a finished session, to be practised again; a POST starts that."""
    now, session = timezone.now(), session_of(request, session)
    if not session.may_show(now):
        words = [waiting(session, which)]
        status = 409 if request.method == "POST" else 200
        return show(request, session, which, words=words, status=status)
    questions = chosen_in(session, which, now)
    picked = current_of(questions, session.profile)
    found = {"number": len(questions), "picked": picked}
    if request.method == "POST" and picked:
        return start_again(request, session, which, found, questions)
    status = 422 if request.method == "POST" else 200
    return show(request, session, which, status=status, **found)


def waiting(session, which):
    """Why nothing was missed or flagged yet, in words."""
    if session.is_open:
        return f"This session is still open. Finish it first, then see what was {which}."
    return "Your instructor shows the right answers of this set later, to everybody at once."


def start_again(request, session, which, found, questions):
    """Start a session of exactly these versions."""
    now, form = timezone.now(), BeginForm(request.POST)
    if not form.is_valid():
        return show(request, session, which, words=form.words(), status=422, **found)
    token, picked = form.cleaned_data["token"], found["picked"]
    try:
        begun = begin(
            request,
            form,
            title=f"{len(picked)} {which} again: {session.profile.label}",
            profile=session.profile,
            versions=QuestionVersion.objects.in_order(picked),
            seed=secrets.randbelow(SEEDS),
            now=now,
        )
    except StillOpen as error:
        open_one = {"token": token, "still_open": error.session}
        return show(request, session, which, status=409, **open_one, **found)
    return redirect(first_page(begun, asked=len(questions)))


def chosen_in(session, which, now):
    """The questions that were missed or flagged, in the order of the session, each once.

    A drawn one is not asked twice: the question of the bank that it was drawn from stands for it.
    """
    is_chosen = WHICH[which]
    positions = settled_answers(session, now=now)
    chosen = [each.version.question for each in positions if is_chosen(answered(each))]
    return list(dict.fromkeys(each.drawn_from_id or each.pk for each in chosen))


def current_of(questions, profile):
    """The ids of the versions of these questions that are published now, in the same order."""
    published = QuestionVersion.objects.published().for_profile(profile)
    ids = dict(published.filter(question__in=questions).values_list("question", "pk"))
    return [ids[each] for each in questions if each in ids]


def show(request, session, which, *, token=None, status=200, **said):
    context = {
        "session": session,
        "which": which,
        "address": reverse(f"practice:{which}", args=[session.pk]),
        "is_over": session.may_show(timezone.now()),
        "token": token or new_token(),
    }
    return render(request, "quiz/practice/again.html", context | said, status=status)
