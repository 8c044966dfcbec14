"""The score of a session, worked out anew from raw rows by the written rules, and nothing else.

Nothing of quiz.engine is used here, so that a fault there cannot hide. The rules: a question counts
one; what is blank or unscored adds nothing; by the exam rule a question counts when all of it is
right; by the practice rule single choice, true/false and number count when right, multiple response
counts right minus wrong picks over right ones (never below 0; picking everything earns nothing),
ordering the share of items in their place, matching the share of right pairs.
"""

from decimal import Decimal
from fractions import Fraction


def score_of_session(session, positions):
    """(numerator, denominator, scored) as the columns of a finished session have them."""
    scored = [each for each in positions if each.is_scored]
    total = sum((share(each, session.scoring) for each in scored), Fraction(0))
    return total.numerator, total.denominator, len(scored)


def share(position, scoring):
    """How much of one question is right, from its raw response and the rows of its version."""
    if position.response is None:
        return Fraction(0)
    part = PARTS[position.version.kind](position.response, position.version)
    return Fraction(part == 1) if scoring == "exam" else part


def picked(response, version):
    """The one option that is right."""
    return Fraction([each.pk for each in version.options.all() if each.is_correct] == [response])


def several(response, version):
    options = list(version.options.all())
    right = {each.pk for each in options if each.is_correct}
    if len(response) == len(options):
        return Fraction(0)
    hits = sum(1 if each in right else -1 for each in response)
    return max(Fraction(hits, len(right)), Fraction(0))


def ordered(response, version):
    """An item without a rank is in its place when it is left out."""
    place = {each: number for number, each in enumerate(response, start=1)}
    options = list(version.options.all())
    return Fraction(sum(place.get(each.pk) == each.rank for each in options), len(options))


def matched(response, version):
    """A response names, by prompt, the place in the sorted list of all texts on the right."""
    listed = sorted(each.match for each in version.options.all())
    prompts = [each for each in version.options.all() if each.text]
    right = sum(listed[response[str(each.pk)] - 1] == each.match for each in prompts)
    return Fraction(right, len(prompts))


def amount(response, version):
    asked = version.number_key
    return Fraction(abs(Decimal(response["amount"]) - asked.amount) <= asked.tolerance)


PARTS = {
    "single-choice": picked,
    "true-false": picked,
    "multiple-response": several,
    "ordering": ordered,
    "matching": matched,
    "number": amount,
}
