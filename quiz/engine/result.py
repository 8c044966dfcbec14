"""What a session came to: the score, each question, and which option is taken for which."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from .scoring import Score, score


@dataclass(frozen=True)
class Answered:
    """One question of a session: what was picked, what is right, and the share that was right."""

    number: int
    stem: str
    picked: tuple[str, ...]
    right: tuple[str, ...]
    fraction: Fraction | None

    @property
    def is_checked(self):
        return self.fraction is not None

    @property
    def is_right(self):
        return self.fraction == 1


@dataclass(frozen=True)
class Confusion:
    """One option that was picked where another was right, and how often."""

    picked: str
    right: str
    times: int


@dataclass(frozen=True)
class Outcome:
    """The whole result."""

    score: Score
    answered: tuple[Answered, ...]
    confusions: tuple[Confusion, ...]

    @property
    def checked(self):
        return sum(each.is_checked for each in self.answered)

    @property
    def missed(self):
        return sum(not each.is_right for each in self.answered)

    @property
    def next_number(self):
        """The first question that is not checked yet, or None."""
        return next((each.number for each in self.answered if not each.is_checked), None)


def outcome(answered):
    """Work out the result of all questions of a session, answered or not."""
    mixed = Counter(
        (picked, right)
        for each in answered
        if each.is_checked
        for picked in each.picked
        for right in each.right
        if picked not in each.right
    )
    return Outcome(
        score=score((each.fraction for each in answered), of=len(answered)),
        answered=tuple(answered),
        confusions=tuple(
            Confusion(picked, right, times)
            for (picked, right), times in sorted(
                mixed.items(), key=lambda item: (-item[1], item[0])
            )
        ),
    )
