from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect, push_url

from quiz.bank.shelf import held
from quiz.engine.confidence import LEVELS
from quiz.engine.hints import hints_for
from quiz.engine.kinds import BY_SLUG, Unreadable
from quiz.engine.question import review, see
from quiz.engine.timing import Phase, closing_time, seconds_left
from quiz.tokens import new_token
from studyapp.guide import knowledge
from studyapp.web import asked_for, render

from ..actions import Refused, flag, grade_oneself, save_answer, settle
from ..answering import form_as_left, read_given, typed_in_vain
from ..forms import read_sending
from ..models import Save
from ..navigator import navigator
from ..places import places_of
from ..refrains import refrains_of, refrains_on_the_page

TEMPLATE = "quiz/practice/question.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, session, number):
    """One question of a session: answered and saved here, reviewed once it is checked or over."""
    now = timezone.now()
    last = number + 1 if request.POST.get("do") == "next" else number
    position, *following = find(request, session, number, last)
    key = position.version.key_held
    if request.method != "POST":
        return show(request, position, key, now)
    post = dict(request.POST.lists())
    try:
        done = take(position, post, read_sending(request.POST), key, now)
    except Unreadable as error:
        return show(request, position, key, now, post=post, words=error.args, status=422)
    except Refused as error:
        return show(request, position, key, now, post=post, words=error.args, status=409)
    return answer(request, position, key, now, done, following)


def find(request, session, first, last):
    """The places of somebody's own session from the first to the last, as far as there are so many."""
    found = places_of(request, session, first, last)
    if not found or found[0].number != first:
        raise Http404
    for position, version in zip(found, held([each.version_id for each in found]), strict=True):
        position.version = version
    return found


def take(position, post, sending, key, now):
    """Do what the form asks for; returns what was done, and the words on an answer that is not one."""
    do, sender = sending.do or usual(position.session), sending.sender
    kind = BY_SLUG[position.version.kind]
    if do == "flag" and (position.is_checked or position.session.is_over(now)):
        is_flagged = sending.is_flagged
        return do, flag(position=position, is_flagged=is_flagged, sender=sender, now=now), ()
    if do == "grade":
        if not kind.is_self_graded or not position.response:
            raise Refused("There is no checked answer here that you could grade.")
        response = kind.tick(position.response, post, key)
        return (
            do,
            grade_oneself(position=position, response=response, key=key, sender=sender, now=now),
            (),
        )
    hints = position.hints + 1 if do == "hint" and not position.session.is_exam else 0
    given, words = read_given(position, post, sending, key, hints=hints)
    check = do == "check" and not position.session.is_exam
    if check and words:
        raise Unreadable(*words)
    kept = save_answer(position=position, given=given, sender=sender, now=now, key=key, check=check)
    return do, kept, words


def usual(session):
    """What a form without a button means: the Enter key in a browser without scripts."""
    return "save" if session.is_exam else "check"


# What is shown


def answer(request, position, key, now, done, following):
    """The reply to an answer that was taken."""
    do, kept, words = done
    if asked_for(request) == "saved":
        context = saved_mark(kept, words)
        return render(request, TEMPLATE, context, partial="saved")
    if do == "next":
        return go_on(request, position, now, following)
    if request.htmx:
        # The form that was checked is on the page, and with it the question and its options.
        is_form_shown = do == "check" and asked_for(request) == "question"
        in_place = refrains_on_the_page(request) if is_form_shown else None
        return show(request, position, key, now, said=words, in_place=in_place)
    # By what was done then: repeated later, it has the same reply.
    anchor = "saved" if kept.purpose in (Save.Purpose.DRAFT, Save.Purpose.FLAG) else "verdict"
    return redirect(f"{request.path}#{anchor}")


def go_on(request, position, now, following):
    """To the next question of the session, or to all of them after the last one."""
    session, number = position.session, position.number + 1
    if number > session.length:
        path = session.address
        return HttpResponseClientRedirect(path) if request.htmx else redirect(path)
    path = f"{session.address}{number}/"
    if not request.htmx:
        return redirect(path)
    (position,) = following
    position.session = session
    response = show(request, position, position.version.key_held, now)
    return push_url(response, path)


def show(request, position, key, now, *, post=None, words=(), said=(), in_place=None, status=200):
    """The question to be answered, its review, or the word that time is up; never two of them.

    `in_place` are the refrains that the page holds; what goes in the place of its form leaves them
    out, and everything else that is there already.
    """
    session = position.session
    phase = session.phase(now)
    context = {
        "position": position,
        "session": session,
        "case": position.version.case,
        "token": new_token(),
        "words": words,
        "said": said,
        "in_place": in_place,
        "asked": asked_for_more(request, session),
        "seconds_left": None
        if session.is_over(now)
        else seconds_left(now=now, deadline=session.deadline),
    }
    if not asked_for(request):
        context["places"] = navigator(session)
        if not session.is_exam and not session.is_over(now):
            context["refrains"] = refrains_of(knowledge.of(request))
    if phase is Phase.TIME_UP:
        context["is_time_up"] = True
    elif phase is Phase.OPEN and not position.is_checked:
        # What is refused gives way to what is kept; what cannot be read yet stays in its form.
        context |= to_answer(request, position, key, post if status == 422 else None)
    elif session.is_over(now) and not session.may_show(now):
        context["is_withheld"] = True
    else:
        if phase is Phase.LAPSED:
            settle(position, at=closing_time(now=now, deadline=session.deadline))
        context |= to_review(position, key, is_over=session.is_over(now))
        if session.quiz_set_id and session.finished_at:
            context["decisions"] = list(session.decisions().filter(number=position.number))
    if post is not None and (status == 409 or "levels" not in context):
        context["not_taken"] = typed_in_vain(position, post, key)
    partial = "clock" if asked_for(request) == "clock" else "question"
    response = render(request, TEMPLATE, context, partial=partial, status=status)
    if status != 200:
        response["HX-Retarget"] = "#question"
    return response


def to_answer(request, position, key, post):
    """What shows a question that is still to be answered; nothing here knows its key."""
    version, session = position.version, position.session
    left = form_as_left(position, key) if post is None else post
    hints = () if session.is_exam else hints_of(request, version, key)
    return {
        "question": see(version, key, position.option_order, rule=session.rule, post=left),
        "levels": LEVELS,
        "hints": hints[: position.hints],
        "more_hints": max(len(hints) - position.hints, 0),
        "all_hints": len(hints),
    }


def hints_of(request, version, key):
    """The hints on a scenario question; they speak of limits, so they are made when asked for."""
    if version.workload is None:
        return ()
    traits = knowledge.of(request).profiles[version.profile.slug].traits
    labels = {option.key: option.text for option in key.options}
    return hints_for(version.explanation, labels, traits)


def to_review(position, key, *, is_over):
    """What shows a question whose answer is final."""
    version = position.version
    return {
        "question": review(version, key, position.option_order, position.response),
        "muddy": (version.explanation or {}).get("muddy", ()),
        "workload": version.workload,
        "claim": version.claim,
        "profile_slug": version.profile.slug,
        "is_reviewed": True,
        "is_over": is_over,
        "level": dict(LEVELS).get(position.confidence, ""),
    }


def saved_mark(kept, words):
    """What the mark beside the form says of a delivery; the same whenever it is delivered."""
    return {
        "kept": kept,
        "said": words,
        "is_answered": kept.response is not None and kept.position.session.is_exam,
    }


def first_page(session, *, asked):
    """The address of the first question; it tells where fewer could be had than were asked for."""
    path = reverse("practice:question", args=[session.pk, 1])
    return f"{path}?asked={asked}" if session.length < asked else path


def asked_for_more(request, session):
    """How many questions were asked for, where the session has fewer; None otherwise."""
    asked = request.GET.get("asked", "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 4
    return int(asked) if is_number and int(asked) > session.length else None
