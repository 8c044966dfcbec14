"""Number: an amount with its unit; every spelling of the same amount is the same answer."""

from decimal import Decimal

from studyapp.decision.amount import read_amount, units_beside, written

from ..scoring import share
from .base import Kind, Unreadable, one


class Number(Kind):
    slug = "number"
    label = "Number"
    legend = "Give the amount"
    wanted = {"answer", "feedback"}
    spared = frozenset({"tolerance"})
    explains_each = False

    def parts(self, row, hand):
        return {"number": hand.number(row), **hand.feedback(row)}

    def problems(self, draft):
        found = [] if not draft.options else ["a number has no options"]
        if draft.number is None:
            return [*found, "the amount is missing"]
        if draft.number.amount < 0 or draft.number.tolerance < 0:
            found.append("amount and tolerance must not be below zero")
        if draft.number.unit and not units_beside(draft.number.unit):
            found.append(f"the unit {draft.number.unit} is none that can be read")
        return found

    def read(self, post, key):
        text = one(post, "amount")
        if not text:
            raise Unreadable(f"Nothing is written yet. Write {form_of(key.number)}.")
        amount = read_amount(text, key.number.unit)
        if amount is None:
            raise Unreadable(f"That cannot be read. Write {form_of(key.number)}.")
        return {"text": text, "amount": f"{amount:f}"}

    def fields(self, response, key):
        return {"amount": [response["text"] if response else ""]}

    def correct_response(self, key):
        amount = Decimal(key.number.amount)
        return {"text": written(amount, key.number.unit), "amount": f"{amount:f}"}

    def grade(self, response, key, rule):
        right = bool(response) and self.is_within(Decimal(response["amount"]), key.number)
        return share(rule, right=int(right), wrong=int(bool(response) and not right), of=1)

    def is_within(self, amount, asked):
        return abs(amount - asked.amount) <= asked.tolerance

    def verdicts(self, response, key):
        return {}

    def summarise(self, response):
        return (response["amount"],) if response else ()

    def told(self, response, key):
        if response is None:
            return ()
        amount = written(Decimal(response["amount"]), key.number.unit)
        typed = response["text"]
        plain = typed.replace(" ", "").lower()
        same = plain in (amount.replace(" ", "").lower(), amount.split(" ")[0].lower())
        return (amount if same else f"{typed} ({amount})",)


def form_of(asked):
    """What may be written, in words: an amount in any of its units."""
    if not asked.unit:
        return "a plain number such as 12, without a unit"
    *others, last = units_beside(asked.unit)
    return f"a number with its unit, {', '.join(others)} or {last}, such as 12 {asked.unit}"
