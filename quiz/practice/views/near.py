from urllib.parse import urlencode

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.bank.models import QuestionVersion
from quiz.engine.kinds import BY_SLUG, Unreadable
from quiz.engine.question import see
from quiz.engine.scoring import RULES
from quiz.engine.shuffle import option_order, seed_of
from quiz.tokens import new_token
from studyapp.decision import Refused, Workload
from studyapp.guide import knowledge
from studyapp.web import render

from ..actions import Given, Sender, StillOpen, save_answer
from ..actions import Refused as NotTaken
from ..forms import NearForm
from ..starting import begin

LENGTH = 5


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def near(request):
    """The published scenario nearest to the workload in the address; answering it starts a session."""
    profile = knowledge.profile_of(request)
    given = {key: value for key, value in request.GET.items() if key != "profile" and value.strip()}
    try:
        workload = Workload.read(given, profile.traits)
    except Refused as error:
        return refuse(request, f"{error}", given)
    found = QuestionVersion.objects.nearest(workload, profile, count=LENGTH)
    if not found:
        return refuse(request, "There are no scenario questions for these facts yet.", given)
    if request.method == "POST":
        return start_near(request, workload, profile, found)
    return show_near(request, found[0], workload)


def start_near(request, workload, profile, found):
    """Keep the answer to the question that was shown, as the first of a session."""
    now = timezone.now()
    form = NearForm(request.POST)
    if not form.is_valid():
        return show_near(request, found[0], workload, words=form.words(), status=422)
    versions = QuestionVersion.objects.published().scenarios().alone().for_profile(profile)
    first = versions.filter(pk=form.cleaned_data["version"]).first()
    if first is None:
        words = ["That question was changed meanwhile. This is the nearest one now."]
        return show_near(request, found[0], workload, words=words, status=409)
    key, token = first.key_held, form.cleaned_data["token"]
    try:
        response = BY_SLUG[first.kind].read(dict(request.POST.lists()), key)
    except Unreadable as error:
        return show_near(request, first, workload, words=error.args, status=422)
    rest = [version for version in found if version != first]
    try:
        with transaction.atomic():
            session = begin(
                request,
                form,
                title=f"Near your workload: {profile.label}",
                profile=profile,
                versions=[first, *rest][:LENGTH],
                seed=seed_near(first, workload),
                now=now,
            )
            position = session.positions.select_related("session", "version").get(number=1)
            if position.version_id != first.pk:
                raise NotTaken("This form was sent before, for another session. Send it once more.")
            save_answer(
                position=position,
                given=Given(response),
                sender=Sender(token=token, tab=token, seq=1, base=""),
                now=now,
                key=key,
                check=True,
            )
    except NotTaken as error:
        return show_near(request, first, workload, words=error.args, status=409)
    except StillOpen as error:
        return show_near(
            request,
            first,
            workload,
            token=token,
            post=BY_SLUG[first.kind].fields(response, key),
            still_open=error.session,
            status=409,
        )
    return redirect(f"{reverse('practice:question', args=[session.pk, 1])}#verdict")


def show_near(request, version, workload, *, token=None, post=None, status=200, **context):
    key = version.key_held
    order = option_order(key.options, seed=seed_near(version, workload), number=1)
    context |= {
        "question": see(version, key, order, rule=RULES["practice"], post=post),
        "version": version,
        "token": token or new_token(),
        "length": LENGTH,
        "told": told(workload, request),
        "state": urlencode(request.GET),
    }
    return render(request, "quiz/practice/near.html", context, status=status)


def refuse(request, words, given):
    context = {"words": [words], "given": given, "state": urlencode(given)}
    return render(request, "quiz/practice/near.html", context, status=422)


def told(workload, request):
    """The workload of the address in words, as (trait, value) pairs."""
    traits = knowledge.profile_of(request).traits
    return [(traits[key].noun, traits[key].in_words(v)) for key, v in workload.values.items()]


def seed_near(version, workload):
    """The same order of options whenever this question is shown for this workload."""
    return seed_of(f"{version.digest} {sorted(workload.values.items())}")
