"""Whether the engine and the brute-force solver, written apart from each other, say the same."""

import random

import pytest

from studyapp.decision import (
    Refused,
    Unproved,
    Workload,
    decide,
    possible_if,
    prove,
    wins_if,
)
from studyapp.decision.asking import ask_next, conflicts

from . import solver
from .content import PROFILES

TABLES = ("options", "shapes")


def drawn(profile, chunk, count):
    """Workloads by chance that neither side refuses; both must refuse the same ones."""
    rng = random.Random(f"{profile} {chunk}")
    for _ in range(count):
        values = solver.draw_workload(rng, profile)
        try:
            normal = solver.normalise(values)
        except solver.Refused:
            with pytest.raises(Refused):
                Workload.of(values, PROFILES[profile].traits)
            continue
        workload = Workload.of(values, PROFILES[profile].traits)
        assert workload.values == normal
        yield workload


def findings(decision):
    """A decision in the solver's terms."""
    return {
        "recommended": decision.recommended,
        "basis": decision.basis,
        "rulings": {ruling.option: ruling.state for ruling in decision.rulings},
        "in_doubt": {ruling.option: ruling.in_doubt for ruling in decision.rulings},
        "reasons": {
            ruling.option: [
                (r.trait, r.relation, r.allowed, r.margin, r.is_hard) for r in ruling.reasons
            ]
            for ruling in decision.rulings
        },
    }


def changes_of(alternatives):
    return [tuple((c.trait, c.before, c.relation, c.to) for c in each) for each in alternatives]


def rulings_reasons_and_recommendations_agree(slug, chunk, count):
    for workload in drawn(slug, chunk, count):
        decision = decide(workload, PROFILES[slug])

        assert findings(decision.options) == solver.solve(workload.values, slug, "options")
        assert findings(decision.shapes) == solver.solve(workload.values, slug, "shapes")


def conflicts_questions_and_counterfactuals_agree(slug, chunk, count):
    traits = PROFILES[slug].traits
    for workload in drawn(slug, f"changes {chunk}", count):
        for name in TABLES:
            table, values = PROFILES[slug].tables[name], workload.values

            assert conflicts(table, workload, traits) == solver.conflicts(values, slug, name)
            assert ask_next(table, workload, traits) == solver.ask_next(values, slug, name)
            for option in (subject.slug for subject in table.subjects):
                possible = changes_of(possible_if(table, option, workload, traits))
                wins = changes_of(wins_if(table, option, workload, traits))

                assert possible == solver.counterfactual(values, slug, name, option, "possible")
                assert wins == solver.counterfactual(values, slug, name, option, "wins")


def proofs_agree(slug, count):
    for workload in drawn(slug, "proofs", count):
        try:
            expected = solver.proved(workload.values, slug)
        except solver.Refused:
            with pytest.raises(Refused):
                prove(workload, PROFILES[slug])
            continue
        try:
            answer = prove(workload, PROFILES[slug]).answer
        except Unproved:
            answer = None

        assert answer == expected
