"""The worked example as steps: predict first, then see what the engine computed."""

from dataclasses import dataclass

from studyapp.decision import supports, wins_if
from studyapp.decision.words import Said, changes_in_words, said_against, said_for

PREDICTIONS = {"ruled-out": "It is ruled out", "possible": "It can serve this case"}
OPENED = "opened"


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
    said = said_against(ruling.reasons, decision.profile)
    if ruling.is_possible:
        found = supports(table, ruling.option, decision.workload.values, traits)
        said += said_for(found, decision.profile)
    return OpenStep(step, guess, ruling, said, ruling.is_possible)


def losers(decision):
    """Every option that is not recommended, with the cheapest changes after which it would be."""
    table, traits = decision.options.table, decision.profile.traits
    return [
        Loser(
            ruling,
            changes_in_words(wins_if(table, ruling.option, decision.workload, traits), traits),
        )
        for ruling in decision.options.rulings
        if ruling.option not in decision.recommended
    ]
