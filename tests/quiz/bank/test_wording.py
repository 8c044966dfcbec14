"""How the questions are worded: nothing in a text tells the key, and nothing is a trick."""

import re
from collections import Counter
from fractions import Fraction

import pytest

from quiz.bank.models import QuestionVersion

from .written import CHOICES, choices_by_hand, every_row, written_by_hand

ABSOLUTE = re.compile(r"\b(?:always|never)\b", re.IGNORECASE)
OF_THE_ABOVE = re.compile(r"\b(?:all|none|both|any|some) of (?:the above|these)\b", re.IGNORECASE)
NEGATED = re.compile(r"\b(?:not|no|never|cannot|isn't|doesn't|don't)\b", re.IGNORECASE)
EXCEPTING = re.compile(r"\b(?:except|excluding|unless|other than)\b", re.IGNORECASE)
COUNTED = {"TWO": 2, "THREE": 3}
# More than this between two options of a question shows at a glance.
TWICE, SHORT = 2, 20


def texts():
    return [(row["slug"], option["text"]) for row in choices_by_hand() for option in row["options"]]


def test_no_option_is_an_absolute_or_stands_for_others():
    found = [(s, t) for s, t in texts() if ABSOLUTE.search(t) or OF_THE_ABOVE.search(t)]

    assert found == []


@pytest.mark.parametrize(
    ("stem", "is_tangled"),
    (
        ("Which of these is not a limit, except in batch transform?", True),
        ("Which option does not scale to zero?", False),
        ("A request runs for 60 s.\nWhich of these does not exclude it?\nNone but one.", False),
    ),
)
def test_double_negatives_are_found(stem, is_tangled):
    assert bool(tangled(stem)) is is_tangled


def test_no_question_is_put_in_double_negatives():
    assert [row["slug"] for row, _ in every_row() if tangled(row["stem"])] == []


def tangled(stem):
    """The sentences of a stem that ask with a negation and an exception at once."""
    return [
        sentence
        for sentence in re.split(r"(?<=[.?!])\s", stem)
        if sentence.endswith("?") and NEGATED.search(sentence) and EXCEPTING.search(sentence)
    ]


def test_every_wrong_option_stands_for_a_misconception():
    wrong = [
        (row["slug"], option["key"])
        for row, _ in written_by_hand()
        if row["kind"] in (*CHOICES, "ordering")
        for option in row["options"]
        if not (option.get("correct") or option.get("rank") or option.get("misconception"))
    ]

    assert wrong == []


def test_feedback_does_not_repeat_the_verdict_that_stands_above_it():
    repeated = [
        (row["slug"], option["key"])
        for row, _ in written_by_hand()
        for option in row.get("options", ())
        for text in option["feedback"].values()
        if text.startswith(("Rightly left", "You picked", "Missed"))
    ]

    assert repeated == []


def test_stem_of_a_multiple_response_says_how_many():
    for row in choices_by_hand():
        right = sum(option["correct"] for option in row["options"])
        told = [number for word, number in COUNTED.items() if word in row["stem"]]
        if row["kind"] == "multiple-response":
            assert told == [right] or "Pick every" in row["stem"], row["slug"]
            assert right >= 2, row["slug"]
            assert len(row["options"]) >= 5, row["slug"]
        else:
            assert (told, len(row["options"])) == ([], 4), row["slug"]


def test_matching_and_ordering_are_of_the_size_that_the_exam_asks():
    for row, _ in written_by_hand():
        if row["kind"] == "matching":
            assert 3 <= len(row["options"]) <= 7, row["slug"]
        if row["kind"] == "ordering":
            assert 3 <= len(row["options"]) <= 5, row["slug"]


# What the page shows, with every reference put in


def shown(kind):
    """The options of each question of a kind written by hand, in the order of its author."""
    versions = QuestionVersion.objects.published().filter(kind=kind, workload__isnull=True)
    for version in versions.select_related("question").prefetch_related("options"):
        yield version, sorted(version.options.all(), key=lambda option: option.position)


@pytest.mark.django_db
def test_options_of_a_question_are_alike_in_length():
    uneven = []
    for kind in CHOICES:
        for version, options in shown(kind):
            lengths = [len(option.text) for option in options]
            if max(lengths) > TWICE * min(lengths) and max(lengths) - min(lengths) > SHORT:
                uneven.append((version.question.slug, lengths))

    assert uneven == []


@pytest.mark.django_db
@pytest.mark.parametrize("extreme", (max, min))
def test_length_of_an_option_does_not_tell_the_key(extreme):
    hits = []
    for _, options in shown("single-choice"):
        lengths = [len(option.text) for option in options]
        key = next(len(option.text) for option in options if option.is_correct)
        far = extreme(lengths)
        hits.append(Fraction(key == far, lengths.count(far)))

    # One of four is what guessing by length earns where it tells nothing.
    assert Fraction(15, 100) <= sum(hits) / len(hits) <= Fraction(35, 100)


@pytest.mark.django_db
def test_length_of_an_option_does_not_tell_the_keys_of_a_multiple_response():
    longer = []
    for _, options in shown("multiple-response"):
        right = [len(option.text) for option in options if option.is_correct]
        wrong = [len(option.text) for option in options if not option.is_correct]
        longer.append(Fraction(sum(right), len(right)) > Fraction(sum(wrong), len(wrong)))

    assert Fraction(3, 10) <= Fraction(sum(longer), len(longer)) <= Fraction(7, 10)


@pytest.mark.django_db
def test_keys_of_choices_are_spread_over_the_places():
    first = Counter(
        option.position
        for _, options in shown("single-choice")
        for option in options
        if option.is_correct
    )

    assert set(first) == {1, 2, 3, 4}
    assert Fraction(15, 100) <= Fraction(min(first.values()), sum(first.values()))
    assert Fraction(max(first.values()), sum(first.values())) <= Fraction(35, 100)
