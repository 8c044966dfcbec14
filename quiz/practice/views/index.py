import secrets

from django.db import transaction
from django.db.models import Count, Q
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
from ..forms import LENGTHS, POOLS, StartForm, new_token
from ..models import Position, PracticeSession

LATEST = 20
NOUNS = {"scenarios": "scenarios", "everything": "questions"}
EMPTY = {
    "scenarios": "There are no scenario questions for these facts yet.",
    "everything": "There are no questions for these facts yet.",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """What can be practised: a new session, the open one, and those that are finished."""
    if request.method == "POST":
        return start(request)
    return show_index(request, token=new_token())


def start(request):
    """Start a session of scenarios or of everything, unseen questions first."""
    now = timezone.now()
    held, profile = knowledge.of(request), knowledge.profile_of(request)
    form = StartForm(request.POST)
    if not form.is_valid():
        return show_index(request, token=new_token(), words=form.words(), status=422)
    length, chosen, token = (form.cleaned_data[name] for name in ("length", "pool", "token"))
    seed = secrets.randbelow(SEEDS)
    pool = pool_of(chosen, profile)
    seen = Position.objects.filter(whose(request, "session__learner"), version__in=pool).checked()
    picked = unseen_first(
        units_of(pool),
        set(seen.values_list("version", flat=True)),
        count=length,
        seed=seed,
    )
    if not picked:
        return show_index(request, token=new_token(), words=[EMPTY[chosen]], status=422)
    greet(request, token)
    try:
        with transaction.atomic():
            session = start_session(
                learner=make_learner(request),
                title=f"{len(picked)} {NOUNS[chosen]}: {profile.label}",
                profile=profile.slug,
                versions=QuestionVersion.objects.in_order(picked),
                edition=held.number,
                seed=seed,
                token=token,
                now=now,
                closing=form.cleaned_data["close"],
            )
    except StillOpen as error:
        return show_index(
            request,
            token=token,
            length=length,
            chosen=chosen,
            still_open=error.session,
            status=409,
        )
    return redirect("practice:question", session.pk, 1)


def pool_of(chosen, profile):
    """All versions that a session may draw from."""
    published = QuestionVersion.objects.published().for_profile(profile)
    return published.scenarios().alone() if chosen == "scenarios" else published


def units_of(pool):
    """The ids of the pool, in tuples of what stays together: the parts of one case study."""
    units = {}
    rows = pool.order_by("question__slug").values_list("pk", "case", "part")
    for pk, case, part in rows:
        units.setdefault(("case", case) if case else ("alone", pk), []).append((part, pk))
    return [tuple(pk for _, pk in sorted(parts)) for parts in units.values()]


def show_index(
    request,
    *,
    token,
    length=10,
    chosen="scenarios",
    words=(),
    still_open=None,
    status=200,
):
    profile = knowledge.profile_of(request)
    mine = PracticeSession.objects.filter(whose(request))
    finished = mine.finished()
    return render(
        request,
        "quiz/practice/index.html",
        {
            "start": StartForm(initial={"token": token, "length": length, "pool": chosen}),
            "rule": RULES["practice"],
            "lengths": LENGTHS,
            "words": words,
            "still_open": still_open,
            "open_session": still_open or mine.open().with_progress().first(),
            "finished": finished[:LATEST],
            "more": max(finished.count() - LATEST, 0),
            "pools": pools(profile),
        },
        status=status,
    )


def pools(profile):
    """What can be drawn from, as (value, label, number of questions), where there is any."""
    counted = pool_of("everything", profile).aggregate(
        everything=Count("pk"),
        scenarios=Count("pk", filter=Q(workload__isnull=False, case=None)),
    )
    return [(value, label, counted[value]) for value, label in POOLS if counted[value]]
