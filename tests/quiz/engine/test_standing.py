from fractions import Fraction

from quiz.engine.result import Ground
from quiz.engine.standing import Met, by_ground, by_objective, missed_most, records

PAYLOAD, REPLY = Ground("Payload", "/payload"), Ground("Reply", "/reply")


def met(question, *fractions, objective="Compare", grounds=()):
    """A question that was met once for each of these shares."""
    return [
        Met(question, question, Fraction(each), session, question, objective, grounds)
        for session, each in enumerate(fractions, start=1)
    ]


def told(standings):
    return [(s.name, s.first.written, s.latest.written, s.latest.of) for s in standings]


def test_each_question_has_one_record_with_its_first_and_latest_time():
    (record,) = records(met(7, 0, "1/2", 1))

    assert (record.first.fraction, record.latest.fraction) == (0, 1)
    assert (record.met, record.missed) == (3, 2)


def test_objectives_stand_by_their_latest_answers_the_weakest_first():
    found = by_objective(records(met(1, 0, 1) + met(2, 1, 1) + met(3, 1, 0, objective="Recognise")))

    assert told(found) == [("Recognise", "1", "0", 1), ("Compare", "1", "2", 2)]


def test_of_equally_weak_ones_the_broadest_is_first():
    found = by_objective(
        records(met(1, 0, objective="A") + met(2, 0, objective="B") + met(3, 0, objective="B"))
    )

    assert [each.name for each in found] == ["B", "A"]


def test_a_question_counts_in_each_thing_that_it_rests_on():
    found = by_ground(records(met(1, 0, grounds=(PAYLOAD, REPLY)) + met(2, 1, grounds=(REPLY,))))

    assert told(found) == [("Payload", "0", "0", 1), ("Reply", "1", "1", 2)]
    assert [each.address for each in found] == ["/payload", "/reply"]


def test_the_most_missed_come_first_and_those_still_missed_before_others():
    found = missed_most(records(met(1, 1) + met(2, 0, 1) + met(3, 0) + met(4, 0, "1/2")), count=3)

    assert [(each.latest.question, each.missed) for each in found] == [(4, 2), (3, 1), (2, 1)]
    assert missed_most(records(met(1, 1)), count=3) == []
