"""Draws workloads, each with a certificate, from a seed: the same on every machine."""

from decimal import Decimal

from .counterfactual import rules_out
from .decide import box_choice, decide_table
from .profile import OPTIONS
from .prove import NONE, Unproved, prove
from .trait import Refused
from .workload import Workload

MOST_TRIES = 20_000

# Values as stories have them; none lies in a band that the sources dispute.
ROUND = {
    "payload_mb": ("0.1", "0.5", "1", "2", "3", "30", "50", "80", "200", "500", "900", "2048"),
    "processing_s": ("0.5", "1", "2", "5", "10", "20", "30", "90", "300", "900", "1800", "7200"),
    "latency_ms": ("20", "50", "80", "250", "500", "1000", "2000"),
    "memory_gb": ("1", "2", "4", "5", "8", "16"),
    "concurrency": ("5", "20", "50", "100", "250", "400"),
    "models": ("1", "3", "8", "40"),
    "frameworks": ("1", "2", "3"),
    "chain": ("1", "2", "3", "5"),
}
ALWAYS = ("payload_mb", "processing_s", "reply")
OFTEN = ("traffic",)
SOMETIMES = ("latency_ms", "idle_cost", "cold_start", "gpu", "vpc", "memory_gb", "concurrency")


class Dice:
    """A small generator of even numbers from a seed (splitmix64), alike on every Python."""

    def __init__(self, seed):
        self.state = seed % 2**64

    def roll(self, sides):
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % 2**64
        return (mixed ^ (mixed >> 31)) % sides

    def pick(self, items):
        return items[self.roll(len(items))]

    def chance(self, percent):
        return self.roll(100) < percent


def draw(profile, *, seed, count, near_limits=False):
    """Yield `count` different certificates; a shorter run is a prefix of a longer one.

    The answer aimed at changes with every draw, so that all options, and "none fits", turn up
    about equally often.
    """
    dice = Dice(seed)
    answers = (*(subject.slug for subject in profile.tables[OPTIONS].subjects), NONE)
    seen = set()
    for number in range(count):
        wanted = answers[number % len(answers)]
        yield draw_one(profile, dice, wanted, seen, near_limits=near_limits)


def draw_one(profile, dice, wanted, seen, *, near_limits):
    """Throw workloads until one is new, proved and has the wanted answer."""
    table = profile.tables[OPTIONS]
    for _ in range(MOST_TRIES):
        try:
            workload = throw(profile, dice, wanted, near_limits=near_limits)
            found = decide_table(table, workload.values, profile.traits).recommended
            if (found or (NONE,)) != (wanted,):
                continue
            certificate = prove(workload, profile)
        except (Refused, Unproved):
            continue
        key = tuple(certificate.workload.values.items())
        if key not in seen and certificate.answer == wanted and is_plain(certificate, profile):
            seen.add(key)
            return certificate
    raise Unproved(f"No further workload was found in {MOST_TRIES} tries.")


def is_plain(certificate, profile):
    """Whether the concept box, read without any caution, would not send elsewhere.

    An answer that wins only because the option of the box yields is right but can be argued with,
    so it makes a poor question.
    """
    table, values = profile.tables[OPTIONS], certificate.workload.values
    decision = decide_table(table, values, profile.traits)
    sent = box_choice(table, decision.possible, values, "concept-box")
    return sent is None or sent[0] == (certificate.answer,)


def throw(profile, dice, wanted, *, near_limits):
    """One workload by chance: a few traits that matter, with values that the wanted answer allows."""
    traits, table = profile.traits, profile.tables[OPTIONS]
    keys = [*ALWAYS]
    keys += [key for key in OFTEN if dice.chance(70)]
    keys += [key for key in SOMETIMES if dice.chance(18) and speaks_of(table, key)]
    values = {
        key: dice.pick(suited(story_values(traits[key]), key, wanted, profile)) for key in keys
    }
    values |= told_by_box(table, traits, wanted, dice)
    if near_limits:
        key = dice.pick([key for key in keys if traits[key].is_number])
        limits = [limit for _, limit in table.limits(key)]
        if limits:
            beside = around(dice.pick(limits), traits[key])
            values[key] = dice.pick(suited(beside, key, wanted, profile))
    return Workload.of(without_contradictions(values, traits), traits)


def speaks_of(table, key):
    """Whether the profile sets any limit on the trait; of others nothing can be proved."""
    return bool(table.limits_on[key] or table.conditions_on[key])


def without_contradictions(values, traits):
    """Leave out what speaks of a caller who waits where the reply says that nobody does."""
    return {
        key: value
        for key, value in values.items()
        if not traits[key].is_demand(value)
        or all(values.get(other, told) == told for other, told in traits[key].implies.items())
    }


def suited(candidates, key, wanted, profile):
    """The candidates that do not rule the wanted option out by themselves; all where none is left."""
    table, trait = profile.tables[OPTIONS], profile.traits[key]
    left = tuple(c for c in candidates if wanted == NONE or not rules_out(table, wanted, trait, c))
    return left or candidates


def told_by_box(table, traits, wanted, dice):
    """Sometimes the choices by which one box row, taken by chance, sends to the wanted option."""
    rows = [row for row in table.box if wanted in row.chooses]
    if not rows or dice.chance(40):
        return {}
    row = dice.pick(rows)
    alternative = dice.pick(row.applies)
    return {c.trait: c.value for c in alternative if not traits[c.trait].is_number}


def story_values(trait):
    """The values that a story may give to a trait; a flag is only mentioned where it is needed."""
    if trait.is_number:
        return tuple(Decimal(value) for value in ROUND[trait.key])
    return (True,) if trait.kind == "flag" else trait.values()


def around(limit, trait):
    """The limit itself and a little to either side of it: 6 MB, 5.9 MB and 6.1 MB."""
    little = Decimal(1).scaleb(limit.adjusted() - 1)
    if trait.kind == "count":
        little = max(little, Decimal(1))
    near = (limit, limit - little, limit + little)
    return tuple(value for value in near if trait.lowest_allows(value))
