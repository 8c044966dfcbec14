"""Where the scores of finished sessions stand on a plot, the oldest at the left.

Across, places are per cent of the width, so that words keep their size on every screen; down, they
are pixels.
"""

from dataclasses import dataclass
from itertools import pairwise

TOP, TALL, BOTTOM = 12, 180, 12
STEPS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Point:
    """One session: its number from the left, its score in per cent, and where it stands."""

    number: int
    percent: int
    x: float
    y: int


@dataclass(frozen=True)
class Plot:
    """All points, the stretches of line between them, and the lines of the scale."""

    points: tuple[Point, ...]
    scale: tuple[tuple[int, int], ...]
    height: int = TOP + TALL + BOTTOM

    @property
    def stretches(self):
        return tuple(pairwise(self.points))

    @property
    def in_words(self):
        """The plot in one sentence, for whoever does not see it."""
        first, last = self.points[0], self.points[-1]
        best = max(point.percent for point in self.points)
        if len(self.points) == 1:
            return f"One session: {first.percent} %."
        return (
            f"{len(self.points)} sessions, from {first.percent} % in the first "
            f"to {last.percent} % in the last; the best is {best} %."
        )


def plot(percents):
    """Lay out scores in per cent, in the order of their sessions; None while there are none."""
    if not percents:
        return None
    points = tuple(
        Point(number, percent, across(number - 1, len(percents)), down(percent))
        for number, percent in enumerate(percents, start=1)
    )
    return Plot(points, scale=tuple((percent, down(percent)) for percent in STEPS))


def across(index, count):
    """Evenly from left to right; a single session stands in the middle."""
    return 50.0 if count == 1 else round(index * 100 / (count - 1), 2)


def down(percent):
    return TOP + TALL - percent * TALL // 100
