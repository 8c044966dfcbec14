from dataclasses import replace
from decimal import Decimal

import pytest

from quiz.engine.draft import Draft, DraftCase, DraftNumber, DraftOption
from quiz.engine.publish_check import problems
from tests.quiz.specimens import SPECIMENS

RIGHT = DraftOption("yes", "It does", True, "Well picked.", "This was right.")
WRONG = DraftOption("no", "It does not", False, "It does.", "Rightly left.")
CLAIM = {"slug": "claim-1", "sources": [{"title": "The page", "url": ""}]}
GOOD = Draft("single-choice", "guide", "Does it scale to zero?", (RIGHT, WRONG), claim=CLAIM)


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
        (replace(WRONG, text="x" * 301), "option no: the text is longer than 300 characters"),
        (
            replace(WRONG, misconception="x" * 301),
            "option no: the misconception is longer than 300 characters",
        ),
        (
            replace(WRONG, key="k" * 41),
            f"option {'k' * 40}: the key is longer than 40 characters",
        ),
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


def test_question_rests_on_a_proof_or_on_a_claim_with_sources():
    assert problems(replace(GOOD, claim=None)) == [
        "it rests on nothing: there is neither a proof nor a claim with its source"
    ]
    assert problems(replace(GOOD, claim=CLAIM | {"sources": []})) == [
        "its claim claim-1 names no source"
    ]
    assert problems(replace(GOOD, claim=None, certificate={"answer": "yes"})) == []


@pytest.mark.parametrize(
    ("draft", "expected"),
    (
        (
            replace(SPECIMENS["true-false"], feedback_wrong=""),
            "the question has no feedback if wrong",
        ),
        (
            replace(SPECIMENS["true-false"], feedback_right="As option A says."),
            "the feedback if right names an option by its letter or place, but options are shuffled",
        ),
        (replace(SPECIMENS["number"], feedback_right=" "), "the question has no feedback if right"),
        (
            replace(SPECIMENS["number"], number=DraftNumber(Decimal(6), "parsecs")),
            "the unit parsecs is none that can be read",
        ),
        (
            replace(SPECIMENS["number"], case=DraftCase("a-case", "t" * 121, "A story.", 1, 2)),
            "the title of the case is longer than 120 characters",
        ),
        (replace(SPECIMENS["number"], number=None), "the amount is missing"),
        (replace(SPECIMENS["open"], model_answer=""), "the model answer is missing"),
        (
            replace(SPECIMENS["open"], options=SPECIMENS["open"].options[:1]),
            "the checklist must have at least 2 points",
        ),
        (
            replace(SPECIMENS["matching"], options=SPECIMENS["matching"].options[:3]),
            "at least one text on the right must be to spare",
        ),
        (
            replace(
                SPECIMENS["matching"],
                options=(
                    *SPECIMENS["matching"].options,
                    replace(SPECIMENS["matching"].options[3], key="spare-2"),
                ),
            ),
            "two texts on the right are the same",
        ),
        (
            replace(SPECIMENS["ordering"], options=SPECIMENS["ordering"].options[1:]),
            "the ranks must be 1, 2, 3 and so on, each once, not [2, 3]",
        ),
        (
            replace(SPECIMENS["multiple-response"], options=(RIGHT, WRONG)),
            "at least 2 options must be marked as correct",
        ),
        (
            replace(
                SPECIMENS["multiple-response"], options=(RIGHT, replace(RIGHT, key="b", text="B."))
            ),
            "at least one option must be wrong",
        ),
        (
            replace(SPECIMENS["true-false"], options=(RIGHT, WRONG)),
            "the options must be true and false",
        ),
    ),
)
def test_kind_that_is_not_whole(draft, expected):
    assert problems(draft) == [expected]
