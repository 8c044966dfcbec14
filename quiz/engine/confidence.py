"""How sure somebody was, asked before any verdict and never part of a score."""

from dataclasses import dataclass
from math import sqrt

from .scoring import score

LEVELS = ((1, "A guess"), (2, "Not sure"), (3, "Fairly sure"), (4, "Certain"))
GUESS, CERTAIN = LEVELS[0][0], LEVELS[-1][0]

# Of the normal distribution: 95 % of it lies within so many standard deviations of its middle.
WITHIN = 1.959963984540054
ROW, TEXT, LINE = 46, 16, 30


@dataclass(frozen=True)
class Level:
    """The answers given with one confidence: how many, how many were right, and their row in a plot.

    `low` and `high` are the ends of the interval, in per cent; `text_y` and `line_y` are pixels.
    """

    value: int
    label: str
    right: int
    of: int
    low: int
    high: int
    text_y: int
    line_y: int

    @property
    def percent(self):
        return score([self.right], of=self.of).percent


@dataclass(frozen=True)
class Calibration:
    """Confidence against correctness, from the least sure to the surest."""

    levels: tuple[Level, ...]

    @property
    def height(self):
        return len(self.levels) * ROW

    @property
    def in_words(self):
        """What the plot shows, for whoever does not see it."""
        return " ".join(
            f"{level.label}: {level.right} of {level.of} right, {level.percent} %, "
            f"between {level.low} and {level.high} %."
            for level in self.levels
        )

    @property
    def meaning(self):
        """What follows from it, in words."""
        held = {level.value: level for level in self.levels}
        certain, guessed = held.get(CERTAIN), held.get(GUESS)
        said = []
        if certain and certain.right < certain.of:
            wrong = certain.of - certain.right
            said.append(
                f"You were certain {times(certain.of)}, and wrong in {wrong} of them. Read those "
                "first: nobody looks up again what they are certain of."
            )
        elif certain:
            said.append(f"You were certain {times(certain.of)}, and right every time.")
        else:
            said.append("You were certain of no answer.")
        if guessed and guessed.right:
            said.append(
                f"Of {guessed.of} guessed {'answer' if guessed.of == 1 else 'answers'} "
                f"{guessed.right} {'was' if guessed.right == 1 else 'were'} right: that is luck, "
                "so count them among what is still to be learned."
            )
        return " ".join(said)


def times(number):
    return "once" if number == 1 else f"{number} times"


def calibration(answered):
    """Hold confidence against correctness; None where nobody said how sure they were.

    Blanks say nothing, and what is graded by oneself proves nothing.
    """
    said = [
        each
        for each in answered
        if each.confidence and each.is_answered and not each.is_self_graded
    ]
    levels = []
    for value, label in LEVELS:
        held = [each.is_right for each in said if each.confidence == value]
        if held:
            top, right = len(levels) * ROW, sum(held)
            low, high = interval(right, of=len(held))
            levels.append(Level(value, label, right, len(held), low, high, top + TEXT, top + LINE))
    return Calibration(tuple(levels)) if levels else None


def interval(right, *, of):
    """Where the true share lies in 19 of 20 cases, in whole per cent: the interval of Wilson."""
    share, square = right / of, WITHIN**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = WITHIN / (1 + square / of) * sqrt(share * (1 - share) / of + square / (4 * of * of))
    return round((middle - reach) * 100), round((middle + reach) * 100)
