"""Draws another workload with the same elimination pattern: the same trap with new numbers."""

from dataclasses import dataclass
from decimal import Decimal

from .amount import as_said
from .counterfactual import effect_of
from .decide import decide_table
from .draw import ROUND, Dice
from .profile import OPTIONS
from .prove import Certificate, Unproved, prove
from .round import round_numbers
from .trait import Refused
from .workload import Workload

MOST_TRIES = 200
# How many of the round numbers nearest to the old one are drawn from, so that a trap that is close
# to a limit stays close, and a film does not become a text message.
NEAREST = 8
# What a story may mention beside, where it changes nothing; the first idle value of a choice.
HARMLESS = ("idle_cost", "cold_start", "memory_gb")
CHANCE_OF_HARMLESS = 50


class NoSibling(ValueError):
    """There is no other workload with the same pattern; the words say what stands in the way."""


@dataclass(frozen=True)
class Sibling:
    """Another workload with the pattern of the first, as a story tells it, and what was proved."""

    told: dict[str, str]
    certificate: Certificate


def sibling(workload, profile, *, seed):
    """Draw and prove a workload in which every number is new and the pattern is the same.

    The same seed gives the same one on every machine. Raises Unproved where the workload itself has
    not exactly one answer, and NoSibling where the bounded search finds no other.
    """
    table, traits = profile.tables[OPTIONS], profile.traits
    origin = prove(workload, profile)
    # What the table does not read is part of the old story and not of the trap.
    told = {key: value for key, value in workload.values.items() if key in table.asked}
    rooms = {key: room(table, traits[key], told[key]) for key in told if is_new(traits[key], told)}
    if not rooms:
        raise NoSibling("This workload has no number that could be another.")
    for key, found in rooms.items():
        if not found:
            raise NoSibling(
                f"No other round number of the {traits[key].noun} lies between the same limits "
                f"as {traits[key].in_words(told[key])}."
            )
    dice, extras = Dice(seed), harmless(table, traits, told)
    for _ in range(MOST_TRIES):
        values = told | {key: dice.pick(found) for key, found in rooms.items()}
        if extras and dice.chance(CHANCE_OF_HARMLESS):
            values |= dice.pick(extras)
        try:
            certificate = prove(Workload.of(values, traits), profile)
        except (Refused, Unproved):
            continue
        if is_alike(origin, certificate, profile):
            given = {key: as_told(traits[key], values[key]) for key in traits if key in values}
            return Sibling(given, certificate)
    raise NoSibling(f"No workload with the same pattern was found in {MOST_TRIES} tries.")


def is_new(trait, told):
    """Whether a sibling needs another value here: every number, but for a count of one."""
    return trait.is_number and (trait.kind != "count" or trait.is_demand(told[trait.key]))


def room(table, trait, old):
    """The round numbers nearest to the old one that every fact and condition judges alike."""
    limits = [limit for _, limit in table.limits(trait.key)]
    effect = effect_of(table, trait, old)
    found = [
        value
        for value in round_numbers(trait, limits)
        if value != old and effect_of(table, trait, value) == effect
    ]
    return sorted(found, key=lambda value: (max(value / old, old / value), value))[:NEAREST]


def harmless(table, traits, told):
    """What could be mentioned beside, each as values; whether it is harmless the proof will say."""
    found = []
    for key in HARMLESS:
        trait = traits.get(key)
        if trait is None or key in told or key not in table.asked:
            continue
        if trait.is_number:
            found += [{key: Decimal(value)} for value in ROUND[key]]
        elif all(told.get(other) == value for other, value in trait.implies.items()):
            found.append({key: trait.idle[0]})
    return found


def is_alike(origin, drawn, profile):
    """Whether two proofs have one pattern, and the drawn one touches no muddy point of its own."""
    if pattern(origin, profile) != pattern(drawn, profile):
        return False
    muddy = [point for point in profile.muddy if point.concerns(drawn.workload.values)]
    return all(point.concerns(origin.workload.values) for point in muddy)


def pattern(certificate, profile):
    """The answer, on which basis, and for each option the traits that speak against it."""
    table, values = profile.tables[OPTIONS], certificate.workload.values
    decision = decide_table(table, values, profile.traits)
    against = tuple(
        (ruling.option, ruling.is_possible, frozenset((r.trait, r.kind) for r in ruling.reasons))
        for ruling in decision.rulings
    )
    row = certificate.row.slug if certificate.row else None
    return (certificate.answer, certificate.basis, row, against)


def as_told(trait, value):
    """A value as text that the wizard's address holds as well: "20 min", "yes", "notify"."""
    if trait.is_number:
        return as_said(value, trait.unit)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
