import hashlib
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.decision import (
    NoSibling,
    Unproved,
    Workload,
    decide,
    prove,
    sibling,
    to_json,
)
from studyapp.decision.fact import Condition
from studyapp.decision.profile import MuddyPoint
from tests.files import read_yaml

from .content import FIXTURES, PROFILES

SEEDS = range(3)


def written_scenarios():
    """Every scenario of the bank's files, alone or part of a case study."""
    for path in sorted(FIXTURES.glob("quiz_*.yaml")):
        for row in read_yaml(path):
            for each in row.get("parts", [row]) if isinstance(row.get("parts"), list) else [row]:
                if "workload" in each:
                    profile = PROFILES[each["profile"]]
                    yield each["slug"], profile, Workload.read(each["workload"], profile.traits)


SCENARIOS = list(written_scenarios())
IDS = [slug for slug, _, _ in SCENARIOS]


def against(workload, profile):
    """What rules out or speaks against each option: who is out, and by facts on which traits."""
    return {
        ruling.option: (ruling.is_possible, {(r.trait, r.kind) for r in ruling.reasons})
        for ruling in decide(workload, profile).options.rulings
    }


def test_the_bank_has_scenarios_of_both_profiles():
    assert {profile.slug for _, profile, _ in SCENARIOS} == {"guide", "aws"}
    assert len(SCENARIOS) >= 45


@pytest.mark.parametrize(("slug", "profile", "workload"), SCENARIOS, ids=IDS)
def test_every_scenario_of_the_bank_has_siblings_with_its_pattern(slug, profile, workload):
    origin = prove(workload, profile)

    for seed in SEEDS:
        found = sibling(workload, profile, seed=seed)
        drawn = found.certificate

        assert prove(Workload.read(found.told, profile.traits), profile) == drawn
        assert (drawn.answer, drawn.basis, drawn.row) == (origin.answer, origin.basis, origin.row)
        assert against(drawn.workload, profile) == against(origin.workload, profile)


@pytest.mark.parametrize(("slug", "profile", "workload"), SCENARIOS, ids=IDS)
def test_no_number_is_repeated_and_no_disputed_band_is_entered(slug, profile, workload):
    muddy = {point.slug for point in decide(workload, profile).muddy}

    for seed in SEEDS:
        found = sibling(workload, profile, seed=seed)
        values = Workload.read(found.told, profile.traits).values
        same = [
            key
            for key, value in workload.values.items()
            if isinstance(value, Decimal) and value != 1 and values.get(key) == value
        ]

        # A payload or time of one (1 MB, 1 s) is a number like any other.
        same += [k for k in ("payload_mb", "processing_s") if values.get(k) == workload.get(k)]
        assert same == []
        assert {point.slug for point in decide(found.certificate.workload, profile).muddy} <= muddy


@settings(max_examples=60, deadline=None)
@given(scenario=st.sampled_from(SCENARIOS), seed=st.integers(0, 2**64))
def test_a_sibling_of_a_sibling_still_has_the_pattern(scenario, seed):
    _, profile, workload = scenario
    first = sibling(workload, profile, seed=seed)
    second = sibling(Workload.read(first.told, profile.traits), profile, seed=seed + 1)

    assert against(second.certificate.workload, profile) == against(
        prove(workload, profile).workload, profile
    )


def test_siblings_are_the_same_on_every_python():
    """Another hash only where facts, scenarios or the way of drawing have changed on purpose."""
    profile = PROFILES["guide"]
    workload = Workload.read(
        {"payload_mb": 50, "processing_s": 45, "reply": "notify"}, profile.traits
    )
    text = to_json([sibling(workload, profile, seed=seed).told for seed in range(20)])

    assert hashlib.sha256(text.encode()).hexdigest()[:16] == HASH


HASH = "145c61aa19b9e95b"


def test_different_seeds_draw_different_siblings():
    _, profile, workload = SCENARIOS[0]

    assert len({to_json(sibling(workload, profile, seed=seed).told) for seed in range(20)}) > 10


def test_something_harmless_is_mentioned_beside_in_some_and_not_in_others():
    profile = PROFILES["aws"]
    workload = Workload.read({"payload_mb": 90, "reply": "notify", "vpc": "yes"}, profile.traits)
    extra = {
        frozenset(sibling(workload, profile, seed=s).told) - {*workload.values} for s in range(30)
    }

    assert extra == {frozenset(), frozenset({"idle_cost"}), frozenset({"memory_gb"})}


def test_memory_is_never_mentioned_where_the_profile_is_silent_on_it():
    for _, profile, workload in SCENARIOS:
        if profile.slug == "guide":
            assert all("memory_gb" not in sibling(workload, profile, seed=s).told for s in SEEDS)


def test_what_the_options_do_not_read_is_left_to_the_old_story():
    profile = PROFILES["guide"]
    given = {"payload_mb": "3 KB", "reply": "dataset", "traffic": "scheduled", "records": "rows"}

    found = sibling(Workload.read(given, profile.traits), profile, seed=1)

    assert "records" not in found.told


def test_a_workload_without_a_number_has_no_sibling():
    profile = PROFILES["guide"]
    workload = Workload.read({"reply": "dataset", "traffic": "scheduled"}, profile.traits)

    with pytest.raises(NoSibling, match="no number that could be another"):
        sibling(workload, profile, seed=1)


def test_a_number_between_two_close_limits_has_no_room():
    profile = PROFILES["aws"]
    workload = Workload.read(
        {"payload_mb": "0.1 KB", "processing_s": "0.0001", "reply": "dataset"}, profile.traits
    )
    tight = replace(profile.traits["payload_mb"], maximum=Decimal("0.0001"))
    narrow = replace(profile, traits=profile.traits | {"payload_mb": tight})

    with pytest.raises(NoSibling, match="No other round number of the payload"):
        sibling(workload, narrow, seed=1)


def test_a_search_that_finds_nothing_is_given_up_in_words():
    profile = PROFILES["guide"]
    workload = Workload.read({"payload_mb": 50, "reply": "notify"}, profile.traits)
    # Every payload but this one is disputed.
    muddy = tuple(
        MuddyPoint(relation, "", "", (Condition("payload_mb", relation, Decimal(50)),))
        for relation in ("below", "above")
    )

    with pytest.raises(NoSibling, match="was found in 200 tries"):
        sibling(workload, replace(profile, muddy=muddy), seed=1)


def test_a_workload_without_one_answer_has_no_sibling():
    profile = PROFILES["guide"]

    with pytest.raises(Unproved, match="More than one option stands"):
        sibling(Workload.read({"payload_mb": 1}, profile.traits), profile, seed=1)
