"""What the engine says of a workload while it is written: what stands, and what would change that."""

from dataclasses import dataclass

from studyapp.decision import OPTIONS, Refused, Unproved, Workload, decide, prove, wins_if
from studyapp.decision.amount import tidy
from studyapp.decision.sides import STEP, standing_for
from studyapp.decision.words import change_in_words, said_against

MOST_TRIED = 6
STATES = {"ruled-out": "ruled out", "in-doubt": "in doubt", "standing": "stands"}


@dataclass(frozen=True)
class Way:
    """One option for a workload: how it stands, why, and which change makes it the one answer."""

    slug: str
    label: str
    state: str
    state_words: str
    is_recommended: bool
    reasons: tuple
    change: str
    given: dict


def ways(given, profile):
    """The ways of every option for a workload as it is written; () where that cannot be read."""
    try:
        workload = stated(given, profile)
        decision = decide(workload, profile)
    except Refused:
        return ()
    return tuple(way_of(ruling, decision, given) for ruling in decision.options.rulings)


def stated(given, profile):
    """The workload as a proof reads it: a flag that is not mentioned is a no."""
    flags = {key: False for key, trait in profile.traits.items() if trait.kind == "flag"}
    values = Workload.read(given, profile.traits).values
    return Workload.of(flags | values, profile.traits)


def way_of(ruling, decision, given):
    profile = decision.profile
    changes, changed = cheapest_proved(ruling.option, decision, given)
    return Way(
        slug=ruling.option,
        label=ruling.subject.label,
        state=ruling.state,
        state_words=STATES[ruling.state],
        is_recommended=ruling.option in decision.options.recommended,
        reasons=said_against(ruling.reasons, profile),
        change=" and ".join(change_in_words(each, profile.traits) for each in changes),
        given=changed,
    )


def cheapest_proved(option, decision, given):
    """The cheapest changes after which exactly this option is proved, and the workload with them."""
    profile, traits = decision.profile, decision.profile.traits
    found = wins_if(profile.tables[OPTIONS], option, decision.workload, traits)
    for changes in found[:MOST_TRIED]:
        changed = given | {each.trait: typed(each, traits[each.trait]) for each in changes}
        try:
            if changes and prove(stated(changed, profile), profile).answer == option:
                return changes, changed
        except (Refused, Unproved):
            continue
    return (), {}


def typed(change, trait):
    """The new value of a changed trait, as somebody would type it into its field."""
    if isinstance(change.to, bool):
        return "yes" if change.to else "no"
    if not trait.is_number:
        return str(change.to)
    value = standing_for(change.relation, change.to, STEP[trait.kind])
    return f"{tidy(value):f} {trait.unit}".strip()
