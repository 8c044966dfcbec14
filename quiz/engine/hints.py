"""Hints on a scenario question, one by one: the trait that bites, then the limit, then the margin.

All are made from the reasons that were frozen when the question was published.
"""

from decimal import Decimal

from studyapp.decision.amount import spoken

STEPS = 3


def hints_for(explanation, labels, traits):
    """The hints on a question in their order; () where no limit rules an option out.

    `labels` are the texts of the answer options by what they stand for. The hints tell of the limit
    that is missed by least: it is the one that is overlooked.
    """
    reason = narrowest(explanation)
    if reason is None:
        return ()
    option, found = reason
    noun = traits[found["trait"]].noun
    return (
        f"Look at the {noun}: it rules an option out.",
        f"{labels[option]}: {limit_in_words(found, noun)} ({found['source']}).",
        f"{labels[option]} is out. {found['text']}",
    )


def narrowest(explanation):
    """The hard reason with the least relative margin and its option; one without margin comes last."""
    hard = [
        (option, reason)
        for option, reasons in (explanation or {}).get("options", {}).items()
        for reason in reasons
        if reason["kind"] == "hard"
    ]
    return min(hard, key=lambda pair: relative_margin(pair[1]), default=None)


def relative_margin(reason):
    if reason["margin"] is None:
        return (1, Decimal(0))
    return (0, Decimal(reason["margin"]) / Decimal(reason["allowed"]))


def limit_in_words(reason, noun):
    """The limit that an option sets, without what was asked for."""
    relation, allowed = reason["relation"], reason["allowed"]
    if relation == "one-of":
        *first, last = allowed
        return (
            f"the {noun} may be {', '.join(first)} or {last}" if first else f"the {noun} is {last}"
        )
    if reason["margin"] is None:
        return f"its limit is on the {noun}"
    amount = spoken(Decimal(allowed), reason["unit"])
    return f"the {noun} may be {relation.replace('-', ' ')} {amount}"
