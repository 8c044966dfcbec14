"""The pages that are views of facts: concept box, comparison, hosting, capabilities, diagrams."""

import re

from django.views.decorators.http import require_safe

from studyapp.decision import OPTIONS, SHAPES
from studyapp.guide import knowledge
from studyapp.guide.models import Section, Source
from studyapp.guide.places import COMPARED, DEMANDED, DOCUMENTED, SHARED
from studyapp.guide.selection import applies_in_words, draw_ladder, ladder
from studyapp.guide.statement import Tables

from .page import profile_in_force, show


@require_safe
def concept_box(request):
    """The box rows of the profile in force, and the ladder that is drawn from them."""
    table, traits, sources = table_of(request, OPTIONS)
    rows = box_rows(request, table, traits, sources)
    context = {
        "rows": [row for row in rows if row["row"].basis == "concept-box"],
        "further": [row for row in rows if row["row"].basis != "concept-box"],
    }
    return show(request, "concept-box", context | selection(table, traits))


@require_safe
def compare(request):
    """The options side by side; `option` in the query, once or more, chooses the columns."""
    profile = profile_in_force(request)
    options = profile.tables[OPTIONS].subjects
    asked = request.GET.getlist("option")
    chosen = [each for each in options if each.slug in asked] or list(options)
    context = {
        "options": options,
        "chosen": chosen,
        "unknown": sorted(set(asked) - {each.slug for each in options}),
        "rows": tables(request).table(
            OPTIONS, COMPARED, {each.slug for each in chosen}, plain=("payload_mb", "processing_s")
        ),
    }
    return show(request, "compare", context, partial="comparison")


@require_safe
def hosting(request):
    """The shapes side by side, and the box that chooses among them."""
    table, traits, sources = table_of(request, SHAPES)
    context = {
        "subjects": table.subjects,
        "rows": tables(request, sources).table(SHAPES, SHARED),
        "box": box_rows(request, table, traits, sources),
    }
    return show(request, "hosting", context)


@require_safe
def capabilities(request):
    """What each option can do by AWS's word, whichever profile decides elsewhere."""
    held = knowledge.of(request)
    documented = held.profiles.get(DOCUMENTED) or profile_in_force(request)
    sources = Source.objects.in_bulk(field_name="slug")
    features = {}
    for row in held.document["figures"]:
        if row["group"] == "capability":
            cell = row | {"cited": sources[row["source_slug"]]}
            features.setdefault(row["label"], {})[row["subject"]] = cell
    options = documented.tables[OPTIONS].subjects
    context = {
        "documented": documented,
        "options": options,
        "features": [
            (label, [cells.get(each.slug) for each in options]) for label, cells in features.items()
        ],
        "rows": Tables(held, documented, sources).table(OPTIONS, DEMANDED),
    }
    return show(request, "capabilities", context)


@require_safe
def diagrams(request):
    """The text of the section, each part with the diagram that its heading names."""
    table, traits, _ = table_of(request, OPTIONS)
    section = Section.objects.filter(slug="diagrams").first()
    parts = re.split(r"(?m)^## +(.+)\n", section.body if section else "")
    context = {"opening": parts[0], "parts": list(zip(parts[1::2], parts[2::2], strict=True))}
    return show(request, "diagrams", context | selection(table, traits))


def tables(request, sources=None):
    sources = sources or Source.objects.in_bulk(field_name="slug")
    return Tables(knowledge.of(request), profile_in_force(request), sources)


def table_of(request, slug):
    """One decision table of the profile in force, with the traits and the sources."""
    profile = profile_in_force(request)
    return profile.tables[slug], profile.traits, Source.objects.in_bulk(field_name="slug")


def box_rows(request, table, traits, sources):
    """The rows of a concept box with their conditions in words, their subjects and source."""
    cited = {row["slug"]: row for row in knowledge.of(request).document["box"]}
    return [
        {
            "row": row,
            "applies": applies_in_words(row, traits),
            "chooses": [table.subject(slug) for slug in row.chooses],
            "source": sources[cited[row.slug]["source_slug"]],
            "place": cited[row.slug]["place"],
            "as_of": row.as_of,
        }
        for row in table.box
    ]


def selection(table, traits):
    rungs = ladder(table, traits)
    return {"rungs": rungs, "drawing": draw_ladder(rungs)}
