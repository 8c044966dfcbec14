"""What facts say, as tables show it: cells of words with their source, and what others say."""

from dataclasses import dataclass
from datetime import date

from studyapp.decision import Profile
from studyapp.decision.profile import Subject
from studyapp.decision.relation import LIMITS
from studyapp.decision.words import condition_in_words

from .models import Source

PREFIX = {"at-most": "at most", "at-least": "at least", "below": "below", "above": "above"}


@dataclass(frozen=True)
class Statement:
    """One fact in the words of a cell, with where it stands and as of when."""

    words: str
    condition: str
    note: str
    is_limit: bool
    source: Source
    place: str
    as_of: date | None


@dataclass(frozen=True)
class Voice:
    """What one profile says in one cell; `contrast` is how it compares with the page's own."""

    profile: Profile
    statements: tuple[Statement, ...]
    contrast: str = ""


@dataclass(frozen=True)
class Cell:
    """One subject and one trait: the words of the page's profile, and those of the others."""

    subject: Subject
    own: Voice
    others: tuple[Voice, ...]

    @property
    def contrasting(self):
        return tuple(voice for voice in self.others if voice.contrast)

    @property
    def contrast(self):
        contrasts = {voice.contrast for voice in self.others}
        return "differs" if "differs" in contrasts else "".join(contrasts)


@dataclass(frozen=True)
class Row:
    """One trait of a table, with a cell for each subject."""

    key: str
    label: str
    cells: tuple[Cell, ...]


class Tables:
    """Makes tables of facts by one profile; `sources` are the source rows by slug."""

    def __init__(self, knowledge, profile, sources):
        self.profile = profile
        self.others = knowledge.others(profile)
        self.sources = sources
        self.rows = {row["slug"]: row for row in knowledge.document["facts"]}

    def table(self, slug, traits, subjects=None, *, plain=()):
        """Rows for (trait, label) pairs; in `plain` ones the label says already "at most"."""
        chosen = [
            each
            for each in self.profile.tables[slug].subjects
            if not subjects or each.slug in subjects
        ]
        return tuple(
            Row(key, label, tuple(self.cell(slug, each, key, key in plain) for each in chosen))
            for key, label in traits
        )

    def cell(self, table, subject, key, plain):
        own = self.statements(self.profile, table, subject, key, plain)
        others = []
        for other in self.others:
            theirs = self.statements(other, table, subject, key, plain)
            contrast = self.contrast(other, table, subject, key) if theirs else ""
            others.append(Voice(other, theirs, contrast))
        return Cell(subject, Voice(self.profile, own), tuple(others))

    def statements(self, profile, table, subject, key, plain):
        return tuple(
            self.statement(fact, profile, plain) for fact in facts(profile, table, subject, key)
        )

    def statement(self, fact, profile, plain):
        row = self.rows[fact.slug]
        words = in_words(fact, profile.traits.get(fact.trait), plain=plain)
        return Statement(
            words=f"disputed: {words}" if fact.disputes else words,
            condition=held_when(fact, profile.traits),
            note=fact.note if not fact.hard or fact.conditions() else "",
            is_limit=fact.relation in LIMITS,
            source=self.sources[row["source_slug"]],
            place=row["place"],
            as_of=row["as_of"] and date.fromisoformat(row["as_of"]),
        )

    def contrast(self, other, table, subject, key):
        """ "differs" where another limit would decide, "words" where only the wording does."""
        own = facts(self.profile, table, subject, key)
        theirs = facts(other, table, subject, key)
        if effects(own) != effects(theirs):
            return "differs" if own else "adds"
        return "words" if [f.shown for f in own] != [f.shown for f in theirs] else ""


def facts(profile, table, subject, key):
    """What a profile says of one subject and trait: ascending, and what disputes it last."""
    found = profile.tables[table]
    if key in found.statements[subject.slug]:
        return (found.statements[subject.slug][key],)
    own = [fact for fact in found.facts[subject.slug] if fact.trait == key]
    return tuple(sorted(own, key=place))


def place(fact):
    limit = fact.value if fact.relation in LIMITS else 0
    return bool(fact.disputes), limit, bool(fact.conditions())


def held_when(fact, traits):
    """On what a fact depends: "when …", "unless …" or nothing."""
    parts = [
        f"{word} {' and '.join(condition_words(each, traits) for each in conditions)}"
        for word, conditions in (("when", fact.when), ("unless", fact.unless))
        if conditions
    ]
    return " ".join(parts)


def condition_words(condition, traits):
    if condition.value is True:
        return traits[condition.trait].noun
    return condition_in_words(condition, traits)


def effects(stated):
    """All by which facts decide: what only words tell apart compares equal."""
    return {
        (f.relation, f.value if f.can_break else None, f.when, f.unless, f.hard)
        for f in stated
        if f.relation != "is"
    }


def in_words(fact, trait, *, plain=False):
    """A fact as a cell says it: "at most 15", "no", "yes, by itself"."""
    if fact.relation in LIMITS:
        return fact.shown if plain else f"{PREFIX[fact.relation]} {fact.shown}"
    if fact.relation == "one-of":
        return " or ".join(trait.in_words(value) for value in fact.value)
    if fact.relation == "never":
        return "no" if fact.hard else "not promised"
    if fact.relation == "any" and not fact.value:
        if trait.is_number:
            return "no fixed limit"
        return "yes" if trait.kind == "flag" or trait.idle else "any"
    return fact.shown
