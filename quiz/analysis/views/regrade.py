from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import for_instructors, my_sets
from quiz.engine.kinds import BY_SLUG
from quiz.engine.regrade import Decision
from quiz.tokens import new_token
from studyapp.web import render

from .. import actions
from ..forms import DecisionForm, ReasonForm
from ..models import Regrade
from ..people import names_by_learner
from .question import acceptable, version_of

A_PAGE = 100


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def regrade(request, quiz_set, version):
    """What a decision on a question would change, person by person; a POST takes it, with a reason."""
    held = get_object_or_404(my_sets(request), pk=quiz_set)
    version = version_of(held, version)
    if BY_SLUG[version.kind].is_self_graded:
        raise Http404
    given = request.POST or (request.GET if "action" in request.GET else None)
    decision = DecisionForm(given, options=acceptable(version))
    reason = ReasonForm(request.POST or None)
    context = {"quiz_set": held, "tab": "results", "part": "questions", "version": version}
    if not decision.is_valid():
        status = 200 if given is None else 422
        context["form"] = decision
        return render(request, "quiz/analysis/regrade.html", context, status=status)
    wanted = decision.cleaned_data
    if request.method == "POST" and reason.is_valid():
        actions.regrade(
            quiz_set=held,
            version=version,
            by=request.user,
            now=timezone.now(),
            **wanted,
            **reason.cleaned_data,
        )
        messages.success(request, "It is regraded. It can be taken back below.")
        return redirect("analysis:question", held.pk, version.pk)
    option = wanted["option"]
    changes = actions.preview(
        quiz_set=held,
        version=version,
        decision=Decision(wanted["action"], option and option.pk),
    )
    page = Paginator(changes, A_PAGE).get_page(request.GET.get("page"))
    names = names_by_learner(held, [each.learner for each in page])
    context |= {
        "form": decision,
        "label": Regrade.Action(wanted["action"]).label,
        "wanted": wanted,
        "reason": reason,
        "words": reason.words() if request.method == "POST" else (),
        "token": request.POST.get("token") or new_token(),
        "changes": [(each, names.get(each.learner, "")) for each in page],
        "page": page,
        # By the share: a question that was missed takes no point along when it is left out.
        "rising": sum(each.score_after.share > each.score_before.share for each in changes),
        "falling": sum(each.score_after.share < each.score_before.share for each in changes),
        "state": f"action={wanted['action']}{f'&option={option.pk}' if option else ''}",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "quiz/analysis/regrade.html", context, status=status)
