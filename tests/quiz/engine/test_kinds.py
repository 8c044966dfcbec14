"""Every kind proves itself: a new one breaks these tests until it is whole."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, permutations, product
from types import SimpleNamespace

import pytest
from django.template.loader import get_template
from hypothesis import given
from hypothesis import strategies as st

from quiz.engine.draft import DraftNumber
from quiz.engine.kinds import BY_SLUG, KINDS, Key, Unreadable
from quiz.engine.publish_check import problems
from quiz.engine.scoring import EXAM, PRACTICE, RULES
from tests.quiz.specimens import SPECIMENS

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.slug)
FIRST = 11


def key_of(draft):
    """The key of a draft as if it were published: its parts have the ids 11, 12, 13 and so on."""
    options = [
        SimpleNamespace(id=number, **vars(option))
        for number, option in enumerate(draft.options, start=FIRST)
    ]
    return Key(tuple(options), draft.number)


KEYS = {slug: key_of(draft) for slug, draft in SPECIMENS.items()}
# Posts that are right, and posts that earn nothing, by kind.
RIGHT = {
    "single-choice": {"option": ["12"]},
    "multiple-response": {"option": ["13", "12"]},
    "ordering": {"place-11": ["1"], "place-12": ["2"], "place-13": ["3"], "place-14": ["out"]},
    "matching": {"match-11": ["3"], "match-12": ["1"], "match-13": ["4"]},
    "true-false": {"option": ["12"]},
    "number": {"amount": ["6 MB"]},
}
WRONG = {
    "single-choice": {"option": ["11"]},
    "multiple-response": {"option": ["11", "12"]},
    "ordering": {"place-11": ["2"], "place-12": ["3"], "place-13": ["4"], "place-14": ["1"]},
    "matching": {"match-11": ["2"], "match-12": ["2"], "match-13": ["2"]},
    "true-false": {"option": ["11"]},
    "number": {"amount": ["25"]},
}
TYPED = "0123456789. -kMGBs\0\nwä"
LONG = "9" * 100_000
NONSENSE = (
    {},
    {"option": []},
    {"option": [""]},
    {"option": ["99"]},
    {"option": ["11", "11"]},
    {"option": ["-1"]},
    {"option": ["12 or 1=1"]},
    {"option": ["12\0"]},
    {"option": [LONG]},
    {"answer": ["12"]},
    {"place-11": ["1"]},
    {"place-11": ["1"], "place-12": ["2"], "place-13": ["2"], "place-14": ["out"]},
    {"place-11": ["1"], "place-12": ["2"], "place-13": ["3"], "place-14": ["5"]},
    {"place-11": ["1"], "place-12": ["2"], "place-13": ["3"], "place-14": ["0"]},
    {"place-11": ["1"], "place-12": ["2"], "place-13": ["3"], "place-14": [LONG]},
    {"place-11": ["1"], "place-12": ["2"], "place-13": ["3"], "place-14": ["4\0"]},
    {"place-11": ["1", "2"], "place-12": ["2"], "place-13": ["3"], "place-14": ["4"]},
    {f"place-{each}": ["out"] for each in (11, 12, 13, 14)},
    {f"place-{each}": [str(each - 10)] for each in (11, 12, 13, 14, 99)},
    {"match-11": ["1"]},
    {"match-11": ["1"], "match-12": ["2"], "match-13": [""]},
    {"match-11": ["1"], "match-12": ["2"], "match-13": ["5"]},
    {"match-11": ["1"], "match-12": ["2"], "match-13": [LONG]},
    {"match-11": ["1"], "match-12": ["2"], "match-13": ["Unlimited"]},
    {"match-11": ["1", "2"], "match-12": ["2"], "match-13": ["3"]},
    {"match-11": ["1"], "match-12": ["2"], "match-13": ["3"], "match-14": ["4"]},
    {"match-11": ["1"], "match-12": ["2"], "match-13": ["3"], "match-99": ["4"]},
    {"amount": [""]},
    {"amount": ["six"]},
    {"amount": ["-6 MB"]},
    {"amount": ["6 ms"]},
    {"amount": ["6 TB"]},
    {"amount": ["NaN"]},
    {"amount": ["1e999"]},
    {"amount": ["6 MB\0"]},
    {"amount": [LONG]},
    {"amount": ["6", "6"]},
    {"text": [""]},
    {"text": [" \n "]},
    {"text": ["A\0B"]},
    {"text": ["A\x1bB"]},
    {"text": ["word " * 2000]},
    {"text": ["one", "two"]},
)


def test_every_kind_has_a_specimen_and_no_specimen_lacks_its_kind():
    assert {kind.slug for kind in KINDS} == set(SPECIMENS)


@every_kind
def test_specimen_may_be_published(kind):
    assert problems(SPECIMENS[kind.slug]) == []


@every_kind
@every_rule
def test_correct_response_earns_everything(kind, rule):
    key = KEYS[kind.slug]

    assert kind.grade(kind.correct_response(key), key, rule).fraction == 1


@every_kind
def test_response_can_be_shown_as_it_was_left(kind):
    key = KEYS[kind.slug]
    response = kind.correct_response(key)

    again = kind.read(kind.fields(response, key), key)

    assert again == {name: response[name] for name in again} if kind.is_self_graded else response


@every_kind
@every_rule
def test_right_post_is_the_correct_response(kind, rule):
    key = KEYS[kind.slug]
    if kind.is_self_graded:
        assert kind.grade(kind.read({"text": ["Words."]}, key), key, rule) is None
    else:
        assert kind.read(RIGHT[kind.slug], key) == kind.correct_response(key)


@every_kind
@every_rule
def test_wrong_post_earns_nothing(kind, rule):
    key = KEYS[kind.slug]
    if not kind.is_self_graded:
        assert kind.grade(kind.read(WRONG[kind.slug], key), key, rule).fraction == 0


@every_kind
@every_rule
def test_blank_earns_nothing(kind, rule):
    assert kind.grade(None, KEYS[kind.slug], rule).fraction == Fraction(0)


@every_kind
def test_nonsense_is_refused_in_words(kind):
    for post in NONSENSE:
        if post == {"option": ["11", "11"]} and not kind.is_pick:
            continue
        with pytest.raises(Unreadable) as refused:
            kind.read(post, KEYS[kind.slug])

        assert str(refused.value).endswith("."), post
        assert len(str(refused.value)) < 200


@every_kind
@given(
    post=st.dictionaries(
        st.sampled_from(
            ("option", "amount", "text", "place-11", "place-12", "match-11", "match-12", "match-99")
        ),
        st.lists(
            st.text(TYPED, max_size=6) | st.sampled_from(("11", "12", "1", "2", "out")), max_size=3
        ),
    )
)
def test_any_post_is_read_or_refused(kind, post):
    key = KEYS[kind.slug]
    try:
        response = kind.read(post, key)
    except Unreadable:
        return
    grade = kind.grade(response, key, PRACTICE)
    assert grade is None or 0 <= grade.fraction <= 1
    assert all(verdict.words for verdict in kind.verdicts(response, key).values())
    assert isinstance(kind.summarise(response), tuple)
    assert isinstance(kind.told(response, key), tuple)


@every_kind
def test_blank_summarises_to_nothing(kind):
    assert kind.summarise(None) == ()
    assert kind.told(None, KEYS[kind.slug]) == ()


@every_kind
def test_every_part_that_is_asked_gets_a_verdict(kind):
    key = KEYS[kind.slug]
    for response in (None, kind.correct_response(key)):
        verdicts = kind.verdicts(response, key)

        assert {option.id for option in kind.asked(key.options)} <= set(verdicts)
        assert all(verdict.words for verdict in verdicts.values())
    assert all(verdict.is_right for verdict in verdicts.values())


@every_kind
@pytest.mark.parametrize("part", ("answer", "review"))
def test_kind_has_its_templates(kind, part):
    assert get_template(f"quiz/kinds/{kind.slug}.html#{part}")


@every_kind
@every_rule
def test_kind_says_how_it_is_counted(kind, rule):
    assert rule.slug in kind.counted


# One kind each


def many(right, wrong):
    """The key of a multiple response with so many right and wrong options."""
    one = SPECIMENS["multiple-response"].options[0]
    options = [
        replace(one, key=f"o{number}", is_correct=number < right) for number in range(right + wrong)
    ]
    return key_of(replace(SPECIMENS["multiple-response"], options=tuple(options)))


sizes = {"right": st.integers(2, 6), "wrong": st.integers(1, 6)}


@given(**sizes)
def test_picking_everything_earns_nothing(right, wrong):
    key, kind = many(right, wrong), BY_SLUG["multiple-response"]
    everything = [option.id for option in key.options]

    assert kind.grade(everything, key, PRACTICE).fraction == 0
    assert kind.grade(everything, key, EXAM).fraction == 0


@given(**sizes, data=st.data())
def test_multiple_response_is_right_minus_wrong_over_right(right, wrong, data):
    key, kind = many(right, wrong), BY_SLUG["multiple-response"]
    ids = [option.id for option in key.options]
    picked = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=len(ids) - 1))
    hits = sum(each < FIRST + right for each in picked)

    fraction = kind.grade(picked, key, PRACTICE).fraction

    assert fraction == max(Fraction(hits - (len(picked) - hits), right), 0)
    assert kind.grade(picked[::-1], key, PRACTICE).fraction == fraction
    assert kind.grade(picked, key, EXAM).fraction == (set(picked) == set(ids[:right]))


@given(order=st.permutations((11, 12, 13, 14)), length=st.integers(1, 4))
def test_ordering_counts_the_share_in_place(order, length):
    key, kind = KEYS["ordering"], BY_SLUG["ordering"]
    placed = list(order[:length])
    right = sum(placed[n : n + 1] == [FIRST + n] for n in range(3)) + (14 not in placed)

    assert kind.grade(placed, key, PRACTICE).fraction == Fraction(right, 4)
    assert kind.grade(placed, key, EXAM).fraction == (placed == [11, 12, 13])
    assert kind.read(kind.fields(placed, key), key) == placed


@given(given_=st.fixed_dictionaries({each: st.integers(1, 4) for each in ("11", "12", "13")}))
def test_matching_counts_the_share_of_pairs(given_):
    key, kind = KEYS["matching"], BY_SLUG["matching"]
    right = sum(given_[each] == place for each, place in (("11", 3), ("12", 1), ("13", 4)))

    assert kind.grade(given_, key, PRACTICE).fraction == Fraction(right, 3)
    assert kind.grade(given_, key, EXAM).fraction == (right == 3)
    assert kind.read(kind.fields(given_, key), key) == given_


@pytest.mark.parametrize("text", ("6", "6 MB", "6mb", " 6.0 mB ", "6144 KB", "6144kb", "+6", "6e0"))
def test_every_spelling_of_the_same_amount_is_right(text):
    key, kind = KEYS["number"], BY_SLUG["number"]

    assert kind.grade(kind.read({"amount": [text]}, key), key, EXAM).fraction == 1


@pytest.mark.parametrize(("text", "right"), (("6.5", 1), ("5.5", 1), ("6.51", 0), ("5.49", 0)))
def test_tolerance_counts_both_ways(text, right):
    key = Key((), DraftNumber(Decimal(6), "MB", Decimal("0.5")))
    kind = BY_SLUG["number"]

    assert kind.grade(kind.read({"amount": [text]}, key), key, EXAM).fraction == right


@pytest.mark.parametrize(
    ("unit", "text", "words"),
    (
        ("MB", "6 s", "Write a number with its unit, KB, MB or GB, such as 12 MB."),
        ("min", "6 MB", "Write a number with its unit, ms, s, min or h, such as 12 min."),
        ("", "6 MB", "Write a plain number such as 12, without a unit."),
    ),
)
def test_wrong_unit_is_refused_with_the_units_that_are_read(unit, text, words):
    key = Key((), DraftNumber(Decimal(6), unit))

    with pytest.raises(Unreadable, match=words):
        BY_SLUG["number"].read({"amount": [text]}, key)


def test_amount_is_told_in_the_unit_that_was_asked_for():
    key, kind = KEYS["number"], BY_SLUG["number"]

    def told(text):
        return kind.told(kind.read({"amount": [text]}, key), key)

    assert told("25600 KB") == ("25600 KB (25 MB)",)
    assert told("25mb") == told("25") == ("25 MB",)


def test_open_answer_is_graded_by_its_points():
    key, kind = KEYS["open"], BY_SLUG["open"]
    response = kind.read({"text": ["Two\r\nlines."]}, key)

    assert response == {"text": "Two\nlines."}
    for ticked, share in (([], 0), (["11"], Fraction(1, 2)), (["12", "11"], 1)):
        graded = kind.tick(response, {"point": ticked}, key)
        assert kind.grade(graded, key, EXAM).fraction == share


@pytest.mark.parametrize("ticked", (["99"], ["11", "11"], ["x"], [LONG]))
def test_foreign_points_are_refused(ticked):
    with pytest.raises(Unreadable):
        BY_SLUG["open"].tick({"text": "Words."}, {"point": ticked}, KEYS["open"])


VERDICTS = (
    ("single-choice", 11, {11: "picked-wrong", 12: "missed", 13: "rightly-left"}),
    ("single-choice", 12, {11: "rightly-left", 12: "picked-right", 13: "rightly-left"}),
    (
        "multiple-response",
        [11, 12],
        {11: "picked-wrong", 12: "picked-right", 13: "missed", 14: "rightly-left"},
    ),
    ("true-false", 11, {11: "picked-wrong", 12: "missed"}),
    (
        "ordering",
        [11, 13, 14],
        {11: "in-place", 12: "missed", 13: "out-of-place", 14: "out-of-place"},
    ),
    ("ordering", None, {11: "missed", 12: "missed", 13: "missed", 14: "missed"}),
    ("matching", {"11": 3, "12": 2}, {11: "matched", 12: "not-matched", 13: "missed"}),
    ("open", {"text": "Words.", "ticked": [12]}, {11: "not-reached", 12: "reached"}),
)


@pytest.mark.parametrize(("slug", "response", "expected"), VERDICTS)
def test_every_part_has_its_verdict(slug, response, expected):
    verdicts = BY_SLUG[slug].verdicts(response, KEYS[slug])

    assert {each: verdict.slug for each, verdict in verdicts.items()} == expected


def test_verdicts_on_an_order_say_where_an_item_belongs():
    verdicts = BY_SLUG["ordering"].verdicts([12, 11, 14], KEYS["ordering"])

    assert [verdict.words for verdict in verdicts.values()] == [
        "Out of place: you put it in place 2, it belongs in place 1",
        "Out of place: you put it in place 1, it belongs in place 2",
        "Missed: it belongs in place 3",
        "Out of place: you put it in place 3, but it does not belong here",
    ]


def test_neither_order_nor_value_of_a_counterpart_tells_its_prompt():
    matching = SPECIMENS["matching"]
    backwards = key_of(replace(matching, options=matching.options[::-1]))
    kind = BY_SLUG["matching"]

    assert kind.counterparts(backwards.options) == kind.counterparts(KEYS["matching"].options)


def every_answer(kind, key):
    """Every response that can be read, each once: what somebody who guesses blindly picks from."""
    ids = [option.id for option in key.options]
    if kind.slug == "multiple-response":
        return [list(some) for n in range(1, len(ids) + 1) for some in combinations(ids, n)]
    if kind.slug == "ordering":
        return [list(some) for n in range(1, len(ids) + 1) for some in permutations(ids, n)]
    if kind.slug == "matching":
        prompts = [str(option.id) for option in kind.asked(key.options)]
        places = range(1, len(ids) + 1)
        return [
            dict(zip(prompts, some, strict=True)) for some in product(places, repeat=len(prompts))
        ]
    return ids


@every_rule
@every_kind
def test_a_guess_earns_the_mean_of_all_answers_that_can_be_given(kind, rule):
    if kind.slug in ("number", "open"):
        assert kind.guess(KEYS[kind.slug], rule) is None
        return
    key = KEYS[kind.slug]
    answers = every_answer(kind, key)

    worth = [kind.grade(answer, key, rule).fraction for answer in answers]

    assert kind.guess(key, rule) == sum(worth) / len(worth)


@every_rule
@pytest.mark.parametrize(("of", "ranked"), [(2, 2), (3, 2), (4, 2), (5, 3), (5, 5)])
def test_a_guess_at_an_order_is_exact_with_items_that_do_not_belong(of, ranked, rule):
    kind = BY_SLUG["ordering"]
    options = [
        SimpleNamespace(id=n, text=f"Item {n}", rank=n if n <= ranked else None)
        for n in range(1, of + 1)
    ]
    key = Key(tuple(options))

    worth = [kind.grade(answer, key, rule).fraction for answer in every_answer(kind, key)]

    assert kind.guess(key, rule) == sum(worth) / len(worth)


def test_several_answers_are_one_line_with_one_full_stop():
    draft = SPECIMENS["multiple-response"]
    texts = ("It is billed by the hour.", "It scales to zero.", "It is for images.")
    options = [replace(each, text=text) for each, text in zip(draft.options, texts, strict=False)]
    key = key_of(replace(draft, options=tuple(options)))

    words = BY_SLUG["multiple-response"].in_words([11, 12], key)

    assert words == "It is billed by the hour; It scales to zero."
    assert BY_SLUG["multiple-response"].in_words(None, key) == ""


# Why a draft cannot be published, in the words of its kind


def first_option(slug, **changes):
    first, *others = SPECIMENS[slug].options
    return (replace(first, **changes), *others)


@pytest.mark.parametrize(
    ("slug", "changes", "expected"),
    [
        (
            "single-choice",
            {"options": SPECIMENS["single-choice"].options[1:2]},
            "there must be at least 2 options",
        ),
        (
            "ordering",
            {"options": first_option("ordering", rank=7)},
            "the ranks must be 1, 2, 3 and so on, each once, not [2, 3, 7]",
        ),
        (
            "ordering",
            {"options": SPECIMENS["ordering"].options[:1]},
            "at least 2 items must have a rank",
        ),
        (
            "matching",
            {"options": SPECIMENS["matching"].options[:1]},
            "there must be at least 2 prompts",
        ),
        (
            "number",
            {"number": DraftNumber(amount=Decimal(-1), unit="MB", tolerance=Decimal(0))},
            "amount and tolerance must not be below zero",
        ),
    ],
)
def test_a_draft_that_its_kind_cannot_ask_says_why(slug, changes, expected):
    assert expected in BY_SLUG[slug].problems(replace(SPECIMENS[slug], **changes))


@every_kind
def test_no_other_key_is_right_beside_the_own_one_until_an_option_is_accepted(kind):
    assert tuple(kind.also_right(KEYS[kind.slug], set())) == ()
