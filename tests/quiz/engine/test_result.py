from datetime import timedelta
from fractions import Fraction

import pytest

from quiz.engine.result import FEW, Answered, Confusion, Ground, outcome

PAYLOAD, REPLY = Ground("Payload", "/payload"), Ground("Reply", "/reply")


def answered(number=1, fraction=1, **values):
    fraction = None if fraction is None else Fraction(fraction)
    return Answered(number, "Which?", (), (), fraction, **values)


def told(shares):
    return [(s.name, s.address, s.score.written, s.score.of) for s in shares]


def test_a_question_counts_in_each_thing_that_it_rests_on():
    found = outcome(
        [answered(1, 1, grounds=(PAYLOAD, REPLY)), answered(2, 0, grounds=(REPLY,)), answered(3, 0)]
    )

    assert told(found.by_ground) == [("Reply", "/reply", "1", 2), ("Payload", "/payload", "1", 1)]
    assert [share.name for share in found.weak_grounds] == ["Reply"]
    assert [share.name for share in found.other_grounds] == ["Payload"]


def test_only_the_weakest_few_are_shown_at_once():
    grounds = tuple(Ground(f"Fact {n:02}", "") for n in range(FEW + 3))
    found = outcome([answered(1, 0, grounds=grounds)])

    assert [share.name for share in found.weak_grounds] == [f"Fact {n:02}" for n in range(FEW)]
    assert len(found.other_grounds) == 3


def test_what_an_exam_leaves_out_of_the_score_is_missed_all_the_same():
    found = outcome(
        [
            answered(1, 1),
            answered(2, 0, is_scored=False, grounds=(REPLY,)),
            answered(3, 0, is_scored=False, is_self_graded=True),
        ]
    )

    assert (found.score.written, found.score.of) == ("1", 1)
    assert (found.missed, found.unscored, found.self_graded) == (1, 1, 1)
    assert found.by_ground == []


@pytest.mark.parametrize(
    ("values", "is_so"),
    (
        ({"fraction": 0, "confidence": 4}, True),
        ({"fraction": "1/2", "confidence": 4}, True),
        ({"fraction": 0, "confidence": 4, "is_scored": False}, True),
        ({"fraction": 1, "confidence": 4}, False),
        ({"fraction": 0, "confidence": 3}, False),
        ({"fraction": 0, "confidence": None}, False),
        ({"fraction": None, "confidence": 4, "is_answered": False}, False),
        ({"fraction": 0, "confidence": 4, "is_self_graded": True}, False),
    ),
)
def test_certain_but_wrong_takes_an_answer_with_a_key(values, is_so):
    assert bool(outcome([answered(**values)]).certain_but_wrong) == is_so


def test_time_adds_up_and_what_was_not_measured_is_left_out():
    found = outcome(
        [
            answered(1, spent=timedelta(seconds=40)),
            answered(2, spent=timedelta(seconds=5)),
            answered(3),
        ]
    )

    assert found.spent == timedelta(seconds=45)
    assert outcome([answered()]).spent == timedelta()


def test_flagged_ones_are_counted():
    assert outcome([answered(1, is_flagged=True), answered(2)]).flagged == 1


@pytest.mark.parametrize(
    ("confusion", "is_telling"),
    (
        (Confusion("Serverless inference", "Batch transform", 1), True),
        (Confusion("A sentence that is longer than any name of an option is", "Short", 1), False),
        (Confusion("A sentence that is longer than any name of an option is", "Short", 2), True),
    ),
)
def test_a_confusion_tells_much_where_it_recurs_or_is_between_names(confusion, is_telling):
    assert confusion.is_telling == is_telling
