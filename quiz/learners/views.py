"""The pages of resume links: make and revoke them here, go on there."""

from django.conf import settings
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.engine.timing import seconds_left
from quiz.tokens import TokenForm, new_token
from studyapp.people.guessing import WORDS as SLOW_DOWN
from studyapp.people.guessing import count_wrong, is_guessing
from studyapp.people.middleware import GUEST_KEY
from studyapp.web import render

from .forms import LinkForm
from .links import MOST, TooMany, find_link, make_link, revoke_link, use_link
from .merging import closed_by_merging

SIGNED_IN = "You are signed in. Sign in there too, and all your work is there."
NOTHING_YET = "There is nothing to go on with yet: start a quiz first."
TOO_MANY = f"{MOST} links work already. Revoke one that you do not need, then make a new one."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request):
    """A guest's links to go on in another browser; a POST makes or revokes one."""
    if request.method != "POST":
        return show_links(request)
    now, form, learner = timezone.now(), LinkForm(request.POST), request.learner
    if not form.is_valid():
        return show_links(request, words=form.words(), status=422)
    if request.user.is_authenticated:
        return show_links(request, words=[SIGNED_IN], status=409)
    if not learner.pk:
        return show_links(request, words=[NOTHING_YET], status=409)
    if form.cleaned_data["revoke"]:
        revoke_link(learner=learner, link=form.cleaned_data["revoke"], now=now)
        return redirect("learners:links")
    try:
        link, secret = make_link(learner=learner, token=form.cleaned_data["token"], now=now)
    except TooMany:
        return show_links(request, words=[TOO_MANY], status=409)
    made = link.is_usable(now) and request.build_absolute_uri(f"{request.path}{secret}/")
    return show_links(request, made=made, link=link)


def show_links(request, *, status=200, **said):
    now, learner = timezone.now(), request.learner
    is_guest = not request.user.is_authenticated
    held = learner.resume_links.all() if is_guest and learner.pk else ()
    context = {
        "is_guest": is_guest,
        "has_work": is_guest and bool(learner.pk),
        "links": [(each, each.is_usable(now)) for each in held],
        "guest_days": settings.GUEST_DAYS,
        "token": new_token(),
        "now": now,
    }
    return render(request, "quiz/learners/links.html", context | said, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request, secret):
    """What a link leads to, in words; a POST goes on there in this browser."""
    now = timezone.now()
    if is_guessing(request, "link"):
        return show_no_link(request, words=SLOW_DOWN, status=429)
    form = TokenForm(request.POST if request.method == "POST" else None)
    token = form.cleaned_data["token"] if form.is_valid() else ""
    link = find_link(secret=secret, now=now, token=token)
    if link is None:
        count_wrong(request, "link")
        return show_no_link(request, status=404)
    if request.method != "POST":
        return show_resume(request, link, now)
    if not token:
        return show_resume(request, link, now, words=form.words(), status=422)
    if request.user.is_authenticated:
        return show_resume(request, link, now, status=409)
    own = request.learner if request.learner.pk else None
    if own == link.learner:
        return redirect("practice:index")
    learner = use_link(link=link, own=own, token=token, now=now)
    if learner is None:
        return show_no_link(request, status=404)
    request.session.cycle_key()
    request.session[GUEST_KEY] = learner.guest_key
    return redirect("practice:index")


def show_resume(request, link, now, *, words=(), status=200):
    """What will happen in this browser, before it does."""
    there, own = link.learner, request.learner
    still_open = there.practice_sessions.open().with_progress()
    context = {
        "words": words,
        "token": new_token(),
        "is_signed_in": request.user.is_authenticated,
        "is_here": own == there,
        "finished": there.practice_sessions.finished().count(),
        "still_open": [(s, seconds_left(now=now, deadline=s.deadline)) for s in still_open],
    }
    if own.pk and own != there:
        context |= {
            "own": own.practice_sessions.count(),
            "closed": closed_by_merging(guest=own, into=there, now=now),
            "is_shared": own.resume_links.exclude(used_at=None).exists(),
        }
    return render(request, "quiz/learners/resume.html", context, status=status)


def show_no_link(request, *, words="", status):
    return render(request, "quiz/learners/no_link.html", {"words": words}, status=status)
