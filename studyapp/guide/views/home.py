"""The start page: what this is, the picture of a limit, and the three ways of use."""

from django.views.decorators.http import require_safe

from studyapp.decision import Workload, decide
from studyapp.guide import knowledge
from studyapp.guide.models import WorkedExample
from studyapp.guide.picture import picture_of
from studyapp.web import render


@require_safe
def home(request):
    """Show the guide's own case against the limits of the profile in force."""
    profile, example = knowledge.profile_of(request), WorkedExample.objects.first()
    context = {"example": example}
    if profile and example:
        workload = Workload.read(example.workload, profile.traits)
        decision = decide(workload, profile)
        context |= {
            "decision": decision,
            "lanes": picture_of(decision.options, profile, workload.values),
        }
    return render(request, "home.html", context)
