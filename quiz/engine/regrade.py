"""Regrading: what an answer is worth once an instructor has decided otherwise about its question."""

from dataclasses import dataclass
from fractions import Fraction

from .kinds import BY_SLUG

ACCEPT, ACCEPT_ALL, DROP, RESCORE = "accept", "accept-all", "drop", "rescore"


@dataclass(frozen=True)
class Decision:
    """One decision on a question; `option` is the id of the one that is accepted."""

    action: str
    option: int | None = None


@dataclass(frozen=True)
class Mark:
    """What an answer earned (None: it was left blank), and whether that counts in the score."""

    fraction: Fraction | None
    is_scored: bool

    @property
    def points(self):
        """What it adds to the score of its session."""
        return self.fraction if self.is_scored and self.fraction is not None else Fraction(0)


def in_force(decisions):
    """The decisions that hold, in their order: grading anew by the key sets all earlier ones aside."""
    held = []
    for each in decisions:
        held = [] if each.action == RESCORE else [*held, each]
    return held


def mark_by(decisions, mark, *, kind, response, key, rule):
    """The mark of one answer under all decisions on its question, from the oldest to the newest.

    `mark` is what stands so far. Accepting an option takes nothing from anybody: an answer is worth
    the most that any of the accepted keys gives. A blank stays a blank, unless everybody has the point.
    """
    held = in_force(decisions)
    actions = {each.action for each in held}
    is_scored = DROP not in actions
    if ACCEPT_ALL in actions:
        return Mark(Fraction(1), is_scored)
    if response is None:
        return Mark(None if mark.fraction is None else Fraction(0), is_scored)
    accepted = {each.option for each in held if each.action == ACCEPT}
    keys = (key, *BY_SLUG[kind].also_right(key, accepted))
    worth = max(BY_SLUG[kind].grade(response, each, rule).fraction for each in keys)
    return Mark(worth, is_scored)
