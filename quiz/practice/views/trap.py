import secrets

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import whose
from quiz.bank.drawn import NotDrawn, draft_of_drawn, draw_again, keep_drawn
from quiz.engine.kinds import BY_SLUG, Unreadable
from quiz.engine.question import see
from quiz.engine.scoring import RULES
from quiz.engine.shuffle import option_order, seed_of
from quiz.tokens import new_token
from studyapp.guide import knowledge
from studyapp.web import render

from ..actions import Given, Sender, StillOpen, save_answer
from ..forms import DrawnForm
from ..models import Position
from ..starting import begin

SEEDS = 10**9


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def trap(request, session, number):
    """A drawn question with the trap of a reviewed one; answering it keeps it and starts a session."""
    mine = Position.objects.filter(whose(request, "session__learner")).for_page()
    mine = mine.select_related("version__question", "version__profile", "session")
    position = get_object_or_404(mine, session=session, number=number)
    if not position.may_show(timezone.now()):
        return refuse(request, position, "Answer this question first, then ask for another.")
    if position.version.workload is None:
        return refuse(request, position, "Only scenario questions can be drawn anew.")
    seed = seed_in(request)
    if seed is None:
        return redirect(f"{request.path}?seed={secrets.randbelow(SEEDS)}")
    try:
        drawn = draw_again(position.version, held=knowledge.of(request), seed=seed)
    except NotDrawn as error:
        return refuse(request, position, f"No other question can be drawn from this one. {error}")
    if request.method == "POST":
        return start_drawn(request, position, drawn, seed)
    return show_drawn(request, position, drawn, seed)


def start_drawn(request, position, drawn, seed):
    """Keep the drawn question, and the answer to it as the only one of a session."""
    now, form = timezone.now(), DrawnForm(request.POST)
    if not form.is_valid():
        return show_drawn(request, position, drawn, seed, words=form.words(), status=422)
    if form.cleaned_data["shown"] != drawn.digest:
        words = ["That question was changed meanwhile. This is the one drawn now."]
        return show_drawn(request, position, drawn, seed, words=words, status=409)
    version, key = drawn.unsaved()
    kind, token = BY_SLUG[version.kind], form.cleaned_data["token"]
    try:
        picked = kind.read(dict(request.POST.lists()), key)
    except Unreadable as error:
        return show_drawn(request, position, drawn, seed, words=error.args, status=422)
    try:
        with transaction.atomic():
            begun = start_with(request, form, drawn, key, picked, now)
    except StillOpen as error:
        return show_drawn(
            request,
            position,
            drawn,
            seed,
            token=token,
            post=kind.fields(picked, key),
            still_open=error.session,
            status=409,
        )
    return redirect(f"{reverse('practice:question', args=[begun.pk, 1])}#verdict")


def start_with(request, form, drawn, key, picked, now):
    """The session of a kept question; the same seed gives its options the order that was shown."""
    version = keep_drawn(drawn=drawn, draft=draft_of_drawn(drawn, knowledge.of(request)))
    session = begin(
        request,
        form,
        title=f"Same trap, new numbers: {drawn.profile.label}",
        profile=drawn.profile,
        versions=[version],
        seed=seed_of(drawn.digest),
        now=now,
    )
    token = form.cleaned_data["token"]
    first = session.positions.select_related("session", "version").get(number=1)
    option = next(option for option in key.options if option.pk == picked)
    save_answer(
        position=first,
        given=Given(version.options.get(key=option.key).pk),
        sender=Sender(token=token, tab=token, seq=1, base=""),
        now=now,
        key=first.version.key_held,
        check=True,
    )
    return session


def show_drawn(request, position, drawn, seed, *, token=None, post=None, status=200, **said):
    version, key = drawn.unsaved()
    session = position.session
    context = said | {
        "position": position,
        "session": session,
        "question": see(version, key, order_of(drawn, key), rule=RULES["practice"], post=post),
        "goes_on": not session.is_over(timezone.now()) and position.next_number,
        "profile_label": drawn.profile.label,
        "shown": drawn.digest,
        "seed": seed,
        "token": token or new_token(),
    }
    return render(request, "quiz/practice/trap.html", context, status=status)


def refuse(request, position, words):
    status = 409 if request.method == "POST" else 200
    context = {"position": position, "session": position.session, "words": [words]}
    return render(request, "quiz/practice/trap.html", context, status=status)


def order_of(drawn, key):
    """The same order of options whenever this question is shown."""
    return option_order(key.options, seed=seed_of(drawn.digest), number=1)


def seed_in(request):
    """The seed of the address; None where it has none that can be read, so that a new one is taken."""
    seed = request.GET.get("seed", "")
    is_number = seed.isascii() and seed.isdecimal() and len(seed) < len(str(SEEDS))
    return int(seed) if is_number else None
