"""What a set tests and what it never tests, held against all that could be asked."""

from collections import Counter
from dataclasses import dataclass

AXES = ("limits", "pairs", "objectives", "kinds")


@dataclass(frozen=True)
class Asked:
    """What is picked as one, by what it tests: on each axis the names of limits, pairs and so on.

    It is one question by its id, or so many parts of a case study by all of theirs.
    """

    question: int | tuple[int, ...]
    tests: dict[str, frozenset[str]]
    size: int = 1

    @classmethod
    def whole(cls, parts):
        """The parts of a case study as one pick."""
        tests = {
            axis: frozenset().union(*(each.tests.get(axis, ()) for each in parts)) for axis in AXES
        }
        return cls(tuple(each.question for each in parts), tests, len(parts))


@dataclass(frozen=True)
class Line:
    """One limit, pair, objective or kind: how often the set asks it, and how often it could."""

    name: str
    times: int
    could: int

    @property
    def is_hole(self):
        return not self.times


def pairs_told_apart(answer, options, known):
    """The pairs of options that somebody tells apart who finds the answer among these options.

    `known` are the labels by slug of what can be told apart at all; a pair is named by both labels.
    """
    if answer not in known:
        return frozenset()
    return frozenset(
        " / ".join(sorted((known[answer], known[other])))
        for other in options
        if other in known and other != answer
    )


def coverage(picked, bank):
    """On each axis a line for everything that the bank can ask, what is missing first.

    `picked` are the questions of the set, `bank` all that could be picked, those of the set among
    them.
    """
    lines = {}
    for axis in AXES:
        times = Counter(name for each in picked for name in each.tests.get(axis, ()))
        could = Counter(name for each in bank for name in each.tests.get(axis, ()))
        names = sorted({*times, *could}, key=lambda name: (times[name] > 0, name))
        lines[axis] = [Line(name, times[name], could[name]) for name in names]
    return lines


def filling(picked, bank):
    """The fewest further questions, by the greedy rule, after which nothing that could be is missing.

    At each step that is taken which fills the most holes for each of its questions, the first of
    several in the order of the bank. Returns their ids.
    """
    taken = {each.question for each in picked}
    left = {item for each in bank for item in marks(each)} - {
        item for each in picked for item in marks(each)
    }
    chosen = []
    while left:
        best = max(
            (each for each in bank if each.question not in taken),
            key=lambda each: len(marks(each) & left) / each.size,
        )
        chosen.append(best.question)
        taken.add(best.question)
        left -= marks(best)
    return chosen


def marks(asked):
    """Everything a question tests, as (axis, name)."""
    return {(axis, name) for axis, names in asked.tests.items() for name in names}
