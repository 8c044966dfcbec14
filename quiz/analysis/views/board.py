from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import for_instructors, my_sets
from quiz.sets.models import QuizSet
from studyapp.moments import in_utc
from studyapp.web import asked_for, render

from .. import running
from ..board import board as rows_of
from ..board import counts
from ..forms import ClosingForm, ReopenForm


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def board(request, quiz_set):
    """Who has started, how far everybody is, who has finished; a POST moves the closing."""
    held = get_object_or_404(my_sets(request), pk=quiz_set)
    now = timezone.now()
    closing = ClosingForm(request.POST or None, initial={"closes_at": held.closes_at})
    is_now = request.POST.get("do") == "close"
    words = []
    if request.method == "POST" and (is_now or closing.is_valid()):
        wanted = now if is_now else closing.cleaned_data["closes_at"]
        if wanted is None and held.feedback == QuizSet.Feedback.WINDOW:
            words = ["Feedback comes when the set has closed, so it has to close: give a date."]
        elif wanted and held.opens_at and max(wanted, now) <= held.opens_at:
            words = [f"It opens on {in_utc(held.opens_at)}, and has to close after that."]
        else:
            running.move_closing(quiz_set=held, closes_at=wanted, by=request.user, now=now)
            said = "The set is closed. What was saved counts." if wanted and wanted <= now else ""
            messages.success(request, said or "The closing is moved, for tries under way too.")
            return redirect("analysis:board", held.pk)
    context = {
        "quiz_set": held,
        "tab": "board",
        "rows": rows_of(held, now),
        "is_open": held.is_open(now),
        "now": now,
        "words": words,
    }
    context["counts"] = counts(context["rows"])
    if not asked_for(request):
        context["closing"] = closing
    status = 422 if request.method == "POST" else 200
    return render(request, "quiz/analysis/board.html", context, partial="board", status=status)


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request, quiz_set, member):
    """Let one person go on with the try that was finished last."""
    held = get_object_or_404(my_sets(request), pk=quiz_set)
    person = get_object_or_404(held.members.select_related("learner__user"), pk=member)
    person.quiz_set = held
    form = ReopenForm(request.POST or None, initial={"minutes": held.minutes})
    status, words = 200, ()
    if request.method == "POST" and form.is_valid():
        minutes, now = form.cleaned_data["minutes"], timezone.now()
        try:
            running.reopen(member=person, minutes=minutes, by=request.user, now=now)
        except running.NotReopened as error:
            status, words = 409, error.args
        else:
            messages.success(request, f"{person.shown} can go on.")
            return redirect("analysis:board", held.pk)
    elif request.method == "POST":
        status = 422
    context = {"quiz_set": held, "tab": "board", "member": person, "form": form, "words": words}
    return render(request, "quiz/analysis/reopen.html", context, status=status)
