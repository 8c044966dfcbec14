from fractions import Fraction

import pytest

from quiz.engine.scale import scaled
from quiz.engine.scoring import Score

SCALE = {"lowest": 100, "highest": 1000, "to_pass": 720}


@pytest.mark.parametrize(
    ("points", "of", "value"),
    (
        (0, 50, 100),
        (50, 50, 1000),
        (25, 50, 550),
        (34, 50, 712),
        (35, 50, 730),
        # 100 + 900 × 1/8 = 212.5: a half goes up.
        (1, 8, 213),
        (Fraction(1, 3), 7, 143),
        (31, 45, 720),
    ),
)
def test_estimate_is_a_straight_line_to_the_nearest_whole(points, of, value):
    assert scaled(Score(Fraction(points), of), **SCALE).value == value


@pytest.mark.parametrize(
    ("points", "is_pass", "distance"), ((30, False, 20), (31, True, 0), (32, True, 20))
)
def test_estimate_is_held_against_the_pass_line(points, is_pass, distance):
    found = scaled(Score(Fraction(points), 45), **SCALE)

    assert (found.is_pass, found.distance) == (is_pass, distance)


def test_without_a_scored_question_there_is_no_estimate():
    assert scaled(Score(Fraction(0), 0), **SCALE) is None


@pytest.mark.parametrize(
    ("points", "place", "anchor"), ((0, 0, "start"), (5, 50, "middle"), (10, 100, "end"))
)
def test_words_stay_inside_the_picture(points, place, anchor):
    found = scaled(Score(Fraction(points), 10), **SCALE)

    assert (found.place, found.anchor, found.pass_place) == (place, anchor, 68.89)
