"""A profile: one consistent set of facts, arranged in decision tables with their concept boxes."""

from dataclasses import dataclass
from functools import cached_property

from .fact import Condition, Fact
from .relation import LIMITS, all_of
from .trait import Trait

STATEMENT = "statement"  # a trait that options have and workloads have not, such as billing

OPTIONS = "options"
SHAPES = "shapes"


@dataclass(frozen=True)
class Subject:
    """One row of a decision table: an option to serve with, or a shape of shared hosting."""

    slug: str
    label: str
    summary: str = ""


@dataclass(frozen=True)
class BoxRow:
    """One row of a concept box: any of its alternatives, each a set of conditions that all hold."""

    slug: str
    requirement: str
    applies: tuple[tuple[Condition, ...], ...]
    unless: tuple[Condition, ...]
    chooses: tuple[str, ...]
    basis: str
    source: str = ""
    as_of: str | None = None

    def holds(self, values):
        """Whether the row is known to apply; its `unless` blocks only where it is known too."""
        known = any(all_of(c.holds(values) for c in each) is True for each in self.applies)
        blocked = self.unless and all_of(c.holds(values) for c in self.unless) is True
        return known and not blocked

    def conditions(self):
        return tuple(c for each in self.applies for c in each) + self.unless

    @classmethod
    def from_row(cls, row, traits):
        def read(conditions):
            return tuple(Condition.from_row(each, traits) for each in conditions)

        return cls(
            slug=row["slug"],
            requirement=row["requirement"],
            applies=tuple(read(each) for each in row["applies"]),
            unless=read(row.get("unless", ())),
            chooses=tuple(row["chooses"]),
            basis=row.get("basis", "concept-box"),
            source=row.get("source", ""),
            as_of=row.get("as_of"),
        )


@dataclass(frozen=True)
class MuddyPoint:
    """Where the guide misleads or contradicts itself, and the values that it concerns."""

    slug: str
    title: str
    text: str
    touches: tuple[Condition, ...]

    def concerns(self, values):
        return bool(self.touches) and all_of(c.holds(values) for c in self.touches) is True


@dataclass(frozen=True)
class Table:
    """One decision table of a profile: its subjects, the traits it judges, its facts and its box.

    By subject: `facts` are all, `limiting` those that can speak against it, `stated` the traits
    of which the profile speaks whatever the workload, `statements` its words (billing, best for).
    """

    slug: str
    subjects: tuple[Subject, ...]
    traits: tuple[str, ...]
    asked: tuple[str, ...]
    facts: dict[str, tuple[Fact, ...]]
    limiting: dict[str, tuple[Fact, ...]]
    stated: dict[str, frozenset[str]]
    statements: dict[str, dict[str, Fact]]
    box: tuple[BoxRow, ...]

    def subject(self, slug):
        return next(each for each in self.subjects if each.slug == slug)

    @cached_property
    def conditions_on(self):
        """By trait, every condition of a fact or box row that reads it."""
        found = {key: [] for key in self.asked}
        owners = [fact for facts in self.facts.values() for fact in facts] + list(self.box)
        for owner in owners:
            for condition in owner.conditions():
                found.setdefault(condition.trait, []).append(condition)
        return found

    @cached_property
    def limits_on(self):
        """By trait, every fact that can speak against some subject."""
        found = {key: [] for key in self.asked}
        for facts in self.limiting.values():
            for fact in facts:
                found[fact.trait].append(fact)
        return found

    def limits(self, key):
        """The (relation, number) pairs that facts and conditions set for one trait, ascending."""
        stated = (*self.limits_on[key], *self.conditions_on[key])
        found = {(each.relation, each.value) for each in stated if each.relation in LIMITS}
        return sorted(found, key=lambda limit: (limit[1], limit[0]))


@dataclass(frozen=True)
class Profile:
    """A consistent set of facts, by which workloads are decided."""

    slug: str
    label: str
    voice: str
    traits: dict[str, Trait]
    tables: dict[str, Table]
    muddy: tuple[MuddyPoint, ...]


def profiles_from(document):
    """All profiles of a compiled content document, by slug, in their order."""
    known = {row["slug"]: Trait.from_row(row) for row in document["traits"]}
    traits = {key: trait for key, trait in known.items() if trait.kind != STATEMENT}
    muddy = tuple(
        MuddyPoint(
            row["slug"],
            row["title"],
            row["text"],
            tuple(Condition.from_row(each, traits) for each in row.get("touches", ())),
        )
        for row in document["muddy"]
    )
    return {
        row["slug"]: Profile(
            slug=row["slug"],
            label=row["label"],
            voice=row["voice"],
            traits=traits,
            tables={t: make_table(t, row["slug"], document, known) for t in (OPTIONS, SHAPES)},
            muddy=muddy,
        )
        for row in document["profiles"]
    }


def make_table(slug, profile, document, traits):
    """Arrange the facts of one profile and table by subject, in the order of reasons."""
    subjects = [row for row in document["subjects"] if row["table"] == slug]
    judged = tuple(key for key, trait in traits.items() if slug in trait.tables)
    asked = tuple(k for k, trait in traits.items() if k in judged or slug in trait.asked_in)
    rows = [row for row in document["facts"] if row["profile"] == profile]
    place = {key: number for number, key in enumerate(traits)}
    facts, statements = {}, {}
    for subject in subjects:
        own = [Fact.from_row(r, traits) for r in rows if r["subject"] == subject["slug"]]
        facts[subject["slug"]] = tuple(
            sorted((f for f in own if f.trait in judged), key=lambda f: rank(f, place, traits))
        )
        statements[subject["slug"]] = {f.trait: f for f in own if f.relation == "is"}
    return Table(
        slug=slug,
        subjects=tuple(Subject(r["slug"], r["label"], r.get("summary", "")) for r in subjects),
        traits=judged,
        asked=asked,
        facts=facts,
        limiting={s: tuple(f for f in own if f.can_break) for s, own in facts.items()},
        stated={s: frozenset(f.trait for f in own if f.always) for s, own in facts.items()},
        statements=statements,
        box=tuple(
            BoxRow.from_row(row, traits)
            for row in document["box"]
            if row["profile"] == profile and row["table"] == slug
        ),
    )


def rank(fact, place, traits):
    """Where a fact stands among reasons: by trait, then by its limit, then by its slug."""
    limit = fact.value if traits[fact.trait].is_number and fact.value is not None else 0
    return (place[fact.trait], limit, fact.slug)
