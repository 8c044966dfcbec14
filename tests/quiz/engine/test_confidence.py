from fractions import Fraction

import pytest

from quiz.engine.confidence import calibration, interval
from quiz.engine.result import Answered


def answered(confidence, is_right, **values):
    return Answered(
        number=1,
        stem="Which?",
        picked=(),
        right=(),
        fraction=Fraction(int(is_right)),
        confidence=confidence,
        **values,
    )


@pytest.mark.parametrize(
    ("right", "of", "low_and_high"),
    # Wilson's interval at 95 %, as tables of it state for these counts.
    ((0, 1, (0, 79)), (1, 1, (21, 100)), (0, 10, (0, 28)), (5, 10, (24, 76)), (81, 263, (26, 37))),
)
def test_interval_is_that_of_wilson(right, of, low_and_high):
    assert interval(right, of=of) == low_and_high


@pytest.mark.parametrize("of", (1, 2, 7, 65, 1000))
def test_interval_holds_the_share_and_stays_between_nothing_and_all(of):
    for right in range(of + 1):
        low, high = interval(right, of=of)

        assert 0 <= low <= round(100 * right / of) <= high <= 100


def test_nothing_is_told_where_nobody_said_how_sure_they_were():
    assert calibration([answered(None, True)]) is None
    assert calibration([]) is None


def test_levels_are_counted_from_the_least_sure_and_empty_ones_left_out():
    found = calibration(
        [answered(4, True), answered(4, False), answered(1, False), answered(None, True)]
    )

    assert [(level.label, level.right, level.of, level.percent) for level in found.levels] == [
        ("A guess", 0, 1, 0),
        ("Certain", 1, 2, 50),
    ]
    assert found.levels[0].line_y < found.levels[1].text_y < found.height


def test_blanks_and_what_is_graded_by_oneself_are_left_out():
    found = calibration(
        [
            answered(4, False, is_answered=False),
            answered(4, True, is_self_graded=True),
            answered(3, True),
        ]
    )

    assert [(level.label, level.of) for level in found.levels] == [("Fairly sure", 1)]


def test_partly_right_is_not_right():
    found = calibration([Answered(1, "Which?", (), (), Fraction(1, 2), confidence=2)])

    assert (found.levels[0].right, found.levels[0].of) == (0, 1)


def test_the_plot_is_told_in_words():
    found = calibration([answered(4, True), answered(4, False)])

    assert found.in_words == "Certain: 1 of 2 right, 50 %, between 9 and 91 %."


@pytest.mark.parametrize(
    ("given", "words"),
    (
        (
            [(4, True), (4, False)],
            "You were certain 2 times, and wrong in 1 of them. Read those first: nobody looks up "
            "again what they are certain of.",
        ),
        ([(4, True)], "You were certain once, and right every time."),
        ([(2, True)], "You were certain of no answer."),
        ([(1, False)], "You were certain of no answer."),
        (
            [(1, True)],
            "You were certain of no answer. Of 1 guessed answer 1 was right: that is luck, so "
            "count them among what is still to be learned.",
        ),
        (
            [(4, True), (1, True), (1, True), (1, False)],
            "You were certain once, and right every time. Of 3 guessed answers 2 were right: that "
            "is luck, so count them among what is still to be learned.",
        ),
    ),
)
def test_what_follows_is_said(given, words):
    assert calibration([answered(*each) for each in given]).meaning == words
