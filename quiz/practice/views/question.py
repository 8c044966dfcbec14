from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import whose
from quiz.bank.pictures import picture_of
from quiz.engine.kinds import BY_SLUG, Unreadable
from quiz.engine.question import review, see
from studyapp.web import render

from ..actions import Refused, check_answer, grade_oneself
from ..forms import TokenForm, new_token
from ..models import Position


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, session, number):
    """One question of a session: shown to be answered, checked by POST, reviewed from then on."""
    now = timezone.now()
    mine = Position.objects.filter(whose(request, "session__learner")).for_page()
    position = get_object_or_404(mine, session=session, number=number)
    key = position.version.key_held
    words, status = [], 200
    if request.method == "POST":
        try:
            position = take_answer(request, position, key, now)
        except Unreadable as error:
            words, status = error.args, 422
        except Refused as error:
            words, status = error.args, 409
        else:
            if not request.htmx:
                return redirect(f"{request.path}#verdict")
    return render(
        request,
        "quiz/practice/question.html",
        {
            **shown(position, key, post=dict(request.POST.lists())),
            "words": words,
            "asked": asked_for(request, position.session),
        },
        partial="question",
        status=status,
    )


def take_answer(request, position, key, now):
    """Read what was posted and check it; Unreadable or Refused say in words why not."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        raise Unreadable(*form.words())
    token, post = form.cleaned_data["token"], dict(request.POST.lists())
    kind = BY_SLUG[position.version.kind]
    if kind.is_self_graded and "grading" in post:
        if not position.response:
            raise Refused("There is no checked answer here that you could grade.")
        response = kind.tick(position.response, post, key)
        return grade_oneself(position=position, response=response, key=key, token=token, now=now)
    response = kind.read(post, key)
    return check_answer(position=position, response=response, key=key, token=token, now=now)


def shown(position, key, *, post):
    """The question before it is checked, or its review from then on; never both."""
    version, session, order = position.version, position.session, position.option_order
    context = {"position": position, "session": session, "case": version.case}
    if session.is_open and not position.is_checked:
        question = see(version, key, order, rule=session.rule, post=post)
        return context | {"question": question, "token": new_token()}
    return context | {
        "question": review(version, key, order, position.response),
        "picture": picture_of(version),
        "muddy": (version.explanation or {}).get("muddy", ()),
        "workload": version.workload,
        "claim": version.claim,
        "profile_slug": version.profile.slug,
        "token": new_token(),
        "is_reviewed": True,
    }


def first_page(session, *, asked):
    """The address of the first question; it tells where fewer could be had than were asked for."""
    path = reverse("practice:question", args=[session.pk, 1])
    return f"{path}?asked={asked}" if session.length < asked else path


def asked_for(request, session):
    """How many questions were asked for, where the session has fewer; None otherwise."""
    asked = request.GET.get("asked", "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 4
    return int(asked) if is_number and int(asked) > session.length else None
