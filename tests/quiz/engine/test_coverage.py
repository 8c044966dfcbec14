from quiz.engine.coverage import Asked, Line, coverage, filling, pairs_told_apart

KNOWN = {"real-time": "Real-time", "serverless": "Serverless", "batch-transform": "Batch"}


def asked(number, **tests):
    return Asked(number, {axis: frozenset(names) for axis, names in tests.items()})


BANK = [
    asked(1, limits={"6 MB"}, kinds={"Ordering"}),
    asked(2, limits={"6 MB", "60 s", "1 GB"}, kinds={"Single choice"}),
    asked(3, limits={"1 GB"}, kinds={"Single choice"}),
]


def test_what_is_never_asked_comes_first():
    found = coverage(BANK[:1], BANK)

    assert found["limits"] == [Line("1 GB", 0, 2), Line("60 s", 0, 1), Line("6 MB", 1, 2)]
    assert [line.is_hole for line in found["kinds"]] == [True, False]


def test_holes_are_filled_by_the_question_that_fills_most():
    assert filling(BANK[:1], BANK) == [2]
    assert filling([], BANK) == [2, 1]


def test_a_case_study_is_filled_whole_where_it_fills_most_for_each_of_its_questions():
    parts = [asked(4, limits={"60 s"}), asked(5, limits={"1 GB"}, kinds={"Single choice"})]
    case = Asked.whole(parts)

    assert (case.question, case.size) == ((4, 5), 2)
    assert filling(BANK[:1], [case]) == [(4, 5)]
    assert filling(BANK[:1], [case, BANK[1]]) == [2]
    assert filling([], [BANK[0], case]) == [1, (4, 5)]


def test_a_set_that_asks_everything_needs_nothing():
    assert filling(BANK, BANK) == []


def test_a_right_answer_is_told_apart_from_every_other_option_that_is_one():
    found = pairs_told_apart("serverless", ["real-time", "serverless", "none"], KNOWN)

    assert found == {"Real-time / Serverless"}
    assert pairs_told_apart("none", ["real-time", "none"], KNOWN) == frozenset()
