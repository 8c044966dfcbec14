"""Turns a workload into a question: the engine proves the key and writes every word about it.

Everything comes back as plain data, so that it can be frozen: a review shows what was true when
the question was published, whatever the facts say by then.
"""

from studyapp.decision import NONE, decide, possible_if, prove, supports, wins_if
from studyapp.decision.amount import tidy
from studyapp.decision.asking import conflicts
from studyapp.decision.decide import muddy_facts
from studyapp.decision.relation import LIMITS
from studyapp.decision.words import (
    broken,
    change_in_words,
    condition_in_words,
    loses_because,
    reason_in_words,
    support_in_words,
)

from .draft import Draft, DraftOption

NONE_FITS = "None of these fits"
# Changes that ask for more than the story does.
GROWING = ("above", "at-least")
COUNTED = ("nothing", "one limit", "two limits", "three limits", "four limits", "five limits")


def scenario(*, kind, profile, stem, told, workload, others=()):
    """Draft the question for a workload; raises Unproved where it has not exactly one answer.

    `told` is the workload as the story tells it, `others` are the profiles to ask where this one
    is silent.
    """
    proof = prove(workload, profile)
    decision = decide(proof.workload, profile)
    table = decision.options
    options = [
        DraftOption(
            key=ruling.option,
            text=ruling.subject.label,
            is_correct=ruling.option == proof.answer,
            **feedback(decision, ruling, proof.answer),
        )
        for ruling in table.rulings
    ]
    options.append(
        DraftOption(
            key=NONE,
            text=NONE_FITS,
            is_correct=proof.answer == NONE,
            stays_last=True,
            **feedback_on_none(decision, proof.answer),
        )
    )
    return Draft(
        kind=kind,
        profile=profile.slug,
        stem=stem,
        options=tuple(options),
        workload=told,
        certificate=frozen_certificate(proof, decision),
        explanation={
            "options": {
                ruling.option: frozen_reasons(decision, ruling, proof.answer)
                for ruling in table.rulings
            },
            "muddy": frozen_muddy(decision, others),
        },
    )


# Feedback


def feedback(decision, ruling, answer):
    """What is said of one option to whoever picked it and to whoever left it, and what a pick overlooks."""
    label = ruling.subject.label
    if ruling.option == answer:
        why = why_it_wins(decision)
        return {
            "feedback_picked": f"{label} serves this workload best. {why}",
            "feedback_left": f"{label} would have been the one to pick. {why}",
        }
    change = what_would_change(decision, ruling.option)
    if ruling.is_possible:
        loses = loses_because(decision.options, ruling, decision.profile)
        fits = (
            "No stated limit rules it out" if silences(ruling) else "It could serve this workload"
        )
        return {
            "feedback_picked": f"{fits}, but another option does it better. "
            f"{loses} {change}".rstrip(),
            "feedback_left": f"{fits}, but loses. {loses} {change}".rstrip(),
            "misconception": f"Overlooks why another option does it better. {why_it_wins(decision)}",
        }
    count = sum(reason.is_hard for reason in ruling.reasons)
    limits = COUNTED[count] if count < len(COUNTED) else f"{count} limits"
    verb = "rules" if count == 1 else "rule"
    return {
        "feedback_picked": f"{label} cannot serve this workload: {limits} {verb} it out. {change}",
        "feedback_left": f"{limits.capitalize()} {verb} it out. {change}",
        "misconception": overlooked(decision, ruling, count),
    }


def overlooked(decision, ruling, count):
    """What somebody overlooks who picks an option that is ruled out: its first reason, and how many more."""
    first = ruling.reasons[0]
    more = f" And {count - 1} more." if count > 1 else ""
    return f"Overlooks this: {broken(first, decision.profile.traits[first.trait])}{more}"


def feedback_on_none(decision, answer):
    """What is said about "None of these fits"."""
    if answer != NONE:
        label = decision.options.ruling(answer).subject.label
        return {
            "feedback_picked": f"One option does fit: {label}. This would be right only where "
            "every option is ruled out.",
            "feedback_left": f"{label} fits, so this does not apply. It is right only where every "
            "option is ruled out.",
            "misconception": f"Takes {label} to be ruled out.",
        }
    traits = decision.profile.traits
    found = conflicts(decision.options.table, decision.workload, traits)
    alone = [f"No option allows {traits[keys[0]].demand}." for keys in found if len(keys) == 1]
    clashes = [" and ".join(traits[key].noun for key in keys) for keys in found if len(keys) > 1]
    together = [f"What cannot be had together: {'; or '.join(clashes)}."] if clashes else []
    clash = " ".join(alone + together)
    return {
        "feedback_picked": f"Every option is ruled out. {clash}".strip(),
        "feedback_left": f"This was right: every option is ruled out. {clash}".strip(),
    }


def why_it_wins(decision):
    """On which basis the recommended option is the answer, in words."""
    verdict, traits = decision.options, decision.profile.traits
    if verdict.row is None:
        if len(verdict.possible) == 1:
            return "Every other option is ruled out."
        return "Whatever else is possible stands with doubts that it does not have."
    values = decision.workload.values
    met = [
        condition_in_words(condition, traits)
        for alternative in verdict.row.applies
        if all(condition.holds(values) for condition in alternative)
        for condition in alternative
    ]
    row = f"{verdict.row.requirement[0].lower()}{verdict.row.requirement[1:]}"
    if verdict.basis == "best-for":
        return f"It is best for this: {row} ({'; '.join(met)})."
    first = verdict.ruling(verdict.row.chooses[0])
    out = "is ruled out" if not first.is_possible else "stands with doubts"
    instead = "" if first.option in verdict.recommended else f" {first.subject.label} {out}."
    return f"The concept box decides: {row} ({'; '.join(met)}).{instead}"


def what_would_change(decision, option):
    """What would have to be true for this option to be the answer, or at least possible."""
    table, traits = decision.options.table, decision.profile.traits
    ruling = decision.options.ruling(option)
    silent = silences(ruling)
    found = wins_if(table, option, decision.workload, traits)
    stated = [
        each for each in found if is_stated(each, table, traits) and lifts(each, silent, traits)
    ]
    wins = in_words(stated, traits)
    if wins:
        return f"It would be the answer with {wins}."
    if found and silent:
        return reason_in_words(silent[0], decision.profile)
    if ruling.is_possible:
        return ""
    possible = in_words(possible_if(table, option, decision.workload, traits), traits)
    if possible:
        return f"It would be possible, though not the answer, with {possible}."
    return "No change of a few values would make it possible."


def silences(ruling):
    """What is demanded of an option on which the profile is silent."""
    return [reason for reason in ruling.reasons if reason.kind == "silent"]


def is_stated(alternative, table, traits):
    """Whether the profile says of every option what it does with each demand that would be new."""
    return all(
        change.trait in table.stated[subject.slug]
        for change in alternative
        if demands(change, traits) and not was_demanded(change, traits)
        for subject in table.subjects
    )


def lifts(alternative, silent, traits):
    """Whether the changes leave no demand on which the profile is silent."""
    lifted = {change.trait for change in alternative if not demands(change, traits)}
    return lifted.issuperset(reason.trait for reason in silent)


def demands(change, traits):
    return change.relation in GROWING or traits[change.trait].is_demand(change.to)


def was_demanded(change, traits):
    return change.before is not None and traits[change.trait].is_demand(change.before)


def in_words(alternatives, traits):
    """The cheapest set of changes in one line; "" where there is none."""
    cheapest = alternatives[0] if alternatives else ()
    *others, last = [told_change(change, traits) for change in cheapest] or [""]
    return f"{', '.join(others)} and {last}" if others else last


def told_change(change, traits):
    """One change inside a sentence, where the words of a choice need quotation marks."""
    if change.relation in LIMITS:
        return change_in_words(change, traits)
    trait = traits[change.trait]
    return f"{trait.noun} “{trait.in_words(change.to)}”"


# What is frozen


def certificate_of(workload, profile):
    """The certificate of a workload alone; raises Unproved where it has not exactly one answer."""
    proof = prove(workload, profile)
    return frozen_certificate(proof, decide(proof.workload, profile))


def frozen_certificate(proof, decision):
    """What was proved, with every fact it rests on in full, as plain data."""
    return {
        "profile": proof.profile,
        "workload": {key: plain(value) for key, value in proof.workload.values.items()},
        "answer": proof.answer,
        "basis": proof.basis,
        "box_row": proof.row and frozen_row(proof.row),
        "rulings": {ruling.option: ruling.state for ruling in decision.options.rulings},
        "facts": [frozen_fact(fact) for fact in proof.facts],
    }


def frozen_row(row):
    return {
        "slug": row.slug,
        "requirement": row.requirement,
        "chooses": list(row.chooses),
        "source": row.source,
        "as_of": row.as_of,
    }


def frozen_fact(fact):
    return {
        "fact": fact.slug,
        "revision": fact.revision,
        "subject": fact.subject,
        "trait": fact.trait,
        "relation": fact.relation,
        "value": plain(fact.value),
        "shown": fact.shown,
        "when": [frozen_condition(each) for each in fact.when],
        "unless": [frozen_condition(each) for each in fact.unless],
        "hard": fact.hard,
        "disputes": fact.disputes,
        "note": fact.note,
        "source": fact.source,
        "url": fact.url,
        "as_of": fact.as_of,
    }


def frozen_condition(condition):
    return [condition.trait, condition.relation, plain(condition.value)]


def frozen_reasons(decision, ruling, answer):
    """Every reason against an option; for the answer, what speaks for it."""
    profile, values = decision.profile, decision.workload.values
    found = [
        frozen_reason(reason.kind, reason, reason_in_words(reason, profile), profile)
        for reason in ruling.reasons
    ]
    if ruling.option == answer:
        table = decision.options.table
        found += [
            frozen_reason("support", each, support_in_words(each, profile), profile)
            for each in supports(table, answer, values, profile.traits)
        ]
    return found


def frozen_reason(kind, reason, text, profile):
    fact = reason.fact
    return {
        "kind": kind,
        "trait": reason.trait,
        "asked": plain(reason.asked),
        "relation": reason.relation,
        "allowed": plain(reason.allowed),
        "margin": plain(reason.margin),
        "unit": profile.traits[reason.trait].unit,
        "text": text,
        "fact": fact.slug if fact else "",
        "revision": fact.revision if fact else None,
        "source": fact.source if fact else "",
        "url": fact.url if fact else "",
        "as_of": fact.as_of if fact else None,
    }


def frozen_muddy(decision, others):
    """Muddy points that the workload touches, and what other profiles say where this is silent."""
    asked = decision.options.table.asked
    points = [
        muddy_words(point)
        for point in decision.muddy
        if any(condition.trait in asked for condition in point.touches)
    ]
    return points + [
        {"slug": "", "text": f"{other.label}: {reason_in_words(reason, other)}"}
        for slug, other, reason in muddy_facts(decision, others)
        if slug in decision.options.table.facts
    ]


def muddy_words(point):
    """A muddy point as it is frozen with a question."""
    return {"slug": point.slug, "text": f"{point.title}. {point.text}"}


def plain(value):
    """A value as JSON holds it without loss: amounts are texts."""
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if value is None or isinstance(value, (bool, str)):
        return value
    return f"{tidy(value):f}"


__all__ = ["NONE_FITS", "certificate_of", "scenario"]
