from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import for_instructors, my_sets
from quiz.bank.models import QuestionVersion
from studyapp.guide import knowledge
from studyapp.web import render

from ..actions import add_questions, remove_items
from ..covering import covered

TITLES = {
    "limits": "Limits and other facts",
    "pairs": "Options told apart",
    "objectives": "Objectives",
    "kinds": "Kinds of question",
}


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def coverage(request, quiz_set):
    """What the set tests, what it never tests, and one click to fill the holes or take that back."""
    held = get_object_or_404(my_sets(request).select_related("profile"), pk=quiz_set)
    traits = knowledge.of(request).profiles[held.profile.slug].traits
    lines, missing = covered(held, request.user, traits)
    if request.method == "POST":
        if request.POST.get("do") == "undo":
            ids = [int(each) for each in request.POST.getlist("id") if each.isdecimal()][:500]
            number = remove_items(quiz_set=held, ids=ids)
            messages.success(request, f"{number} questions are out of the set again.")
            return redirect("sets:coverage", held.pk)
        versions = QuestionVersion.objects.in_order(missing)
        added = add_questions(quiz_set=held, versions=versions)
        return show(request, held, *covered(held, request.user, traits), added=added)
    return show(request, held, lines, missing)


def show(request, held, lines, missing, *, added=()):
    context = {
        "quiz_set": held,
        "tab": "coverage",
        "axes": [
            (TITLES[axis], found, sum(each.is_hole for each in found))
            for axis, found in lines.items()
        ],
        "missing": len(missing),
        "added": added,
        "rules": held.items.rules().count(),
    }
    return render(request, "quiz/sets/coverage.html", context)
