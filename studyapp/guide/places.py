"""Which page of the guide shows which facts, so that other pages can lead there."""

from django.urls import reverse

from studyapp.decision import OPTIONS, SHAPES

COMPARED = (
    ("billing", "Billing"),
    ("payload_mb", "Max payload"),
    ("processing_s", "Max duration"),
    ("idle_cost", "Scale to zero"),
    ("best_for", "Best for"),
)
SHARED = (
    ("models", "Models"),
    ("frameworks", "Frameworks"),
    ("chain", "Containers in sequence"),
    ("caller_picks", "Caller names the container"),
    ("isolation", "What can be kept apart"),
    ("experiment", "Experiment in production"),
)
DEMANDED = (
    ("gpu", "GPU"),
    ("vpc", "Your own VPC"),
    ("monitoring", "Data capture"),
    ("memory_gb", "Memory"),
    ("concurrency", "Requests at once"),
    ("experiment", "Experiment in production"),
)
DOCUMENTED = "aws"


def place_of(fact):
    """The address at which the guide shows a fact: its row in a table, else its source."""
    table, trait, profile = fact.subject.table, fact.trait.slug, fact.profile.slug
    if table == OPTIONS and trait in dict(COMPARED):
        return f"{reverse('guide:compare')}?profile={profile}#{trait}"
    if table == SHAPES and trait in dict(SHARED):
        return f"{reverse('guide:hosting')}?profile={profile}#{trait}"
    if table == OPTIONS and trait in dict(DEMANDED) and profile == DOCUMENTED:
        return f"{reverse('guide:capabilities')}#{trait}"
    return f"{reverse('guide:sources')}#{fact.source.slug}"


def place_of_claim(slug):
    """The address of a claim, whose slug begins with its number: "claim-07-…"."""
    return f"{reverse('guide:claims')}#{'-'.join(slug.split('-')[:2])}"


def place_of_box():
    return reverse("guide:concept-box")
