"""The exam that the guide prepares for, and the one that has replaced it."""

from django.views.decorators.http import require_safe

from studyapp.guide import knowledge
from studyapp.guide.models import Figure, Source

from .page import show

EXAMS = (("exam-mla-c02", "MLA-C02"), ("exam-mla-c01", "MLA-C01"))


@require_safe
def exam(request):
    sources = Source.objects.in_bulk(field_name="slug")
    context = {"exams": [(name, figures(request, group, sources)) for group, name in EXAMS]}
    return show(request, "exam", context)


def figures(request, group, sources):
    """The figures of one group, each with its source row and its confidence in words."""
    return [
        row
        | {
            "cited": sources[row["source_slug"]],
            "confidence_label": Figure.Confidence(row["confidence"]).label,
        }
        for row in knowledge.of(request).document["figures"]
        if row["group"] == group
    ]
