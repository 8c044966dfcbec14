from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from quiz.access import for_instructors, my_sets
from studyapp.web import render

from ..actions import save_rules
from ..forms import RulesForm


@never_cache
@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request, quiz_set):
    """How a class takes the set: dates, time, tries, feedback, scoring."""
    held = get_object_or_404(my_sets(request).select_related("profile"), pk=quiz_set)
    form = RulesForm(request.POST or None, instance=held)
    if request.method == "POST" and form.is_valid():
        save_rules(form=form, by=request.user, now=timezone.now())
        messages.success(request, "The rules are saved.")
        return redirect("sets:set", held.pk)
    context = {"quiz_set": held, "tab": "rules", "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "quiz/sets/rules.html", context, status=status)
