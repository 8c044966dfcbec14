"""Amounts are exact decimals in the unit of their trait; other units are read and converted."""

import re
from decimal import Context, Decimal

# Wide enough for every amount that can be written: 30 characters with an exponent of two digits.
EXACT = Context(prec=250)

# How many of the base unit one of each holds; binary units for sizes (1 GB = 1024 MB).
FAMILIES = (
    {"KB": Decimal(1), "MB": Decimal(1024), "GB": Decimal(1024 * 1024)},
    {"ms": Decimal(1), "s": Decimal(1000), "min": Decimal(60_000), "h": Decimal(3_600_000)},
)
WRITTEN = re.compile(r"\+?((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?)\s*([A-Za-z]*)")
LONGEST = 30
LARGE, FEW_DECIMALS = 10_000, 2
# From here on a larger unit is said, where the amount is round in it: not 7,200 s but 2 h.
LONG = 1_000
# Units of which people say a half, below SMALL, where it still makes a difference.
HALVED, SMALL = ("MB", "GB", "s", "h"), 10


def units_beside(unit):
    """The units that can be converted into this one, smallest first."""
    return next((tuple(family) for family in FAMILIES if unit in family), ())


def convert(amount, unit, to):
    """Convert an exact amount between two units of one family."""
    if unit == to:
        return amount
    family = next(family for family in FAMILIES if to in family)
    return tidy(EXACT.divide(EXACT.multiply(amount, family[unit]), family[to]))


def read_amount(text, unit):
    """Read "50", "50 MB" or "6144KB" as a Decimal in `unit`; None where it cannot be read."""
    text = text.strip()
    written = WRITTEN.fullmatch(text) if len(text) <= LONGEST else None
    if not written:
        return None
    number, suffix = written.groups()
    spelled = {known.lower(): known for known in units_beside(unit)} | {
        unit.lower(): unit,
        "": unit,
    }
    if suffix.lower() not in spelled:
        return None
    return convert(tidy(Decimal(number)), spelled[suffix.lower()], unit)


def is_said(amount, unit):
    """Whether people say this amount in this unit: 2.5 MB, 20 min, but not 2.5 KB."""
    halves = 2 if unit in HALVED and amount < SMALL else 1
    return amount >= 1 and amount * halves == (amount * halves).to_integral_value()


def as_said(amount, unit):
    """An amount in the largest unit in which it is round: 1200 s → "20 min"."""
    for other in reversed(units_beside(unit)):
        converted = tidy(convert(amount, unit, other))
        if is_said(converted, other):
            return written(converted, other)
    return written(amount, unit)


def spoken(amount, unit):
    """Write an amount in the unit in which it reads best: 0.01953125 MB → "20 KB", 7200 s → "2 h"."""
    if amount >= LONG and is_said(amount, unit):
        return as_said(amount, unit)
    if reads_well(amount):
        return written(amount, unit)
    for other in reversed(units_beside(unit)):
        converted = convert(amount, unit, other)
        if converted >= 1 and reads_well(converted):
            return written(converted, other)
    return written(amount, unit)


def reads_well(amount):
    return amount < LARGE and -tidy(amount).as_tuple().exponent <= FEW_DECIMALS


def tidy(amount):
    """The same number without an exponent or trailing zeros, so that equal amounts print alike."""
    amount = amount.normalize(EXACT)
    return amount.quantize(Decimal(1), context=EXACT) if amount == amount.to_integral() else amount


def written(amount, unit=""):
    """Write an amount for people: 1048576 → "1,048,576", with its unit where it has one."""
    return f"{tidy(amount):,f} {unit}".strip()
