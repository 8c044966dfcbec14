from fractions import Fraction

import pytest

from quiz.engine.result import Answered, Confusion, outcome
from quiz.engine.scoring import EXAM, PRACTICE, Grade, score, share


@pytest.mark.parametrize(
    ("right", "wrong", "exam", "practice"),
    (
        (3, 0, 1, 1),
        (2, 0, 0, Fraction(2, 3)),
        (3, 1, 0, Fraction(2, 3)),
        (1, 1, 0, 0),
        (0, 0, 0, 0),
        (3, 3, 0, 0),
        (0, 3, 0, 0),
    ),
)
def test_rules_by_right_and_wrong_parts_of_three(right, wrong, exam, practice):
    assert share(EXAM, right=right, wrong=wrong, of=3).fraction == exam
    assert share(PRACTICE, right=right, wrong=wrong, of=3).fraction == practice


@pytest.mark.parametrize("fraction", (Fraction(-1, 3), Fraction(4, 3)))
def test_grade_is_a_fraction(fraction):
    with pytest.raises(ValueError, match="no fraction"):
        Grade(fraction)


def test_thirds_add_up_to_one():
    assert score([Fraction(1, 3)] * 3, of=3).points == 1


@pytest.mark.parametrize(
    ("fractions", "of", "written", "percent"),
    (
        ([], 0, "0", 0),
        ([1, 1, None], 3, "2", 67),
        ([1, None], 2, "1", 50),
        ([1] + [None] * 7, 8, "1", 13),
        ([Fraction(1, 3), 1], 2, "1.33", 67),
        ([Fraction(1, 2), 1], 2, "1.5", 75),
    ),
)
def test_score_in_points_and_per_cent(fractions, of, written, percent):
    found = score(fractions, of=of)

    assert (found.written, found.percent) == (written, percent)


def answered(number, picked, right, fraction):
    return Answered(number, f"Stem {number}", picked, right, fraction, fraction is not None)


def test_outcome_counts_what_was_taken_for_what():
    found = outcome(
        [
            answered(1, ("Batch",), ("Real-time",), Fraction(0)),
            answered(2, ("Real-time",), ("Real-time",), Fraction(1)),
            answered(3, ("Serverless",), ("Real-time",), Fraction(0)),
            answered(4, ("Batch",), ("Real-time",), Fraction(0)),
            answered(5, (), ("Batch",), None),
        ]
    )

    assert found.confusions == (
        Confusion("Batch", "Real-time", 2),
        Confusion("Serverless", "Real-time", 1),
    )
    assert (found.score.points, found.checked, found.missed, found.next_number) == (1, 4, 4, 5)


def test_outcome_without_open_question_has_no_next():
    found = outcome([answered(1, ("Batch",), ("Batch",), Fraction(1))])

    assert (found.next_number, found.missed, found.confusions) == (None, 0, ())


def test_what_is_graded_by_oneself_is_left_out_of_the_score():
    found = outcome(
        [
            answered(1, ("Batch",), ("Batch",), Fraction(1)),
            Answered(2, "Stem 2", (), (), Fraction(1, 5), is_scored=False, is_self_graded=True),
            Answered(3, "Stem 3", (), (), None, is_scored=False, is_self_graded=True),
        ]
    )

    assert (found.score.points, found.score.of) == (1, 1)
    assert (found.self_graded, found.unscored, found.missed) == (2, 0, 0)


def test_what_the_exam_does_not_score_is_told_apart_from_what_one_grades_oneself():
    found = outcome(
        [
            answered(1, ("Batch",), ("Batch",), Fraction(1)),
            Answered(2, "Stem 2", (), (), Fraction(0), is_scored=False),
            Answered(3, "Stem 3", (), (), None, is_scored=False, is_self_graded=True),
        ]
    )

    assert (found.score.points, found.score.of) == (1, 1)
    assert (found.self_graded, found.unscored) == (1, 1)


def test_true_is_not_taken_for_false():
    wrong = Answered(1, "Stem 1", ("True",), ("False",), Fraction(0), has_rivals=False)

    assert outcome([wrong]).confusions == ()


def test_several_right_options_are_not_taken_for_each_other():
    found = outcome([answered(1, ("Batch", "Serverless"), ("Batch", "Real-time"), Fraction(0))])

    assert found.confusions == ()
