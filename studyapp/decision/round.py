"""Round numbers as people say them in a story, each in the unit in which it is said."""

from decimal import Decimal

from .amount import SMALL, convert, is_said, units_beside

LEADING = ("1", "1.2", "1.5", "1.8", "2", "2.5", "3", "3.5", "4", "4.5", "5", "6", "7", "8", "9")
TENS = (1, 10, 100)
# Up to here a unit is said although the next one has begun.
SAID_BEYOND = 100
# Beside a small limit of these units stand numbers for which it has to be known exactly.
EXACT_UNITS, SMALL_LIMIT = ("MB", "s"), 100


def round_numbers(trait, limits=()):
    """Every round number that a story may give to a trait, with those at its small limits, ascending."""
    units = units_beside(trait.unit) or (trait.unit,)
    # What is measured in the largest unit is never told in a smaller one: memory in GB.
    first = len(units) - 1 if trait.unit == units[-1] else 0
    found = set()
    for place, unit in enumerate(units[first:], start=first):
        amounts = [Decimal(leading) * ten for leading in LEADING for ten in TENS]
        next_one = units[place + 1] if place + 1 < len(units) else None
        # People say 90 s, though that is more than a minute.
        most = max(convert(Decimal(1), next_one, unit), SAID_BEYOND) if next_one else None
        found |= {
            convert(amount, unit, trait.unit)
            for amount in amounts
            if is_said(amount, unit) and (most is None or amount < most)
        }
    for limit in limits:
        is_exact = trait.unit in EXACT_UNITS and limit <= SMALL_LIMIT
        found |= {limit, *(beside(limit) if is_exact else ())}
    return sorted(v for v in found if trait.lowest_allows(v) and v <= trait.maximum)


def beside(limit):
    """The last number before a limit and the first after it: 5.9 MB and 6.1 MB, 59 s and 61 s."""
    little = Decimal(1) if limit >= SMALL else Decimal("0.1")
    return (limit - little, limit + little)
