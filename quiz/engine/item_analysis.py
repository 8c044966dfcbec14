"""Item analysis: what the answers of a class say about each question, by classical test theory.

Fractions run from 0 to 1 and every question counts one; all statistics are over the same people, each
with one answered sheet. What cannot be computed (one person, no spread) is None.
"""

from dataclasses import dataclass, replace
from math import atanh, sqrt, tanh

# A question with fewer answers says nothing that would not change with the next one.
FEWEST = 10
# The standard normal quantile of a two-sided interval of 95 %.
Z = 1.959963984540054


@dataclass(frozen=True)
class Interval:
    """Where the true value lies with a confidence of 95 %."""

    low: float
    high: float


@dataclass(frozen=True)
class ItemStatistics:
    """One question: how easy it was, how it spread, and how well it told the stronger from the weaker.

    `facility` is the mean fraction, `sd` the standard deviation of the sample, `discrimination` the
    correlation with the score on all other questions, and `efficiency` that correlation's share of
    the greatest that the same marks could have had.
    """

    n: int
    facility: float
    facility_interval: Interval
    sd: float | None
    discrimination: float | None
    discrimination_interval: Interval | None
    efficiency: float | None
    guess: float | None

    @property
    def is_shown(self):
        """Whether enough people answered for the figures to mean something."""
        return self.n >= FEWEST


@dataclass(frozen=True)
class SetStatistics:
    """A whole set: the spread of its scores, as fractions, and how far its questions agree.

    `consistency` is the coefficient of internal consistency (Cronbach's alpha), `error` the standard
    error of one person's score.
    """

    n: int
    mean: float
    median: float
    sd: float | None
    consistency: float | None
    error: float | None

    @property
    def is_shown(self):
        """Whether enough people have finished for the figures to mean something."""
        return self.n >= FEWEST


def mean(values):
    return sum(values) / len(values)


def covariance_sum(one, other):
    """The sum of products of deviations; with itself, the sum of squares."""
    mean_one, mean_other = mean(one), mean(other)
    return sum((a - mean_one) * (b - mean_other) for a, b in zip(one, other, strict=True))


def item_statistics(fractions, totals, *, guess=None):
    """The statistics of one question, from each person's fraction on it and total over all questions.

    Both are sequences in the same order of people, not empty; `guess` is what blind guessing earns.
    """
    n, facility = len(fractions), mean(fractions)
    others = [total - own for own, total in zip(fractions, totals, strict=True)]
    spread = covariance_sum(fractions, fractions)
    with_others = covariance_sum(fractions, others)
    at_best = covariance_sum(sorted(fractions), sorted(others))
    discrimination = correlation(with_others, spread, covariance_sum(others, others))
    return ItemStatistics(
        n=n,
        facility=facility,
        facility_interval=wilson(facility, n),
        sd=sqrt(spread / (n - 1)) if n > 1 else None,
        discrimination=discrimination,
        discrimination_interval=fisher(discrimination, n),
        efficiency=with_others / at_best if at_best > TINY else None,
        guess=guess,
    )


# Sums of squares that only rounding has left: there was no spread.
TINY = 1e-12


def correlation(together, one, other):
    """Pearson's correlation from the sums of products; None where either does not vary."""
    if one <= TINY or other <= TINY:
        return None
    return max(-1.0, min(1.0, together / sqrt(one * other)))


def wilson(share, n):
    """Wilson's interval of a share of n; for parts of points it is wide enough, never too narrow."""
    middle = share + Z * Z / (2 * n)
    reach = Z * sqrt(max(share * (1 - share), 0) / n + Z * Z / (4 * n * n))
    whole = 1 + Z * Z / n
    return Interval(max((middle - reach) / whole, 0.0), min((middle + reach) / whole, 1.0))


def fisher(correlation, n):
    """The interval of a correlation by Fisher's transformation; None below four people."""
    if correlation is None or n < 4:
        return None
    if abs(correlation) == 1:
        return Interval(correlation, correlation)
    middle, reach = atanh(correlation), Z / sqrt(n - 3)
    return Interval(tanh(middle - reach), tanh(middle + reach))


def set_statistics(sheets):
    """The statistics of a set, from each person's fractions on all its questions; None for nobody."""
    if not sheets:
        return None
    n, of = len(sheets), len(sheets[0])
    totals = [sum(sheet) for sheet in sheets]
    whole = score_statistics([total / of for total in totals])
    if n == 1:
        return whole
    of_items = sum(covariance_sum(column, column) for column in zip(*sheets, strict=True))
    of_totals = covariance_sum(totals, totals)
    consistency = (
        of / (of - 1) * (1 - of_items / of_totals) if of > 1 and of_totals > TINY else None
    )
    error = None if consistency is None else whole.sd * sqrt(max(1 - consistency, 0))
    return replace(whole, consistency=consistency, error=error)


def score_statistics(scores):
    """The statistics of people who were asked different questions: only their scores compare."""
    if not scores:
        return None
    n, ranked = len(scores), sorted(scores)
    middle = (ranked[(n - 1) // 2] + ranked[n // 2]) / 2
    sd = sqrt(covariance_sum(scores, scores) / (n - 1)) if n > 1 else None
    return SetStatistics(n, mean(scores), middle, sd, None, None)


def pick_rates(picked, *, n):
    """The share of n people that picked each option, from one collection of option ids a person."""
    counts = {}
    for options in picked:
        for option in set(options):
            counts[option] = counts.get(option, 0) + 1
    return {option: count / n for option, count in counts.items()}
