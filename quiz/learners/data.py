"""The pages on what is kept of whoever asks: read it, take it away, have it erased."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from studyapp.people.middleware import GUEST_KEY
from studyapp.web import render

from .export import everything_of
from .forgetting import erase_account, erase_guest
from .forms import ErasureForm
from .privacy import about_people

ERASED = "Erased. Nothing here names you any more."
WORD = "erase"


@require_safe
def privacy(request):
    """What is kept of whoever comes here, what for, and how long."""
    context = {"kept": about_people(), "guest_days": settings.GUEST_DAYS}
    return render(request, "quiz/learners/privacy.html", context)


@never_cache
@require_safe
def index(request):
    """What is kept, in numbers, with the ways to take it away and to have it erased."""
    return render(request, "quiz/learners/data.html", {"kept": kept_of(request)})


@never_cache
@require_safe
def download(request):
    """Everything that is kept of whoever asks, as one file."""
    user = request.user if request.user.is_authenticated else None
    held = everything_of(learner=request.learner, user=user, now=timezone.now())
    response = JsonResponse(held, json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="four-lanes-your-data.json"'
    return response


@never_cache
@reauthentication_required(enabled=lambda request: request.user.is_authenticated)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request):
    """What goes and what stays; a POST with the typed word erases it for good."""
    is_known = request.user.is_authenticated
    kept = kept_of(request)
    if not is_known and not kept["is_anybody"]:
        return redirect("data:index")
    expected = request.user.email if is_known else WORD
    form = ErasureForm(request.POST if request.method == "POST" else None, expected=expected)
    if form.is_valid():
        erase_whoever_asks(request)
        messages.success(request, ERASED)
        return redirect("home")
    status = 422 if request.method == "POST" else 200
    return render(request, "quiz/learners/erase.html", {"form": form, "kept": kept}, status=status)


def erase_whoever_asks(request):
    now = timezone.now()
    if request.user.is_authenticated:
        erase_account(user=request.user, now=now)
        logout(request)
    else:
        erase_guest(guest=request.learner, now=now)
        request.session.pop(GUEST_KEY, None)


def kept_of(request):
    """How much there is of whoever asks."""
    learner, user = request.learner, request.user
    is_kept, is_known = bool(learner.pk), user.is_authenticated
    return {
        "is_anybody": is_kept or is_known,
        "sessions": learner.practice_sessions.count() if is_kept else 0,
        "sets": learner.memberships.count() if is_kept else 0,
        "own_sets": user.quiz_sets.count() if is_known else 0,
        "questions": user.question_set.count() if is_known else 0,
    }
