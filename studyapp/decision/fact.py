"""A fact: what a profile says about one subject and one trait, and where it is stated."""

from dataclasses import dataclass
from decimal import Decimal

from .amount import convert, tidy, written
from .relation import LIMITS, all_of, breaks

WORDS = ("any", "is", "never", "silent")  # relations whose value is text for people


@dataclass(frozen=True)
class Condition:
    """A test on one trait: True, False, or None while the trait is unknown."""

    trait: str
    relation: str
    value: object
    unit: str = ""

    def holds(self, values):
        value = values.get(self.trait)
        if value is None:
            return None
        return not breaks(self.relation, self.value, value, is_demand=False)

    @classmethod
    def from_row(cls, row, traits):
        trait = traits[row["trait"]]
        return cls(trait.key, row["relation"], read_limit(row["value"], trait), trait.unit)


@dataclass(frozen=True)
class Fact:
    """What is stated, in the trait's unit; `shown` keeps the amount and unit of the source."""

    slug: str
    subject: str
    trait: str
    relation: str
    value: object = None
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    hard: bool = True
    disputes: str = ""
    note: str = ""
    shown: str = ""
    source: str = ""
    url: str = ""
    as_of: str | None = None
    revision: int = 1

    def active(self, values):
        """Whether the fact speaks for this workload: True, False or None (not known)."""
        if not self.when and not self.unless:
            return True
        held = all_of(condition.holds(values) for condition in self.when)
        if not self.unless or held is False:
            return held
        lifted = all_of(condition.holds(values) for condition in self.unless)
        return all_of((held, None if lifted is None else not lifted))

    def conditions(self):
        return self.when + self.unless

    @property
    def levers(self):
        """The traits whose values decide whether the fact rules its subject out."""
        return {self.trait, *(condition.trait for condition in self.conditions())}

    @property
    def can_break(self):
        return self.relation in (*LIMITS, "one-of", "never")

    @property
    def always(self):
        """Whether the profile speaks of the trait by this fact, whatever the workload."""
        return not self.conditions() and self.relation not in ("silent", "is")

    @classmethod
    def from_row(cls, row, traits):
        """Make a fact from its row of content; amounts are converted into the trait's unit."""
        trait = traits[row["trait"]]
        value, unit = row.get("value"), row.get("unit", "")
        return cls(
            slug=row["slug"],
            subject=row["subject"],
            trait=row["trait"],
            relation=row["relation"],
            value=value if row["relation"] in WORDS else read_limit(value, trait, unit),
            when=tuple(Condition.from_row(each, traits) for each in row.get("when", ())),
            unless=tuple(Condition.from_row(each, traits) for each in row.get("unless", ())),
            hard=row.get("hard", True),
            disputes=row.get("disputes", ""),
            note=row.get("note", ""),
            shown=shown_as(row["relation"], value, unit),
            source=row.get("source", ""),
            url=row.get("url", ""),
            as_of=row.get("as_of"),
            revision=row.get("revision", 1),
        )


def read_limit(value, trait, unit=""):
    """A stated value as the engine compares it: Decimal in the trait's unit, text, or tuple."""
    if isinstance(value, list):
        return tuple(value)
    if trait.is_number and value is not None:
        amount = tidy(Decimal(str(value)))
        return convert(amount, unit, trait.unit) if unit else amount
    return value


def shown_as(relation, value, unit):
    """The stated value as a page shows it, in the unit of its source."""
    if relation in LIMITS:
        return written(Decimal(str(value)), unit)
    if relation == "one-of":
        return ", ".join(value)
    return str(value or {"any": "yes", "never": "no", "silent": "not stated"}[relation])
