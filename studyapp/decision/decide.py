"""Weigh a workload: rule options out with every reason, then recommend by the concept box."""

from dataclasses import dataclass
from decimal import Decimal

from .fact import Fact
from .profile import OPTIONS, SHAPES, BoxRow, Profile, Subject, Table
from .relation import LIMITS, breaks
from .workload import Workload

RULED_OUT = "ruled-out"
IN_DOUBT = "in-doubt"
STANDING = "standing"


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks against an option: the fact (None: the profile is silent) and what was asked."""

    trait: str
    asked: object
    fact: Fact | None

    @property
    def relation(self):
        return self.fact.relation if self.fact else "silent"

    @property
    def is_hard(self):
        return self.fact is not None and self.fact.relation != "silent" and self.fact.hard

    @property
    def kind(self):
        """How it speaks: "hard" rules out, "soft" and "silent" only leave a doubt."""
        return "hard" if self.is_hard else ("silent" if self.relation == "silent" else "soft")

    @property
    def allowed(self):
        """The limit in the trait's unit, the tuple of accepted values, or None."""
        return self.fact.value if self.fact else None

    @property
    def margin(self):
        """The exact distance to the limit, or None where distance has no meaning."""
        if self.fact and self.fact.relation in LIMITS and isinstance(self.asked, Decimal):
            return abs(self.asked - self.fact.value)
        return None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of one option: its state, every reason, and the traits that leave it in doubt."""

    subject: Subject
    state: str
    reasons: tuple[Reason, ...]
    in_doubt: tuple[str, ...]

    @property
    def option(self):
        return self.subject.slug

    @property
    def is_possible(self):
        return self.state != RULED_OUT

    @property
    def cautions(self):
        """What speaks against the option without ruling it out, silence included."""
        return tuple(reason for reason in self.reasons if not reason.is_hard)

    @property
    def burdens(self):
        return frozenset(reason.trait for reason in self.cautions)


@dataclass(frozen=True)
class TableDecision:
    """The rulings of one decision table and what its concept box recommends."""

    table: Table
    rulings: tuple[Ruling, ...]
    recommended: tuple[str, ...]
    basis: str
    row: BoxRow | None = None

    def ruling(self, slug):
        return next(each for each in self.rulings if each.option == slug)

    @property
    def possible(self):
        return tuple(each.option for each in self.rulings if each.is_possible)


@dataclass(frozen=True)
class Decision:
    """A workload decided by one profile: first how to serve, then how models share hosting."""

    profile: Profile
    workload: Workload
    options: TableDecision
    shapes: TableDecision

    @property
    def recommended(self):
        return self.options.recommended

    @property
    def basis(self):
        return self.options.basis

    @property
    def possible(self):
        return self.options.possible

    @property
    def muddy(self):
        """The muddy points that this workload touches."""
        values = self.workload.values
        return tuple(point for point in self.profile.muddy if point.concerns(values))


def decide(workload, profile):
    """Decide one workload by one profile, both tables."""
    return Decision(
        profile,
        workload,
        decide_table(profile.tables[OPTIONS], workload.values, profile.traits),
        decide_table(profile.tables[SHAPES], workload.values, profile.traits),
    )


def decide_table(table, values, traits, *, silence=None):
    """Decide one table; `silence` ("never" or "any") reads it so, and disputing facts as hard."""
    demanded = [k for k in table.traits if k in values and traits[k].is_demand(values[k])]
    rulings = tuple(rule(each, table, values, demanded, silence) for each in table.subjects)
    if table.slug == SHAPES and not any(key in values for key in table.traits):
        return TableDecision(table, rulings, (), "undecided")
    return TableDecision(table, rulings, *recommend(table, rulings, values))


def rule(subject, table, values, demanded, silence):
    """Hold one option against every fact about it."""
    hard, soft, doubts = [], [], set()
    for fact in table.limiting[subject.slug]:
        is_hard = fact.hard or (silence and fact.disputes)
        value = values.get(fact.trait)
        if value is None:
            if is_hard and fact.active(values) is not False:
                doubts.update(unknown_traits(fact, values))
        elif breaks(fact.relation, fact.value, value, is_demand=fact.trait in demanded):
            active = fact.active(values)
            if active:
                (hard if is_hard else soft).append(Reason(fact.trait, value, fact))
            elif active is None and is_hard:
                doubts.update(unknown_traits(fact, values))
    silent = [
        Reason(key, values[key], None)
        for key in (demanded if silence != "any" else ())
        if key not in table.stated[subject.slug] and not speaks_of(subject, key, table, values)
    ]
    reasons = (*hard, *silent, *soft)
    if hard or (silence == "never" and silent):
        return Ruling(subject, RULED_OUT, reasons, ())
    doubts.update(reason.trait for reason in silent)
    in_doubt = tuple(key for key in table.asked if key in doubts) if doubts else ()
    return Ruling(subject, IN_DOUBT if doubts else STANDING, reasons, in_doubt)


def speaks_of(subject, key, table, values):
    """Whether some fact with conditions speaks of the trait, or still could."""
    return any(
        fact.trait == key and fact.conditions() and fact.active(values) is not False
        for fact in table.facts[subject.slug]
    )


def supports(table, option, values, traits):
    """What speaks for an option: for each demand the fact that allows it, in trait order.

    Of several facts on one trait the one with conditions is the most telling, then the tightest.
    A demand that a fact with open conditions could still refuse has nothing that speaks for it.
    """
    found, open_to_doubt = {}, set()
    for fact in sorted(table.facts[option], key=lambda fact: not fact.conditions()):
        value = values.get(fact.trait)
        if value is None or not fact.hard or not traits[fact.trait].is_demand(value):
            continue
        active, broken = (
            fact.active(values),
            breaks(fact.relation, fact.value, value, is_demand=True),
        )
        if active is None and broken:
            open_to_doubt.add(fact.trait)
        elif active is not False and not broken and fact.relation != "silent":
            found.setdefault(fact.trait, Reason(fact.trait, value, fact))
    return [found[key] for key in table.traits if key in found and key not in open_to_doubt]


def unknown_traits(fact, values):
    """The traits that would have to be known to say whether the fact rules the option out."""
    keys = [fact.trait, *(condition.trait for condition in fact.conditions())]
    return [key for key in keys if key not in values]


def recommend(table, rulings, values):
    """Which options are best, on which basis, and the box row that said so."""
    possible = [ruling for ruling in rulings if ruling.is_possible]
    if not possible:
        return (), "none", None
    burdens = {ruling.option: ruling.burdens for ruling in possible}
    left = tuple(o for o, own in burdens.items() if not any(b < own for b in burdens.values()))
    preferred = box_choice(table, left, values, "concept-box")
    if preferred:
        return preferred
    if len(left) == 1:
        return left, "only-one", None
    return box_choice(table, left, values, "best-for") or (left, "undecided", None)


def box_choice(table, left, values, basis):
    """The first row that applies to an option that is left, with the option it chooses."""
    for row in table.box:
        if row.basis == basis and row.holds(values):
            chosen = next((option for option in row.chooses if option in left), None)
            if chosen:
                return (chosen,), basis, row
    return None


def muddy_facts(decision, others):
    """Facts of other profiles that rule a recommended option out where this one is silent."""
    found = []
    for table in (decision.options, decision.shapes):
        for slug in table.recommended:
            silent = {r.trait for r in table.ruling(slug).reasons if r.relation == "silent"}
            for other in others if silent else ():
                verdict = decide_table(
                    other.tables[table.table.slug], decision.workload.values, other.traits
                )
                found += [
                    (slug, other, reason)
                    for reason in verdict.ruling(slug).reasons
                    if reason.is_hard and reason.trait in silent
                ]
    return found
