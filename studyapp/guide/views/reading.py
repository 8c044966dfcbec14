"""The pages that are read: objectives, outline, examples, checkpoints, muddy points."""

from django.views.decorators.http import require_safe

from studyapp.decision import Workload, decide
from studyapp.decision.fact import Condition
from studyapp.decision.words import condition_in_words
from studyapp.guide import knowledge
from studyapp.guide.models import Checkpoint, MuddyPoint, Objective, OutlineItem, Pair
from studyapp.web import render

from .page import profile_in_force, show


@require_safe
def index(request):
    """The map of the guide, and where to start."""
    context = {"sections": knowledge.of(request).sections, "objectives": Objective.objects.all()}
    return render(request, "guide/index.html", context)


@require_safe
def objectives(request):
    rows = Objective.objects.select_related("source").prefetch_related("checkpoints")
    return show(request, "objectives", {"objectives": rows})


@require_safe
def outline(request):
    """The outline as it is nested, each line with the verdicts on its claims."""
    rows = list(OutlineItem.objects.select_related("source").prefetch_related("claims"))
    children = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    for row in rows:
        row.children = children.get(row.pk, [])
    return show(request, "outline", {"items": children.get(None, [])})


@require_safe
def examples(request):
    """Definitions beside cases, each case decided by the profile in force."""
    profile = profile_in_force(request)
    pairs = list(Pair.objects.select_related("subject", "source"))
    for pair in pairs:
        options = decide(Workload.read(pair.workload, profile.traits), profile).options
        pair.recommended = [options.table.subject(slug) for slug in options.recommended]
    return show(request, "examples", {"pairs": pairs})


@require_safe
def checkpoints(request):
    rows = Checkpoint.objects.select_related("objective", "source").prefetch_related("claims")
    return show(request, "checkpoints", {"checkpoints": rows})


@require_safe
def muddy_points(request):
    """The guide's own muddy points first, then those found by holding it against others."""
    traits = profile_in_force(request).traits
    points = list(MuddyPoint.objects.select_related("source").prefetch_related("claims"))
    for point in points:
        conditions = [Condition.from_row(each, traits) for each in point.touches]
        point.touches_in_words = [condition_in_words(each, traits) for each in conditions]
    groups = (
        ("Named by the guide itself", [point for point in points if point.in_guide]),
        ("Found by comparing", [point for point in points if not point.in_guide]),
    )
    return show(request, "muddy-points", {"groups": groups})
