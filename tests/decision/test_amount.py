from decimal import Decimal

import pytest

from studyapp.decision.amount import read_amount, spoken, tidy, written


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("50", "MB", "50"),
        ("50 MB", "MB", "50"),
        ("50mb", "MB", "50"),
        ("6144 KB", "MB", "6"),
        ("6145 KB", "MB", "6.0009765625"),
        ("1 GB", "MB", "1024"),
        ("0.1", "MB", "0.1"),
        (".5", "MB", "0.5"),
        ("1e3", "MB", "1000"),
        ("9e20", "MB", "900000000000000000000"),
        ("45 s", "s", "45"),
        ("500 ms", "s", "0.5"),
        ("1.5 min", "s", "90"),
        ("1 h", "s", "3600"),
        ("2 s", "ms", "2000"),
        ("3", "", "3"),
        ("0", "MB", "0"),
    ],
)
def test_amounts_are_read_exactly_in_the_unit_of_their_trait(text, unit, amount):
    assert str(read_amount(text, unit)) == amount


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", "MB"),
        ("fifty", "MB"),
        ("NaN", "MB"),
        ("Infinity", "MB"),
        ("-1", "MB"),
        ("5 s", "MB"),
        ("5 MB", "s"),
        ("1,000", "MB"),
        ("1_000", "MB"),
        ("٥", "MB"),
        ("5 5", "MB"),
        ("0x10", "MB"),
        ("3 MB", ""),
        ("9" * 31, "MB"),
    ],
)
def test_what_is_no_amount_of_that_unit_is_not_read(text, unit):
    assert read_amount(text, unit) is None


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (Decimal("1048576"), "MB", "1,048,576 MB"),
        (Decimal("1E+3"), "s", "1,000 s"),
        (Decimal("44.00"), "MB", "44 MB"),
        (Decimal("0.1"), "MB", "0.1 MB"),
        (Decimal("3"), "", "3"),
    ],
)
def test_amounts_are_written_for_people(amount, unit, words):
    assert written(amount, unit) == words


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        ("50", "MB", "50 MB"),
        ("0.1", "MB", "0.1 MB"),
        ("0.01953125", "MB", "20 KB"),
        ("0.0009765625", "MB", "1 KB"),
        ("1176", "MB", "1,176 MB"),
        ("1048576", "MB", "1,024 GB"),
        ("10800", "s", "3 h"),
        ("7200", "s", "2 h"),
        ("3600", "s", "1 h"),
        ("5400", "s", "1.5 h"),
        ("7140", "s", "119 min"),
        ("1001", "s", "1,001 s"),
        ("120", "s", "120 s"),
        ("1024", "MB", "1 GB"),
        ("1536", "MB", "1.5 GB"),
        ("1537", "MB", "1,537 MB"),
        ("1500", "ms", "1.5 s"),
        ("1250", "ms", "1,250 ms"),
        ("12345.678", "s", "12,345.678 s"),
    ],
)
def test_amounts_are_spoken_in_the_unit_in_which_they_read_best(amount, unit, words):
    assert spoken(Decimal(amount), unit) == words


def test_equal_amounts_print_alike():
    assert str(tidy(Decimal("6.10"))) == str(tidy(Decimal("6.1"))) == "6.1"
