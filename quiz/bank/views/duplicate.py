from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quiz.tokens import TokenForm, new_token
from studyapp.guide import knowledge
from studyapp.people.access import for_instructors
from studyapp.web import render

from ..access import my_questions
from ..actions import shelf_of
from ..authoring import begin
from ..forms import SearchForm, title_of
from ..looking import look
from ..models import QuestionDraft, QuestionVersion
from ..starting import taken_from

A_PAGE = 20


@never_cache
@for_instructors
@require_safe
def bank(request):
    """The questions of the bank, of which each can be the start of one's own."""
    search = SearchForm(request.GET)
    del search.fields["status"]
    wanted = search.wanted()
    found = QuestionVersion.objects.usable_by(request.user).alone().select_related("question")
    found = found.defer("certificate", "explanation", "written").order_by("question__slug")
    if "q" in wanted:
        found = found.filter(stem__icontains=wanted["q"])
    if "kind" in wanted:
        found = found.filter(kind=wanted["kind"])
    state = request.GET.copy()
    state.pop("page", None)
    context = {
        "search": search,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "state": state.urlencode(),
    }
    return render(request, "quiz/bank/bank.html", context)


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request, question):
    """A question to start one's own from, published or a draft: shown first, and copied by a POST."""
    shelf = shelf_of(knowledge.of(request), author_vouches=True)
    held, written = source(request, question, shelf)
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        copy = begin(
            author=request.user,
            slug=held.slug,
            written=written,
            token=form.cleaned_data["token"],
            now=timezone.now(),
        )
        return redirect("bank:edit", copy.pk)
    context = {
        "source": held,
        "title": title_of(held.slug),
        "look": look(written, slug=held.slug, shelf=shelf),
        "token": new_token(),
        "words": form.words() if form.is_bound else (),
    }
    status = 422 if form.is_bound else 200
    return render(request, "quiz/bank/duplicate.html", context, status=status)


def source(request, question, shelf):
    """The question that is copied, and its text: what is published, or else one's own draft."""
    usable = QuestionVersion.objects.usable_by(request.user)
    usable |= QuestionVersion.objects.filter(is_current=True, question__in=my_questions(request))
    usable = usable.alone().select_related("profile", "number_key", "question__objective")
    usable = usable.prefetch_related("options", "facts")
    version = usable.filter(question=question, is_current=True).first()
    if version:
        return version.question, taken_from(version, shelf)
    drafts = QuestionDraft.objects.filter(question__in=my_questions(request))
    drafts = drafts.filter(question__versions=None).select_related("question")
    draft = get_object_or_404(drafts, question=question)
    return draft.question, draft.written
