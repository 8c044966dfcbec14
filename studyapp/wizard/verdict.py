"""What the wizard's page says of a decision: every option with its reasons in words."""

from dataclasses import dataclass

from studyapp.decision import possible_if, supports, wins_if
from studyapp.decision.asking import ask_next, conflicts
from studyapp.decision.decide import muddy_facts
from studyapp.decision.words import (
    Said,
    changes_in_words,
    condition_in_words,
    loses_because,
    reason_in_words,
    said_against,
    said_for,
)

STATE_WORDS = {
    "ruled-out": "ruled out",
    "in-doubt": "possible, depends on more",
    "standing": "possible",
}


@dataclass(frozen=True)
class OptionVerdict:
    """One option on the page, in words."""

    slug: str
    label: str
    state: str
    state_words: str
    is_recommended: bool
    reasons: tuple[Said, ...]
    supports: tuple[Said, ...]
    in_doubt: list[str]
    loses_because: str | None
    possible_if: tuple[str, ...]
    wins_if: tuple[str, ...]


@dataclass(frozen=True)
class TableVerdict:
    """One decision table on the page: what is recommended, why, and every option."""

    recommended: list[OptionVerdict]
    basis: str
    box_row: str
    options: list[OptionVerdict]
    ask_next: str | None
    conflicts: list[list[str]]

    @property
    def best_first(self):
        """The recommended options before the others."""
        return sorted(self.options, key=lambda option: not option.is_recommended)


def table_verdict(decision, verdict):
    """Put one table's decision into words."""
    profile, workload = decision.profile, decision.workload
    options = [option_verdict(decision, verdict, ruling) for ruling in verdict.rulings]
    row = verdict.row
    met = row and [c for each in row.applies for c in each if c.holds(workload.values)]
    return TableVerdict(
        recommended=[option for option in options if option.is_recommended],
        basis=verdict.basis,
        box_row="; ".join(condition_in_words(c, profile.traits) for c in met or ()),
        options=options,
        ask_next=ask_next(verdict.table, workload, profile.traits),
        conflicts=[
            [profile.traits[key].noun for key in keys]
            for keys in conflicts(verdict.table, workload, profile.traits)
        ],
    )


def option_verdict(decision, verdict, ruling):
    profile, workload, table = decision.profile, decision.workload, verdict.table
    traits, slug = profile.traits, ruling.option
    is_recommended = slug in verdict.recommended
    allowing = supports(table, slug, workload.values, traits) if is_recommended else ()
    return OptionVerdict(
        slug=slug,
        label=ruling.subject.label,
        state=ruling.state,
        state_words=STATE_WORDS[ruling.state],
        is_recommended=is_recommended,
        reasons=said_against(ruling.reasons, profile),
        supports=said_for(allowing, profile),
        in_doubt=[traits[key].noun for key in ruling.in_doubt],
        loses_because=loses_because(verdict, ruling, profile),
        possible_if=changes_in_words(possible_if(table, slug, workload, traits), traits),
        wins_if=changes_in_words(wins_if(table, slug, workload, traits), traits),
    )


def muddy_words(decision, others):
    """Muddy points that the workload touches, and what other profiles say where this is silent."""
    points = [(point.slug, point.text) for point in decision.muddy]
    return points + [
        (None, f"{other.label}: {reason_in_words(reason, other)}")
        for _, other, reason in muddy_facts(decision, others)
    ]
