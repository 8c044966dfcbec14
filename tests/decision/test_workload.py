from decimal import Decimal

import pytest

from studyapp.decision import Refused, Workload

from .content import PROFILES

TRAITS = PROFILES["guide"].traits


def read(**given):
    return Workload.read(given, TRAITS).values


def test_unknown_traits_are_left_out():
    assert read(payload_mb="50", gpu=None) == {"payload_mb": Decimal(50)}


@pytest.mark.parametrize("yes", [True, "yes", "YES", "true"])
def test_flags_are_read_as_people_and_programs_write_them(yes):
    assert read(gpu=yes) == {"gpu": True}


@pytest.mark.parametrize(
    ("given", "reply"),
    [
        ({"latency_ms": 50}, "same-call"),
        ({"streaming": "yes"}, "same-call"),
        ({"cold_start": "unacceptable"}, "same-call"),
        ({"cold_start": "unacceptable", "reply": "poll"}, "poll"),
        ({"streaming": "no"}, None),
        ({"cold_start": "acceptable"}, None),
    ],
)
def test_a_demand_of_a_caller_who_waits_implies_a_reply_on_the_call(given, reply):
    assert read(**given).get("reply") == reply


@pytest.mark.parametrize(
    ("given", "chain"),
    [
        ({"models": 3}, Decimal(1)),
        ({"isolation": "none"}, Decimal(1)),
        ({"chain": 4, "models": 2}, Decimal(4)),
        ({"payload_mb": 3}, None),
    ],
)
def test_an_unset_chain_means_one_container_once_hosting_is_spoken_of(given, chain):
    assert read(**given).get("chain") == chain


@pytest.mark.parametrize(
    ("given", "trait", "accepted"),
    [
        ({"payload_mb": "0"}, "payload_mb", "above 0 and up to 1,048,576 MB"),
        ({"payload_mb": "-5"}, "payload_mb", "above 0 and up to 1,048,576 MB"),
        ({"payload_mb": "NaN"}, "payload_mb", "above 0 and up to 1,048,576 MB"),
        ({"payload_mb": "5 s"}, "payload_mb", "KB, GB"),
        ({"payload_mb": True}, "payload_mb", "above 0"),
        ({"payload_mb": "1048577"}, "payload_mb", "1,048,576 MB"),
        ({"processing_s": "31 d"}, "processing_s", "ms, min, h"),
        ({"models": "1.5"}, "models", "a whole number from 1 to 100,000"),
        ({"models": "0"}, "models", "a whole number from 1 to 100,000"),
        ({"gpu": "1"}, "gpu", "yes or no"),
        ({"gpu": 1}, "gpu", "yes or no"),
        ({"reply": "email"}, "reply", "same-call, poll, notify, dataset"),
        ({"reply": True}, "reply", "same-call, poll, notify, dataset"),
        ({"reply": "poll", "latency_ms": 50}, "reply", "give same-call"),
        ({"reply": "dataset", "streaming": True}, "reply", "give same-call"),
        ({"latency_ms": 999, "processing_s": 1}, "latency_ms", "at least 1,000 ms"),
    ],
)
def test_what_cannot_be_weighed_is_refused_with_the_trait_and_what_is_accepted(
    given, trait, accepted
):
    with pytest.raises(Refused) as refusal:
        read(**given)

    assert refusal.value.trait == trait
    assert accepted in refusal.value.words


def test_an_unknown_trait_is_refused_by_name():
    with pytest.raises(Refused, match="'paylod_mb': there is no such trait; known are payload_mb"):
        Workload.read({"paylod_mb": "5"}, TRAITS)


def test_a_streamed_reply_may_start_before_the_work_is_done():
    assert read(latency_ms=100, processing_s=30, streaming=True)["latency_ms"] == Decimal(100)
