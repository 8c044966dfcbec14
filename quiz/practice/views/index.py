import secrets

from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import greet, whose
from quiz.bank.models import QuestionVersion
from quiz.engine.scoring import RULES
from quiz.engine.shuffle import SEEDS, unseen_first
from studyapp.guide import knowledge
from studyapp.people.middleware import make_learner
from studyapp.web import render

from ..actions import StillOpen, start_session
from ..forms import LENGTHS, StartForm, new_token
from ..models import Position, PracticeSession

LATEST = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """What can be practised: a new session, the open one, and those that are finished."""
    if request.method == "POST":
        return start(request)
    return show_index(request, token=new_token())


def start(request):
    """Start a session of scenario questions, unseen ones first."""
    now = timezone.now()
    held, profile = knowledge.of(request), knowledge.profile_of(request)
    form = StartForm(request.POST)
    if not form.is_valid():
        return show_index(request, token=new_token(), words=form.words(), status=422)
    length, token = form.cleaned_data["length"], form.cleaned_data["token"]
    seed = secrets.randbelow(SEEDS)
    pool = QuestionVersion.objects.published().scenarios().for_profile(profile)
    seen = Position.objects.filter(whose(request, "session__learner"), version__in=pool).checked()
    picked = unseen_first(
        pool.order_by("question__slug").values_list("pk", flat=True),
        set(seen.values_list("version", flat=True)),
        count=length,
        seed=seed,
    )
    if not picked:
        words = ["There are no scenario questions for these facts yet."]
        return show_index(request, token=new_token(), words=words, status=422)
    greet(request, token)
    try:
        with transaction.atomic():
            session = start_session(
                learner=make_learner(request),
                title=f"{len(picked)} scenarios: {profile.label}",
                profile=profile.slug,
                versions=QuestionVersion.objects.in_order(picked),
                edition=held.number,
                seed=seed,
                token=token,
                now=now,
                closing=form.cleaned_data["close"],
            )
    except StillOpen as error:
        return show_index(request, token=token, length=length, still_open=error.session, status=409)
    return redirect("practice:question", session.pk, 1)


def show_index(request, *, token, length=10, words=(), still_open=None, status=200):
    profile = knowledge.profile_of(request)
    mine = PracticeSession.objects.filter(whose(request))
    finished = mine.finished()
    return render(
        request,
        "quiz/practice/index.html",
        {
            "start": StartForm(initial={"token": token, "length": length}),
            "rule": RULES["practice"],
            "lengths": LENGTHS,
            "words": words,
            "still_open": still_open,
            "open_session": still_open or mine.open().with_progress().first(),
            "finished": finished[:LATEST],
            "more": max(finished.count() - LATEST, 0),
            "pool": QuestionVersion.objects.published().scenarios().for_profile(profile).count(),
        },
        status=status,
    )
