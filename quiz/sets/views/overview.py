from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import for_instructors, my_sets
from quiz.bank.authoring import Shared
from quiz.bank.models import Question
from quiz.bank.renewing import LOOK_FIRST, overtaken_by_facts, renew, renewed_words
from quiz.tokens import TokenForm, new_token
from studyapp.guide import knowledge
from studyapp.web import render

from ..actions import (
    Unready,
    archive_set,
    copy_set,
    make_set,
    problems,
    publish_set,
    restore_set,
    with_versions,
)
from ..forms import NewSetForm
from ..models import QuizSet
from ..picking import in_units

LATEST_EVENTS = 20


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """All sets of an instructor; a POST makes a new one."""
    form = NewSetForm(request.POST or None, initial={"profile": knowledge.profile_of(request).slug})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = make_set(
            owner=request.user,
            title=given["title"],
            profile=given["profile"],
            token=given["token"],
        )
        return redirect("sets:questions", made.pk)
    sets = my_sets(request).select_related("profile")
    sets = sets.annotate(
        places=Count("items", distinct=True),
        people=Count("members", filter=Q(members__removed_at=None), distinct=True),
    )
    context = {
        "form": form,
        "token": new_token(),
        "sets": [each for each in sets if each.status != QuizSet.Status.ARCHIVED],
        "archived": [each for each in sets if each.status == QuizSet.Status.ARCHIVED],
        "now": timezone.now(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "quiz/sets/index.html", context, status=status)


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def quiz_set(request, quiz_set):
    """One set as it stands; a POST publishes, copies, archives or restores it."""
    held = get_object_or_404(my_sets(request).select_related("profile"), pk=quiz_set)
    now = timezone.now()
    if request.method == "POST":
        return change(request, held, now)
    return show(request, held, now)


def change(request, held, now):
    do, by = request.POST.get("do"), request.user
    if do == "copy":
        form = TokenForm(request.POST)
        if not form.is_valid():
            return show(request, held, now, words=form.words(), status=422)
        copy = copy_set(quiz_set=held, owner=by, token=form.cleaned_data["token"])
        messages.success(request, "This is the copy: a draft without people and without dates.")
        return redirect("sets:set", copy.pk)
    if do == "archive":
        archive_set(quiz_set=held, by=by, now=now)
        messages.success(request, "The set is archived. It can be taken out again at any time.")
    elif do == "restore":
        restore_set(quiz_set=held, by=by, now=now)
        messages.success(request, "The set is out of the archive, as it was.")
    elif do == "publish":
        try:
            publish_set(quiz_set=held, by=by, now=now)
        except Unready as error:
            return show(request, held, now, words=error.reasons, status=422)
        if held.was_published:
            messages.success(request, "Every question has its newest wording now.")
            return redirect("sets:set", held.pk)
        messages.success(request, "The set is published. Give your class the link or the code.")
        return redirect("sets:joining", held.pk)
    elif do == "renew":
        return renew_question(request, held)
    else:
        words = ["It is not known what to do with the set. Use one of the buttons."]
        return show(request, held, now, words=words, status=422)
    return redirect("sets:set", held.pk)


def renew_question(request, held):
    """Publish one of the set's questions anew by the facts of today; the set keeps its wording."""
    number = request.POST.get("question", "")
    ids = held.items.filter(question__author=request.user).values("question")
    pk = int(number) if number.isdecimal() and len(number) < 19 else 0
    question = get_object_or_404(Question, pk__in=ids, pk=pk)
    try:
        version = renew(
            question=question, held=knowledge.of(request), by=request.user, now=timezone.now()
        )
    except Shared as error:
        messages.warning(request, error.words)
        return redirect("sets:set", held.pk)
    if version is None:
        messages.warning(request, LOOK_FIRST)
        return redirect("bank:edit", question.pk)
    messages.success(request, renewed_words(version))
    return redirect("sets:set", held.pk)


def overtaken(request, entries):
    """The questions of one's own in a set that facts overtook, with why."""
    mine = [item.question_id for item, _ in entries if is_own(item, request.user)]
    found = overtaken_by_facts(mine, knowledge.of(request)) if mine else ()
    return [(version.question, version.stem, words) for version, words in found]


def is_own(item, user):
    question = item.question
    is_mine = question is not None and question.author_id == user.pk
    return is_mine and question.status != Question.Status.RETIRED


def show(request, held, now, *, words=(), status=200):
    entries = with_versions(held, request.user)
    context = {
        "quiz_set": held,
        "tab": "set",
        "units": in_units(entries),
        "overtaken": overtaken(request, entries),
        "newer": sum(bool(item.version_id) and not item.version.is_current for item, _ in entries),
        "people": held.members.filter(removed_at=None).count(),
        "missing": problems(held, user=request.user, now=now) if not words else (),
        "events": held.events.select_related("by", "member__learner__user")[:LATEST_EVENTS],
        "is_open": held.is_open(now),
        "is_closed": held.is_closed(now),
        "token": new_token(),
        "words": words,
    }
    return render(request, "quiz/sets/set.html", context, status=status)
