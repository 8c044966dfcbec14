from dataclasses import replace

import pytest

from quiz.engine.publish_check import problems
from quiz.engine.question import Draft, DraftOption

RIGHT = DraftOption("yes", "It does", True, "Well picked.", "This was right.")
WRONG = DraftOption("no", "It does not", False, "It does.", "Rightly left.")
GOOD = Draft("single-choice", "guide", "Does it scale to zero?", (RIGHT, WRONG))


def test_good_question_has_no_problems():
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("option", "expected"),
    (
        (replace(WRONG, text=" "), "option no has no text"),
        (replace(WRONG, feedback_picked=""), "option no has no feedback if picked"),
        (replace(WRONG, feedback_left=""), "option no has no feedback if left"),
        (replace(WRONG, text="it does"), "two options have the same text: 'it does'"),
        (replace(WRONG, key="yes"), "two options have the same key: 'yes'"),
        (replace(WRONG, is_correct=True), "exactly one option must be marked as correct"),
    ),
)
def test_option_that_is_not_whole(option, expected):
    assert problems(replace(GOOD, options=(RIGHT, option))) == [expected]


@pytest.mark.parametrize(
    "text",
    (
        "Option B is slower.",
        "As option (C) says.",
        "See answer A.",
        "Both A and C",
        "A, B and D",
        "All of the above",
        "None of the above",
    ),
)
def test_letters_and_places_are_refused(text):
    found = problems(replace(GOOD, options=(RIGHT, replace(WRONG, text=text))))

    assert found == [
        "option no: the text names an option by its letter or place, but options are shuffled"
    ]


@pytest.mark.parametrize(
    "text",
    (
        "A container per model",
        "An A/B test",
        "It answers a question",
        "Vitamins A and C are measured by this model",
        "Choose option by option",
        "None of these fits",
    ),
)
def test_innocent_words_are_not_letters(text):
    assert problems(replace(GOOD, options=(RIGHT, replace(WRONG, text=text)))) == []


def test_stem_is_checked_too():
    assert problems(replace(GOOD, stem="Why is option A wrong?")) == [
        "the stem names an option by its letter or place, but options are shuffled"
    ]
    assert problems(replace(GOOD, stem="  ")) == ["the stem is missing"]
