from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import for_instructors, my_sets
from quiz.bank.models import QuestionVersion
from studyapp.web import render

from ..actions import (
    add_questions,
    add_rule,
    move_item,
    order_items,
    remove_case,
    remove_items,
    with_versions,
)
from ..forms import PickerForm, RuleForm
from ..picking import in_units, picks, units_to_pick

A_PAGE = 20
MOST = 500


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request, quiz_set):
    """The questions of a set in their order, and those that can be picked beside them."""
    held = get_object_or_404(my_sets(request).select_related("profile"), pk=quiz_set)
    rule = RuleForm(initial={"count": 5})
    if request.method == "POST":
        rule = RuleForm(request.POST) if request.POST.get("do") == "rule" else rule
        words = change(request, held, rule)
        if not words:
            here = reverse("sets:questions", args=[held.pk])
            state = request.GET.urlencode()
            return redirect(f"{here}?{state}#items" if state else f"{here}#items")
        return show(request, held, rule, words=words, status=422)
    return show(request, held, rule)


def change(request, held, rule):
    """Do what a button asks for; returns what was wrong, in words."""
    do, post = request.POST.get("do", ""), request.POST
    verb, _, number = do.partition("-")
    ids = numbers(post, "id")
    if verb in OF_ONE_PLACE and number.isdecimal() and len(number) < 19:
        OF_ONE_PLACE[verb](request, held, int(number))
    elif verb == "add":
        usable = QuestionVersion.objects.usable_by(request.user).for_profile(held.profile)
        chosen = usable.filter(Q(pk__in=ids) | Q(case__in=numbers(post, "case")))
        chosen = chosen.order_by("question__slug")
        added = add_questions(quiz_set=held, versions=list(chosen))
        if not added:
            return ["Tick at least one question that is not in the set yet."]
        number = len(added)
        messages.success(request, f"{number} question{'s' if number > 1 else ''} added.")
    elif verb == "order":
        order_items(quiz_set=held, ids=ids)
    elif verb == "rule":
        if not rule.is_valid():
            return [error for errors in rule.errors.values() for error in errors]
        add_rule(quiz_set=held, **rule.cleaned_data)
        messages.success(request, "The rule is added at the end.")
    else:
        return ["It is not known what to do. Use one of the buttons."]
    return []


def move(request, held, item):
    by = -1 if request.POST["do"].startswith("up") else 1
    move_item(quiz_set=held, item=item, by=by)


def take_out(request, held, item):
    is_question = held.items.questions().filter(pk=item).exists()
    if remove_items(quiz_set=held, ids=[item]):
        again = " It can be picked again below." if is_question else ""
        messages.success(request, f"Taken out of the set.{again}")


def take_case_out(request, held, item):
    if remove_case(quiz_set=held, item=item):
        messages.success(request, "The case is out of the set. It can be picked again below.")


OF_ONE_PLACE = {"up": move, "down": move, "remove": take_out, "out": take_case_out}


def numbers(post, name):
    """The ids that are sent under a name; what is none is passed over."""
    return [int(each) for each in post.getlist(name)[:MOST] if each.isdecimal() and len(each) < 19]


def show(request, held, rule, *, words=(), status=200):
    items = with_versions(held, request.user)
    usable = QuestionVersion.objects.usable_by(request.user).for_profile(held.profile)
    there = [item.question_id for item, _ in items if item.question_id]
    picker = PickerForm(request.GET)
    found = picker.narrow(usable.exclude(question__in=there), request.user)
    page = Paginator(units_to_pick(found), A_PAGE).get_page(request.GET.get("page"))
    state = request.GET.copy()
    state.pop("page", None)
    context = {
        "quiz_set": held,
        "tab": "questions",
        "units": in_units(items),
        "picker": picker,
        "page": page,
        "picks": picks(page, usable, there),
        "state": state.urlencode(),
        "rule": rule,
        "words": words,
    }
    return render(request, "quiz/sets/questions.html", context, partial="items", status=status)
