"""Which question would decide most, and which demands cannot be had together."""

from itertools import combinations

from .decide import decide_table
from .sides import sides
from .trait import Refused
from .workload import complete


def ask_next(table, workload, traits):
    """The unknown trait whose values lead to the most different recommendations, or None."""
    values = workload.values
    now = decide_table(table, values, traits).recommended
    best, most = None, 0
    for key in table.asked:
        if key in values:
            continue
        outcomes = {
            decide_table(table, whole, traits).recommended
            for side in sides(table, traits[key])
            if (whole := completed(values | {key: side.value}, traits)) is not None
        }
        if len(outcomes) > most and outcomes - {now}:
            best, most = key, len(outcomes)
    return best


def conflicts(table, workload, traits):
    """The minimal sets of known traits that leave no option possible; [] while one is possible."""
    values = workload.values
    decision = decide_table(table, values, traits)
    if decision.possible:
        return []
    known = [key for key in table.asked if key in involved(decision, values, traits)]
    minimal = []
    for size in range(1, len(known) + 1):
        for keys in combinations(known, size):
            if any(smaller.issubset(keys) for smaller in minimal):
                continue
            whole = completed({key: values[key] for key in keys}, traits)
            if whole is None:
                continue
            # What a few traits imply counts only where the whole workload says the same.
            agreed = {key: value for key, value in whole.items() if values[key] == value}
            if not decide_table(table, agreed, traits).possible:
                minimal.append(frozenset(keys))
    return [tuple(key for key in known if key in keys) for keys in minimal]


def involved(decision, values, traits):
    """The known traits that rule something out, by themselves or by what they imply."""
    levers = {
        trait
        for ruling in decision.rulings
        for reason in ruling.reasons
        if reason.is_hard
        for trait in reason.fact.levers
    }
    return {key for key in values if key in levers or levers.intersection(traits[key].implies)}


def completed(values, traits):
    """The values with what they imply, or None where such a workload would be refused."""
    try:
        return complete(values, traits)
    except Refused:
        return None
