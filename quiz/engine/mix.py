"""Which questions a session takes, from groups that are wanted in shares; a thin group spills over."""

from .shuffle import shuffled

# Of ten questions, so many of each, in the order in which a thin group spills into the others.
SHARES = (("missed", 4), ("unseen", 4), ("mastered", 2))


def mixed(groups, *, count, seed, shares=SHARES):
    """At most `count` of what the units in the groups hold, by chance, in the shares that are wanted.

    A group that has too few gives its places to the first group in the order of the shares that has
    more. What is in one unit stays together and in its order; a unit that would be too long is left
    out. Returns what the units hold, in an order by chance.
    """
    waiting = {
        name: shuffled(groups.get(name, ()), seed + place) for place, (name, _) in enumerate(shares)
    }
    taken, left = [], count
    total = sum(share for _, share in shares)
    for name, share in shares:
        room = min(left, round(count * share / total))
        left -= take(waiting[name], taken, room)
    for name, _ in shares:
        left -= take(waiting[name], taken, left)
    return [each for unit in shuffled(taken, seed + len(shares)) for each in unit]


def take(units, taken, room):
    """Move units that fit into the room from the front of a group; returns how much they hold."""
    before = room
    for unit in list(units):
        if len(unit) <= room:
            units.remove(unit)
            taken.append(unit)
            room -= len(unit)
    return before - room
