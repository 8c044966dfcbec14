from dataclasses import replace
from decimal import Decimal

import pytest

from studyapp.decision import Workload, decide, supports
from studyapp.decision.sides import sides
from studyapp.decision.words import broken, loses_because, reason_in_words, support_in_words

from .content import PROFILES

REAL_TIME, SERVERLESS, ASYNCHRONOUS, BATCH = (
    "real-time",
    "serverless",
    "asynchronous",
    "batch-transform",
)


def decided(profile, **given):
    return decide(Workload.read(given, PROFILES[profile].traits), PROFILES[profile])


def worked_example(profile):
    return decided(profile, payload_mb=50, processing_s=45, reply="notify")


def hard_reasons(decision, option):
    return [(r.trait, r.margin) for r in decision.options.ruling(option).reasons if r.is_hard]


# The guide's worked example


def test_medical_images_are_served_asynchronously():
    decision = worked_example("guide")

    assert decision.recommended == (ASYNCHRONOUS,)
    assert decision.basis == "concept-box"
    assert decision.options.ruling(ASYNCHRONOUS).state == "standing"


def test_medical_images_rule_out_every_other_option_for_its_own_reason():
    decision = worked_example("guide")

    assert hard_reasons(decision, REAL_TIME) == [("payload_mb", Decimal(44))]
    assert hard_reasons(decision, SERVERLESS) == [("payload_mb", Decimal(44))]
    assert hard_reasons(decision, BATCH) == [("reply", None)]


def test_medical_images_name_the_topic_that_tells_the_user():
    decision, profile = worked_example("guide"), PROFILES["guide"]
    found = supports(decision.options.table, ASYNCHRONOUS, decision.workload.values, profile.traits)
    words = [support_in_words(support, profile) for support in found]

    assert words[0] == "50 MB is within the 1 GB payload limit."
    assert "Amazon SNS topic" in words[-1]


# Boundaries


@pytest.mark.parametrize(
    ("profile", "given", "possible"),
    [
        ("guide", {"payload_mb": 6}, (REAL_TIME, SERVERLESS, ASYNCHRONOUS, BATCH)),
        ("guide", {"payload_mb": "6.1"}, (ASYNCHRONOUS, BATCH)),
        ("guide", {"payload_mb": "6144 KB"}, (REAL_TIME, SERVERLESS, ASYNCHRONOUS, BATCH)),
        ("guide", {"payload_mb": "6145 KB"}, (ASYNCHRONOUS, BATCH)),
        ("guide", {"payload_mb": 1025}, (BATCH,)),
        ("aws", {"payload_mb": 4}, (REAL_TIME, SERVERLESS, ASYNCHRONOUS, BATCH)),
        ("aws", {"payload_mb": "4.1"}, (REAL_TIME, ASYNCHRONOUS, BATCH)),
        ("aws", {"payload_mb": 25}, (REAL_TIME, ASYNCHRONOUS, BATCH)),
        ("aws", {"payload_mb": "25.1"}, (ASYNCHRONOUS, BATCH)),
        ("guide", {"processing_s": 60}, (REAL_TIME, SERVERLESS, ASYNCHRONOUS, BATCH)),
        ("guide", {"processing_s": 61}, (ASYNCHRONOUS, BATCH)),
        ("aws", {"processing_s": 60}, (REAL_TIME, SERVERLESS, ASYNCHRONOUS, BATCH)),
        ("aws", {"processing_s": 61, "streaming": "no"}, (ASYNCHRONOUS, BATCH)),
        ("aws", {"processing_s": 480, "streaming": "yes"}, (REAL_TIME,)),
        ("aws", {"processing_s": 481, "streaming": "yes"}, ()),
        ("aws", {"memory_gb": 6}, (REAL_TIME, SERVERLESS, ASYNCHRONOUS, BATCH)),
        ("aws", {"memory_gb": "6.1"}, (REAL_TIME, ASYNCHRONOUS, BATCH)),
    ],
)
def test_an_option_is_possible_up_to_its_limit_and_not_beyond(profile, given, possible):
    assert decided(profile, **given).possible == possible


@pytest.mark.parametrize(
    ("profile", "given", "recommended", "basis"),
    [
        ("guide", {"latency_ms": 99}, (REAL_TIME,), "concept-box"),
        ("guide", {"latency_ms": 100}, (REAL_TIME,), "only-one"),
        ("guide", {"traffic": "intermittent", "payload_mb": 1}, (SERVERLESS,), "concept-box"),
        ("guide", {"traffic": "intermittent", "payload_mb": 9}, (ASYNCHRONOUS,), "concept-box"),
        ("guide", {"reply": "dataset", "payload_mb": 9}, (BATCH,), "concept-box"),
        ("guide", {"traffic": "steady", "reply": "same-call"}, (REAL_TIME,), "best-for"),
        ("guide", {"payload_mb": 9, "reply": "same-call"}, (), "none"),
        ("aws", {"cold_start": "unacceptable"}, (REAL_TIME,), "concept-box"),
        ("aws", {"gpu": "yes", "reply": "same-call"}, (REAL_TIME,), "only-one"),
        ("aws", {"payload_mb": 26}, (ASYNCHRONOUS,), "concept-box"),
        ("aws", {"payload_mb": 26, "reply": "same-call"}, (), "none"),
    ],
)
def test_the_concept_box_recommends(profile, given, recommended, basis):
    decision = decided(profile, **given)

    assert (decision.recommended, decision.basis) == (recommended, basis)


@pytest.mark.parametrize(
    ("profile", "given", "recommended"),
    [
        ("guide", {}, ()),
        ("guide", {"models": 1000, "frameworks": 1}, ("multi-model",)),
        ("guide", {"models": 3, "frameworks": 2}, ("multi-container",)),
        ("guide", {"models": 3, "isolation": "security"}, ("multi-container",)),
        ("aws", {"models": 3, "isolation": "security"}, ()),
        ("guide", {"experiment": "split"}, ("multi-container",)),
        ("aws", {"experiment": "split"}, ("single-model",)),
        ("aws", {"chain": 3}, ("inference-pipeline",)),
        ("aws", {"chain": 16}, ()),
        ("aws", {"models": 1}, ("single-model",)),
        ("aws", {"models": 16, "frameworks": 2}, ()),
    ],
)
def test_the_shape_of_hosting_is_decided_beside_the_option(profile, given, recommended):
    assert decided(profile, **given).shapes.recommended == recommended


# Doubt, silence, dispute


def test_what_the_guide_does_not_say_puts_in_doubt_and_never_rules_out():
    ruling = decided("guide", gpu="yes").options.ruling(SERVERLESS)

    assert ruling.state == "in-doubt"
    assert [reason_in_words(reason, PROFILES["guide"]) for reason in ruling.reasons] == [
        "The guide does not say whether it offers a GPU."
    ]


def test_a_disputed_number_leaves_the_option_standing_with_a_caution():
    decision = decided(
        "aws", payload_mb=10, processing_s=1, reply="same-call", idle_cost="any", streaming="no"
    )
    reasons = decision.options.ruling(REAL_TIME).reasons

    assert [(r.fact.slug, r.is_hard, r.margin) for r in reasons] == [
        ("aws-real-time-payload-sdk", False, Decimal(4))
    ]
    assert "M1" in [point.slug for point in decision.muddy]


def test_every_reason_says_what_was_asked_what_is_allowed_and_the_margin():
    reason = worked_example("guide").options.ruling(REAL_TIME).reasons[0]

    assert reason_in_words(reason, PROFILES["guide"]) == (
        "50 MB is 44 MB over the 6 MB payload limit."
    )


def test_a_possible_option_that_is_not_recommended_says_why_it_loses():
    decision = decided("guide", traffic="intermittent", reply="same-call", payload_mb=1)
    ruling = decision.options.ruling(REAL_TIME)

    assert loses_because(decision.options, ruling, PROFILES["guide"]) == (
        "The concept box asks for Serverless inference first (intermittent or spiky traffic). "
        "Real-time inference is best for interactive apps; Serverless inference, spiky or low "
        "traffic. Real-time inference is billed per hour of instance; Serverless inference, "
        "per millisecond of inference."
    )


# Words


def said_for(profile, option, table="options", **given):
    decision = decided(profile, **given)
    part = decision.options if table == "options" else decision.shapes
    traits = PROFILES[profile].traits
    found = supports(part.table, option, decision.workload.values, traits)
    return [support_in_words(support, PROFILES[profile]) for support in found]


SPLIT_OR_SHADOW = "an experiment in production"


@pytest.mark.parametrize(
    ("profile", "option", "table", "given", "words"),
    [
        (
            *("aws", REAL_TIME, "options", {"processing_s": 30}),
            "30 s is within the 60 s processing time limit.",
        ),
        (
            *("guide", SERVERLESS, "options", {"latency_ms": 220}),
            "Reply time: 220 ms, and it needs at least 200 ms.",
        ),
        (
            *("aws", ASYNCHRONOUS, "options", {"reply": "poll"}),
            "It serves this: it is fetched later.",
        ),
        ("aws", BATCH, "options", {"gpu": "yes"}, "It offers a GPU."),
        ("aws", REAL_TIME, "options", {"models": 3}, "Models: 3, and no limit is stated."),
        ("aws", "multi-container", "shapes", {"models": 9}, "Models: 9, and it needs at least 2."),
    ],
)
def test_what_speaks_for_an_option_is_said_in_words(profile, option, table, given, words):
    assert words in said_for(profile, option, table, **given)


@pytest.mark.parametrize(
    ("profile", "option", "given", "words"),
    [
        ("aws", SERVERLESS, {"gpu": "yes"}, "It does not offer a GPU."),
        (
            *("aws", ASYNCHRONOUS, {"experiment": "shadow"}),
            f"It does not offer {SPLIT_OR_SHADOW} "
            "(a copy of the traffic goes to the new version, unseen).",
        ),
        (
            *("guide", REAL_TIME, {"experiment": "split"}),
            f"The guide does not say whether it offers {SPLIT_OR_SHADOW} "
            "(a share of the traffic goes to each version).",
        ),
        ("aws", SERVERLESS, {"models": 2}, "Models: 2 is 1 over the limit of 1."),
        (
            *("guide", BATCH, {"reply": "poll"}),
            "It does not offer this way of replying (it is fetched later). A job works off a whole "
            "data set; there is no endpoint to send one item to.",
        ),
        (
            *("guide", REAL_TIME, {"processing_s": "2 h"}),
            "2 h is 119 min over the 60 s processing time limit.",
        ),
    ],
)
def test_what_speaks_against_an_option_is_said_in_words(profile, option, given, words):
    ruling = decided(profile, **given).options.ruling(option)

    assert words in [reason_in_words(reason, PROFILES[profile]) for reason in ruling.reasons]


def test_what_stands_exactly_at_an_open_limit_is_said_not_to_be_below_it():
    reason = next(
        r for r in worked_example("guide").options.ruling(REAL_TIME).reasons if r.fact.value == 6
    )
    at_it = replace(reason, fact=replace(reason.fact, relation="below"), asked=Decimal(6))

    assert broken(at_it, PROFILES["guide"].traits["payload_mb"]) == (
        "6 MB is not below the 6 MB payload limit."
    )


def test_what_loses_without_a_row_of_the_concept_box_is_only_compared():
    decision = decided("guide", traffic="intermittent", reply="same-call", payload_mb=1)
    ruling = decision.options.ruling(REAL_TIME)

    assert loses_because(replace(decision.options, row=None), ruling, PROFILES["guide"]) == (
        "Real-time inference is best for interactive apps; Serverless inference, spiky or low "
        "traffic. Real-time inference is billed per hour of instance; Serverless inference, "
        "per millisecond of inference."
    )


def test_no_side_of_a_limit_lies_beyond_what_a_trait_can_be():
    table, trait = PROFILES["guide"].tables["options"], PROFILES["guide"].traits["payload_mb"]
    narrow = replace(trait, maximum=Decimal(5))

    assert max(side.value for side in sides(table, trait)) > 5
    assert [side for side in sides(table, narrow) if side.value > 5] == []
