"""Order by a seed that is handed in: the same on every machine and every Python."""

from hashlib import sha256

from studyapp.decision.draw import Dice

SEEDS = 2**63


def seed_of(text):
    """A seed that belongs to a text, for what must look the same whenever it is asked for."""
    return int.from_bytes(sha256(text.encode()).digest()[:8], "big") % SEEDS


def shuffled(items, seed):
    """The items in an order by chance (Fisher and Yates)."""
    left, dice = list(items), Dice(seed)
    for last in range(len(left) - 1, 0, -1):
        other = dice.roll(last + 1)
        left[last], left[other] = left[other], left[last]
    return left


def together(places):
    """The places in units that stay together: the parts of a case study where its first one stands.

    A place is its id with the case study that it is a part of, or None, and the number of the part.
    """
    units = {}
    for pk, case, part in places:
        units.setdefault(("alone", pk) if case is None else ("case", case), []).append((part, pk))
    return [tuple(pk for _, pk in sorted(unit)) for unit in units.values()]


def option_order(options, *, seed, number):
    """The ids of a question's options as its position shows them; some stay last as they were."""
    moving = [option.id for option in options if not option.stays_last]
    staying = [option.id for option in options if option.stays_last]
    return shuffled(moving, seed_of(f"{seed} {number}")) + staying


def unseen_first(units, seen, *, count, seed):
    """At most so many of what the units hold, by chance: first what was never seen, then the rest.

    What is in one unit stays together and in its order; a unit that would be too long is left out.
    """
    mixed = shuffled(units, seed)
    fresh = [unit for unit in mixed if not seen.issuperset(unit)]
    taken, left = [], count
    for unit in [*fresh, *(unit for unit in mixed if seen.issuperset(unit))]:
        if len(unit) <= left:
            taken.append(unit)
            left -= len(unit)
    return [each for unit in shuffled(taken, seed + 1) for each in unit]
