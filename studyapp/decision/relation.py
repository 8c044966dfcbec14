"""The relations that the engine knows: how a limit and a value stand to each other."""

LIMITS = ("at-most", "at-least", "below", "above")
OPPOSITE = {"at-most": "above", "above": "at-most", "at-least": "below", "below": "at-least"}


def breaks(relation, limit, value, *, is_demand):
    """Whether a known value breaks a limit; `never` is broken by whatever is demanded."""
    if relation == "at-most":
        return value > limit
    if relation == "at-least":
        return value < limit
    if relation == "below":
        return value >= limit
    if relation == "above":
        return value <= limit
    if relation == "one-of":
        return value not in limit
    if relation == "is":
        return value != limit
    return relation == "never" and is_demand


def all_of(truths):
    """Three-valued "and": False wins over unknown (None), unknown over True."""
    result = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result
