"""Every sentence that the engine says is made here, from facts, values and margins."""

from dataclasses import dataclass

from .amount import LONG, spoken
from .fact import Fact
from .relation import LIMITS

SHOWN_ALTERNATIVES = 2


@dataclass(frozen=True)
class Said:
    """One finding in words, with its fact; `kind` is hard, soft, silent or support."""

    text: str
    kind: str
    fact: Fact | None


def said_against(reasons, profile):
    """What speaks against an option, in words."""
    return tuple(Said(reason_in_words(r, profile), r.kind, r.fact) for r in reasons)


def said_for(found, profile):
    """What speaks for an option, in words."""
    return tuple(Said(support_in_words(r, profile), "support", r.fact) for r in found)


def capital(text):
    """The text with a capital first letter; the rest stays, so that "GPU" does too."""
    return text[:1].upper() + text[1:]


def reason_in_words(reason, profile):
    """One sentence: what was asked, what is allowed, the margin, and the fact's own note."""
    trait = profile.traits[reason.trait]
    if reason.relation == "silent":
        return f"{capital(profile.voice)} does not say whether it offers {demanded(reason, trait)}."
    sentence = broken(reason, trait)
    return f"{sentence} {reason.fact.note}".strip()


def limit_in_words(fact, trait):
    """A limit inside a sentence: as its source writes it, unless that is a long number."""
    return spoken(fact.value, trait.unit) if fact.value >= LONG else fact.shown


def broken(reason, trait):
    """The bare finding, without the note: "50 MB is 44 MB over the 6 MB payload limit."."""
    fact, asked = reason.fact, trait.in_words(reason.asked)
    if fact.relation in LIMITS:
        over = fact.relation in ("at-most", "below")
        margin, stated = spoken(reason.margin, trait.unit), limit_in_words(fact, trait)
        if not trait.unit:
            side = "over the limit of" if over else "short of the least, which is"
            return f"{capital(trait.noun)}: {asked} is {margin} {side} {stated}."
        if reason.margin == 0:
            return f"{asked} is not {fact.relation} the {stated} {trait.noun} limit."
        side = "over" if over else "under"
        limit = "limit" if over else "that it needs at least"
        return f"{asked} is {margin} {side} the {stated} {trait.noun} {limit}."
    return f"It does not {'offer' if fact.hard else 'promise'} {demanded(reason, trait)}."


def demanded(reason, trait):
    """What was demanded: "a GPU"; with the choice, where the trait has several that demand."""
    several = len([value for value in trait.values() if trait.is_demand(value)]) > 1
    return f"{trait.demand} ({trait.in_words(reason.asked)})" if several else trait.demand


def margin_in_words(reason, trait):
    """The margin alone, for where space is short: "44 MB over 6 MB"."""
    side = "over" if reason.relation in ("at-most", "below") else "under"
    return f"{spoken(reason.margin, trait.unit)} {side} {limit_in_words(reason.fact, trait)}"


def support_in_words(support, profile):
    """One sentence on what an option allows: "50 MB is within the 1 GB payload limit."."""
    trait, fact = profile.traits[support.trait], support.fact
    asked = trait.in_words(support.asked)
    if fact.relation == "one-of":
        return f"It serves this: {asked}."
    if fact.relation == "at-least":
        least = limit_in_words(fact, trait)
        return f"{capital(trait.noun)}: {asked}, and it needs at least {least}."
    if fact.relation in LIMITS:
        stated = limit_in_words(fact, trait)
        if trait.unit:
            sentence = f"{asked} is within the {stated} {trait.noun} limit."
        else:
            sentence = f"{capital(trait.noun)}: {asked} is within the limit of {stated}."
        return f"{sentence} {fact.note}".strip()
    if fact.relation == "any" and fact.note:
        return fact.note
    if trait.kind == "flag":
        return f"It offers {trait.demand}."
    if trait.is_number:
        return f"{capital(trait.noun)}: {asked}, and no limit is stated."
    return f"Nothing stated stands against this: {asked}."


def condition_in_words(condition, traits):
    """A condition of a box row or fact: "payload above 6 MB", "traffic is intermittent"."""
    trait = traits[condition.trait]
    if condition.relation in LIMITS:
        relation = condition.relation.replace("-", " ")
        return f"{trait.noun} {relation} {spoken(condition.value, trait.unit)}"
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    return f"{trait.noun}: " + " or ".join(trait.in_words(value) for value in values)


def change_in_words(change, traits):
    """A change that would matter: "payload at most 6 MB (now 50 MB)"."""
    trait = traits[change.trait]
    if change.relation in LIMITS:
        relation, now = change.relation.replace("-", " "), trait.in_words(change.before)
        return f"{trait.noun} {relation} {spoken(change.to, trait.unit)} (now {now})"
    return f"{trait.noun}: {trait.in_words(change.to)}"


def changes_in_words(alternatives, traits):
    """The cheapest alternatives, each as one line; nothing where no change is needed."""
    return tuple(
        " and ".join(change_in_words(change, traits) for change in changes)
        for changes in alternatives[:SHOWN_ALTERNATIVES]
        if changes
    )


def loses_because(decision, ruling, profile):
    """Why a possible option is not recommended, from facts; None for any other option."""
    if not ruling.is_possible or not decision.recommended or ruling.option in decision.recommended:
        return None
    winners = [decision.ruling(slug) for slug in decision.recommended]
    winner = next((w for w in winners if w.burdens < ruling.burdens), winners[0])
    sentences = []
    if winner.burdens < ruling.burdens:
        extra = [t for key, t in profile.traits.items() if key in ruling.burdens - winner.burdens]
        nouns = ", ".join(trait.noun for trait in extra)
        sentences.append(f"It stands with doubts that {winner.subject.label} has not: {nouns}.")
    elif decision.row:
        sentences.append(
            f"The concept box asks for {winner.subject.label} first "
            f"({decision.row.requirement[0].lower()}{decision.row.requirement[1:]})."
        )
    sentences.append(compare_statements(decision.table, ruling.subject, winner.subject))
    return " ".join(sentence for sentence in sentences if sentence)


def compare_statements(table, loser, winner):
    """What the profile states of both: how they are billed and what they are best for."""
    own, best = table.statements[loser.slug], table.statements[winner.slug]
    parts = []
    for key, verb in (("best_for", "is best for"), ("billing", "is billed")):
        if key in own and key in best and own[key].value != best[key].value:
            parts.append(
                f"{loser.label} {verb} {own[key].value}; {winner.label}, {best[key].value}."
            )
    return " ".join(parts)
