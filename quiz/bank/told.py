"""Drafts a scenario question from its file: the workload is told, and the engine proves the key."""

from dataclasses import replace

from quiz.engine.draft import Wrong
from quiz.engine.scenario import scenario
from studyapp.decision import Refused, Unproved, Workload, decide

from .hand import Hand
from .pictures import frozen_lanes


def draft_scenario(row, shelf):
    profile, hand = shelf.knowledge.profiles[row["profile"]], Hand(shelf)
    if row["kind"] != "single-choice":
        raise Wrong(f"a scenario question is of the kind single-choice, not {row['kind']}")
    if not isinstance(row["workload"], dict) or not row["workload"]:
        raise Wrong("workload must name traits and their values")
    try:
        workload = Workload.read(row["workload"], profile.traits)
        drafted = scenario(
            kind=row["kind"],
            profile=profile,
            stem=hand.text(row["stem"], "stem"),
            told=as_told(row["workload"]),
            workload=workload,
            others=shelf.knowledge.others(profile),
        )
    except Refused as error:
        raise Wrong(f"workload, {error}") from None
    except Unproved as error:
        raise Wrong(f"the engine cannot prove one answer: {error}") from None
    answer = drafted.certificate["answer"]
    if row["answer"] != answer:
        raise Wrong(f"the answer is given as {row['answer']}, but the engine proves {answer}")
    return replace(
        illustrated(drafted, profile),
        claim=hand.claim(row.get("claim")),
        facts=hand.facts_with(row.get("facts", [])),
    )


def illustrated(draft, profile):
    """The draft of a scenario with what its picture is drawn from."""
    lanes = frozen_lanes(decide(Workload.of(proved(draft, profile), profile.traits), profile))
    return replace(draft, explanation=draft.explanation | {"lanes": lanes})


def proved(draft, profile):
    """The workload of a certificate, read back."""
    return Workload.read(draft.certificate["workload"], profile.traits).values


def as_told(given):
    """The workload as the story tells it, as text that the wizard's address holds as well."""
    words = {True: "yes", False: "no"}
    return {
        key: words[value] if isinstance(value, bool) else str(value)
        for key, value in given.items()
        if value is not None
    }
