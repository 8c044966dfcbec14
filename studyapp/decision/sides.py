"""The values worth trying on a trait: each choice, and each side of each limit."""

from dataclasses import dataclass
from decimal import Decimal
from math import log

from .relation import OPPOSITE

OPEN = {"above": 1, "below": -1}
STEP = {"amount": Decimal("0.001"), "count": Decimal(1)}


@dataclass(frozen=True)
class Side:
    """One value to try: what it is called (relation and limit) and the value that stands for it."""

    relation: str
    to: object
    value: object

    def cost(self, before):
        """How far the change goes: the logarithm for numbers, one step for anything else."""
        if before is None or isinstance(before, (bool, str)):
            return 1.0
        return abs(log(self.to / before))


def sides(table, trait):
    """Every side of one trait in a table, numbers ascending, choices in declared order.

    Where a closed and an open bound come to the same whole number ("at least 2", "above 1"), the
    closed one is named first.
    """
    if not trait.is_number:
        return tuple(Side("is", value, value) for value in trait.values())
    found = {}
    for stated, limit in table.limits(trait.key):
        for relation in (stated, OPPOSITE[stated]):
            value = standing_for(relation, limit, STEP[trait.kind])
            if trait.lowest_allows(value) and value <= trait.maximum:
                found.setdefault((value, relation in OPEN, relation), Side(relation, limit, value))
    return tuple(found[key] for key in sorted(found))


def standing_for(relation, limit, step):
    """A value just on that side: the limit itself where it is closed, a step beyond where open."""
    return limit + OPEN.get(relation, 0) * step
