"""What a session came to: the score, each question, and which option is taken for which."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from .confidence import CERTAIN
from .scoring import Score, percent, score

# The longest text that is a name rather than a sentence.
SHORT = 45
# How many of the weakest are shown at once.
FEW = 8


def in_quotes(texts):
    """Texts of a question inside a sentence of ours, each in quotation marks."""
    return tuple(f"“{text}”" for text in texts)


@dataclass(frozen=True)
class Ground:
    """One thing that a question rests on, in words, and the address where the guide tells it."""

    words: str
    address: str


@dataclass(frozen=True)
class Answered:
    """One question of a session: what was given, what is right, and the share that was right.

    `picked` and `right` are empty where a few texts cannot tell it. What is graded by oneself is
    not scored, and has no share until then; an exam leaves others out of the score as well.
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
    has_rivals: bool = True
    is_proved: bool = False
    objective: str = ""
    kind: str = ""
    grounds: tuple[Ground, ...] = ()
    confidence: int | None = None
    spent: timedelta | None = None

    @property
    def is_right(self):
        return self.fraction == 1

    @property
    def is_missed(self):
        """Whether it was not wholly right, counted or not; nobody is told so of their own grade."""
        return not self.is_self_graded and not self.is_right

    @property
    def is_unscored(self):
        """Whether the exam asked it without counting it."""
        return not self.is_scored and not self.is_self_graded

    @property
    def is_certain_but_wrong(self):
        return self.is_missed and self.is_answered and self.confidence == CERTAIN

    @property
    def percent(self):
        return percent(self.fraction) if self.fraction is not None else None


@dataclass(frozen=True)
class Share:
    """What the scored questions of one objective, kind or fact came to; a fact has an address."""

    name: str
    score: Score
    address: str = ""

    @property
    def is_full(self):
        return self.score.points == self.score.of


@dataclass(frozen=True)
class Confusion:
    """One option that was picked where another was right, and how often."""

    picked: str
    right: str
    times: int

    @property
    def is_telling(self):
        """Whether it came more than once, or between two things with a name, as options have."""
        return self.times > 1 or max(len(self.picked), len(self.right)) <= SHORT


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
    def flagged(self):
        return sum(each.is_flagged for each in self.answered)

    @property
    def certain_but_wrong(self):
        return tuple(each for each in self.answered if each.is_certain_but_wrong)

    @property
    def by_objective(self):
        return shares((Ground(each.objective, ""), each) for each in self.scored)

    @property
    def by_kind(self):
        return shares((Ground(each.kind, ""), each) for each in self.scored)

    @property
    def by_ground(self):
        """The score of what the questions rest on; a question that rests on several counts in each."""
        return shares((ground, each) for each in self.scored for ground in each.grounds)

    @property
    def weak_grounds(self):
        """The weakest few of what cost points."""
        return [share for share in self.by_ground if not share.is_full][:FEW]

    @property
    def other_grounds(self):
        return self.by_ground[len(self.weak_grounds) :]

    @property
    def scored(self):
        return [each for each in self.answered if each.is_scored]

    @property
    def telling(self):
        return [each for each in self.confusions if each.is_telling]

    @property
    def single(self):
        """What was mixed up once, in whole sentences."""
        return [each for each in self.confusions if not each.is_telling]

    @property
    def self_graded(self):
        """How many questions are left out of the score, because whoever answered grades them."""
        return sum(each.is_self_graded for each in self.answered)

    @property
    def unscored(self):
        """How many questions are left out of the score, because the form of the exam says so."""
        return sum(each.is_unscored for each in self.answered)

    @property
    def spent(self):
        """The time that went to all questions together."""
        return sum((each.spent for each in self.answered if each.spent), timedelta())

    @property
    def next_blank(self):
        """The first question that holds no answer, or None."""
        return next((each.number for each in self.answered if not each.is_answered), None)

    @property
    def next_number(self):
        """The first question that is not checked yet, or None."""
        return next((each.number for each in self.answered if not each.is_checked), None)


def shares(pairs):
    """The score of each ground of (ground, question) pairs: the weakest and the broadest first."""
    groups = {}
    for ground, each in pairs:
        groups.setdefault(ground, []).append(each.fraction)
    found = [
        Share(ground.words, score(held, of=len(held)), ground.address)
        for ground, held in groups.items()
    ]
    return sorted(found, key=lambda s: (s.score.points / s.score.of, -s.score.of, s.name))


def outcome(answered):
    """Work out the result of all questions of a session, answered or not."""
    scored = [each for each in answered if each.is_scored]
    mixed = Counter(
        (picked, each.right[0])
        for each in answered
        if each.is_checked and each.has_rivals and len(each.right) == 1
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
