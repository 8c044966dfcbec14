"""The brute-force solver held against cases worked out by hand from the design and the guide."""

import random
from decimal import Decimal
from math import log

import pytest

from .solver import (
    TRAITS,
    Refused,
    ask_next,
    conflicts,
    counterfactual,
    draw_workload,
    normalise,
    proved,
    solve,
)

RT, SLS, ASY, BAT = "real-time", "serverless", "asynchronous", "batch-transform"
SINGLE, MME, MCE, PIPE = "single-model", "multi-model", "multi-container", "inference-pipeline"
WORKED_EXAMPLE = {
    "payload_mb": Decimal(50),
    "processing_s": Decimal(45),
    "reply": "notify",
}


def case(**traits):
    """A workload; numbers may be written as strings or ints."""
    return {
        trait: value if isinstance(value, bool) else number(value)
        for trait, value in traits.items()
    }


def number(value):
    try:
        return Decimal(value)
    except ArithmeticError:
        return value


def choice(profile, table="options", **traits):
    solved = solve(case(**traits), profile, table)
    return solved["recommended"], solved["basis"]


# The guide's worked example


def test_worked_example_is_asynchronous_in_both_profiles():
    for profile in ("guide", "aws"):
        solved = solve(WORKED_EXAMPLE, profile, "options")

        assert solved["recommended"] == (ASY,)
        assert solved["basis"] == "concept-box"
        assert proved(WORKED_EXAMPLE, profile) == ASY


def test_worked_example_gives_every_reason_with_its_margin():
    solved = solve(WORKED_EXAMPLE, "guide", "options")

    too_large = ("payload_mb", "at-most", Decimal(6), Decimal(44), True)
    must_arrange = ("reply", "one-of", ("same-call", "poll", "dataset"), None, False)
    assert solved["reasons"] == {
        RT: [too_large, must_arrange],
        SLS: [too_large, must_arrange],
        ASY: [],
        BAT: [("reply", "one-of", ("dataset",), None, True)],
    }
    assert solved["rulings"] == {
        RT: "ruled-out",
        SLS: "ruled-out",
        ASY: "standing",
        BAT: "ruled-out",
    }
    assert solved["in_doubt"] == {RT: (), SLS: (), ASY: (), BAT: ()}


def test_worked_example_shows_what_would_let_the_others_in():
    assert counterfactual(WORKED_EXAMPLE, "guide", "options", RT, "possible") == [
        (("payload_mb", Decimal(50), "at-most", Decimal(6)),)
    ]
    assert counterfactual(WORKED_EXAMPLE, "guide", "options", ASY, "wins") == [()]
    assert counterfactual(WORKED_EXAMPLE, "guide", "options", BAT, "wins") == [
        (("reply", "notify", "is", "dataset"),)
    ]


# Normalisation


@pytest.mark.parametrize(
    ("stated", "implied"),
    [
        ({"latency_ms": 50}, {"reply": "same-call"}),
        ({"streaming": True}, {"reply": "same-call"}),
        ({"streaming": False}, {}),
        ({"cold_start": "unacceptable"}, {"reply": "same-call"}),
        ({"cold_start": "unacceptable", "reply": "poll"}, {}),
        ({"isolation": "none"}, {"chain": 1}),
        ({"caller_picks": False}, {"chain": 1}),
        ({"models": 3, "chain": 2}, {}),
        ({"payload_mb": 5}, {}),
        ({"latency_ms": 100, "processing_s": "0.1"}, {"reply": "same-call"}),
        (
            {"latency_ms": 100, "processing_s": 9, "streaming": True},
            {"reply": "same-call"},
        ),
    ],
)
def test_normalise_adds_what_is_implied(stated, implied):
    assert normalise(case(**stated)) == case(**stated, **implied)


@pytest.mark.parametrize(
    "stated",
    [
        {"latency_ms": 50, "reply": "poll"},
        {"streaming": True, "reply": "dataset"},
        {"latency_ms": 100, "processing_s": "0.101"},
        {"latency_ms": 100, "processing_s": 1, "streaming": False},
    ],
)
def test_normalise_refuses_contradictions(stated):
    with pytest.raises(Refused):
        normalise(case(**stated))


# Boundaries


@pytest.mark.parametrize(
    ("profile", "trait", "value", "out"),
    [
        ("guide", "payload_mb", "6", ()),
        ("guide", "payload_mb", "6.1", (RT, SLS)),
        ("guide", "payload_mb", "1024.001", (RT, SLS, ASY)),
        ("guide", "processing_s", "60", ()),
        ("guide", "processing_s", "3601", (RT, SLS, ASY)),
        ("guide", "latency_ms", "200", (ASY, BAT)),
        ("guide", "latency_ms", "199.999", (SLS, ASY, BAT)),
        ("guide", "idle_cost", "none", (RT,)),
        ("guide", "gpu", True, ()),
        ("aws", "payload_mb", "4", ()),
        ("aws", "payload_mb", "4.001", (SLS,)),
        ("aws", "payload_mb", "25", (SLS,)),
        ("aws", "payload_mb", "25.001", (RT, SLS)),
        ("aws", "payload_mb", "200", (RT, SLS)),
        ("aws", "processing_s", "100", (SLS,)),
        ("aws", "processing_s", "480.001", (RT, SLS)),
        ("aws", "processing_s", "3601", (RT, SLS, ASY, BAT)),
        ("aws", "latency_ms", "1", (ASY, BAT)),
        ("aws", "idle_cost", "none", ()),
        ("aws", "gpu", True, (SLS,)),
        ("aws", "monitoring", False, ()),
        ("aws", "memory_gb", "6.001", (SLS,)),
        ("aws", "concurrency", "201", (SLS,)),
        ("aws", "models", "2", (SLS,)),
        ("aws", "chain", "1", ()),
        ("aws", "experiment", "split", (SLS,)),
        ("aws", "experiment", "shadow", (SLS, ASY, BAT)),
    ],
)
def test_one_value_rules_out(profile, trait, value, out):
    rulings = solve(case(**{trait: value}), profile, "options")["rulings"]

    assert tuple(subject for subject in rulings if rulings[subject] == "ruled-out") == out


# Conditions, doubt and silence


def test_real_time_may_take_eight_minutes_only_when_it_streams():
    streamed = solve(case(processing_s=480, streaming=True), "aws", "options")
    unknown = solve(case(processing_s=100), "aws", "options")
    plain = solve(case(processing_s=500, streaming=False), "aws", "options")

    assert streamed["reasons"][RT] == []
    assert unknown["rulings"][RT] == "in-doubt"
    assert {"reply", "streaming"} <= set(unknown["in_doubt"][RT])
    assert "processing_s" not in unknown["in_doubt"][RT]
    assert plain["reasons"][RT] == [
        ("processing_s", "at-most", Decimal(60), Decimal(440), True),
        ("processing_s", "at-most", Decimal(480), Decimal(20), True),
    ]


def test_unless_is_settled_by_one_condition_that_fails():
    polled = solve(case(processing_s=100, reply="poll"), "aws", "options")

    assert polled["rulings"][RT] == "ruled-out"


def test_nothing_known_leaves_only_the_traits_of_hard_facts_to_ask_for():
    in_doubt = solve({}, "guide", "options")["in_doubt"]

    assert in_doubt == {
        RT: ("payload_mb", "processing_s", "idle_cost"),
        SLS: ("payload_mb", "processing_s", "latency_ms", "idle_cost", "cold_start"),
        ASY: ("payload_mb", "processing_s", "reply"),
        BAT: ("reply",),
    }


def test_idle_cost_settles_whether_a_cold_start_may_matter():
    pays = solve(case(idle_cost="any"), "aws", "options")["in_doubt"]
    free = solve(case(idle_cost="none"), "aws", "options")["in_doubt"]

    assert [option for option in pays if "cold_start" in pays[option]] == []
    assert [option for option in free if "cold_start" in free[option]] == [RT, SLS]


def test_no_idle_cost_is_a_demand_though_its_value_is_none():
    solved = solve(case(idle_cost="none"), "guide", "options")

    assert solved["reasons"][RT] == [("idle_cost", "never", None, None, True)]


def test_cold_start_caution_and_reason_come_together():
    solved = solve(case(cold_start="unacceptable", idle_cost="none"), "guide", "options")

    assert solved["reasons"][SLS] == [
        ("cold_start", "never", None, None, True),
        ("cold_start", "never", None, None, False),
    ]
    assert (solved["recommended"], solved["basis"]) == ((), "none")


def test_silent_demand_leaves_in_doubt_and_never_rules_out():
    solved = solve(case(payload_mb=5, gpu=True, concurrency=1), "guide", "options")

    assert set(solved["rulings"].values()) == {"in-doubt"}
    for option in (RT, SLS, ASY, BAT):
        assert solved["reasons"][option] == [("gpu", "silent", None, None, False)]
        assert "gpu" in solved["in_doubt"][option]


def test_asynchronous_is_silent_about_a_split_in_aws():
    solved = solve(case(experiment="split"), "aws", "options")

    assert solved["reasons"][ASY] == [("experiment", "silent", None, None, False)]
    assert solved["reasons"][RT] == []


def test_disputed_payload_is_a_caution():
    solved = solve(case(payload_mb=10), "aws", "options")

    assert solved["reasons"][RT] == [("payload_mb", "at-most", Decimal(6), Decimal(4), False)]
    assert solved["reasons"][SLS] == [("payload_mb", "at-most", Decimal(4), Decimal(6), True)]


def test_reasons_run_hard_silent_soft():
    stated = case(payload_mb=10, processing_s=61, reply="notify", monitoring=True, models=2)

    assert solve(stated, "aws", "options")["reasons"] == {
        RT: [
            ("processing_s", "at-most", Decimal(60), Decimal(1), True),
            ("payload_mb", "at-most", Decimal(6), Decimal(4), False),
            ("reply", "one-of", ("same-call", "poll", "dataset"), None, False),
        ],
        SLS: [
            ("payload_mb", "at-most", Decimal(4), Decimal(6), True),
            ("processing_s", "at-most", Decimal(60), Decimal(1), True),
            ("monitoring", "never", None, None, True),
            ("models", "at-most", Decimal(1), Decimal(1), True),
            ("reply", "one-of", ("same-call", "poll", "dataset"), None, False),
        ],
        ASY: [
            ("monitoring", "silent", None, None, False),
            ("models", "silent", None, None, False),
        ],
        BAT: [
            ("reply", "one-of", ("dataset",), None, True),
            ("models", "silent", None, None, False),
        ],
    }


# Boxes


@pytest.mark.parametrize(
    ("profile", "traits", "expected"),
    [
        ("guide", {}, ((RT, SLS, ASY, BAT), "undecided")),
        ("guide", {"latency_ms": "99.999"}, ((RT,), "concept-box")),
        ("guide", {"latency_ms": 100}, ((RT,), "only-one")),
        ("guide", {"latency_ms": 200}, ((RT, SLS), "undecided")),
        ("guide", {"latency_ms": 200, "traffic": "steady"}, ((RT,), "best-for")),
        ("guide", {"reply": "poll", "traffic": "steady"}, ((RT, SLS, ASY), "undecided")),
        ("guide", {"traffic": "intermittent"}, ((SLS,), "concept-box")),
        ("guide", {"traffic": "intermittent", "payload_mb": 7}, ((ASY,), "concept-box")),
        # Serverless yields to asynchronous: only serverless carries the caution on notify.
        ("guide", {"traffic": "intermittent", "reply": "notify"}, ((ASY,), "concept-box")),
        (
            "guide",
            {"traffic": "intermittent", "cold_start": "unacceptable"},
            ((RT,), "only-one"),
        ),
        ("guide", {"payload_mb": 7}, ((ASY,), "concept-box")),
        ("guide", {"processing_s": 61}, ((ASY,), "concept-box")),
        ("guide", {"payload_mb": 7, "reply": "dataset"}, ((BAT,), "concept-box")),
        ("guide", {"traffic": "intermittent", "reply": "dataset"}, ((BAT,), "concept-box")),
        ("guide", {"payload_mb": 1025}, ((BAT,), "only-one")),
        ("guide", {"payload_mb": 1025, "reply": "poll"}, ((), "none")),
        ("guide", {"gpu": True}, ((RT, SLS, ASY, BAT), "undecided")),
        ("aws", {"latency_ms": 50}, ((RT,), "only-one")),
        ("aws", {"latency_ms": 50, "idle_cost": "none"}, ((RT, SLS), "undecided")),
        ("aws", {"cold_start": "unacceptable"}, ((RT,), "concept-box")),
        (
            "aws",
            {"cold_start": "unacceptable", "traffic": "intermittent", "reply": "poll"},
            ((ASY,), "concept-box"),
        ),
        ("aws", {"payload_mb": 25}, ((ASY, BAT), "undecided")),
        ("aws", {"payload_mb": "25.001"}, ((ASY,), "concept-box")),
        ("aws", {"payload_mb": 25, "reply": "same-call"}, ((RT,), "only-one")),
        # Batch carries the caution on 100 MB a request, so it yields to asynchronous.
        ("aws", {"payload_mb": 200, "reply": "dataset"}, ((ASY,), "only-one")),
        ("aws", {"payload_mb": 2000, "reply": "dataset"}, ((BAT,), "concept-box")),
        ("aws", {"experiment": "shadow"}, ((RT,), "only-one")),
    ],
)
def test_options_recommended(profile, traits, expected):
    assert choice(profile, **traits) == expected


@pytest.mark.parametrize(
    ("profile", "traits", "expected"),
    [
        ("guide", {}, ((), "undecided")),
        ("guide", {"payload_mb": 50, "traffic": "steady"}, ((), "undecided")),
        ("guide", {"models": 1}, ((SINGLE,), "only-one")),
        ("guide", {"models": 2}, ((MME, MCE), "undecided")),
        ("guide", {"models": 2000, "frameworks": 1}, ((MME,), "concept-box")),
        ("guide", {"models": 2, "frameworks": 2}, ((MCE,), "concept-box")),
        ("guide", {"models": 2, "isolation": "dependencies"}, ((MCE,), "concept-box")),
        ("guide", {"models": 2, "isolation": "security"}, ((MCE,), "concept-box")),
        ("guide", {"experiment": "split"}, ((MCE,), "concept-box")),
        ("guide", {"chain": 15}, ((PIPE,), "concept-box")),
        ("guide", {"chain": 16}, ((), "none")),
        ("guide", {"chain": 2, "caller_picks": True}, ((), "none")),
        ("aws", {"models": 2, "isolation": "security"}, ((), "none")),
        ("aws", {"experiment": "split"}, ((SINGLE,), "concept-box")),
        # Every other shape is out, because an experiment implies a chain of 1.
        ("aws", {"experiment": "shadow", "models": 2}, ((), "none")),
        ("aws", {"models": 16, "frameworks": 2}, ((), "none")),
        ("aws", {"models": 2, "caller_picks": True}, ((MCE,), "only-one")),
    ],
)
def test_shape_recommended(profile, traits, expected):
    assert choice(profile, "shapes", **traits) == expected


# Conflicts


def test_conflicts_are_the_minimal_sets():
    stated = case(payload_mb=2000, latency_ms=50)

    assert conflicts(stated, "guide", "options") == [
        ("payload_mb", "latency_ms"),
        ("payload_mb", "reply"),
    ]


def test_conflicts_are_empty_while_something_is_possible():
    assert conflicts(case(payload_mb=2000), "guide", "options") == []


def test_conflicts_of_shapes_use_the_implied_chain():
    stated = case(models=3, isolation="security")

    assert conflicts(stated, "aws", "shapes") == [("models", "isolation")]


def test_one_trait_can_be_a_conflict():
    stated = case(processing_s=4000, idle_cost="any")

    assert conflicts(stated, "aws", "options") == [("processing_s",)]


# What to ask next


def test_ask_next_prefers_the_trait_with_most_answers():
    # Reply has four: real-time and serverless; with asynchronous; asynchronous alone; batch.
    assert ask_next({}, "guide", "options") == "reply"


def test_ask_next_is_silent_when_nothing_changes_the_answer():
    stated = case(payload_mb=2000, latency_ms=50)

    assert ask_next(stated, "guide", "options") is None


def test_ask_next_for_shapes():
    # Frameworks and isolation both settle it between two; the earlier trait is asked for.
    stated = case(models=2, chain=1, caller_picks=False, experiment="none")

    assert ask_next(stated, "guide", "shapes") == "frameworks"


# Counterfactuals


def test_counterfactual_lists_one_way_for_each_trait_cheapest_first():
    stated = case(payload_mb=3, processing_s=50, reply="poll", traffic="steady", idle_cost="any")

    ways = counterfactual(stated, "guide", "options", ASY, "wins")

    # Row 3 of the box twice, then the only reply that is a caution for all the others.
    assert log(60 / 50) < log(6 / 3) < 1
    assert ways == [
        (("processing_s", Decimal(50), "above", Decimal(60)),),
        (("payload_mb", Decimal(3), "above", Decimal(6)),),
        (("reply", "poll", "is", "notify"),),
    ]


def test_counterfactual_never_makes_a_known_latency_unknown():
    stated = case(latency_ms=50)

    assert counterfactual(stated, "guide", "options", BAT, "possible") == []
    assert counterfactual(stated, "guide", "options", SLS, "possible") == [
        (("latency_ms", Decimal(50), "at-least", Decimal(200)),)
    ]


def test_counterfactual_sets_an_unknown_trait():
    ways = counterfactual({}, "guide", "options", BAT, "wins")

    assert ways == [
        (("payload_mb", None, "above", Decimal(1024)),),
        (("processing_s", None, "above", Decimal(3600)),),
        (("reply", None, "is", "dataset"),),
    ]


def test_counterfactual_of_what_is_possible_already():
    assert counterfactual({}, "guide", "options", BAT, "possible") == [()]


def test_counterfactual_needs_several_changes_at_once():
    stated = case(payload_mb=2000, processing_s=5000, reply="poll")

    assert counterfactual(stated, "guide", "options", RT, "possible") == [
        (
            ("payload_mb", Decimal(2000), "at-most", Decimal(6)),
            ("processing_s", Decimal(5000), "at-most", Decimal(60)),
        )
    ]


def test_counterfactual_for_a_count_steps_by_one():
    stated = case(chain=16)

    assert counterfactual(stated, "guide", "shapes", PIPE, "possible") == [
        (("chain", Decimal(16), "at-most", Decimal(15)),)
    ]


# Proof


@pytest.mark.parametrize(
    ("profile", "traits", "answer"),
    [
        ("guide", {"latency_ms": 50}, RT),
        ("guide", {"latency_ms": 50, "gpu": True}, None),
        ("guide", {"latency_ms": 200}, None),
        ("guide", {"payload_mb": 2000, "reply": "poll"}, "none"),
        # The other two that are left carry the caution on notify, so they yield.
        ("guide", {"reply": "notify", "processing_s": 30}, ASY),
        ("aws", {"payload_mb": 10, "reply": "same-call"}, None),
        ("aws", {"payload_mb": 5, "reply": "same-call"}, RT),
        ("aws", {"payload_mb": 5, "reply": "same-call", "idle_cost": "none"}, None),
        # Asynchronous is silent on monitoring; read as never, it leaves batch the winner still.
        ("aws", {"reply": "dataset", "monitoring": True}, BAT),
        # The others yield to real-time only because they are silent on several frameworks.
        ("aws", {"reply": "dataset", "frameworks": 2}, None),
    ],
)
def test_proved(profile, traits, answer):
    assert proved(case(**traits), profile) == answer


# Drawing


def test_draws_are_repeatable_and_cover_every_trait():
    for profile in ("guide", "aws"):
        first, again = random.Random(3), random.Random(3)
        drawn = [draw_workload(first, profile) for _ in range(500)]

        assert drawn == [draw_workload(again, profile) for _ in range(500)]
        assert set().union(*drawn) == set(TRAITS)
