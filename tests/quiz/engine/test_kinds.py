"""Every kind proves itself: a new one breaks these tests until it is whole."""

from dataclasses import dataclass
from fractions import Fraction

import pytest
from django.template.loader import get_template

from quiz.engine.kinds import KINDS, Unreadable
from quiz.engine.scoring import RULES


@dataclass(frozen=True)
class Option:
    id: int
    text: str
    is_correct: bool = False
    stays_last: bool = False


# One question of each kind, with a post that is right and one that is wrong.
SPECIMENS = {
    "single-choice": {
        "options": (Option(11, "Real-time"), Option(12, "Serverless", is_correct=True)),
        "right": {"option": ["12"]},
        "wrong": {"option": ["11"]},
    },
}
NONSENSE = (
    {},
    {"option": []},
    {"option": [""]},
    {"option": ["99"]},
    {"option": ["11", "12"]},
    {"option": ["-1"]},
    {"option": ["12 or 1=1"]},
    {"answer": ["12"]},
)
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.slug)


@every_kind
def test_kind_has_a_specimen_that_may_be_published(kind):
    assert kind.problems(SPECIMENS[kind.slug]["options"]) == []


@every_kind
@every_rule
def test_correct_response_earns_everything(kind, rule):
    options = SPECIMENS[kind.slug]["options"]

    assert kind.grade(kind.correct_response(options), options, rule).fraction == 1


@every_kind
@every_rule
def test_right_post_is_the_correct_response(kind, rule):
    specimen = SPECIMENS[kind.slug]

    response = kind.read(specimen["right"], specimen["options"])

    assert response == kind.correct_response(specimen["options"])


@every_kind
@every_rule
def test_wrong_post_earns_nothing(kind, rule):
    specimen = SPECIMENS[kind.slug]

    response = kind.read(specimen["wrong"], specimen["options"])

    assert kind.grade(response, specimen["options"], rule).fraction == 0


@every_kind
@every_rule
def test_blank_earns_nothing(kind, rule):
    assert kind.grade(None, SPECIMENS[kind.slug]["options"], rule).fraction == Fraction(0)


@every_kind
@pytest.mark.parametrize("post", NONSENSE)
def test_nonsense_is_refused_in_words(kind, post):
    with pytest.raises(Unreadable) as refused:
        kind.read(post, SPECIMENS[kind.slug]["options"])

    assert str(refused.value).endswith("check.")


@every_kind
def test_blank_summarises_to_nothing(kind):
    assert kind.summarise(None) == ()


@every_kind
@pytest.mark.parametrize("part", ("answer", "review"))
def test_kind_has_its_templates(kind, part):
    assert get_template(f"quiz/kinds/{kind.slug}.html#{part}")


@pytest.mark.parametrize(
    ("right", "problems"),
    (
        ((), ["exactly one option must be marked as correct"]),
        ((1, 2), ["exactly one option must be marked as correct"]),
        ((1,), []),
    ),
)
def test_single_choice_has_exactly_one_key(right, problems):
    options = [Option(number, f"Text {number}", number in right) for number in (1, 2, 3)]

    assert KINDS[0].problems(options) == problems


def test_single_choice_needs_a_choice():
    assert KINDS[0].problems([Option(1, "Alone", True)]) == ["there must be at least 2 options"]
