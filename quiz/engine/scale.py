"""The scaled score of an exam, estimated: a straight line from the lowest score to the highest."""

from dataclasses import dataclass
from fractions import Fraction

NEAR_EDGE = 10


@dataclass(frozen=True)
class Scaled:
    """An estimate on the scale of an exam; the places of a picture are per cent of its width."""

    value: int
    lowest: int
    highest: int
    to_pass: int

    @property
    def is_pass(self):
        """Whether the estimate as it is shown reaches the pass line."""
        return self.value >= self.to_pass

    @property
    def distance(self):
        return abs(self.value - self.to_pass)

    @property
    def place(self):
        return self.across(self.value)

    @property
    def pass_place(self):
        return self.across(self.to_pass)

    @property
    def anchor(self):
        """Where the words at its place begin, so that they stay inside the picture."""
        return (
            "start"
            if self.place < NEAR_EDGE
            else "end"
            if self.place > 100 - NEAR_EDGE
            else "middle"
        )

    def across(self, value):
        return round((value - self.lowest) * 100 / (self.highest - self.lowest), 2)


def scaled(score, *, lowest, highest, to_pass):
    """The estimate for a score, to the nearest whole, halves upward; None where nothing counts."""
    if not score.of:
        return None
    exact = lowest + (highest - lowest) * score.points / score.of
    return Scaled(int(exact + Fraction(1, 2)), lowest, highest, to_pass)
