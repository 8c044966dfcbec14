"""Which amount to draw for a decision, and the lanes of its picture."""

from studyapp.decision.words import capital, limit_in_words, margin_in_words

from .lanes import Lane, lay_out


def picture_of(decision, profile, values, *, small=False):
    """The lanes picture of the amount that decides most, or of the payload while none is known."""
    trait = profile.traits[deciding_amount(decision, profile, values)]
    asked = values.get(trait.key)
    lanes = [lane_of(ruling, decision, trait, values) for ruling in decision.rulings]
    said = f"{capital(trait.noun)} {trait.in_words(asked)}" if asked is not None else ""
    return {
        "picture": lay_out(trait.unit, lanes, asked, said, small=small),
        "title": f"{capital(trait.noun)} against the limit of each option",
    }


def deciding_amount(decision, profile, values):
    """The known amount that rules most options out; without one, the first that is known."""
    amounts = [
        key
        for key in decision.table.traits
        if profile.traits[key].kind == "amount" and decision.table.limits(key)
    ]
    strikes = [r.trait for ruling in decision.rulings for r in ruling.reasons if r.is_hard]
    known = [key for key in amounts if key in values] or amounts
    return max(known, key=strikes.count)


def lane_of(ruling, decision, trait, values):
    """The lane of one option: it ends at the nearest limit that speaks for this workload."""
    limits = [
        fact
        for fact in decision.table.limiting[ruling.option]
        if fact.trait == trait.key
        and fact.hard
        and fact.relation in ("at-most", "at-least")
        and fact.active(values) is not False
    ]
    nearest = min(limits, key=lambda fact: fact.value, default=None)
    reason = next((r for r in ruling.reasons if nearest and r.fact == nearest), None)
    stated = bool(nearest) or trait.key in decision.table.stated[ruling.option]
    if reason:
        text = margin_in_words(reason, trait)
    elif nearest:
        text = limit_in_words(nearest, trait)
    else:
        text = "no hard limit" if stated else "not stated"
    return Lane(
        option=ruling.option,
        label=ruling.subject.label.removesuffix(" inference"),
        limit=nearest.value if nearest else None,
        ruling="recommended" if decision.recommended == (ruling.option,) else ruling.state,
        text=text,
        at_least=bool(nearest and nearest.relation == "at-least"),
        stated=stated,
    )
