"""The distribution of a class's scores: a histogram as a picture, a table and words."""

from dataclasses import dataclass

STEP = 10
WIDTH = 100 / STEP
TALLEST, FOOT = 160, 22


@dataclass(frozen=True)
class Bar:
    """The people whose score lies in one stretch of ten per cent; places are per cent and pixels."""

    low: int
    high: int
    count: int
    height: int

    @property
    def x(self):
        return self.low

    @property
    def y(self):
        return TALLEST - self.height

    @property
    def label_y(self):
        return max(self.y - 6, 10)

    @property
    def words(self):
        return f"{self.low} to {'' if self.high == 100 else 'below '}{self.high} %"


@dataclass(frozen=True)
class Distribution:
    """All bars from the lowest score to the highest."""

    bars: tuple[Bar, ...]
    n: int

    height = TALLEST + FOOT
    base = TALLEST
    words_y = TALLEST + FOOT - 4

    @property
    def in_words(self):
        """What the picture shows, for whoever does not see it."""
        held = [f"{bar.words}: {bar.count}" for bar in self.bars if bar.count]
        return f"Scores of {self.n}. {'; '.join(held)}."


def distribution(shares):
    """Count scores (0 to 1) in ten stretches of the same width; a full score lies in the last."""
    counts = [0] * STEP
    for share in shares:
        # Scores are exact shares, and a float of one may fall just short of its border.
        counts[min(int(share * STEP + 1e-9), STEP - 1)] += 1
    most = max(counts, default=0) or 1
    bars = tuple(
        Bar(place * STEP, (place + 1) * STEP, count, round(count / most * (TALLEST - 20)))
        for place, count in enumerate(counts)
    )
    return Distribution(bars, len(shares))
