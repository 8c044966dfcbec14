"""What an answer is worth after an instructor's decision, and who gains and who does not."""

from fractions import Fraction
from types import SimpleNamespace

import pytest

from quiz.engine.kinds import Key
from quiz.engine.regrade import ACCEPT, ACCEPT_ALL, DROP, RESCORE, Decision, Mark, mark_by
from quiz.engine.scoring import EXAM, PRACTICE

A, B, C, D = 1, 2, 3, 4


def key(*right):
    return Key(tuple(SimpleNamespace(id=n, is_correct=n in right) for n in (A, B, C, D)))


def marked(*decisions, response, kind="single-choice", right=(A,), rule=EXAM, before=Fraction(0)):
    held = [each if isinstance(each, Decision) else Decision(each) for each in decisions]
    mark = Mark(before, True)
    return mark_by(held, mark, kind=kind, response=response, key=key(*right), rule=rule)


def accept(option):
    return Decision(ACCEPT, option)


@pytest.mark.parametrize(("picked", "worth"), [(A, 1), (B, 1), (C, 0)])
def test_an_option_that_is_accepted_too_counts_beside_the_key(picked, worth):
    assert marked(accept(B), response=picked) == Mark(Fraction(worth), True)


@pytest.mark.parametrize(
    ("picked", "worth"), [([A, B], 1), ([A, B, C], 1), ([A, C], 0), ([A, B, D], 0), ([C], 0)]
)
def test_of_several_right_options_one_more_may_be_picked_and_need_not(picked, worth):
    found = marked(accept(C), response=picked, kind="multiple-response", right=(A, B))

    assert found == Mark(Fraction(worth), True)


def test_accepting_takes_nothing_from_anybody_where_parts_count():
    several = {"kind": "multiple-response", "right": (A, B), "rule": PRACTICE}

    assert marked(accept(C), response=[A], **several).fraction == Fraction(1, 2)
    assert marked(accept(C), response=[A, C], **several).fraction == Fraction(2, 3)


def test_two_options_can_be_accepted_one_after_the_other():
    assert marked(accept(B), accept(C), response=B).fraction == 1
    assert marked(accept(B), accept(C), response=C).fraction == 1


@pytest.mark.parametrize(("response", "before"), [(D, Fraction(0)), (None, None)])
def test_everybody_has_the_whole_point_even_for_a_blank(response, before):
    assert marked(ACCEPT_ALL, response=response, before=before) == Mark(Fraction(1), True)


def test_what_is_left_out_keeps_its_mark_and_counts_nothing():
    found = marked(DROP, response=A, before=Fraction(1))

    assert (found, found.points) == (Mark(Fraction(1), False), 0)


@pytest.mark.parametrize("before", [DROP, ACCEPT_ALL, accept(B)])
def test_grading_anew_sets_all_earlier_decisions_aside(before):
    assert marked(before, RESCORE, response=B, before=Fraction(1)) == Mark(Fraction(0), True)


def test_a_blank_stays_a_blank():
    assert marked(accept(B), response=None, before=None) == Mark(None, True)
    assert marked(RESCORE, response=None, before=Fraction(1)) == Mark(Fraction(0), True)
