"""The worked example: predict a step, then see what the engine computed."""

from django.http import Http404
from django.views.decorators.http import require_safe

from studyapp.decision import Workload, decide
from studyapp.guide.lanes import lay_out
from studyapp.guide.models import WorkedExample
from studyapp.guide.picture import lane_of, picture_of
from studyapp.guide.walk import OPENED, PREDICTIONS, losers, open_step, open_steps

from .page import profile_in_force, show


@require_safe
def worked_example(request):
    """`guess`, once for each step, opens the steps; `show=all` opens them without a prediction."""
    example = WorkedExample.objects.select_related("source").prefetch_related("claims").first()
    if example is None:
        raise Http404
    steps = list(example.steps.select_related("subject"))
    profile = profile_in_force(request)
    workload = Workload.read(example.workload, profile.traits)
    decision = decide(workload, profile)
    if request.GET.get("show") == "all":
        opened = [open_step(step, OPENED, decision) for step in steps]
    else:
        opened = open_steps(steps, request.GET.getlist("guess"), decision)
    predicted = [each for each in opened if each.guess in PREDICTIONS]
    context = {
        "example": example,
        "given": [
            (profile.traits[key].noun, profile.traits[key].in_words(value))
            for key, value in workload.values.items()
        ],
        "opened": opened,
        "asked": steps[len(opened)] if len(opened) < len(steps) else None,
        "number": len(opened) + 1,
        "count": len(steps),
        "guesses": [each.guess for each in opened],
        "predictions": PREDICTIONS.items(),
        "predicted": predicted,
        "right": sum(each.is_right for each in predicted),
        "decision": decision,
    }
    if context["asked"] is None:
        context |= {
            "recommended": [decision.options.table.subject(s) for s in decision.recommended],
            "notified": workload.get("reply") == "notify"
            and "asynchronous" in decision.recommended,
            "losers": losers(decision),
            "pictures": pictures(decision),
        }
    return show(request, "worked-example", context)


def pictures(decision):
    """Every amount that the case names, drawn against the limits of the options."""
    profile, values = decision.profile, decision.workload.values
    first = picture_of(decision.options, profile, values)
    drawn = [first]
    for key, value in values.items():
        trait = profile.traits[key]
        title = f"{trait.noun.capitalize()} against the limit of each option"
        if trait.kind == "amount" and title != first["title"]:
            lanes = [
                lane_of(each, decision.options, trait, values) for each in decision.options.rulings
            ]
            said = f"{trait.noun.capitalize()} {trait.in_words(value)}"
            drawn.append({"picture": lay_out(trait.unit, lanes, value, said), "title": title})
    return drawn
