from datetime import date

from quiz.engine.history import Finished, plot

START = date(2026, 11, 3)


def finished(*percents, of=10, **values):
    return [
        Finished(percent, of, START.replace(day=3 + n), **values)
        for n, percent in enumerate(percents)
    ]


def test_scores_stand_evenly_from_left_to_right_and_higher_is_better():
    found = plot(finished(0, 50, 100))

    assert [(point.x, point.y) for point in found.points] == [(0, 192), (50, 102), (100, 12)]
    assert [(one.number, other.number) for one, other in found.stretches] == [(1, 2), (2, 3)]
    assert found.days == ((0, "start", "3 Nov 2026"), (100, "end", "5 Nov 2026"))


def test_a_single_session_stands_in_the_middle():
    found = plot(finished(40))

    assert [(point.x, point.percent) for point in found.points] == [(50, 40)]
    assert found.days == ((50, "middle", "3 Nov 2026"),)


def test_the_plot_is_told_in_words():
    assert plot(finished(40)).in_words == "One session: 40 %."
    assert plot(finished(40, 90, 70)).in_words == (
        "3 sessions, from 40 % in the first to 70 % in the last; the best is 90 %."
    )


def test_a_point_tells_what_it_is_and_grows_with_its_questions_up_to_a_bound():
    small, exam = plot(finished(40, of=1) + finished(80, of=50, is_exam=True)).points
    (huge,) = plot(finished(5, of=900)).points

    assert small.in_words == "Session of 3 Nov 2026: 40 % of 1 question"
    assert exam.in_words == "Exam of 3 Nov 2026: 80 % of 50 questions"
    assert (small.radius, exam.radius, huge.radius) == (3, 6, 7)
    assert huge.size == 14


def test_without_sessions_there_is_no_plot():
    assert plot([]) is None
