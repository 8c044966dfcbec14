from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quiz.tokens import new_token
from studyapp.guide import knowledge
from studyapp.people.access import for_instructors
from studyapp.web import render

from ..access import my_questions
from ..actions import claims
from ..authoring import begin
from ..forms import NewQuestionForm, SearchForm, title_of
from ..renewing import current_of, fault
from ..starting import empty

A_PAGE = 20


@never_cache
@for_instructors
@require_safe
def index(request):
    """The questions that somebody wrote, with their state; those that facts overtook say so."""
    search = SearchForm(request.GET)
    found = narrowed(my_questions(request), search.wanted())
    found = found.select_related("objective", "draft", "author").order_by("-pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    state = request.GET.copy()
    state.pop("page", None)
    context = {
        "search": search,
        "page": page,
        "listed": listed(page, knowledge.of(request)),
        "state": state.urlencode(),
        "is_searched": bool(search.wanted()),
    }
    return render(request, "quiz/bank/index.html", context)


def narrowed(questions, wanted):
    if "status" in wanted:
        questions = questions.filter(status=wanted["status"])
    if "kind" in wanted:
        current = Q(versions__is_current=True, versions__kind=wanted["kind"])
        drafted = Q(versions=None, draft__written__kind=wanted["kind"])
        questions = questions.filter(current | drafted)
    if "q" in wanted:
        told = Q(slug__icontains=wanted["q"]) | Q(draft__written__stem__icontains=wanted["q"])
        asked = Q(versions__is_current=True, versions__stem__icontains=wanted["q"])
        questions = questions.filter(told | asked)
    return questions.distinct()


def listed(page, held):
    """Each question with its title, its stem and what is out of date about it."""
    current = current_of([each.pk for each in page])
    known = claims() if current else {}
    for question in page:
        version, draft = current.get(question.pk), getattr(question, "draft", None)
        yield {
            "question": question,
            "title": title_of(question.slug),
            "stem": version.stem if version else draft.written["stem"] if draft else "",
            "kind": version.kind if version else draft.written["kind"] if draft else "",
            "version": version,
            "is_changed": draft and draft.is_changed,
            "fault": fault(version, held, known) if version else "",
        }


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Begin a question: its name, its kind and by whose facts."""
    held = knowledge.of(request)
    initial = {"profile": knowledge.profile_of(request).slug, "token": new_token()}
    form = NewQuestionForm(request.POST or None, held=held, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        question = begin(
            author=request.user,
            slug=given["title"],
            written=empty(given["sort"], given["profile"]),
            token=given["token"],
            now=timezone.now(),
        )
        return redirect("bank:edit", question.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form}
    return render(request, "quiz/bank/new.html", context, status=status)
