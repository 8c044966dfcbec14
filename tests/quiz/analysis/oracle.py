"""What an answer is worth, worked out from the rules as they are told, without the engine.

Rules, as the pages say them: a question counts one when all of it is right; by the practice rule
several right options count each, a wrong pick takes one back, and picking everything earns nothing;
of an ordering the items in their place count, of a matching the right pairs. A blank is wrong.
"""

from decimal import Decimal
from fractions import Fraction

UNITS = {"KB": Decimal(1) / 1024, "MB": Decimal(1), "GB": Decimal(1024)}


def worth(kind, rule, response, options, amount=None):
    """The points of one answer, from 0 to 1.

    `options` are plain dicts with id, is_correct, rank, match and text; `amount` is what is asked
    for in MB, with the tolerance.
    """
    if response is None:
        return Fraction(0)
    share = {
        "single-choice": one_pick,
        "true-false": one_pick,
        "multiple-response": several_picks,
        "ordering": order,
        "matching": pairs,
        "number": number,
    }[kind](response, amount if kind == "number" else options)
    if rule == "exam":
        return Fraction(1 if share == 1 else 0)
    return share


def one_pick(response, options):
    (right,) = [each["id"] for each in options if each["is_correct"]]
    return Fraction(1 if response == right else 0)


def several_picks(response, options):
    points, right = 0, 0
    for each in options:
        right += each["is_correct"]
        if each["id"] in response:
            points += 1 if each["is_correct"] else -1
    if len(response) == len(options) or points < 0:
        points = 0
    return Fraction(points, right)


def order(response, options):
    hits = 0
    for each in options:
        place = response.index(each["id"]) + 1 if each["id"] in response else None
        if place == each["rank"]:
            hits += 1
    return Fraction(hits, len(options))


def pairs(response, options):
    listed = sorted(each["match"] for each in options)
    prompts = [each for each in options if each["text"]]
    hits = 0
    for each in prompts:
        chosen = response.get(str(each["id"]))
        if chosen is not None and listed[chosen - 1] == each["match"]:
            hits += 1
    return Fraction(hits, len(prompts))


def number(response, asked):
    wanted, tolerance = asked
    off = Decimal(response["amount"]) - wanted
    return Fraction(1 if -tolerance <= off <= tolerance else 0)
