"""The wizard: one page whose whole state is its address."""

from dataclasses import replace
from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from studyapp.decision import decide
from studyapp.guide import knowledge
from studyapp.guide.picture import picture_of
from studyapp.web import render

from .forms import WorkloadForm
from .verdict import muddy_words, table_verdict


@require_safe
def wizard(request):
    """Weigh the traits in the query string; the whole state is the link."""
    state = stated(request.GET)
    if len(state) < len(request.GET) and not request.htmx:
        return redirect(address(state))
    held, profile = knowledge.of(request), knowledge.profile_of(request)
    form = WorkloadForm(request.GET, profile=profile, rows=held.document["traits"])
    decision = decide(form.workload, profile) if form.is_valid() else None
    response = render(
        request,
        "wizard/wizard.html",
        {
            "form": form,
            "presets": presets(held),
            **shown(decision, held),
            "address": address(state),
        },
        partial="verdict",
        status=200 if decision else 422,
    )
    if request.htmx:
        response["HX-Push-Url"] = address(state)
    return response


def stated(query):
    """What the address says, without the fields that were left open."""
    return [(key, value) for key in query for value in query.getlist(key) if value.strip()]


def address(state):
    base = reverse("wizard:wizard")
    return f"{base}?{urlencode(state)}" if state else base


def shown(decision, held):
    """Everything the verdict shows, or nothing while there is no decision."""
    if decision is None:
        return {}
    values, profile = decision.workload.values, decision.profile
    told = {
        k: v if isinstance(v, str) else profile.traits[k].in_words(v) for k, v in values.items()
    }
    asked = table_verdict(decision, decision.options)
    return {
        "decision": decision,
        "options": asked,
        "question": question_of(asked.ask_next, held),
        "shape": table_verdict(decision, decision.shapes) if "chain" in values else None,
        "muddy": muddy_words(decision, held.others(profile)),
        "lanes": without_small_ticks(picture_of(decision.options, profile, values)),
        "quiz_link": urlencode({**told, "profile": profile.slug}),
    }


def without_small_ticks(lanes):
    """The picture without its smallest ticks, which cost more on every update than they tell."""
    return lanes | {"picture": replace(lanes["picture"], minors=())}


def question_of(key, held):
    """The form's question about a trait, for the line that names what would decide most."""
    row = next((row for row in held.document["traits"] if row["slug"] == key), None)
    return row and {"key": key, "text": row["question"]}


def presets(held):
    """The guide's own cases to start from, each as a name and a query string."""
    return [
        (row["slug"].replace("-", " ").capitalize(), urlencode(sorted(row["workload"].items())))
        for row in held.document["presets"]
    ]
