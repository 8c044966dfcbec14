"""The statistics of questions, held against another way to the same figures."""

import random
import statistics
from itertools import permutations
from math import isclose, sqrt

import pytest

from quiz.engine.item_analysis import (
    FEWEST,
    Interval,
    fisher,
    item_statistics,
    pick_rates,
    set_statistics,
    wilson,
)

# Six people and four questions, worked out by hand below.
SHEETS = [(1, 1, 1, 1), (1, 1, 1, 0), (1, 1, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 0, 0)]


def generated(seed, people=40, questions=7):
    """Answers of people who differ in strength, some of them partly right."""
    dice = random.Random(seed)
    sheets = []
    for _ in range(people):
        strength = dice.random()
        sheets.append(
            tuple(
                1.0 if dice.random() < strength else dice.choice((0.0, 0.0, 0.5, 1 / 3))
                for _ in range(questions)
            )
        )
    return sheets


def of_question(sheets, number):
    return item_statistics([sheet[number] for sheet in sheets], [sum(sheet) for sheet in sheets])


@pytest.mark.parametrize("seed", range(25))
def test_an_item_equals_what_the_standard_library_makes_of_the_same_answers(seed):
    sheets = generated(seed)
    for number in range(len(sheets[0])):
        own = [sheet[number] for sheet in sheets]
        others = [sum(sheet) - sheet[number] for sheet in sheets]
        greatest = statistics.covariance(sorted(own), sorted(others))

        found = of_question(sheets, number)

        assert isclose(found.facility, statistics.fmean(own), abs_tol=1e-9)
        assert isclose(found.sd, statistics.stdev(own), abs_tol=1e-9)
        assert isclose(found.discrimination, statistics.correlation(own, others), abs_tol=1e-9)
        assert isclose(
            found.efficiency, statistics.covariance(own, others) / greatest, abs_tol=1e-9
        )


@pytest.mark.parametrize("seed", range(25))
def test_a_set_equals_what_the_standard_library_makes_of_the_same_answers(seed):
    sheets = generated(seed)
    scores = [statistics.fmean(sheet) for sheet in sheets]
    of = len(sheets[0])
    items = sum(statistics.variance(column) for column in zip(*sheets, strict=True))
    alpha = of / (of - 1) * (1 - items / statistics.variance([sum(sheet) for sheet in sheets]))

    found = set_statistics(sheets)

    assert isclose(found.mean, statistics.fmean(scores), abs_tol=1e-9)
    assert isclose(found.median, statistics.median(scores), abs_tol=1e-9)
    assert isclose(found.sd, statistics.stdev(scores), abs_tol=1e-9)
    assert isclose(found.consistency, alpha, abs_tol=1e-9)
    assert isclose(found.error, statistics.stdev(scores) * sqrt(max(1 - alpha, 0)), abs_tol=1e-9)


def test_efficiency_is_the_share_of_the_best_pairing_of_the_same_marks():
    own, others = [1, 0, 1, 0, 1], [3, 1, 0, 2, 4]
    best = max(statistics.covariance(own, pairing) for pairing in permutations(others))

    found = item_statistics(own, [a + b for a, b in zip(own, others, strict=True)])

    assert isclose(found.efficiency, statistics.covariance(own, others) / best, abs_tol=1e-9)


def test_figures_worked_out_by_hand():
    found = of_question(SHEETS, 0)

    assert found.n == 6
    assert isclose(found.facility, 4 / 6)
    assert isclose(found.sd, sqrt((4 * (1 / 3) ** 2 + 2 * (2 / 3) ** 2) / 5))
    # The others are 3, 2, 1, 0, 1, 0, of the mean 7/6; sums of deviations follow.
    assert isclose(found.discrimination, (6 - 4 * 7 / 6) / sqrt(4 / 3 * (15 - 49 / 6)))


@pytest.mark.parametrize(
    ("fractions", "totals"), [([1, 1, 1], [1, 2, 3]), ([1, 0, 1], [2, 1, 2]), ([0.5], [2])]
)
def test_without_spread_there_is_no_discrimination(fractions, totals):
    found = item_statistics(fractions, totals)

    assert found.discrimination is None
    assert found.discrimination_interval is None
    assert found.efficiency is None


def test_one_person_has_a_facility_and_no_deviation():
    assert item_statistics([0.5], [2]).facility == 0.5
    assert item_statistics([0.5], [2]).sd is None
    assert set_statistics([(1, 0)]).sd is None
    assert set_statistics([]) is None


def test_a_set_of_one_question_and_one_without_spread_have_no_consistency():
    assert set_statistics([(1,), (0,)]).consistency is None
    assert set_statistics([(1, 0), (0, 1)]).consistency is None


@pytest.mark.parametrize(
    ("share", "n", "low", "high"),
    # As published for Wilson's score interval without continuity correction.
    [(0.0, 10, 0.0, 0.2775), (0.5, 10, 0.2366, 0.7634), (1.0, 20, 0.8389, 1.0)],
)
def test_the_interval_of_a_share(share, n, low, high):
    found = wilson(share, n)

    assert isclose(found.low, low, abs_tol=5e-5)
    assert isclose(found.high, high, abs_tol=5e-5)


def test_the_interval_of_a_correlation():
    found = fisher(0.5, 28)

    assert isclose(found.low, 0.1556, abs_tol=5e-4)
    assert isclose(found.high, 0.7354, abs_tol=5e-4)
    assert fisher(1.0, 28) == Interval(1.0, 1.0)
    assert fisher(0.5, 3) is None


@pytest.mark.parametrize(("n", "is_shown"), [(FEWEST - 1, False), (FEWEST, True)])
def test_figures_are_shown_from_ten_people_on(n, is_shown):
    assert item_statistics([1.0] * n, [2.0] * n).is_shown is is_shown


def test_pick_rates_count_everybody_who_was_asked():
    assert pick_rates([{1, 2}, [2, 2], ()], n=4) == {1: 0.25, 2: 0.5}
