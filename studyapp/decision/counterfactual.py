"""What would have to change: for an option to become possible, and for it to win."""

from dataclasses import dataclass
from itertools import combinations, product

from .decide import decide_table
from .relation import breaks
from .sides import sides
from .trait import Refused
from .workload import complete

MOST_CHANGES = 4

# These two are held against each other, so that every value of theirs can make a difference.
TIMES = ("latency_ms", "processing_s")


@dataclass(frozen=True)
class Change:
    """One trait that would have another value; `before` is None where it was unknown."""

    trait: str
    before: object
    relation: str
    to: object


def possible_if(table, option, workload, traits):
    """The smallest sets of changes after which the option is not ruled out."""
    return search(table, option, workload, traits, lambda decision: option in decision.possible)


def wins_if(table, option, workload, traits):
    """The smallest sets of changes after which exactly this option is recommended."""
    return search(table, option, workload, traits, lambda d: d.recommended == (option,))


def search(table, option, workload, traits, goal):
    """Alternatives of the smallest size, one for each set of traits: its cheapest; [()] if already so.

    Only sets that touch every fact that rules the option out are tried; each that is tried is
    decided anew by the engine.
    """
    values = workload.values
    decision = decide_table(table, values, traits)
    if goal(decision):
        return [()]
    offered = {key: moves(table, key, values, traits, option) for key in table.asked}
    movable = [key for key in table.asked if offered[key]]
    repairs = [
        {key for key in reason.fact.levers if offered.get(key)}
        for reason in decision.ruling(option).reasons
        if reason.is_hard
    ]
    for size in range(1, MOST_CHANGES + 1):
        found = []
        for keys in combinations(movable, size):
            if all(repair.intersection(keys) for repair in repairs):
                cheapest = cheapest_of(keys, offered, table, values, traits, goal)
                if cheapest:
                    found.append(cheapest)
        if found:
            found.sort(key=lambda each: round(each[0], 9))
            return [changes for _, changes in found]
    return []


def moves(table, key, values, traits, option):
    """The sides that one trait could be moved to and that could make a difference.

    A side that by itself rules the option out never helps, one that has the same effect as the
    present value changes nothing, and of two with the same effect only the cheaper is tried.
    """
    before = values.get(key)
    if any(fixes(traits[other], key) for other in values):
        return ()
    best = {}
    for side in sides(table, traits[key]):
        if side.value == before or rules_out(table, option, traits[key], side.value):
            continue
        effect = effect_of(table, traits[key], side.value)
        if effect != effect_of(table, traits[key], before) or key in TIMES:
            kind = side.value if key in TIMES else effect
            if kind not in best or side.cost(before) < best[kind].cost(before) - 1e-9:
                best[kind] = side
    return tuple(sorted(best.values(), key=sides(table, traits[key]).index))


def fixes(trait, key):
    """Whether a known number leaves another trait no other value than the one it implies."""
    return trait.insists and trait.is_number and key in trait.implies


def rules_out(table, option, trait, value):
    """Whether this value alone breaks an unconditional hard fact of the option."""
    return any(
        breaks(fact.relation, fact.value, value, is_demand=trait.is_demand(value))
        for fact in table.limiting[option]
        if fact.trait == trait.key and fact.hard and not fact.conditions()
    )


def effect_of(table, trait, value):
    """Everything the table can see of one value: facts broken, conditions met, whether demanded."""
    if value is None:
        return (
            (False,) * len(table.limits_on[trait.key]),
            (None,) * len(table.conditions_on[trait.key]),
            False,
        )
    is_demand = trait.is_demand(value)
    return (
        tuple(
            breaks(fact.relation, fact.value, value, is_demand=is_demand)
            for fact in table.limits_on[trait.key]
        ),
        tuple(c.holds({trait.key: value}) for c in table.conditions_on[trait.key]),
        is_demand,
    )


def cheapest_of(keys, offered, table, values, traits, goal):
    """The cheapest assignment of these traits that reaches the goal, with its cost, or None."""
    best = None
    for chosen in product(*(offered[key] for key in keys)):
        cost = sum(side.cost(values.get(key)) for key, side in zip(keys, chosen, strict=True))
        if best and cost >= best[0] - 1e-9:
            continue
        tried = values | {key: side.value for key, side in zip(keys, chosen, strict=True)}
        try:
            whole = complete(tried, traits)
        except Refused:
            continue
        if goal(decide_table(table, whole, traits)):
            changes = tuple(
                Change(key, values.get(key), side.relation, side.to)
                for key, side in zip(keys, chosen, strict=True)
            )
            best = (cost, changes)
    return best
