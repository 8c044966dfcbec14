"""Rules of scoring by name, shown before answering, and the score of a whole session."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Grade:
    """How much of a question was right: an exact fraction from 0 to 1."""

    fraction: Fraction

    def __post_init__(self):
        if not 0 <= self.fraction <= 1:
            raise ValueError(f"{self.fraction} is no fraction from 0 to 1")


@dataclass(frozen=True)
class Rule:
    """How the parts of an answer become a fraction; `words` tell it to whoever answers."""

    slug: str
    words: str
    award: Callable[[int, int, int], Fraction]


def all_or_nothing(right, wrong, of):
    return Fraction(right == of and not wrong)


def right_minus_wrong(right, wrong, of):
    return max(Fraction(right - wrong, of), Fraction(0))


EXAM = Rule(
    "exam",
    "Each question counts one, when all of it is right. What is left blank counts as wrong.",
    all_or_nothing,
)
PRACTICE = Rule(
    "practice",
    "Each question counts one. What is partly right counts in part; where several options are right, "
    "a wrong pick takes back a right one.",
    right_minus_wrong,
)
RULES = {rule.slug: rule for rule in (EXAM, PRACTICE)}


def share(rule, *, right, wrong, of):
    """The grade for so many right and wrong parts out of so many that are asked for."""
    return Grade(rule.award(right, wrong, of))


def percent(fraction):
    """The whole per cent nearest to a fraction, halves upward."""
    return int(fraction * 100 + Fraction(1, 2))


@dataclass(frozen=True)
class Score:
    """What a session came to: exact points out of the number of its questions."""

    points: Fraction
    of: int

    @property
    def share(self):
        """The exact part of all points; nothing where no question counts."""
        return self.points / self.of if self.of else Fraction(0)

    @property
    def percent(self):
        """The whole per cent nearest to the score, halves upward."""
        return percent(self.share)

    @property
    def written(self):
        """The points as people read them: "7", or "7.33" where a question was partly right."""
        if self.points.denominator == 1:
            return str(self.points.numerator)
        return f"{float(self.points):.2f}".rstrip("0")


def score(fractions, *, of):
    """Add up the fractions of the questions; a question without one was left blank."""
    return Score(sum((each for each in fractions if each is not None), Fraction(0)), of)
