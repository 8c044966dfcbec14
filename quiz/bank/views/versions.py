from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from studyapp.guide import knowledge
from studyapp.people.access import for_instructors
from studyapp.web import render

from ..access import my_questions
from ..actions import shelf_of
from ..authoring import replace_draft
from ..forms import title_of
from ..models import QuestionVersion
from ..starting import taken_from
from ..written import differences

A_PAGE = 20


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request, question):
    """Every published wording of a question, any two side by side; a POST takes one up again."""
    held = get_object_or_404(my_questions(request).select_related("draft"), pk=question)
    whole = QuestionVersion.objects.filter(question=held)
    whole = whole.select_related("profile", "number_key", "question__objective")
    whole = whole.prefetch_related("options", "facts")
    if request.method == "POST":
        number = number_in(request.POST.get("number", ""))
        return restore(request, held, get_object_or_404(whole, number=number))
    page = Paginator(held.versions.order_by("-number").defer("certificate", "explanation"), A_PAGE)
    page = page.get_page(request.GET.get("page"))
    numbers = [number_in(request.GET.get(name, "")) for name in ("one", "other")]
    if 0 in numbers and len(page) > 1:
        numbers = [page[1].number, page[0].number]
    both = {each.number: each for each in whole.filter(number__in=numbers)}
    found = None
    if len(both) > 1:
        shelf = shelf_of(knowledge.of(request))
        names = {row["slug"]: row["noun"] for row in shelf.knowledge.document["traits"]}
        found = differences(*(taken_from(both[each], shelf) for each in numbers), names)
    context = {
        "question": held,
        "title": title_of(held.slug),
        "page": page,
        "numbers": numbers,
        "differences": found,
    }
    return render(request, "quiz/bank/versions.html", context)


def restore(request, question, version):
    """Put the text of a version into the draft; what was there is set aside."""
    shelf = shelf_of(knowledge.of(request))
    replace_draft(
        question=question,
        written=taken_from(version, shelf),
        by=request.user,
        now=timezone.now(),
    )
    words = f"The text of version {version.number} is in the draft. Look it over, then publish it."
    messages.success(request, words)
    return redirect("bank:edit", question.pk)


def number_in(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
