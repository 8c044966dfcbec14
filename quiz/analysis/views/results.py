from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from quiz.access import for_instructors, my_sets
from quiz.engine.item_analysis import FEWEST
from studyapp.web import render

from ..figures import figures_of
from ..lines import learner_lines, question_lines
from ..people import BEST, FIRST, LAST, people_of

A_PAGE = 100
TRIES = ((FIRST, "First try"), (BEST, "Best try"), (LAST, "Last try"))
# By the value of ?sort=: the heading, and what a line is sorted by.
LEARNERS = {
    "name": ("Who", lambda line: line.name.casefold()),
    "tries": ("Tries", lambda line: line.tries),
    "score": ("Score", lambda line: line.share),
    "time": ("Time", lambda line: line.seconds),
    "state": ("State", lambda line: line.state),
}
QUESTIONS = {
    "number": ("Question", lambda line: line.number),
    "facility": ("Facility", lambda line: none_last(line.facility)),
    "discrimination": ("Discrimination", lambda line: none_last(line.discrimination)),
}


def none_last(value):
    return (value is None, value or 0)


def sorted_by(lines, columns, asked):
    """The lines in the order that `?sort=` names ("-" turns it round), and that name as it is known."""
    name = asked.removeprefix("-")
    if name not in columns:
        return lines, next(iter(columns))
    return sorted(lines, key=columns[name][1], reverse=asked.startswith("-")), asked


def heads(columns, sort, state):
    """The headings as (name, label, query of its link, how the lines stand): a second click turns."""
    found = []
    for name, (label, _) in columns.items():
        turned = f"-{name}" if sort == name else name
        stands = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
        found.append((label, urlencode(state | {"sort": turned}), stands))
    return found


@never_cache
@for_instructors
@require_safe
def results(request, quiz_set):
    """What a class made of a set: its scores as a whole, and everybody with the try that counts."""
    held, now = get_object_or_404(my_sets(request), pk=quiz_set), timezone.now()
    people = people_of(held)
    asked = request.GET.get("try", "")
    which = asked if asked in dict(TRIES) else FIRST
    lines = learner_lines(people, now, which=which)
    lines, sort = sorted_by(lines, LEARNERS, request.GET.get("sort", ""))
    figures = figures_of(held, people)
    context = {
        "quiz_set": held,
        "tab": "results",
        "part": "learners",
        "figures": figures,
        "page": Paginator(lines, A_PAGE).get_page(request.GET.get("page")),
        "heads": heads(LEARNERS, sort, {"try": which}),
        "tries": TRIES,
        "which": which,
        "state": urlencode({"try": which, "sort": sort}),
        "fewest": FEWEST,
    }
    return render(request, "quiz/analysis/results.html", context)


@never_cache
@for_instructors
@require_safe
def questions(request, quiz_set):
    """Every question with its statistics, and who picked what."""
    held = get_object_or_404(my_sets(request), pk=quiz_set)
    figures = figures_of(held, people_of(held))
    lines, sort = sorted_by(question_lines(held, figures), QUESTIONS, request.GET.get("sort", ""))
    context = {
        "quiz_set": held,
        "tab": "results",
        "part": "questions",
        "figures": figures,
        "lines": lines,
        "heads": heads(QUESTIONS, sort, {}),
        "fewest": FEWEST,
    }
    return render(request, "quiz/analysis/questions.html", context)
