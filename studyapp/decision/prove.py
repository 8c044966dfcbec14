"""Proof that a workload has exactly one right answer, and the certificate that says so."""

from dataclasses import dataclass

from .decide import decide_table
from .fact import Fact
from .profile import OPTIONS, BoxRow
from .workload import Workload

NONE = "none"


class Unproved(ValueError):
    """A workload without exactly one right answer; the words say what stands in the way."""


@dataclass(frozen=True)
class Certificate:
    """What was proved: the workload, its one answer, and all facts and the box row it rests on."""

    profile: str
    workload: Workload
    answer: str
    basis: str
    facts: tuple[Fact, ...]
    row: BoxRow | None


def prove(workload, profile):
    """Prove that one option, or `none`, is the right answer; raise Unproved in words otherwise.

    Every flag that is not mentioned is read as no; other traits that are not mentioned are not
    demanded. Nothing may rest on a caution, on silence or on a disputed number.
    """
    table, traits = profile.tables[OPTIONS], profile.traits
    flags = {key: False for key, trait in traits.items() if trait.kind == "flag"}
    stated = Workload.of(flags | workload.values, traits)
    decision = decide_table(table, stated.values, traits)
    if len(decision.recommended) > 1:
        raise Unproved(f"More than one option stands: {', '.join(decision.recommended)}.")
    for slug in decision.recommended:
        cautions = decision.ruling(slug).cautions
        if cautions:
            raise Unproved(f"{slug} carries a caution on {', '.join(r.trait for r in cautions)}.")
    for silence in ("never", "any"):
        read = decide_table(table, stated.values, traits, silence=silence)
        if read.recommended != decision.recommended:
            raise Unproved(
                f"It rests on silence or on a disputed number: with silence read as {silence} "
                f"and disputes as hard the answer is {', '.join(read.recommended) or NONE}."
            )
    answer = decision.recommended[0] if decision.recommended else NONE
    used = facts_used(table, stated.values)
    return Certificate(profile.slug, stated, answer, decision.basis, used, decision.row)


def facts_used(table, values):
    """Every fact of the table that speaks of a known trait of the workload."""
    return tuple(
        fact
        for subject in table.subjects
        for fact in table.facts[subject.slug]
        if fact.trait in values
    )
