"""The worked example as steps: predict first, then see what the engine computed."""

from dataclasses import dataclass

from studyapp.decision import supports, wins_if
from studyapp.decision.words import change_in_words, reason_in_words, support_in_words

PREDICTIONS = {"ruled-out": "It is ruled out", "possible": "It can serve this case"}
OPENED = "opened"
SHOWN_CHANGES = 2


@dataclass(frozen=True)
class Said:
    """One finding of the engine in words, with its fact; `kind` is hard, soft, silent or support."""

    text: str
    kind: str
    fact: object


@dataclass(frozen=True)
class OpenStep:
    """A step that has been predicted: the guess, and what the engine says."""

    step: object
    guess: str
    ruling: object = None
    said: tuple[Said, ...] = ()
    possible: bool | None = None

    @property
    def guess_in_words(self):
        return PREDICTIONS.get(self.guess, "")

    @property
    def is_right(self):
        return (self.guess == "possible") == self.possible


@dataclass(frozen=True)
class Loser:
    """An option that does not win, and what would make it win."""

    ruling: object
    wins_if: tuple[str, ...]


def open_steps(steps, guesses, decision):
    """The steps up to the last guess, each with its verdict; a bad guess ends the row of guesses."""
    opened = []
    for step, guess in zip(steps, guesses, strict=False):
        if guess not in ((*PREDICTIONS, OPENED) if step.subject else (OPENED,)):
            break
        opened.append(open_step(step, guess, decision))
    return opened


def open_step(step, guess, decision):
    if step.subject is None:
        return OpenStep(step, guess)
    table, traits = decision.options.table, decision.profile.traits
    ruling = decision.options.ruling(step.subject.slug)
    said = [
        Said(reason_in_words(reason, decision.profile), kind_of(reason), reason.fact)
        for reason in ruling.reasons
    ]
    if ruling.is_possible:
        allowing = supports(table, ruling.option, decision.workload.values, traits)
        said += [Said(support_in_words(r, decision.profile), "support", r.fact) for r in allowing]
    return OpenStep(step, guess, ruling, tuple(said), ruling.is_possible)


def kind_of(reason):
    if reason.is_hard:
        return "hard"
    return "silent" if reason.relation == "silent" else "soft"


def losers(decision):
    """Every option that is not recommended, with the cheapest changes after which it would be."""
    table, traits = decision.options.table, decision.profile.traits
    return [
        Loser(
            ruling,
            tuple(
                " and ".join(change_in_words(change, traits) for change in changes)
                for changes in wins_if(table, ruling.option, decision.workload, traits)[
                    :SHOWN_CHANGES
                ]
                if changes
            ),
        )
        for ruling in decision.options.rulings
        if ruling.option not in decision.recommended
    ]
