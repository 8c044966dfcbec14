"""How far two workloads are from each other, so that practice can start beside a given one."""

from math import log


def distance(one, other, traits):
    """The sum over all traits: |log ratio| between two amounts, one step for any other difference.

    A flag that is no, an idle choice and a count of one ask for nothing, as if they were not given.
    """
    return sum(apart(told(one, trait), told(other, trait), trait) for trait in traits.values())


def told(values, trait):
    """The value as far as it tells something: None where it is unknown or demands nothing."""
    value = values.get(trait.key)
    if value is False or value in trait.idle or (trait.kind == "count" and value == 1):
        return None
    return value


def apart(one, other, trait):
    if one == other:
        return 0.0
    if one is None or other is None or not trait.is_number:
        return 1.0
    return abs(log(one / other))


def nearest(workload, known, traits):
    """The names of the known workloads, nearest first; ties go by name."""
    return sorted(known, key=lambda name: (round(distance(workload, known[name], traits), 9), name))
