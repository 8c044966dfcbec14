from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import for_instructors, my_sets
from quiz.bank.models import QuestionVersion
from quiz.engine.item_analysis import FEWEST
from quiz.engine.kinds import BY_SLUG
from quiz.practice.models import Position
from studyapp.web import render

from ..actions import NotNewest, left_behind, take_in, undo
from ..figures import figures_of
from ..forms import DecisionForm
from ..lines import question_lines
from ..people import names_by_learner, people_of

A_PAGE = 50


def version_of(quiz_set, pk):
    """A version that the set asks, or has asked somebody; 404 for any other."""
    rows = QuestionVersion.objects.select_related("question", "number_key", "profile", "case")
    version = get_object_or_404(rows.prefetch_related("options"), pk=pk)
    is_asked = quiz_set.items.filter(version=version).exists()
    if not is_asked and not answers_to(quiz_set, version).exists():
        raise Http404
    return version


def answers_to(quiz_set, version):
    return Position.objects.filter(version=version, session__quiz_set=quiz_set)


def acceptable(version):
    """The options that could be accepted as right too."""
    if not BY_SLUG[version.kind].is_pick:
        return version.options.none()
    return version.options.filter(is_correct=False)


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def question(request, quiz_set, version):
    """One question: its statistics, who picked what, every answer, and what was decided afterwards."""
    held = get_object_or_404(my_sets(request), pk=quiz_set)
    version = version_of(held, version)
    if request.method == "POST":
        return decide(request, held, version)
    return show(request, held, version)


def decide(request, held, version):
    """Take a decision back, or take it to answers that came later."""
    do, asked = request.POST.get("do"), request.POST.get("regrade", "")
    rows = held.regrades.filter(version=version).select_related("version__question", "quiz_set")
    regrade = get_object_or_404(rows, pk=asked if asked.isdecimal() and len(asked) < 18 else 0)
    try:
        if do == "undo":
            undo(regrade=regrade, by=request.user, now=timezone.now())
            messages.success(request, "It is taken back: every mark is as it was before.")
        elif do == "take-in":
            number = take_in(regrade=regrade, by=request.user, now=timezone.now())
            messages.success(request, f"Later answers that are regraded now: {number}.")
        else:
            words = ["It is not known what to do with the regrade. Use one of the buttons."]
            return show(request, held, version, words=words, status=422)
    except NotNewest as error:
        return show(request, held, version, words=error.args, status=409)
    return redirect("analysis:question", held.pk, version.pk)


def show(request, held, version, *, words=(), status=200):
    figures = figures_of(held, people_of(held))
    lines = question_lines(held, figures, beside=[version.pk])
    line = next(each for each in lines if each.version == version.pk)
    kind, key = BY_SLUG[version.kind], version.key_held
    answers = answers_to(held, version).filter(session__finished_at__isnull=False)
    answers = answers.select_related("session").order_by("session__finished_at", "pk")
    page = Paginator(answers, A_PAGE).get_page(request.GET.get("page"))
    names = names_by_learner(held, [each.session.learner_id for each in page])
    regrades = held.regrades.filter(version=version).annotate(changed=Count("changes"))
    regrades = list(regrades.select_related("by", "option", "undone_by"))
    newest = next((each.pk for each in regrades if each.undone_at is None), None)
    context = {
        "quiz_set": held,
        "tab": "results",
        "part": "questions",
        "version": version,
        "line": line,
        "right": kind.in_words(kind.correct_response(key), key),
        "page": page,
        "answers": [
            (each, names.get(each.session.learner_id, ""), kind.in_words(each.response, key))
            for each in page
        ],
        "regrades": regrades,
        "newest": newest,
        "later": len(left_behind(held, version)) if newest else 0,
        "form": None if kind.is_self_graded else DecisionForm(options=acceptable(version)),
        "words": words,
        "fewest": FEWEST,
    }
    return render(request, "quiz/analysis/question.html", context, status=status)
