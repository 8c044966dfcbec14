import secrets

from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import whose
from quiz.engine.shuffle import SEEDS
from quiz.sets.models import Member
from quiz.tokens import TokenForm, new_token
from studyapp.guide import knowledge
from studyapp.web import render

from ..models import PracticeSession
from ..tries import Shut, start_try, time_for, why_shut
from .question import first_page

TEMPLATE = "quiz/practice/set.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tries(request, quiz_set):
    """A quiz set as one of its members sees it: the rules, the tries so far, and the next one."""
    now = timezone.now()
    members = Member.objects.select_related("quiz_set__profile", "quiz_set__owner", "learner__user")
    member = get_object_or_404(members.filter(whose(request)), quiz_set=quiz_set)
    if request.method != "POST":
        return show(request, member, now)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return show(request, member, now, words=form.words(), status=422)
    try:
        session = start_try(
            member=member,
            edition=knowledge.of(request).number,
            seed=secrets.randbelow(SEEDS),
            token=form.cleaned_data["token"],
            now=now,
        )
    except Shut as error:
        return show(request, member, now, words=error.args, status=409)
    return redirect(first_page(session, asked=session.length))


def show(request, member, now, *, words=(), status=200):
    held = PracticeSession.objects.filter(learner=member.learner, quiz_set=member.quiz_set)
    held = list(held.with_progress().order_by("try_number"))
    is_open = [each for each in held if each.is_open and not each.is_over(now)]
    context = {
        "member": member,
        "quiz_set": member.quiz_set,
        "tries": [(each, each.may_show(now) and each.finished_at) for each in held],
        "open_session": is_open[0] if is_open else None,
        "shut": why_shut(member, len(held), now),
        "time": time_for(member, now),
        "token": new_token(),
        "words": words,
    }
    return render(request, TEMPLATE, context, status=status)
