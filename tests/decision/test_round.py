from decimal import Decimal

import pytest

from studyapp.decision.amount import as_said
from studyapp.decision.round import round_numbers

from .content import PROFILES

TRAITS = PROFILES["aws"].traits


@pytest.mark.parametrize(
    ("amount", "unit", "said"),
    (
        ("50", "MB", "50 MB"),
        ("0.01953125", "MB", "20 KB"),
        ("2048", "MB", "2 GB"),
        ("1536", "MB", "1.5 GB"),
        ("5.9", "MB", "5.9 MB"),
        ("0.03", "s", "30 ms"),
        ("2.5", "s", "2.5 s"),
        ("1200", "s", "20 min"),
        ("5400", "s", "1.5 h"),
        ("61", "s", "61 s"),
        ("90", "s", "90 s"),
        ("60", "", "60"),
    ),
)
def test_an_amount_is_said_in_the_largest_unit_in_which_it_is_round(amount, unit, said):
    assert as_said(Decimal(amount), unit) == said


@pytest.mark.parametrize("key", ["payload_mb", "processing_s", "latency_ms", "memory_gb", "models"])
def test_a_round_number_is_read_back_as_the_same_amount(key):
    trait = TRAITS[key]

    for value in round_numbers(trait):
        assert trait.read(as_said(value, trait.unit)) == value


def test_memory_is_told_in_gigabytes_only():
    said = {as_said(value, "GB").split()[1] for value in round_numbers(TRAITS["memory_gb"])}

    assert said == {"GB"}


def test_a_small_limit_stands_among_the_round_numbers_with_its_neighbours():
    near = [
        value for value in round_numbers(TRAITS["payload_mb"], [Decimal(25)]) if 20 < value < 30
    ]

    assert near == [24, 25, 26]


def test_a_large_limit_stands_there_alone():
    near = [
        value
        for value in round_numbers(TRAITS["processing_s"], [Decimal(480)])
        if 420 < value < 540
    ]

    assert near == [480]
