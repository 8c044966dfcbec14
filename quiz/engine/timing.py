"""Time in a session: where it stands at a moment, when it closes, and where the time went.

Moments are datetimes that are handed in; the clock that counts is the server's.
"""

from datetime import timedelta
from enum import Enum
from fractions import Fraction

# How long after the deadline an answer that was on its way still counts; never shown.
GRACE = timedelta(seconds=5)
# A longer pause between two saves is a break, and not counted to a question.
LONGEST_PAUSE = timedelta(minutes=10)
FACTORS = (1, Fraction(5, 4), Fraction(3, 2), 2, 3, 4, 5, 6, 7, 8, 9, 10)


class Phase(Enum):
    """Open takes answers; time up takes those still on their way; lapsed waits for its closing."""

    OPEN = "open"
    TIME_UP = "time-up"
    LAPSED = "lapsed"
    FINISHED = "finished"


def phase(*, now, deadline, finished_at):
    """Where a session stands; the deadline itself is still open, the end of the grace counts too."""
    if finished_at is not None:
        return Phase.FINISHED
    if deadline is None or now <= deadline:
        return Phase.OPEN
    return Phase.TIME_UP if now <= deadline + GRACE else Phase.LAPSED


def closing_time(*, now, deadline):
    """When a session that is closed now has finished: never later than its deadline."""
    return now if deadline is None else min(now, deadline)


def seconds_left(*, now, deadline):
    """The seconds until the deadline, 0 from then on; None without a time limit."""
    return None if deadline is None else max((deadline - now).total_seconds(), 0.0)


def limit(*, minutes, factor):
    """A time limit of so many minutes, stretched for whoever needs more time."""
    return timedelta(seconds=float(Fraction(minutes) * Fraction(factor) * 60))


def spent(saves, *, started_at):
    """The time that went to each question, from (moment, number) of every save in their order.

    The time before a save goes to the question that was saved; a pause longer than LONGEST_PAUSE is
    left out. Returns timedeltas by number.
    """
    found, before = {}, started_at
    for moment, number in saves:
        pause = moment - before
        if pause <= LONGEST_PAUSE:
            found[number] = found.get(number, timedelta()) + max(pause, timedelta())
        before = moment
    return found
