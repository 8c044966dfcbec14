"""What rests on each source, and which of it is due for another look."""

from dataclasses import dataclass, field
from datetime import date


@dataclass
class Evidence:
    """One source with everything that cites it; dates are those of what it states."""

    source: object
    facts: list = field(default_factory=list)
    claims: list = field(default_factory=list)
    figures: int = 0
    rules: int = 0
    texts: int = 0
    as_of: date | None = None
    review_by: date | None = None
    is_overdue: bool = False

    @property
    def is_cited(self):
        return bool(self.facts or self.claims or self.figures or self.rules or self.texts)

    def note_dates(self, as_of, review_by):
        """Keep the oldest date of a statement and the earliest date of a review."""
        self.as_of = min(filter(None, (self.as_of, as_of)), default=None)
        self.review_by = min(filter(None, (self.review_by, review_by)), default=None)


def weigh_sources(sources, *, document, claims, texts, fact_words, today):
    """Evidence for each source; `texts` are (source, as of, review by) of whatever else cites."""
    found = {source.slug: Evidence(source) for source in sources}
    for row in document["facts"]:
        found[row["source_slug"]].facts.append(fact_words(row))
        found[row["source_slug"]].note_dates(*_dates(row))
    for kind, name in (("figures", "figures"), ("box", "rules")):
        for row in document[kind]:
            each = found[row["source_slug"]]
            setattr(each, name, getattr(each, name) + 1)
            each.note_dates(*_dates(row))
    for claim in claims:
        for source in claim.sources.all():
            found[source.slug].claims.append(claim)
            found[source.slug].note_dates(claim.as_of, claim.review_by)
    for slug, as_of, review_by in texts:
        found[slug].texts += 1
        found[slug].note_dates(as_of, review_by)
    for each in found.values():
        each.is_overdue = bool(each.review_by and each.review_by < today)
    return [each for each in found.values() if each.is_cited]


def _dates(row):
    return tuple(
        date.fromisoformat(row[name]) if row[name] else None for name in ("as_of", "review_by")
    )
