from django.db.models import Q
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import greet, whose
from quiz.tokens import new_token
from studyapp.people.guessing import count_wrong, is_guessing
from studyapp.people.middleware import make_learner
from studyapp.web import render

from ..actions import join
from ..forms import CodeForm, JoinForm
from ..models import Member, QuizSet

GUESSED = "join"
UNKNOWN = "No quiz set opens with that. Ask your instructor for the link or the code in force."
WAIT = "Too much was tried from your network. Wait ten minutes, then try again."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request):
    """Where somebody types the code that stands on the wall, and finds the sets already joined."""
    form = CodeForm(request.POST or None)
    members = Member.objects.filter(whose(request)).taking_part().select_related("quiz_set")
    context = {"form": form, "members": members}
    if request.method != "POST":
        return render(request, "quiz/sets/code.html", context)
    if is_guessing(request, GUESSED):
        form.add_error(None, WAIT)
        return render(request, "quiz/sets/code.html", context, status=429)
    if form.is_valid():
        found = joinable(timezone.now()).filter(join_code=form.cleaned_data["code"]).first()
        if found:
            return redirect("join:set", found.join_secret)
        count_wrong(request, GUESSED)
        form.add_error("code", UNKNOWN)
    return render(request, "quiz/sets/code.html", context, status=422)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_set(request, secret):
    """What a set asks of whoever takes part; a POST joins it."""
    now = timezone.now()
    if is_guessing(request, GUESSED):
        return render(request, "quiz/sets/no_join.html", {"words": WAIT}, status=429)
    found = joinable(now).filter(join_secret=secret).first()
    if found is None:
        count_wrong(request, GUESSED)
        return render(request, "quiz/sets/no_join.html", {"words": UNKNOWN}, status=404)
    member = Member.objects.filter(whose(request), quiz_set=found).first()
    if member and member.removed_at:
        return render(request, "quiz/sets/no_join.html", {"words": UNKNOWN}, status=404)
    if member:
        return redirect("practice:set", found.pk)
    is_known = request.user.is_authenticated
    form = JoinForm(request.POST or None, asks_name=not is_known)
    if request.method == "POST" and (is_known or not found.needs_account) and form.is_valid():
        greet(request, form.cleaned_data["token"])
        name = form.cleaned_data.get("name", "")
        join(quiz_set=found, learner=make_learner(request), name=name, now=now)
        return redirect("practice:set", found.pk)
    context = {
        "quiz_set": found,
        "form": form,
        "token": new_token(),
        "must_sign_in": found.needs_account and not is_known,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "quiz/sets/join.html", context, status=status)


def joinable(now):
    """The sets that let people in at a moment."""
    is_in_time = Q(join_until=None) | Q(join_until__gt=now)
    is_not_over = Q(closes_at=None) | Q(closes_at__gt=now)
    return (
        QuizSet.objects.published()
        .filter(is_in_time, is_not_over)
        .select_related("profile", "owner")
    )
