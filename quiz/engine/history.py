"""Where the scores of finished sessions stand on a plot, the oldest at the left.

Across, places are per cent of the width, so that words keep their size on every screen; down, they
are pixels.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

TOP, TALL, BOTTOM = 12, 180, 34
STEPS = (0, 25, 50, 75, 100)
# A point grows with its questions, up to the length of an exam.
SMALLEST, LARGEST, GROWS_EVERY = 3, 7, 15


@dataclass(frozen=True)
class Finished:
    """One finished session: its score in per cent of so many questions, when, and how it is marked."""

    percent: int
    of: int
    day: date
    mark: str = "circle"
    is_exam: bool = False


@dataclass(frozen=True)
class Point:
    """One session: its number from the left, how it is marked, where it stands, and how large."""

    number: int
    session: Finished
    x: float
    y: int

    @property
    def percent(self):
        return self.session.percent

    @property
    def radius(self):
        return min(SMALLEST + self.session.of // GROWS_EVERY, LARGEST)

    @property
    def size(self):
        return 2 * self.radius

    @property
    def in_words(self):
        session = self.session
        questions = "1 question" if session.of == 1 else f"{session.of} questions"
        name = "Exam" if session.is_exam else "Session"
        return f"{name} of {day(session.day)}: {session.percent} % of {questions}"


@dataclass(frozen=True)
class Plot:
    """All points, the stretches of line between them, and the lines of the scale."""

    points: tuple[Point, ...]
    scale: tuple[tuple[int, int], ...]
    height: int = TOP + TALL + BOTTOM
    days_y: int = TOP + TALL + BOTTOM - 6

    @property
    def stretches(self):
        return tuple(pairwise(self.points))

    @property
    def days(self):
        """The first and the last day below the axis, as (place, anchor, words)."""
        first, last = day(self.points[0].session.day), day(self.points[-1].session.day)
        if len(self.points) == 1:
            return ((50, "middle", first),)
        return ((0, "start", first), (100, "end", last))

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


def plot(sessions):
    """Lay out finished sessions in their order; None while there are none."""
    if not sessions:
        return None
    points = tuple(
        Point(number, session, across(number - 1, len(sessions)), down(session.percent))
        for number, session in enumerate(sessions, start=1)
    )
    return Plot(points, scale=tuple((percent, down(percent)) for percent in STEPS))


def across(index, count):
    """Evenly from left to right; a single session stands in the middle."""
    return 50.0 if count == 1 else round(index * 100 / (count - 1), 2)


def down(percent):
    return TOP + TALL - percent * TALL // 100


def day(moment):
    return f"{moment.day} {moment:%b %Y}"
