import json
from dataclasses import dataclass, fields
from datetime import date

import pytest

from quiz.engine.kinds import Key
from quiz.engine.question import OptionSeen, QuestionSeen, review, see
from quiz.engine.scenario import scenario
from quiz.engine.scoring import EXAM
from studyapp.decision import Unproved, Workload
from tests.decision.content import PROFILES


def draft(profile="guide", **told):
    chosen = PROFILES[profile]
    workload = Workload.read(told, chosen.traits)
    return scenario(
        kind="single-choice",
        profile=chosen,
        stem="Which?",
        told=told,
        workload=workload,
        others=tuple(other for other in PROFILES.values() if other is not chosen),
    )


def worked_example():
    return draft(payload_mb=50, processing_s=45, reply="notify")


def option(drafted, key):
    return next(each for each in drafted.options if each.key == key)


def test_options_are_those_of_the_table_and_none():
    drafted = worked_example()

    assert [each.key for each in drafted.options] == [
        "real-time",
        "serverless",
        "asynchronous",
        "batch-transform",
        "none",
    ]
    assert [each.key for each in drafted.options if each.is_correct] == ["asynchronous"]
    assert [each.key for each in drafted.options if each.stays_last] == ["none"]


def test_feedback_on_the_right_option_says_why():
    right = option(worked_example(), "asynchronous")

    assert right.feedback_picked == (
        "Asynchronous inference serves this workload best. The concept box decides: "
        "large payloads or long processing (payload above 6 MB)."
    )
    assert right.feedback_left.startswith("Asynchronous inference would have been the one to pick.")


def test_feedback_on_a_wrong_option_says_what_would_have_to_change():
    wrong = option(worked_example(), "serverless")

    assert wrong.feedback_picked.startswith(
        "Serverless inference cannot serve this workload: one limit rules it out. "
        "It would be the answer with payload at most 6 MB (now 50 MB)"
    )
    assert wrong.feedback_left.startswith("One limit rules it out.")


@pytest.mark.parametrize(
    ("drafted", "key", "change"),
    (
        (
            draft(payload_mb=50, reply="same-call", traffic="steady"),
            "real-time",
            "It would be the answer with payload at most 6 MB (now 50 MB).",
        ),
        (
            draft(payload_mb=50, processing_s=90, reply="dataset", idle_cost="none"),
            "real-time",
            "It would be possible, though not the answer, with payload at most 6 MB (now 50 MB), "
            "processing time at most 60 s (now 90 s) and cost while idle “may cost something "
            "while idle”.",
        ),
        (
            draft(payload_mb=1, latency_ms=80, traffic="steady"),
            "asynchronous",
            "No change of a few values would make it possible.",
        ),
    ),
    ids=("wins", "only-possible", "never"),
)
def test_what_would_have_to_change_is_told_in_words(drafted, key, change):
    assert option(drafted, key).feedback_left.endswith(change)


def test_change_that_would_win_by_silence_is_not_taught():
    long_run = draft("aws", payload_mb=1, processing_s="60 min", reply="poll", memory_gb=48)
    many = draft("aws", payload_mb="15 KB", processing_s=2, reply="dataset", traffic="scheduled")

    # AWS does not say whether the others can host a pipeline or several models in one container.
    assert option(long_run, "real-time").feedback_picked.endswith(
        "It would be the answer with processing time at most 60 s (now 1 h) and "
        "way of replying “the caller waits for it on its own call”."
    )
    assert option(many, "real-time").feedback_left.endswith("for the life of the job.")


def test_silence_is_not_taught_as_a_change_away_from_winning():
    shared = draft("aws", payload_mb=1, reply="same-call", traffic="intermittent", models=60)
    chained = draft("aws", payload_mb="4 KB", reply="dataset", idle_cost="none", chain=3)

    assert option(shared, "asynchronous").feedback_picked == (
        "Asynchronous inference cannot serve this workload: one limit rules it out. "
        "The AWS documentation does not say whether it offers several models."
    )
    assert option(shared, "batch-transform").feedback_left.endswith(
        "and models at most 1 (now 60)."
    )
    assert option(chained, "asynchronous").feedback_picked.startswith(
        "No stated limit rules it out, but another option does it better."
    )
    assert option(chained, "asynchronous").feedback_left.endswith(
        "and containers in sequence at most 1 (now 3)."
    )


def test_demand_that_no_option_allows_is_named_alone():
    none = option(draft("aws", payload_mb=200, processing_s="90 min", reply="notify"), "none")

    assert (
        none.feedback_picked == "Every option is ruled out. No option allows this processing time."
    )


def test_every_reason_is_frozen_with_margin_and_source():
    reasons = worked_example().explanation["options"]["real-time"]

    first = reasons[0]
    assert (first["kind"], first["asked"], first["allowed"], first["margin"], first["unit"]) == (
        "hard",
        "50",
        "6",
        "44",
        "MB",
    )
    assert first["fact"] == "guide-real-time-payload"
    assert "44 MB over the 6 MB payload limit" in first["text"]


def test_facts_that_allow_the_answer_are_frozen_with_it():
    supports = worked_example().explanation["options"]["asynchronous"]

    assert [each["trait"] for each in supports] == ["payload_mb", "processing_s", "reply"]
    assert {each["kind"] for each in supports} == {"support"}


def test_possible_option_says_why_it_loses():
    drafted = draft(payload_mb=1, processing_s=1, reply="same-call", traffic="intermittent")

    loser = option(drafted, "real-time")
    assert loser.feedback_picked.startswith(
        "It could serve this workload, but another option does it better. "
        "The concept box asks for Serverless inference first"
    )


@pytest.mark.parametrize(
    ("drafted", "why"),
    (
        (
            draft("aws", payload_mb=1, reply="same-call", traffic="steady", idle_cost="none"),
            "Serverless inference serves this workload best. "
            "Whatever else is possible stands with doubts that it does not have.",
        ),
        (
            draft("guide", payload_mb=1, reply="same-call", idle_cost="none"),
            "Serverless inference serves this workload best. Every other option is ruled out.",
        ),
        (
            draft("guide", payload_mb=1, reply="same-call", traffic="steady"),
            "Real-time inference serves this workload best. It is best for this: steady traffic "
            "with callers who wait (traffic: steady; way of replying: the caller waits for it on "
            "its own call).",
        ),
        (
            draft("guide", payload_mb=50, reply="poll", traffic="intermittent"),
            "Asynchronous inference serves this workload best. The concept box decides: "
            "intermittent or spiky traffic (traffic: intermittent or spiky). "
            "Serverless inference is ruled out.",
        ),
    ),
    ids=("no-doubts", "only-one", "best-for", "second-choice"),
)
def test_basis_is_told_in_words(drafted, why):
    assert next(each for each in drafted.options if each.is_correct).feedback_picked == why


@pytest.mark.parametrize(
    ("drafted", "key", "words"),
    [
        (
            draft(payload_mb=50, processing_s=90, reply="notify"),
            "serverless",
            "Overlooks this: 50 MB is 44 MB over the 6 MB payload limit. And 1 more.",
        ),
        (
            draft(payload_mb=50, processing_s=45, reply="poll"),
            "batch-transform",
            "Overlooks this: It does not offer this way of replying (it is fetched later).",
        ),
        (
            draft(payload_mb=1, reply="same-call", traffic="intermittent"),
            "real-time",
            "Overlooks why another option does it better. The concept box decides: "
            "intermittent or spiky traffic (traffic: intermittent or spiky).",
        ),
        (worked_example(), "none", "Takes Asynchronous inference to be ruled out."),
        (worked_example(), "asynchronous", ""),
    ],
    ids=("limits", "a-choice", "the-box", "none", "right"),
)
def test_a_pick_is_told_by_what_it_overlooks(drafted, key, words):
    assert option(drafted, key).misconception == words


def test_where_nothing_fits_none_is_right():
    drafted = draft(payload_mb=50, processing_s=8, reply="same-call")

    assert option(drafted, "none").is_correct
    assert option(drafted, "none").feedback_picked == (
        "Every option is ruled out. What cannot be had together: payload and way of replying."
    )


def test_where_something_fits_none_is_wrong():
    assert option(worked_example(), "none").feedback_picked == (
        "One option does fit: Asynchronous inference. "
        "This would be right only where every option is ruled out."
    )


def test_certificate_is_plain_data_with_all_facts_in_full():
    certificate = worked_example().certificate

    assert json.loads(json.dumps(certificate)) == certificate
    assert certificate["answer"] == "asynchronous"
    assert certificate["workload"]["payload_mb"] == "50"
    fact = next(each for each in certificate["facts"] if each["fact"] == "guide-real-time-payload")
    assert (fact["relation"], fact["value"], fact["shown"]) == ("at-most", "6", "6 MB")
    assert {"revision", "source", "url", "as_of"} <= set(fact)


def test_muddy_points_are_frozen():
    drafted = draft("aws", payload_mb=5, processing_s=1, reply="same-call")

    assert [each["slug"] for each in drafted.explanation["muddy"]] == ["M1"]


def test_undecided_workload_makes_no_question():
    with pytest.raises(Unproved, match="More than one option stands"):
        draft(payload_mb=1, reply="poll")


# What a learner sees


def test_review_shows_what_was_frozen_of_each_option():
    frozen = {
        "kind": "hard",
        "text": "44 MB over.",
        "source": "The page",
        "url": "https://docs.aws.amazon.com/",
        "as_of": "2026-10-01",
    }
    told = Version("single-choice", "Which?", {}, {"options": {"real-time": [frozen]}})

    [said] = review(told, KEY, [1, 2, 3], 1).options[0].said

    assert (said.kind, said.text, said.source) == ("hard", "44 MB over.", "The page")
    assert said.as_of == date(2026, 10, 1)


def test_what_a_learner_sees_has_no_place_for_a_key():
    names = {field.name for each in (QuestionSeen, OptionSeen) for field in fields(each)}

    assert names == {
        *("kind", "legend", "counted", "stem", "options", "counterparts", "unit", "units", "text"),
        *("id", "letter", "mark", "chosen"),
    }


@dataclass
class Version:
    kind: str
    stem: str
    workload: dict | None
    explanation: dict | None
    feedback_right: str = ""
    feedback_wrong: str = ""
    model_answer: str = ""


@dataclass
class Row:
    id: int
    key: str
    text: str
    is_correct: bool
    feedback_picked: str = "picked"
    feedback_left: str = "left"


ROWS = [
    Row(1, "real-time", "Real-time", True),
    Row(2, "none", "None", False),
    Row(3, "b", "B", False),
]
KEY = Key(tuple(ROWS))
WRITTEN = Version("single-choice", "Which?", None, None)


def test_letters_follow_the_order_shown():
    seen = see(WRITTEN, KEY, [3, 1, 2], rule=EXAM)

    assert [(each.letter, each.id) for each in seen.options] == [("A", 3), ("B", 1), ("C", 2)]


def test_marks_are_shown_only_where_all_options_have_one():
    told = Version("single-choice", "Which?", {"payload_mb": "6"}, None)

    assert [each.mark for each in see(WRITTEN, KEY, [1, 2, 3], rule=EXAM).options] == ["", "", ""]
    assert [each.mark for each in see(told, KEY, [1, 2], rule=EXAM).options] == [
        "real-time",
        "none",
    ]


@pytest.mark.parametrize(
    ("response", "verdicts", "is_right"),
    (
        (1, ["picked-right", "rightly-left", "rightly-left"], True),
        (2, ["missed", "picked-wrong", "rightly-left"], False),
        (3, ["missed", "rightly-left", "picked-wrong"], False),
        (None, ["missed", "rightly-left", "rightly-left"], False),
    ),
)
def test_every_option_gets_a_verdict(response, verdicts, is_right):
    reviewed = review(WRITTEN, KEY, [1, 2, 3], response)

    assert [each.verdict.slug for each in reviewed.options] == verdicts
    assert (reviewed.is_right, reviewed.is_blank) == (is_right, response is None)
    assert reviewed.answer == ("Real-time",)


@pytest.mark.parametrize("order", ([1, 2, 3], [3, 2, 1], [2, 3, 1]))
def test_feedback_belongs_to_the_option_whatever_the_order(order):
    rows = [Row(n, str(n), f"Text {n}", n == 1, f"picked {n}", f"left {n}") for n in (1, 2, 3)]

    reviewed = review(WRITTEN, Key(tuple(rows)), order, 2)

    assert {each.text: each.feedback for each in reviewed.options} == {
        "Text 1": "left 1",
        "Text 2": "picked 2",
        "Text 3": "left 3",
    }
