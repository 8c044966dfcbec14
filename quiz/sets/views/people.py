from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from quiz.access import for_instructors, my_sets
from studyapp.web import render

from ..actions import grant, remove_member, restore_member
from ..forms import GrantForm

A_PAGE = 100


@never_cache
@for_instructors
@require_safe
def people(request, quiz_set):
    """Who takes part in a set, and what was granted to whom."""
    held = get_object_or_404(my_sets(request), pk=quiz_set)
    members = held.members.select_related("learner__user").order_by("removed_at", "joined_at", "pk")
    wanted = request.GET.get("q", "").strip()[:100]
    if wanted:
        members = members.named(wanted)
    context = {
        "quiz_set": held,
        "tab": "people",
        "page": Paginator(members, A_PAGE).get_page(request.GET.get("page")),
        "q": wanted,
        "state": urlencode({"q": wanted}) if wanted else "",
    }
    return render(request, "quiz/sets/people.html", context)


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def member(request, quiz_set, member):
    """One person of a set: more time, more tries, out and in again."""
    held = get_object_or_404(my_sets(request), pk=quiz_set)
    person = get_object_or_404(held.members.select_related("learner__user"), pk=member)
    person.quiz_set, by, now = held, request.user, timezone.now()
    do = request.POST.get("do")
    if do == "remove":
        remove_member(member=person, by=by, now=now)
        messages.success(
            request, f"{person.shown} is out. The answers are kept; this can be undone."
        )
        return redirect("sets:member", held.pk, person.pk)
    if do == "restore":
        restore_member(member=person, by=by, now=now)
        messages.success(request, f"{person.shown} takes part again.")
        return redirect("sets:member", held.pk, person.pk)
    # The form writes its values into a row of its own, so that `grant` sees what changes.
    form = GrantForm(request.POST or None, instance=held.members.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        grant(member=person, by=by, now=now, **form.cleaned_data)
        messages.success(request, f"Saved for {person.shown}. It counts from the next try on.")
        return redirect("sets:people", held.pk)
    context = {"quiz_set": held, "tab": "people", "member": person, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "quiz/sets/member.html", context, status=status)
