import secrets

from django.conf import settings
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import whose
from quiz.bank.models import QuestionVersion
from quiz.engine.scoring import RULES
from quiz.engine.shuffle import SEEDS
from quiz.engine.timing import limit
from quiz.sets.models import Member
from quiz.tokens import new_token
from studyapp.guide import knowledge
from studyapp.web import render

from ..actions import StillOpen
from ..exam import exam_forms, minutes_a_question
from ..forms import (
    DIFFICULTIES,
    DRAWS,
    LENGTHS,
    MODES,
    MOST,
    TIMES,
    StartForm,
    at_first,
)
from ..models import PracticeSession
from ..pool import drawn, offer, pool_of, waiting, why_none
from ..starting import begin
from .question import first_page

LATEST = 20
GROUPS = {"missed": "missed ", "flagged": "flagged "}
RULE_OF = {"study": "practice", "exam": "exam"}
NOUNS = {"scenarios": "scenarios", "everything": "questions"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """What can be practised: a new session, the open one, and those that are finished."""
    profile = profile_asked(request)
    offered, known = offer(profile), knowledge.of(request).profiles.values()
    if request.method == "POST":
        form = StartForm(request.POST, offer=offered, profiles=known)
        return start(request, form, profile)
    return show_index(request, offered, profile, token=new_token())


def profile_asked(request):
    """The profile that the form names, or else the one by which the page speaks."""
    known = knowledge.of(request).profiles
    return known.get(request.POST.get("profile")) or knowledge.profile_of(request)


def start(request, form, profile):
    """Start a session of what was chosen."""
    now = timezone.now()
    if not form.is_valid():
        return show_again(request, form, profile, words=form.words(), status=422)
    length, token = form.cleaned_data["length"], form.cleaned_data["token"]
    choices, mine = form.choices(), whose(request, "session__learner")
    seed = secrets.randbelow(SEEDS)
    pool = pool_of(choices, profile, mine)
    picked = drawn(pool, choices, mine, count=length, seed=seed)
    if not picked:
        words = [why_none(choices, profile, mine)]
        return show_again(request, form, profile, words=words, status=422)
    noun = f"{GROUPS.get(choices.draw, '')}{NOUNS[choices.pool]}"
    mode = form.cleaned_data["mode"]
    try:
        session = begin(
            request,
            form,
            title=f"{len(picked)} {noun}: {profile.label}",
            profile=profile,
            versions=QuestionVersion.objects.in_order(picked),
            seed=seed,
            now=now,
            mode=mode,
            scoring=RULE_OF[mode],
            limit=time_limit(form.cleaned_data["time"], len(picked)),
        )
    except StillOpen as error:
        said = {"token": token, "still_open": error.session, "status": 409}
        return show_again(request, form, profile, **said)
    return redirect(first_page(session, asked=length))


def time_limit(factor, length):
    """The time for so many questions, at the pace of the exam; None where there is no limit."""
    pace = minutes_a_question(exam_forms())
    return limit(minutes=pace * length, factor=factor) if factor and pace else None


def show_again(request, form, profile, *, token=None, **said):
    """The page with everything as it was left."""
    token, kept = token or new_token(), form.kept()
    return show_index(request, form.offer, profile, token=token, kept=kept, **said)


def show_index(
    request, offered, profile, *, token, kept=None, words=(), still_open=None, status=200
):
    now = timezone.now()
    mine = PracticeSession.objects.filter(whose(request))
    finished = mine.shown(now).finished()
    fresh = at_first(offered)
    initial = {"token": token, "profile": profile.slug}
    initial |= kept or fresh | asked_by_link(request, offered)
    further = ("objectives", "kinds", "difficulty", "draw")
    held = still_open or mine.own().open().with_progress().first()
    return render(
        request,
        "quiz/practice/index.html",
        {
            "start": StartForm(offer=offered, profiles=(), initial=initial),
            "offer": offered,
            "facts": profile,
            "waiting": waiting(profile, whose(request, "session__learner")),
            "lengths": LENGTHS,
            "most": MOST,
            "difficulties": DIFFICULTIES,
            "draws": DRAWS,
            "modes": [(mode, label, RULES[RULE_OF[mode]].words) for mode, label in MODES],
            "times": TIMES,
            "is_chosen": any(initial[name] != fresh[name] for name in further),
            "words": words,
            "still_open": still_open,
            "open_session": held,
            "is_over": held and held.is_over(now),
            "finished": finished[:LATEST],
            "more": max(finished.count() - LATEST, 0),
            "guest_days": settings.GUEST_DAYS,
            "memberships": Member.objects.taking_part()
            .filter(whose(request))
            .select_related("quiz_set")
            .order_by("-joined_at")[:LATEST],
        },
        status=status,
    )


def asked_by_link(request, offered):
    """What a link to this page chooses beforehand: one objective, from every kind of question."""
    wanted = request.GET.get("objective")
    if wanted not in dict(offered.objectives):
        return {}
    return {"objectives": [wanted], "pool": "everything"}
