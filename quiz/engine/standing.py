"""Where a learner stands over all finished sessions: by first and by latest answer, and by misses."""

from dataclasses import dataclass
from fractions import Fraction

from .result import Ground
from .scoring import Score, score


@dataclass(frozen=True)
class Met:
    """One time that a question was scored: how much was right, and at which place of which session."""

    question: int
    version: int
    fraction: Fraction
    session: int
    number: int
    objective: str = ""
    grounds: tuple[Ground, ...] = ()

    @property
    def is_missed(self):
        return self.fraction != 1


@dataclass(frozen=True)
class Standing:
    """The questions of one objective or fact: as first answered, and as answered last."""

    name: str
    address: str
    first: Score
    latest: Score


@dataclass(frozen=True)
class Record:
    """One question: how often it was met and missed, and its first and latest time."""

    first: Met
    latest: Met
    met: int
    missed: int


def records(met):
    """The record of every question, from all times in their order."""
    found = {}
    for each in met:
        found.setdefault(each.question, []).append(each)
    return [
        Record(times[0], times[-1], len(times), sum(each.is_missed for each in times))
        for times in found.values()
    ]


def by_objective(records):
    return standings((Ground(each.latest.objective, ""), each) for each in records)


def by_ground(records):
    """A question counts in each thing that its latest wording rests on."""
    return standings((ground, each) for each in records for ground in each.latest.grounds)


def standings(pairs):
    """Each ground of (ground, record) pairs, the weakest by latest answers and the broadest first."""
    groups = {}
    for ground, record in pairs:
        groups.setdefault(ground, []).append(record)
    found = [
        Standing(
            ground.words,
            ground.address,
            first=score((each.first.fraction for each in held), of=len(held)),
            latest=score((each.latest.fraction for each in held), of=len(held)),
        )
        for ground, held in groups.items()
    ]
    return sorted(found, key=lambda s: (s.latest.points / s.latest.of, -s.latest.of, s.name))


def missed_most(records, *, count):
    """The questions that were missed most often; those that are still missed come first."""
    missed = [each for each in records if each.missed]
    missed.sort(key=lambda each: (-each.missed, not each.latest.is_missed, each.latest.question))
    return missed[:count]
