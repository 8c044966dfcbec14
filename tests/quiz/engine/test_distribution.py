"""How the scores of a class are spread."""

from quiz.engine.distribution import distribution


def counts(shares):
    return [bar.count for bar in distribution(shares).bars]


def test_every_score_stands_in_its_stretch_and_a_full_one_in_the_last():
    assert counts([0, 0.0999, 0.1, 0.55, 0.9, 1]) == [2, 1, 0, 0, 0, 1, 0, 0, 0, 2]


def test_a_share_that_a_float_cannot_hold_stands_on_the_right_side_of_its_border():
    assert [counts([n / 10])[min(n, 9)] for n in range(11)] == [1] * 11


def test_the_words_say_what_the_picture_shows():
    assert distribution([0.5, 0.55, 1]).in_words == (
        "Scores of 3. 50 to below 60 %: 2; 90 to 100 %: 1."
    )


def test_nobody_has_no_bars():
    assert {bar.height for bar in distribution([]).bars} == {0}
