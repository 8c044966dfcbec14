"""What a session came to: the score, each question, and which option is taken for which."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from .scoring import Score, percent, score


@dataclass(frozen=True)
class Answered:
    """One question of a session: what was given, what is right, and the share that was right.

    `picked` and `right` are empty where a few texts cannot tell it. What is graded by oneself is
    not scored, and has no share until then; an exam leaves some others unscored too.
    """

    number: int
    stem: str
    picked: tuple[str, ...]
    right: tuple[str, ...]
    fraction: Fraction | None
    is_checked: bool = True
    is_answered: bool = True
    is_flagged: bool = False
    is_scored: bool = True
    is_self_graded: bool = False
    is_pick: bool = True
    objective: str = ""
    kind: str = ""

    @property
    def is_right(self):
        return self.fraction == 1

    @property
    def is_missed(self):
        return self.is_scored and not self.is_right

    @property
    def percent(self):
        return percent(self.fraction) if self.fraction is not None else None


@dataclass(frozen=True)
class Share:
    """What the scored questions of one objective, or of one kind, came to."""

    name: str
    score: Score


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
    def given(self):
        """How many hold an answer, checked or not."""
        return sum(each.is_answered for each in self.answered)

    @property
    def missed(self):
        return sum(each.is_missed for each in self.answered)

    @property
    def by_objective(self):
        return self.shares("objective")

    @property
    def by_kind(self):
        return self.shares("kind")

    def shares(self, name):
        """The score of each objective or kind, the weakest first; only scored questions count."""
        groups = {}
        for each in self.answered:
            if each.is_scored:
                groups.setdefault(getattr(each, name), []).append(each.fraction)
        found = [Share(group, score(held, of=len(held))) for group, held in groups.items()]
        return sorted(found, key=lambda share: (share.score.points / share.score.of, share.name))

    @property
    def self_graded(self):
        """How many questions are left out of the score, because whoever answered grades them."""
        return sum(each.is_self_graded for each in self.answered)

    @property
    def unscored(self):
        """How many questions are left out of the score, because the form of the exam says so."""
        return sum(not each.is_scored and not each.is_self_graded for each in self.answered)

    @property
    def next_blank(self):
        """The first question that holds no answer, or None."""
        return next((each.number for each in self.answered if not each.is_answered), None)

    @property
    def next_number(self):
        """The first question that is not checked yet, or None."""
        return next((each.number for each in self.answered if not each.is_checked), None)


def outcome(answered):
    """Work out the result of all questions of a session, answered or not."""
    scored = [each for each in answered if each.is_scored]
    mixed = Counter(
        (picked, each.right[0])
        for each in answered
        if each.is_checked and each.is_pick and len(each.right) == 1
        for picked in each.picked
        if picked not in each.right
    )
    return Outcome(
        score=score((each.fraction for each in scored), of=len(scored)),
        answered=tuple(answered),
        confusions=tuple(
            Confusion(picked, right, times)
            for (picked, right), times in sorted(
                mixed.items(), key=lambda item: (-item[1], item[0])
            )
        ),
    )
