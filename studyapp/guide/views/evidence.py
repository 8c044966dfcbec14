"""The pages of evidence: every claim with its verdict, every source with what rests on it."""

from django.utils import timezone
from django.views.decorators.http import require_safe

from studyapp.decision.fact import shown_as
from studyapp.guide import knowledge
from studyapp.guide.evidence import weigh_sources
from studyapp.guide.models import (
    Checkpoint,
    Claim,
    MuddyPoint,
    Objective,
    OutlineItem,
    Pair,
    Source,
    Term,
    WorkedExample,
)

from .page import show

CITING = (Term, MuddyPoint, Checkpoint, OutlineItem, Pair, Objective, WorkedExample)


@require_safe
def claims(request):
    """All claims by group, or those with the verdict in the query."""
    rows = list(Claim.objects.prefetch_related("sources"))
    asked = request.GET.get("verdict", "")
    known = asked in Claim.Verdict.values
    shown = [row for row in rows if row.verdict == asked] if known else rows
    groups = {}
    for row in shown:
        groups.setdefault(row.group.replace("-", " ").capitalize(), []).append(row)
    context = {
        "groups": groups.items(),
        "asked": asked if known else "",
        "unknown": asked[:40] if asked and not known else "",
        "verdicts": [
            (value, label, sum(row.verdict == value for row in rows))
            for value, label in Claim.Verdict.choices
        ],
        "found": len(shown),
        "count": len(rows),
    }
    return show(request, "claims", context, partial="claim-list")


@require_safe
def sources(request):
    """Every source that anything rests on, by publisher, with what is due for another look."""
    first, *others = (
        model.objects.order_by().values_list("source__slug", "as_of", "review_by")
        for model in CITING
    )
    held = knowledge.of(request)
    evidence = weigh_sources(
        Source.objects.all(),
        document=held.document,
        fact_words=fact_words(held),
        claims=Claim.objects.prefetch_related("sources"),
        texts=first.union(*others, all=True),
        today=timezone.localdate(),
    )
    groups = {}
    for each in evidence:
        groups.setdefault(each.source.publisher, []).append(each)
    context = {"groups": groups.items(), "overdue": [each for each in evidence if each.is_overdue]}
    return show(request, "sources", context)


def fact_words(held):
    """A function that names a compiled fact: "Real-time inference, payload: 6 MB"."""
    labels = {row["slug"]: row["label"] for row in held.document["subjects"]}
    nouns = {row["slug"]: row["noun"] for row in held.document["traits"]}

    def words(row):
        shown = shown_as(row["relation"], row["value"], row["unit"])
        return f"{labels[row['subject']]}, {nouns[row['trait']]}: {shown}"

    return words
