"""Compiles the tables into one document, from which pages and engine read all knowledge."""

from studyapp.decision.fact import shown_as

from .models import (
    BoxRow,
    Fact,
    Figure,
    MuddyPoint,
    Pair,
    Profile,
    Section,
    Source,
    Subject,
    Term,
    Trait,
)
from .prose import resolve

HIDDEN = ("id", "from_files", "is_current")


def compile_document():
    """All knowledge as plain data: JSON that the engine and the pages read in one query."""
    sources = {source.slug: source for source in Source.objects.all()}
    facts = list(with_names(Fact.objects.current()))
    figures = list(with_names(Figure.objects.all()))
    shown = {
        "fact": {row.slug: shown_as(row.relation, row.value, row.unit) for row in facts},
        "figure": {row.slug: row.text for row in figures},
    }
    return {
        "profiles": [plain(row) for row in Profile.objects.all()],
        "subjects": [plain(row) for row in Subject.objects.order_by("table", "position")],
        "traits": [plain(row) for row in Trait.objects.all()],
        "facts": [cited(row, sources) for row in facts],
        "box": [cited(row, sources) for row in with_names(BoxRow.objects.all())],
        "muddy": [
            {
                "slug": row.slug,
                "title": row.title,
                "text": resolve(row.text, shown),
                "touches": row.touches,
            }
            for row in MuddyPoint.objects.all()
        ],
        "figures": [cited(row, sources) for row in figures],
        "terms": [
            {"slug": row.slug, "name": row.name, "aliases": row.aliases}
            for row in Term.objects.all()
        ],
        "presets": [{"slug": row.slug, "workload": row.workload} for row in Pair.objects.all()],
        "sections": [plain(row) for row in Section.objects.defer("body")],
    }


def with_names(rows):
    names = [f.name for f in rows.model._meta.fields if f.is_relation and f.name != "source"]
    return rows.select_related(*names, "source")


def plain(row):
    """The plain columns of a row; numbers and dates as text, references as slugs."""
    data = {}
    for name in (field.name for field in row._meta.fields if field.name not in HIDDEN):
        if name in row.get_deferred_fields():
            continue
        value = getattr(row, name)
        if hasattr(value, "slug"):
            value = value.slug
        elif value is not None and not isinstance(value, (str, int, float, list, dict)):
            value = str(value)
        data[name] = value
    return data


def cited(row, sources):
    """A row with its source spelled out: "name, place" and the address."""
    source = sources[row.source.slug]
    is_whole = row.place in ("", source.title)
    return plain(row) | {
        "source": source.title if is_whole else f"{source.title}, {row.place}",
        "source_slug": source.slug,
        "url": source.url,
    }
